// Where the records say that tasks run: launch types and capacity provider strategies.

/** MANAGED_INSTANCES: on a capacity provider of that kind. Tasks on Auto Scaling groups have the launch type EC2. */
export type LaunchType = "EC2" | "EXTERNAL" | "MANAGED_INSTANCES";

/** An item of a capacity provider strategy. */
export interface StrategyItemRecord {
  /** The name of a capacity provider. */
  readonly capacityProvider: string;
  readonly weight: number;
  readonly base: number;
}
