// A fleet as it is written: groups of instances that do not exist.

import type { InstanceStatus } from "./containerInstance";

export interface Fleet {
  readonly groups: readonly FleetGroup[];
}

export interface FleetGroup {
  readonly count: number;
  readonly instanceType: string | undefined;
  /** Instances take the zones in turn; none: no instance has a zone. */
  readonly zones: readonly string[];
  /** Custom attributes; one without a value is name-only. They win over built-in ones of the same name. */
  readonly attributes: ReadonlyMap<string, string | undefined>;
  /** CPU units; `undefined`: what the instance type has. */
  readonly cpu: number | undefined;
  /** MiB registered with ECS; `undefined`: what the instance type has, less what its system keeps. */
  readonly memory: number | undefined;
  readonly status: InstanceStatus;
  readonly agentConnected: boolean;
  /** Name of the Managed Instances capacity provider that the instances are of. */
  readonly capacityProvider?: string | undefined;
  /** Name of the Auto Scaling group that the instances are in. */
  readonly autoScalingGroup?: string | undefined;
}
