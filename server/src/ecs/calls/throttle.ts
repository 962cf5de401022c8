// Keeps our calls within what ECS grants an account and Region, so that reading a cluster of thousands of instances
// takes nothing from whoever else deploys there. ECS publishes a burst and a lasting rate for each group of operations.

import { bucketOfOperation, type RequestBucketName, requestBuckets } from "../../core/api/requestRates";
import { largestOf } from "../../core/text/lists";
import { wait } from "../wait";
import type { EcsOperation } from "./ecsCalls";

/** The page has no bucket for managed daemons: those of the operations that are most like theirs. */
const bucketOf: Readonly<Record<EcsOperation, RequestBucketName>> = {
  ...bucketOfOperation,
  CreateDaemon: "serviceModify",
  DeleteDaemon: "serviceModify",
  DescribeDaemon: "serviceRead",
  DescribeDaemonDeployments: "serviceDeploymentRead",
  DescribeDaemonRevisions: "serviceRevisionRead",
  DescribeDaemonTaskDefinition: "definitionRead",
  ListDaemons: "serviceRead",
  RegisterDaemonTaskDefinition: "definitionModify",
  UpdateDaemon: "serviceModify",
};

export interface Clock {
  /** Milliseconds. */
  now(): number;
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

const realClock: Clock = { now: () => performance.now(), wait };

/** Resolves when a call of that operation may be made; rejects with an AbortError where the signal ends the wait. */
export type Throttle = (operation: EcsOperation, signal?: AbortSignal) => Promise<void>;

/** What the calls to one account and Region share. */
export interface SharedThrottle {
  /** Calls that may use so many percent (1 to 100) of what ECS grants, together with all others of that percentage. */
  share(percent: number): Throttle;
}

/**
 * The buckets of one account and Region. Calls of one bucket go in the order in which they asked, and all of them draw
 * on the whole bucket; calls of a share also draw on its part of it, so that background reads leave the rest to others.
 */
export function createThrottle(clock: Clock = realClock): SharedThrottle {
  /** When a bucket, or a share's part of it, will be full again, in the clock's milliseconds. */
  const fullAt = new Map<string, number>();
  const pauseOf = (name: RequestBucketName, percent: number, now: number): number => {
    const { burst, rate } = requestBuckets[name];
    const perCall = 100_000 / (rate * percent);
    const key = `${name} ${percent}`;
    const full = Math.max(now, fullAt.get(key) ?? now) + perCall;
    fullAt.set(key, full);
    return full - now - Math.max(1, (burst * percent) / 100) * perCall;
  };
  return {
    share: (percent) => async (operation, signal) => {
      const name = bucketOf[operation];
      const now = clock.now();
      const pauses = new Set([100, percent]);
      const pause = largestOf([...pauses].map((it) => pauseOf(name, it, now)));
      if (pause > 0) await clock.wait(pause, signal);
    },
  };
}
