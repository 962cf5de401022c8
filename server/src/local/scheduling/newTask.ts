// A task that is about to start on an instance.

import type { JsonObject } from "../request/input";
import type { LaunchType } from "../state/capacityRecords";
import type { Tag, TaskDefinitionRecord, TaskRecord } from "../state/records";

/** What a task needs of its definition: an ordinary one or a daemon's. */
export type StartedDefinition = Pick<TaskDefinitionRecord, "family" | "revision" | "definition">;

export interface NewTask {
  readonly cluster: string;
  readonly instance: string;
  readonly definition: StartedDefinition;
  readonly group: string;
  readonly service?: string;
  readonly startedBy?: string;
  readonly daemon?: string;
  readonly daemonRevision?: string;
  readonly capacityProvider?: string;
  /** Its instance is on the way: the task is PROVISIONING until then. */
  readonly waitsForInstance?: boolean;
  readonly launchType: LaunchType;
  readonly overrides?: JsonObject;
  readonly enableExecuteCommand?: boolean;
  readonly tags?: readonly Tag[];
  /** Those that the network interface of an awsvpc task may be in. */
  readonly subnets?: readonly string[];
  readonly request?: TaskRecord["request"];
}
