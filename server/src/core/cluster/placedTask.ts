// A task of a cluster with the container instance that it is on.

import type { InstanceTask } from "./containerInstance";

/** A task and the container instance that it is on. */
export interface PlacedTask {
  readonly task: InstanceTask;
  readonly instanceId: string;
  /** The task has a group that cannot be read. */
  readonly isGroupUnknown: boolean;
}

export interface SnapshotTask extends PlacedTask {
  readonly clusterName: string | undefined;
}

/** What follows the last slash: an ARN's id, in its short and its long form. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
