// Exponential backoff for a daemon on a container instance whose constraint flips with the daemon's own task, such as
// `runningTasksCount == 0`: without it the task would start and stop endlessly.

import type { TaskRecord } from "../state/records";
import type { World } from "../state/world";

/** Rounds without a wait: changes from outside can cause as many. */
const freeRounds = 3;
/** A task that ran this long (ms) counts as stable. */
const settled = 60_000;
const firstWait = 1000;
const longestWait = 5 * 60_000;

/** Counts a daemon's task that is stopped because its container instance stopped matching. */
export function recordUnwantedTask(
  world: World,
  { service, instance, startedBy, createdAt }: TaskRecord,
): void {
  if (service === undefined || startedBy === undefined) return;
  const now = world.now();
  const onInstance = world.placementBackoff.get(instance) ?? new Map();
  world.placementBackoff.set(instance, onInstance);
  const before = onInstance.get(service);
  const isSame = before?.deployment === startedBy && now - createdAt < settled;
  const rounds = isSame ? before.rounds + 1 : 1;
  const wait = rounds <= freeRounds ? 0 : firstWait * 2 ** (rounds - freeRounds - 1);
  const until = now + Math.min(longestWait, wait);
  onInstance.set(service, { deployment: startedBy, rounds, until });
  if (wait > 0) world.schedule.add({ at: until, kind: "service", key: service });
}

/** Whether the deployment may not start a task on the container instance yet. */
export function isBackingOff(world: World, service: string, deployment: string, instance: string): boolean {
  const placementBackoff = world.placementBackoff.get(instance)?.get(service);
  return placementBackoff?.deployment === deployment && placementBackoff.until > world.now();
}
