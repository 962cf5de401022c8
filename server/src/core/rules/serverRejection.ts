// What ECS would answer to an input: the first error of the same rules that the editor runs, in ECS's own words.

import { openResource } from "../resources/resource";
import type { Diagnostic } from "./diagnostic";
import { makeDiagnostic } from "./reporter";
import type { ServerRejection } from "./severity";
import { byteLength, largestTaskDefinition } from "./taskDefinition/taskDefinition";
import { validateDocument } from "./validate";
import type { ValidationContext } from "./validationContext";

type CheckedOperation =
  | "registerTaskDefinition"
  | "registerDaemonTaskDefinition"
  | "createService"
  | "updateService"
  | "createDaemon"
  | "updateDaemon"
  | "createCapacityProvider";

const exceptions = {
  registerDaemonTaskDefinition: "ClientException",
  registerTaskDefinition: "ClientException",
  createService: "InvalidParameterException",
  updateService: "InvalidParameterException",
  createDaemon: "InvalidParameterException",
  updateDaemon: "InvalidParameterException",
  createCapacityProvider: "InvalidParameterException",
} as const;

/**
 * The rejection of an operation's input, or `undefined` where ECS accepts it. Unknown members are ignored, as by
 * ECS itself. Errors whose words at ECS are not known are answered in the diagnostic's own.
 */
export function serverRejection(
  operation: CheckedOperation,
  input: unknown,
  context: ValidationContext = {},
): ServerRejection | undefined {
  const text = JSON.stringify(input, withoutNulls) ?? "null";
  const tooLarge = operation === "registerTaskDefinition" ? rejectionOfSize(text) : undefined;
  if (tooLarge !== undefined) return tooLarge;
  const opened = openResource(`${operation}.json`, text, { templates: false });
  const root = opened.source.root;
  const kind = kinds[operation];
  // The operation says what the input is, whatever it looks like.
  const found = validateDocument(
    { ...opened, kind, operation, input: root },
    { ...context, countsConsequences: true },
  );
  const first = found.find((it) => it.severity === "error" && !clientSide.has(it.code));
  return first && (first.server ?? { exception: exceptions[operation], message: first.message });
}

const kinds = {
  registerTaskDefinition: "taskDefinition",
  registerDaemonTaskDefinition: "daemonTaskDefinition",
  createService: "service",
  updateService: "service",
  createDaemon: "daemon",
  updateDaemon: "daemon",
  createCapacityProvider: "capacityProvider",
} as const;

/** A `null` member counts as absent: a required one is missing then. */
const withoutNulls = (_: string, value: unknown) => value ?? undefined;

/** The size is looked at first: what is many times too large would keep every rule busy for seconds. */
function rejectionOfSize(text: string): ServerRejection | undefined {
  const size = byteLength(text);
  if (size <= largestTaskDefinition) return undefined;
  return makeDiagnostic("task-definition-too-large", { start: 0, end: text.length }, { size }).server;
}

/** What the AWS CLI refuses but ECS itself overlooks. */
const clientSide: ReadonlySet<Diagnostic["code"]> = new Set([
  "misspelt-member",
  "misplaced-member",
  "output-only-member",
  "update-service-member",
  "create-service-member",
  "null-value",
  "no-counterpart-member",
  "volume-not-for-daemons",
  "service-member-in-daemon",
  "create-only-in-update",
  "update-only-in-create",
]);
