// REPLICA services: the neighbors of a daemon, which use ports and memory on its instances. They follow ECS's rolling
// update: at least minimumHealthyPercent of the desired count runs, at most maximumPercent is there.

import { serviceSubnets } from "../../core/scheduler/serviceSubnets";
import type { DeploymentRecord, ServiceRecord, TaskDefinitionRecord, TaskRecord } from "../state/records";
import { keyOfService, rowsOf, type World } from "../state/world";
import { InstanceChooser } from "./chooseInstance";
import { additionalTask, closest, subnetsOfCluster } from "./placementNeed";
import { addPlacementEvent } from "./serviceEvents";
import { type Changes, startServiceTask, stopServiceTask } from "./serviceTasks";
import { startOnProviders } from "./strategyTasks";

/** `candidates` are the instances that changed: one that refused a task before and did not change refuses it still. */
export function reconcileReplicaService(
  world: World,
  service: ServiceRecord,
  candidates: readonly string[],
  changes: Changes,
): void {
  const [primary] = service.deployments;
  const definition = primary === undefined ? undefined : world.taskDefinitions.get(primary.taskDefinition);
  if (primary === undefined || definition === undefined) return;
  const there = rowsOf(world.tasks, world.tasksOfService.members(keyOfService(service))).filter(
    (it) => it.lastStatus !== "STOPPED",
  );
  const live = there.filter((it) => it.desiredStatus === "RUNNING");
  // A task may wait for a Managed Instance that is REGISTERING.
  const isPlaced = ({ instance }: TaskRecord) => {
    const status = world.instances.get(instance)?.status;
    return status === "ACTIVE" || status === "REGISTERING";
  };
  const isGood = (it: TaskRecord) => it.startedBy === primary.id && isPlaced(it);
  const good = live.filter(isGood);
  const surplus = Math.max(0, good.length - service.desiredCount);
  const spare = good.filter((it) => !isProtected(world, it));
  const leaving = spare.slice(Math.max(0, spare.length - surplus));
  for (const it of leaving) stopServiceTask(world, service, it, changes);
  stopReplaced(world, service, { live, good, isGood }, changes);
  // A task that stops is RUNNING until it is STOPPED, and counts: "If the maximum is 100%, then replacement tasks can't
  // start until the draining tasks have stopped" (API reference of UpdateContainerInstancesState).
  const most = Math.floor((service.desiredCount * percent(service, "maximumPercent", 200)) / 100);
  const missing = Math.min(service.desiredCount - good.length, most - there.length);
  if (missing <= 0 || primary.rolloutState === "FAILED" || (primary.retryAt ?? 0) > world.now()) return;
  const what = { service, deployment: primary, definition };
  const start = service.capacityProviderStrategy === undefined ? startMissing : startOnProviders;
  start(world, what, { missing, candidates }, changes);
}

/** Task scale-in protection: neither scaling in nor a deployment stops the task. */
const isProtected = (world: World, { protectedUntil }: TaskRecord): boolean =>
  protectedUntil !== undefined && protectedUntil > world.now();

function percent(service: ServiceRecord, name: string, otherwise: number): number {
  const value = service.deploymentConfiguration[name];
  return typeof value === "number" ? value : otherwise;
}

/** Stops outdated tasks and those on draining instances as far as the healthy minimum allows. */
function stopReplaced(
  world: World,
  service: ServiceRecord,
  tasks: {
    readonly live: readonly TaskRecord[];
    readonly good: readonly TaskRecord[];
    readonly isGood: (task: TaskRecord) => boolean;
  },
  changes: Changes,
): void {
  const minimum = Math.ceil((service.desiredCount * percent(service, "minimumHealthyPercent", 100)) / 100);
  const healthy = tasks.live.filter((it) => it.lastStatus === "RUNNING").length;
  let budget = Math.max(0, healthy - minimum);
  for (const it of tasks.live) {
    if (tasks.isGood(it) || isProtected(world, it)) continue;
    if (it.lastStatus === "RUNNING") {
      if (budget === 0) continue;
      budget -= 1;
    }
    stopServiceTask(world, service, it, changes);
  }
}

function startMissing(
  world: World,
  what: {
    readonly service: ServiceRecord;
    readonly deployment: DeploymentRecord;
    readonly definition: TaskDefinitionRecord;
  },
  { missing, candidates }: { readonly missing: number; readonly candidates: readonly string[] },
  changes: Changes,
): void {
  const { service, definition } = what;
  const subnets = serviceSubnets(service.details);
  const ordinary = candidates.filter((id) => world.instances.get(id)?.managed === undefined);
  const chooser = new InstanceChooser(world, ordinary, {
    need: additionalTask(definition, service.placementConstraints, subnets, service.launchType),
    known: subnetsOfCluster(world, service.cluster, subnets),
    strategy: service.placementStrategy,
    group: `service:${service.name}`,
  });
  for (let number = 0; number < missing; number += 1) {
    const chosen = chooser.next();
    if (chosen.instance === undefined) {
      const current = world.services.get(keyOfService(service));
      const empty = world.instancesOfCluster.members(service.cluster).size === 0;
      const nearest = closest(chosen.refused.map((it) => [it.id, it.filter]));
      if (current !== undefined && (nearest !== undefined || empty)) {
        addPlacementEvent(world, current, nearest);
      }
      return;
    }
    startServiceTask(world, { ...what, instance: chosen.instance.id }, changes);
    chooser.started(chosen.instance.id);
  }
}
