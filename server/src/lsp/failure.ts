// Failures that a user can act on: a stable code, what is wrong, and what helps.

import { EcsError } from "../ecs/port";
import type { Failure, FilePlace } from "./protocol";

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
  if (error instanceof EcsError) return failure(error.name, error.message, inEditor(error.remedy));
  return failure("internal", error instanceof Error ? error.message : String(error));
}

/** What the command line has options and calls for, and what there is in an editor for the same. */
const editorWords: readonly (readonly [string, string])[] = [
  ["with --profile", "with “ECS Daemon: Select Cluster”"],
  ["with --region", "with “ECS Daemon: Select Cluster”"],
  ["correct --endpoint-url", "correct the setting ecsDaemon.aws.endpointUrl"],
  [`Start the local endpoint with "ecs-daemon local"`, "Choose the local cluster"],
];

function inEditor(remedy: string | undefined): string | undefined {
  return editorWords.reduce((text, [said, meant]) => text?.replaceAll(said, meant), remedy);
}

export const untrusted = failure("untrusted-workspace", "Not available in Restricted Mode.");
