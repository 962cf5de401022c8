// Diagnostics per document, computed once per state of everything they depend on: the text, the other files the
// rules looked at, the chosen cluster, the severity settings. Those of a resource whose part of the file is unchanged move.

import type { Cluster } from "../../core/cluster/containerInstance";
import { nameOfResource } from "../../core/resources/openResources";
import type { Resource } from "../../core/resources/resource";
import type { Sender } from "../../core/resources/senders";
import type { Diagnostic } from "../../core/rules/diagnostic";
import { applySeveritySettings, type SeveritySetting } from "../../core/rules/severitySettings";
import { isSameReading, movedDiagnostics } from "../../core/workspace/movedDiagnostics";
import { validateInWorkspace, validationPartners } from "../../core/workspace/validateInWorkspace";
import type { WorkspaceIndex } from "./workspaceIndex";

export interface Validated {
  readonly document: Resource;
  readonly diagnostics: readonly Diagnostic[];
  /** Changes whenever the diagnostics may have changed. */
  readonly resultId: string;
}

export interface ValidationSurroundings {
  readonly cluster: Cluster | undefined;
  readonly severities: readonly SeveritySetting[];
  readonly reportSyntaxErrors: boolean;
}

export interface Validation {
  /** The diagnostics of a document; a document that is none of ours has none. */
  validate(document: Resource, surroundings: ValidationSurroundings): Validated;
  forget(uri: string): void;
}

interface Remembered extends Validated {
  readonly surroundings: ValidationSurroundings;
  /** The other documents that the diagnostics depend on. */
  readonly partners: readonly Resource[];
  readonly sender: Sender;
}

/** `onFault` receives a rule that failed; the diagnostics of the others are still given. */
export function createValidation(
  index: WorkspaceIndex,
  onFault: (rule: string, fault: unknown) => void,
): Validation {
  const remembered = new Map<string, Remembered>();
  let serial = 0;
  const fresh = (document: Resource, surroundings: ValidationSurroundings, sender: Sender) => {
    const found = validateInWorkspace(document, index.workspace, {
      sender,
      onRuleFault: (codes, fault) => onFault(`the rule of ${codes.join(", ")}`, fault),
      ...(surroundings.cluster === undefined ? {} : { cluster: surroundings.cluster }),
    });
    return applySeveritySettings(document, found, surroundings.severities).filter(
      (it) => surroundings.reportSyntaxErrors || it.code !== "json-syntax",
    );
  };
  return {
    validate: (document, surroundings) => {
      const last = remembered.get(nameOfResource(document));
      const partners = validationPartners(document, index.workspace());
      const sender = index.senderOf(document);
      const isStill = last !== undefined && last.sender === sender && isSame(last.surroundings, surroundings);
      if (isStill && last.document === document && isSameList(last.partners, partners, Object.is))
        return last;
      const isElsewhere =
        isStill &&
        isSameReading(last.document, document) &&
        isSameList(last.partners, partners, isSameReading);
      const diagnostics =
        (isElsewhere ? movedDiagnostics(last.diagnostics, last.document, document) : undefined) ??
        fresh(document, surroundings, sender);
      serial++;
      const validated = {
        document,
        diagnostics,
        resultId: String(serial),
        surroundings,
        partners,
        sender,
      };
      remembered.set(nameOfResource(document), validated);
      return validated;
    },
    forget: (uri) => {
      for (const name of [...remembered.keys()])
        if (name === uri || name.startsWith(`${uri}#`)) remembered.delete(name);
    },
  };
}

function isSame(left: ValidationSurroundings, right: ValidationSurroundings): boolean {
  return (
    left.cluster === right.cluster &&
    left.severities === right.severities &&
    left.reportSyntaxErrors === right.reportSyntaxErrors
  );
}

function isSameList(
  left: readonly Resource[],
  right: readonly Resource[],
  isSameOne: (left: Resource, right: Resource) => boolean,
): boolean {
  return (
    left.length === right.length &&
    left.every((it, at) => {
      const other = right[at];
      return other !== undefined && isSameOne(it, other);
    })
  );
}
