// A constraint such as `runningTasksCount == 0` is true until the daemon runs: its task would come and go for ever, as
// fast as the machine can. After some rounds the service leaves such a container instance alone for longer and longer.

import type { TaskRecord } from "../records";
import type { World } from "../world";

/** Changes from outside can do the same; that many in a row are nothing to wait for. */
const freeRounds = 3;
/** In milliseconds: who ran for that long had settled in. */
const settled = 60_000;
const firstWait = 1000;
const longestWait = 5 * 60_000;

/** Takes note that a daemon's task is stopped because its container instance is not wanted any more. */
export function noteUnwanted(world: World, { service, instance, startedBy, createdAt }: TaskRecord): void {
  if (service === undefined || startedBy === undefined) return;
  const now = world.now();
  const onInstance = world.restless.get(instance) ?? new Map();
  world.restless.set(instance, onInstance);
  const before = onInstance.get(service);
  const isSame = before?.deployment === startedBy && now - createdAt < settled;
  const rounds = isSame ? before.rounds + 1 : 1;
  const wait = rounds <= freeRounds ? 0 : firstWait * 2 ** (rounds - freeRounds - 1);
  const until = now + Math.min(longestWait, wait);
  onInstance.set(service, { deployment: startedBy, rounds, until });
  if (wait > 0) world.schedule.add({ at: until, kind: "service", key: service });
}

/** Whether the deployment leaves the container instance alone for now. */
export function isLeftAlone(world: World, service: string, deployment: string, instance: string): boolean {
  const restless = world.restless.get(instance)?.get(service);
  return restless?.deployment === deployment && restless.until > world.now();
}
