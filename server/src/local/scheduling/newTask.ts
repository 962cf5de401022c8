// A task that is about to start on an instance.

import type { JsonObject } from "../request/input";
import type { Tag, TaskDefinitionRecord, TaskRecord } from "../state/records";

export interface NewTask {
  readonly cluster: string;
  readonly instance: string;
  readonly definition: TaskDefinitionRecord;
  readonly group: string;
  readonly service?: string;
  readonly startedBy?: string;
  readonly launchType: "EC2" | "EXTERNAL";
  readonly overrides?: JsonObject;
  readonly enableExecuteCommand?: boolean;
  readonly tags?: readonly Tag[];
  /** Those that the network interface of an awsvpc task may be in. */
  readonly subnets?: readonly string[];
  readonly request?: TaskRecord["request"];
}
