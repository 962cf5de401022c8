// Whether what a deployment sends is sound: the diagnostics of its files, as they are shown, decide before anything is
// sent. An error stops; a warning belongs in the plan.

import { isTaskDefinition } from "../resources/kinds/registry";
import type { Resource } from "../resources/resource";
import type { Diagnostic } from "../rules/diagnostic";
import type { Severity } from "../rules/severity";
import { applySeveritySettings, type SeveritySetting } from "../rules/severitySettings";
import { validateDocument } from "../rules/validate";
import type { ValidationContext } from "../rules/validationContext";
import { counted } from "../text/counts";
import { lastPart } from "./fileNames";

/** The documents of one daemon. */
export interface DaemonDocuments {
  readonly taskDefinition?: Resource | undefined;
  readonly service?: Resource | undefined;
}

/** One of the files with its diagnostics, in the order of the text. */
export interface CheckedDocument {
  readonly document: Resource;
  /** As they are shown: with the severities that the settings give them. */
  readonly diagnostics: readonly Diagnostic[];
  /** Those that a setting switched off included. */
  readonly all: readonly Diagnostic[];
}

export interface CheckOptions {
  /** What the rules may look at besides the two documents. */
  readonly contextOf: (document: Resource) => Omit<ValidationContext, "findTaskDefinition" | "findServices">;
  /** The diagnostics of one of them that has no partner here, as they are shown before the severities of settings. */
  readonly alone: (document: Resource) => readonly Diagnostic[];
  readonly severities?: readonly SeveritySetting[];
}

/** The two documents checked as a pair: each refers to the other, whatever other files have the same names. */
export function checkDaemon(
  { taskDefinition, service }: DaemonDocuments,
  { contextOf, alone, severities = [] }: CheckOptions,
): readonly CheckedDocument[] {
  const isPair = taskDefinition !== undefined && service !== undefined;
  const asPair = (document: Resource): ValidationContext => ({
    ...contextOf(document),
    findTaskDefinition: () => taskDefinition,
    findServices: () => (service === undefined ? [] : [service]),
  });
  return [taskDefinition, service].flatMap((document) => {
    if (document === undefined) return [];
    const all = isPair ? validateDocument(document, asPair(document)) : alone(document);
    return [{ document, all, diagnostics: applySeveritySettings(document, all, severities) }];
  });
}

/** What is about to be done with the documents. */
export interface Sending {
  readonly registers: boolean;
  readonly createsService: boolean;
}

/**
 * The documents that count for it. Registering sends the task definition alone. A service runs what its task definition
 * says, so that creating or updating one depends on both.
 */
export function sentDocuments(
  checked: readonly CheckedDocument[],
  { registers, createsService }: Sending,
): readonly CheckedDocument[] {
  if (createsService) return checked;
  return registers ? checked.filter(({ document }) => isTaskDefinition(document)) : [];
}

/** The documents with diagnostics of that severity, and those diagnostics alone. */
export function withSeverity(
  checked: readonly CheckedDocument[],
  severity: Severity,
): readonly CheckedDocument[] {
  return checked.flatMap((it) => {
    const diagnostics = it.diagnostics.filter((found) => found.severity === severity);
    return diagnostics.length === 0 ? [] : [{ ...it, diagnostics }];
  });
}

/** `3 errors in agent.taskdef.json and 1 error in agent.service.json`: what forbids sending, without a full stop. */
export function countsByFile(checked: readonly CheckedDocument[], noun: "error" | "warning"): string {
  return checked
    .map(({ document, diagnostics: { length } }) => {
      return `${counted(length, noun)} in ${shortName(document)}`;
    })
    .join(" and ");
}

/** More of one file than these are only counted. */
const most = 20;

/** One line for each diagnostic: `agent.taskdef.json line 3: message`. */
export function diagnosticLines(checked: readonly CheckedDocument[]): readonly string[] {
  return checked.flatMap(({ document, diagnostics }) => {
    const name = shortName(document);
    const lines = diagnostics
      .slice(0, most)
      .map((it) => `${name} line ${lineOf(document.source.text, it.span.start)}: ${it.message}`);
    return diagnostics.length > most ? [...lines, `${name}: and ${diagnostics.length - most} more`] : lines;
  });
}

/** The last part of the document's path or URI, decoded. */
export function shortName({ source: { file: fileName } }: Resource): string {
  const last = lastPart(fileName);
  if (!/^[a-z][\w+.-]+:/i.test(fileName)) return last;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split(/\r\n|\n|\r/).length;
}

/** The properties of a daemon that deploying it fills in from what the cluster has. */
const filledIn: readonly (string | undefined)[] = [
  "daemonTaskDefinitionArn",
  "capacityProviderArns",
  "daemonName",
];

/** Whether a diagnostic is about an ARN that deploying a managed daemon fills in from what the cluster has. */
export function isFilledByDeployment({ code, about }: Pick<Diagnostic, "code" | "about">): boolean {
  return code === "not-an-arn" ? about !== "fargate" : code === "missing-member" && filledIn.includes(about);
}
