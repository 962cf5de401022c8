// One throttle for each account and Region, whoever opens a connection there and with whatever profile. The account is
// known once ECS has answered: until then the calls of a connection draw on a throttle of their own target.

import type { EcsTarget } from "../port";
import type { EcsOperation } from "./ecsCalls";
import { createThrottle, type SharedThrottle } from "./throttle";

const throttles = new Map<string, SharedThrottle>();
/** Account and Region by target. */
const places = new Map<string, string>();

/** What keeps the calls of one connection within what ECS grants. */
export interface ConnectionThrottle {
  /** Resolves when the call may be made. */
  before(operation: EcsOperation, signal?: AbortSignal): Promise<void>;
  /** Learns from an answer which account it is of. */
  after(answer: object): void;
}

/** The throttle of a connection to `target`; `create` makes the buckets of an account and Region. */
export function throttleFor(
  { profile, region, endpointUrl, ratePercent = 100 }: EcsTarget,
  create: () => SharedThrottle = createThrottle,
): ConnectionThrottle {
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const target = JSON.stringify([
    profile ?? AWS_PROFILE,
    profile === undefined ? AWS_ACCESS_KEY_ID : undefined,
    region ?? AWS_REGION ?? AWS_DEFAULT_REGION,
    endpointUrl,
  ]);
  return {
    before: (operation, signal) => {
      const key = places.get(target) ?? target;
      const throttle = throttles.get(key) ?? create();
      throttles.set(key, throttle);
      return throttle.share(ratePercent)(operation, signal);
    },
    after: (answer) => {
      const place = placeOf(answer, 0);
      if (place === undefined) return;
      const key = `${place} ${endpointUrl ?? ""}`;
      if (places.get(target) === key) return;
      // What the connection has used so far counts for the account too, where it is the first to get there.
      const own = throttles.get(target);
      if (own !== undefined && !throttles.has(key)) throttles.set(key, own);
      throttles.delete(target);
      places.set(target, key);
    },
  };
}

const arn = /^arn:[\w-]+:ecs:([\w-]+):(\d{12}):/;

/** Region and account of the first ARN in an answer; `undefined` where it has none. */
function placeOf(value: unknown, depth: number): string | undefined {
  if (typeof value === "string") {
    const found = arn.exec(value);
    return found === null ? undefined : `${found[1]} ${found[2]}`;
  }
  if (typeof value !== "object" || value === null || depth > 3) return undefined;
  // One item of a list is as good as another.
  const parts = Array.isArray(value) ? value.slice(0, 1) : Object.values(value);
  for (const it of parts) {
    const found = placeOf(it, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
