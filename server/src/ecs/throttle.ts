// Keeps our calls within what ECS grants an account and Region, so that reading a cluster of thousands of instances
// takes nothing from whoever else deploys there. ECS publishes a burst and a lasting rate for each group of operations.

import type { EcsOperation } from "./ecsCalls";
import { wait } from "./wait";

interface Bucket {
  /** Calls at once. */
  readonly burst: number;
  /** Calls per second in the long run. */
  readonly rate: number;
}

/** The groups of the request throttling page of the Amazon ECS API reference. */
const buckets = {
  clusterRead: { burst: 50, rate: 20 },
  clusterModify: { burst: 20, rate: 1 },
  resourceRead: { burst: 100, rate: 20 },
  resourceModify: { burst: 100, rate: 40 },
  serviceRead: { burst: 100, rate: 20 },
  serviceModify: { burst: 50, rate: 5 },
  definitionRead: { burst: 50, rate: 20 },
  definitionModify: { burst: 20, rate: 1 },
} as const satisfies Readonly<Record<string, Bucket>>;
type BucketName = keyof typeof buckets;

const bucketOf: Readonly<Record<EcsOperation, BucketName>> = {
  CreateCluster: "clusterModify",
  CreateService: "serviceModify",
  DeleteAttributes: "resourceModify",
  DeleteService: "serviceModify",
  DescribeContainerInstances: "resourceRead",
  DescribeServices: "serviceRead",
  DescribeTaskDefinition: "definitionRead",
  DescribeTasks: "resourceRead",
  ListAttributes: "resourceRead",
  ListClusters: "clusterRead",
  ListContainerInstances: "resourceRead",
  ListServices: "serviceRead",
  ListTasks: "resourceRead",
  PutAttributes: "resourceModify",
  RegisterTaskDefinition: "definitionModify",
  UpdateService: "serviceModify",
};

export interface Clock {
  /** Milliseconds. */
  now(): number;
  wait(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

const realClock: Clock = { now: () => performance.now(), wait };

/**
 * Answers a function that resolves when a call of that operation may be made; calls of one bucket go in the order in
 * which they asked. Rejects with an AbortError where the signal ends the wait.
 */
export function createThrottle(
  clock: Clock = realClock,
): (operation: EcsOperation, signal?: AbortSignal) => Promise<void> {
  /** When the bucket will be full again, in the clock's milliseconds. */
  const fullAt = new Map<BucketName, number>();
  return async (operation, signal) => {
    const name = bucketOf[operation];
    const { burst, rate } = buckets[name];
    const perCall = 1000 / rate;
    const now = clock.now();
    const full = Math.max(now, fullAt.get(name) ?? now) + perCall;
    fullAt.set(name, full);
    const pause = full - now - burst * perCall;
    if (pause > 0) await clock.wait(pause, signal);
  };
}
