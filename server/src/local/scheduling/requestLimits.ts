// The request limits of ECS, for those who ask for them: ordinary use of the endpoint is never slowed down.

import { bucketOfOperation, requestBuckets } from "../../core/api/requestRates";
import type { World } from "../state/world";

interface Level {
  readonly tokens: number;
  /** On the endpoint's clock, in milliseconds. */
  readonly at: number;
}

/** What is left of the buckets of a Region. A restart fills them. */
const levels = new WeakMap<World, Map<string, Level>>();

/** Whether ECS would refuse the call; takes a token where it would not. Always false where nobody asked for limits. */
export function isOverLimit(world: World, operation: string): boolean {
  if (![...world.faults.values()].some((it) => it.kind === "limits")) return false;
  const name = new Map(Object.entries(bucketOfOperation)).get(operation);
  if (name === undefined) return false;
  const { burst, rate } = requestBuckets[name];
  const ofWorld = levels.get(world) ?? new Map<string, Level>();
  levels.set(world, ofWorld);
  const now = world.now();
  const { tokens, at } = ofWorld.get(name) ?? { tokens: burst, at: now };
  const filled = Math.min(burst, tokens + (Math.max(0, now - at) * rate) / 1000);
  const isOver = filled < 1;
  ofWorld.set(name, { tokens: isOver ? filled : filled - 1, at: now });
  return isOver;
}
