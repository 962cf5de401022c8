// Findings per document, computed once per state of everything they depend on: the text, the other files the
// rules looked at, the chosen cluster, the severity settings.

import type { Cluster } from "../core/cluster/containerInstance";
import type { EcsDocument } from "../core/documents/document";
import type { Diagnostic } from "../core/rules/diagnostic";
import { applySeveritySettings, type SeveritySetting } from "../core/rules/severitySettings";
import { validateDocument } from "../core/rules/validate";
import type { WorkspaceIndex } from "./workspaceIndex";

export interface Validated {
  readonly document: EcsDocument;
  readonly findings: readonly Diagnostic[];
  /** Changes whenever the findings may have changed. */
  readonly resultId: string;
}

export interface ValidationSurroundings {
  readonly cluster: Cluster | undefined;
  readonly severities: readonly SeveritySetting[];
  readonly reportSyntaxErrors: boolean;
}

export interface Validation {
  /** The findings about a document; a document that is none of ours has none. */
  validate(document: EcsDocument, surroundings: ValidationSurroundings): Validated;
  forget(uri: string): void;
}

interface Remembered extends Validated {
  readonly surroundings: ValidationSurroundings;
  /** Asks the index again what the rules asked it; false where an answer is another one now. */
  readonly isCurrent: () => boolean;
}

/** `onFault` is told of a rule that failed; the findings of the others are still given. */
export function createValidation(
  index: WorkspaceIndex,
  onFault: (rule: string, fault: unknown) => void,
): Validation {
  const remembered = new Map<string, Remembered>();
  let serial = 0;
  return {
    validate: (document, surroundings) => {
      const last = remembered.get(document.fileName);
      if (last !== undefined && last.document === document && isSame(last.surroundings, surroundings)) {
        if (last.isCurrent()) return last;
      }
      const lookups = recordLookups(index, document);
      const found = validateDocument(document, {
        findTaskDefinition: lookups.findTaskDefinition,
        findServices: lookups.findServices,
        onRuleFault: (codes, fault) => onFault(`the rule of ${codes.join(", ")}`, fault),
        ...(surroundings.cluster === undefined ? {} : { cluster: surroundings.cluster }),
      });
      const findings = applySeveritySettings(document, found, surroundings.severities).filter(
        (it) => surroundings.reportSyntaxErrors || it.code !== "json-syntax",
      );
      serial++;
      const validated = {
        document,
        findings,
        resultId: String(serial),
        surroundings,
        isCurrent: lookups.isCurrent,
      };
      remembered.set(document.fileName, validated);
      return validated;
    },
    forget: (uri) => {
      remembered.delete(uri);
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

/** The index as the rules see it, remembering every question and answer. */
function recordLookups(index: WorkspaceIndex, document: EcsDocument) {
  const definitions = new Map<string, EcsDocument | undefined>();
  let services: readonly EcsDocument[] | undefined;
  return {
    findTaskDefinition: (reference: string) => {
      const found = index.findTaskDefinition(reference, document.fileName);
      definitions.set(reference, found);
      return found;
    },
    findServices: () => {
      services = index.findServices(document);
      return services;
    },
    isCurrent: () => {
      for (const [reference, answer] of definitions)
        if (index.findTaskDefinition(reference, document.fileName) !== answer) return false;
      if (services === undefined) return true;
      const now = index.findServices(document);
      return now.length === services.length && now.every((it, position) => it === services?.[position]);
    },
  };
}
