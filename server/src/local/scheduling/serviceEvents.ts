// The event log of a service, in ECS's words.

import { newUuid } from "../ids";
import type { ServiceRecord } from "../state/records";
import { keyOfService, rowsOf, type World } from "../state/world";
import type { Refusal } from "./placementNeed";

/** DescribeServices gives the newest hundred. */
const kept = 100;
/** ECS repeats an event of the same topic after this time only. Milliseconds. */
const quietTime = 6 * 60 * 60 * 1000;

/** Appends `(service NAME) TEXT` to the service's events. */
export function addEvent(world: World, key: string, text: string, topic?: string): void {
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
    ...(topic !== undefined && { topic }),
  });
  world.serviceEvents.delete(`${key}/${number - kept}`);
}

/** The same for an event that is repeated only after a while. */
function addUnlessRecent(world: World, service: ServiceRecord, topic: string, text: string): void {
  const key = keyOfService(service);
  const since = world.now() - quietTime;
  const isRecent = rowsOf(world.serviceEvents, world.eventsOfService.members(key)).some(
    (it) => it.createdAt > since && it.topic === topic,
  );
  if (!isRecent) addEvent(world, key, text, topic);
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

/** ECS has the same words for a platform and for other attributes. */
const topicOf = (filter: Refusal) => `unmet ${filter === "platform" ? "attributes" : filter}`;

/**
 * `closest` is the container instance that failed last, and where; without one there is none in the cluster, or in the
 * capacity provider.
 */
export function addPlacementEvent(
  world: World,
  service: ServiceRecord,
  closest: { readonly id: string; readonly filter: Refusal } | undefined,
): void {
  const place = service.capacityProviderStrategy === undefined ? "cluster" : "capacity provider";
  const because =
    closest === undefined
      ? `Reason: No Container Instances were found in your ${place}.`
      : `The closest matching (container-instance ${closest.id}) ${unmet[closest.filter]}`;
  addUnlessRecent(
    world,
    service,
    closest === undefined ? "empty" : topicOf(closest.filter),
    `was unable to place a task because no container instance met all of its requirements. ${because} ${guide}`,
  );
}

export function addUnstableStartsEvent(world: World, service: ServiceRecord): void {
  addUnlessRecent(world, service, "starts", `is unable to consistently start tasks successfully. ${guide}`);
}

export function addDeploymentConfigurationEvent(world: World, service: ServiceRecord): void {
  addUnlessRecent(
    world,
    service,
    "configuration",
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
