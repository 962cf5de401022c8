// Diagnostics per document, computed once per state of everything they depend on: the text, the other files the
// rules looked at, the chosen cluster, the severity settings.

import type { Cluster } from "../../core/cluster/containerInstance";
import { nameOfResource } from "../../core/resources/openResources";
import type { Resource } from "../../core/resources/resource";
import type { Sender } from "../../core/resources/senders";
import type { Diagnostic } from "../../core/rules/diagnostic";
import { applySeveritySettings, type SeveritySetting } from "../../core/rules/severitySettings";
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
  return {
    validate: (document, surroundings) => {
      const last = remembered.get(nameOfResource(document));
      if (last !== undefined && last.document === document && isSame(last.surroundings, surroundings)) {
        const partners = validationPartners(document, index.workspace());
        if (last.sender === index.senderOf(document) && isSameList(last.partners, partners)) return last;
      }
      const partners = validationPartners(document, index.workspace());
      const sender = index.senderOf(document);
      const found = validateInWorkspace(document, index.workspace, {
        sender,
        onRuleFault: (codes, fault) => onFault(`the rule of ${codes.join(", ")}`, fault),
        ...(surroundings.cluster === undefined ? {} : { cluster: surroundings.cluster }),
      });
      const diagnostics = applySeveritySettings(document, found, surroundings.severities).filter(
        (it) => surroundings.reportSyntaxErrors || it.code !== "json-syntax",
      );
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

function isSameList(left: readonly Resource[], right: readonly Resource[]): boolean {
  return left.length === right.length && left.every((it, position) => it === right[position]);
}
