// Failures that a user can act on: a stable code, what is wrong, and what helps.

import { EcsError } from "../ecs/port";
import type { Failure } from "./protocol";

export function failure(code: string, message: string, remedy?: string): Failure {
  return { error: { code, message, ...(remedy === undefined ? {} : { remedy }) } };
}

export function isFailure(answer: object): answer is Failure {
  return "error" in answer;
}

/** What ECS, or the way to it, answered. The code is ECS's exception name. */
export function failureOf(error: unknown): Failure {
  if (error instanceof EcsError) return failure(error.name, error.message, error.remedy);
  return failure("internal", error instanceof Error ? error.message : String(error));
}

export const untrusted = failure(
  "untrusted-workspace",
  "In a workspace that is not trusted nothing is started and no account is asked.",
  "Trust the workspace, or choose a snapshot or fleet file.",
);
