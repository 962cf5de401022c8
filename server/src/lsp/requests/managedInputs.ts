// What deploying a managed daemon sends: both files exactly as written, once they are sound.

import type { Resource } from "../../core/resources/resource";
import { applySeveritySettings } from "../../core/rules/severitySettings";
import {
  type CheckedDocument,
  countsByFile,
  diagnosticLines,
  isFilledByDeployment,
  withSeverity,
} from "../../core/workspace/soundness";
import { validateInWorkspace } from "../../core/workspace/validateInWorkspace";
import type { ManagedRequest } from "../../ecs/managed/managedReport";
import type { JsonObject } from "../../ecs/port";
import type { ServerContext } from "../base/context";
import { failure, isFailure } from "../base/failure";
import { managedPair } from "../preview/managedPreview";
import type { ManagedPlanParams } from "../protocol/managedProtocol";
import type { Failure } from "../protocol/protocol";
import { errorsInFiles, inputOf, unknownInDocument } from "./deployInputs";

export type ManagedInputs = Pick<ManagedRequest, "taskDefinition" | "notes" | "usesRegistered"> & {
  /** Absent where the definition alone is registered. */
  readonly daemon?: JsonObject;
  readonly definitionFile: string | undefined;
  /** `3 errors in agent.daemon.json`, where there are any that were overridden. */
  readonly errors: string | undefined;
};

/** Registering needs the definition alone, creating or updating the daemon's file alone: the rest may be registered. */
export async function managedInputs(
  context: ServerContext,
  { textDocument, part = "all", despiteErrors }: ManagedPlanParams,
): Promise<ManagedInputs | Failure> {
  await context.ready();
  const pair = managedPair(context, textDocument.uri);
  if (isFailure(pair)) return pair;
  const daemon = part === "register" ? undefined : pair.daemon;
  const definition = pair.definition;
  const missing = missingFile(part, pair);
  if (missing !== undefined) return missing;
  const inputs: (JsonObject | undefined)[] = [];
  const checked: CheckedDocument[] = [];
  for (const [document, kind] of [
    [definition, "daemonTaskDefinition"],
    [daemon, "daemon"],
  ] as const) {
    const found = document === undefined ? undefined : readFile(context, document);
    if (found !== undefined && isFailure(found)) return found;
    inputs.push(found?.input);
    if (document === undefined || found === undefined) continue;
    if (document === definition && part === "daemon") continue;
    const unknown = unknownInDocument(document, kind, found.input);
    if (unknown !== undefined) return unknown;
    checked.push(check(context, document));
  }
  const errors = withSeverity(checked, "error");
  if (errors.length > 0 && despiteErrors !== true) return errorsInFiles(errors);
  const [taskDefinition, daemonInput] = inputs;
  return {
    taskDefinition,
    ...(daemonInput === undefined ? {} : { daemon: daemonInput }),
    ...(part === "daemon" ? { usesRegistered: true } : {}),
    definitionFile: definition?.source.file,
    errors: errors.length === 0 ? undefined : countsByFile(errors, "error"),
    notes: {
      errors: diagnosticLines(errors),
      warnings: diagnosticLines(withSeverity(checked, "warning")),
    },
  };
}

function missingFile(
  part: NonNullable<ManagedPlanParams["part"]>,
  {
    daemon,
    definition,
  }: { readonly daemon: Resource | undefined; readonly definition: Resource | undefined },
): Failure | undefined {
  if (part !== "register" && daemon === undefined)
    return failure(
      "no-managed-daemon",
      "No file of a managed daemon refers to this daemon task definition.",
      "Create NAME.daemon.json next to NAME.daemon-taskdef.json.",
    );
  if (part !== "daemon" && definition === undefined)
    return failure("no-managed-daemon", "The daemon task definition is not in the workspace.");
  return undefined;
}

function readFile(context: ServerContext, document: Resource): { readonly input: JsonObject } | Failure {
  if (document.hosted !== undefined)
    return failure("deployed-elsewhere", "What is in a template or module is deployed with its own tool.");
  return inputOf(context, document);
}

/** As it is shown, but for the ARNs that deploying fills in. */
function check({ index, settings, fence }: ServerContext, document: Resource): CheckedDocument {
  const context = {
    sender: index.senderOf(document),
    onRuleFault: (codes: readonly string[], fault: unknown) =>
      fence.report(`the rule of ${codes.join(", ")}`, fault),
  };
  const all = validateInWorkspace(document, index.workspace, context, true);
  const shown = applySeveritySettings(document, all, settings.severities());
  return { document, all, diagnostics: shown.filter((it) => !isFilledByDeployment(it)) };
}
