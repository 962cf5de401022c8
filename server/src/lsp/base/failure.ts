// Failures that a user can act on: a stable code, what is wrong, and what helps.

import { EcsError } from "../../ecs/port";
import { remedyText } from "../../ecs/remedy";
import type { Failure, FilePlace } from "../protocol/protocol";
import { editorWords } from "./remedyText";

export function failure(
  code: string,
  message: string,
  remedy?: string,
  places?: readonly FilePlace[],
): Failure {
  const error = { code, message };
  return {
    error: {
      ...error,
      ...(remedy === undefined ? {} : { remedy }),
      ...(places === undefined ? {} : { places }),
    },
  };
}

export function isFailure(answer: object): answer is Failure {
  return "error" in answer;
}

/** What ECS, or the way to it, answered. The code is ECS's exception name. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof EcsError))
    return failure("internal", error instanceof Error ? error.message : String(error));
  const { remedy, name, message } = error;
  const { error: known } = failure(
    name,
    message,
    remedy === undefined ? undefined : remedyText(remedy, editorWords),
  );
  return { error: remedy?.kind === "signIn" ? { ...known, signIn: { profile: remedy.profile } } : known };
}

export const untrusted = failure("untrusted-workspace", "Not available in Restricted Mode.");
