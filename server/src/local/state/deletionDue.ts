import type { TaskDefinitionRecord } from "./records";

/** How long ECS shows a task definition in DELETE_IN_PROGRESS at least, in milliseconds. */
const shownDeleted = 60 * 60 * 1000;

/** When the task definition may be forgotten, in milliseconds since 1970; `undefined` where nobody deleted it. */
export function deletionDue({ status, deleteRequestedAt }: TaskDefinitionRecord): number | undefined {
  return status === "DELETE_IN_PROGRESS" ? (deleteRequestedAt ?? 0) + shownDeleted : undefined;
}
