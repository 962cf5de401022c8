// A daemon task that fails: its instance waits before the next attempt, and the circuit breaker of a deployment counts.

import type { DaemonDeploymentRecord } from "../../state/managedRecords";
import type { TaskRecord } from "../../state/records";
import type { World } from "../../state/world";
import { addImpairedEvent } from "./daemonEvents";
import { changeDaemon } from "./managedInstances";

/** The first wait is a second, every further one twice as long, a minute at most. The times are ours. */
const firstWait = 1000;
const longestWait = 60_000;

/** A daemon task that did not come up, or ran and failed. */
export function noteFailedDaemonTask(world: World, task: TaskRecord, reason: string): void {
  const { daemon, daemonRevision: revision } = task;
  if (daemon === undefined || revision === undefined) return;
  const hasRun = task.startedAt !== undefined;
  noteFailure(world, { daemon, revision, instance: task.instance, task: task.id, reason, hasRun });
}

/** `task` is absent where none could be created; the event is about those that never ran. */
export function noteFailure(
  world: World,
  failure: {
    readonly daemon: string;
    readonly revision: string;
    readonly instance: string;
    readonly task?: string;
    readonly reason: string;
    readonly hasRun?: boolean;
  },
): void {
  const { daemon, revision, instance, task, reason, hasRun = false } = failure;
  changeDaemon(world, instance, daemon, (it) => {
    const failures = (it.failures ?? 0) + 1;
    const retryAt = world.now() + Math.min(longestWait, firstWait * 2 ** (failures - 1));
    return { ...it, failures, retryAt, reason };
  });
  const record = world.instances.get(instance);
  const { capacityProvider } = record?.managed ?? {};
  if (!hasRun)
    addImpairedEvent(world, {
      daemon,
      revision,
      instance,
      ...(capacityProvider === undefined ? {} : { capacityProvider }),
      ...(task === undefined ? {} : { task }),
      reason: task === undefined ? reason : `Task failed to reach RUNNING status: ${reason}`,
    });
  countFailure(world, daemon, revision);
}

export const isGoingOn = ({ status }: DaemonDeploymentRecord): boolean =>
  status === "PENDING" || status === "IN_PROGRESS" || status === "ROLLBACK_IN_PROGRESS";

function countFailure(world: World, key: string, revision: string): void {
  const daemon = world.daemons.get(key);
  const deployment = daemon === undefined ? undefined : world.daemonDeployments.get(daemon.deployment);
  if (deployment === undefined || daemon?.revision !== revision || !isGoingOn(deployment)) return;
  const { rollback, failureCount } = deployment;
  world.daemonDeployments.put(deployment.id, {
    ...deployment,
    ...(rollback === undefined
      ? { failureCount: failureCount + 1 }
      : { rollback: { ...rollback, failureCount: rollback.failureCount + 1 } }),
  });
}
