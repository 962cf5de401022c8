// What the counts of services say of their tasks, before any instance is read.

import type { DaemonTask } from "../../core/coverage/daemonFacts";
import type { ServiceState } from "../port";
import { factsOf } from "./facts";

/**
 * Whether the suspects that lack a task explain every difference between what ECS counts as desired and as running. Where
 * they do not, tasks may run on instances that are DRAINING.
 */
export function countsAddUp(
  services: readonly ServiceState[],
  suspects: readonly string[],
  tasksOn: (service: string, id: string) => readonly DaemonTask[],
): boolean {
  return services.every(({ name, desiredCount, runningCount }) => {
    const runs = (id: string) => tasksOn(name, id).some((it) => it.lastStatus === "RUNNING");
    return desiredCount === runningCount + suspects.filter((id) => !runs(id)).length;
  });
}

/** A task on a disconnected instance that stopped matching runs on: ECS cannot stop it. */
export function mayBeUnwanted({ desiredCount, runningCount, placementConstraints }: ServiceState): boolean {
  return desiredCount < runningCount || placementConstraints.length > 0;
}

/** ECS's own counts say that something is not as it should be. */
export function isIll(service: ServiceState): boolean {
  const { rollout, desired, running, pending } = factsOf(service);
  return rollout.isInProgress || rollout.failedTasks > 0 || pending > 0 || running < desired;
}
