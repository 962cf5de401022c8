// The event log of a service, in ECS's words.

import { newUuid } from "../ids";
import type { ServiceRecord } from "../state/records";
import { keyOfService, rowsOf, type World } from "../state/world";
import type { Refusal } from "./placementNeed";

/** DescribeServices gives the newest hundred. */
const kept = 100;
/** ECS repeats the same complaint after this time only. */
const quietTime = 6 * 60 * 60 * 1000;

/** Appends `(service NAME) TEXT` to the service's events. */
export function addEvent(world: World, key: string, text: string): void {
  const service = world.services.get(key);
  if (service === undefined) return;
  const number = service.eventCount + 1;
  world.services.put(key, { ...service, eventCount: number });
  world.serviceEvents.put(`${key}/${number}`, {
    service: key,
    number,
    id: newUuid(),
    createdAt: world.now(),
    message: `(service ${service.name}) ${text}`,
  });
  world.serviceEvents.delete(`${key}/${number - kept}`);
}

/** Container instances, tasks and deployments differ from complaint to complaint; the complaint is the same. */
const withoutIds = (message: string): string =>
  message.replace(/\((container-instance|task|deployment) [^)]*\)/g, "($1)");

/** The same for a complaint, which is made once in six hours. */
function complain(world: World, service: ServiceRecord, text: string): void {
  const key = keyOfService(service);
  const message = withoutIds(`(service ${service.name}) ${text}`);
  const since = world.now() - quietTime;
  const known = rowsOf(world.serviceEvents, world.eventsOfService.members(key)).some(
    (it) => it.createdAt > since && withoutIds(it.message) === message,
  );
  if (!known) addEvent(world, key, text);
}

const guide = "For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";

const unmet: Readonly<Record<Refusal, string>> = {
  status: 'encountered error "INACTIVE".',
  constraints: 'encountered error "MemberOf placement constraint unsatisfied.".',
  distinctInstance: 'encountered error "DistinctInstance placement constraint unsatisfied.".',
  agent: "doesn't have the agent connected.",
  attributes: "is missing an attribute required by your task.",
  platform: "is missing an attribute required by your task.",
  cpu: "has insufficient CPU units available.",
  memory: "has insufficient memory available.",
  ports: "is already using a port required by your task.",
  gpu: 'encountered error "RESOURCE:GPU".',
  eni: 'encountered error "RESOURCE:ENI".',
  subnets: 'encountered error "LOCATION".',
};

/** `closest` is the container instance that failed last, and where; without one the cluster is empty. */
export function addPlacementEvent(
  world: World,
  service: ServiceRecord,
  closest: { readonly id: string; readonly filter: Refusal } | undefined,
): void {
  const because =
    closest === undefined
      ? "Reason: No Container Instances were found in your cluster."
      : `The closest matching (container-instance ${closest.id}) ${unmet[closest.filter]}`;
  complain(
    world,
    service,
    `was unable to place a task because no container instance met all of its requirements. ${because} ${guide}`,
  );
}

export function complainOfUnstableStarts(world: World, service: ServiceRecord): void {
  complain(world, service, `is unable to consistently start tasks successfully. ${guide}`);
}

export function addDeploymentConfigurationEvent(world: World, service: ServiceRecord): void {
  complain(
    world,
    service,
    "was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.",
  );
}

/** ECS names the tasks of one pass of the scheduler in one event, ten at most. */
const tasksPerEvent = 10;

export function announceTasks(
  world: World,
  key: string,
  what: "started" | "stopped",
  tasks: readonly string[],
): void {
  for (let start = 0; start < tasks.length; start += tasksPerEvent) {
    const some = tasks.slice(start, start + tasksPerEvent);
    const names = some.map((it) => `(task ${it})`).join(" ");
    addEvent(
      world,
      key,
      `has ${what} ${some.length} ${what === "stopped" ? "running " : ""}tasks: ${names}.`,
    );
  }
}
