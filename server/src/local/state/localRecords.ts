// Records of what ECS does not have: faults that were asked for, the endpoint's own time and home.

import type { TaskFailure } from "./records";

/** A fault that was asked for. Key: its id. */
export type FaultRecord =
  | {
      readonly id: string;
      readonly kind: "task";
      readonly family?: string;
      readonly service?: string;
      /** The name of a managed daemon. */
      readonly daemon?: string;
      readonly instance?: string;
      readonly failure: TaskFailure;
      /** How many more tasks; absent: all. */
      readonly remaining?: number;
    }
  | {
      readonly id: string;
      readonly kind: "call";
      readonly operation?: string;
      readonly effect: "throttle" | "serverError" | "accessDenied" | "reset" | "delay";
      readonly seconds?: number;
      readonly remaining?: number;
    }
  | {
      readonly id: string;
      readonly kind: "limits";
      /** Calls are throttled as ECS publishes it. */
      readonly limits: "published";
      readonly remaining?: number;
    }
  | {
      readonly id: string;
      readonly kind: "order";
      /**
       * Replica services start their tasks before daemon services do; or the type of a Managed Instance is chosen as if
       * no daemon ran there.
       */
      readonly order: "replicasFirst" | "typesWithoutDaemons";
      readonly remaining?: number;
    }
  | {
      readonly id: string;
      readonly kind: "alarm";
      /** The CloudWatch alarm that is in ALARM. */
      readonly alarm: string;
      readonly remaining?: number;
    };

/** Key: `clock`. */
export interface ClockRecord {
  /** How far the endpoint's time is ahead of the machine's, in milliseconds. */
  readonly aheadBy: number;
}

/** Key: `home`. In the home Region only. */
export interface HomeRegionRecord {
  readonly name: string;
}
