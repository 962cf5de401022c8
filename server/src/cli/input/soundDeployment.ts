// Whether the files of a deployment are sound, for the command line: errors are named on standard error and stop it.

import { traitsOf } from "../../core/resources/kinds/registry";
import type { Resource } from "../../core/resources/resource";
import type { Sender } from "../../core/resources/senders";
import { printable } from "../../core/text/printable";
import {
  type CheckedDocument,
  checkDaemon,
  countsByFile,
  diagnosticLines,
  sentDocuments,
  withSeverity,
} from "../../core/workspace/soundness";
import { validateInWorkspace } from "../../core/workspace/validateInWorkspace";
import type { DeployRequest } from "../../ecs/deploy/stepPlans";
import type { PlanNotes } from "../../ecs/report";
import { unknownInFile, unknownPropertiesText } from "../../ecs/unknownProperties";
import { InputError } from "../command";
import { createWorkspaceReader } from "../files/workspaceFiles";
import { diagnosticRows, diagnosticsJson } from "../output/diagnosticOutput";
import type { Terminal } from "../output/terminal";
import type { DaemonPair } from "./daemonPair";

export interface SoundDeployment {
  /** The files, as the rules see them. */
  readonly checked: readonly CheckedDocument[];
  readonly notes: PlanNotes;
}

export interface SoundnessOptions {
  readonly despiteErrors: boolean;
  readonly senderOf: (document: Resource) => Sender;
  /** What would be sent. */
  readonly inputs: Pick<DeployRequest, "taskDefinition" | "service">;
}

/** Throws an InputError where a file has errors, unless they are overridden: then they are notes of the plan. */
export function checkSound(
  pair: DaemonPair,
  { despiteErrors, senderOf, inputs }: SoundnessOptions,
  terminal: Terminal,
): SoundDeployment {
  const documents = [pair.taskDefinition, ...(pair.service === undefined ? [] : [pair.service])];
  const workspaceOf = createWorkspaceReader(documents);
  const contextOf = (document: Resource) => ({ sender: senderOf(document) });
  const alone = (it: Resource) => validateInWorkspace(it, () => workspaceOf(it), contextOf(it));
  const checked = sentDocuments(checkDaemon(pair, { contextOf, alone }), {
    registers: true,
    createsService: true,
  });
  const errors = withSeverity(checked, "error");
  if (errors.length > 0 && !despiteErrors) {
    for (const { document, diagnostics } of errors) {
      terminal.say(printable(document.source.file));
      terminal.say(diagnosticRows(terminal, diagnosticsJson(document.source.text, diagnostics)).trimEnd());
    }
    throw new InputError(
      `${countsByFile(errors, "error")}: nothing was sent. Correct them, or add --despite-errors to send the files as they are.`,
    );
  }
  for (const { document } of checked) {
    const kind = traitsOf(document).ofService ?? "taskDefinition";
    const unknown = unknownInFile(kind, inputs[kind] ?? {});
    if (unknown.length > 0)
      throw new InputError(
        `${document.source.file}: ${unknownPropertiesText(unknown)} ECS would never see ${unknown.length === 1 ? "it" : "them"}, so nothing was sent.`,
      );
  }
  const warnings = withSeverity(checked, "warning");
  return { checked, notes: { errors: diagnosticLines(errors), warnings: diagnosticLines(warnings) } };
}
