// Moves the endpoint's clock on, through everything that is due on the way, each at its own time and in its order.

import type { World } from "../state/world";
import { reconcile } from "./reconcile";

/** A cluster that never comes to rest must not keep the clock from arriving. */
const mostStops = 200;

/** `by` is in milliseconds. */
export function moveClock(world: World, by: number): void {
  const target = world.now() + by;
  for (let stop = 0; stop < mostStops; stop += 1) {
    const next = world.schedule.nextAt();
    if (next === undefined || next > target) break;
    goTo(world, next);
    reconcile(world);
  }
  goTo(world, target);
}

function goTo(world: World, time: number): void {
  const missing = Math.max(0, time - world.now());
  if (missing > 0) world.clock.put("clock", { aheadBy: (world.clock.get("clock")?.aheadBy ?? 0) + missing });
}
