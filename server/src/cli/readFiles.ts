// Reads the files that a call names, and says in one line why one cannot be read.

import { readFile } from "node:fs/promises";
import { type EcsDocument, openDocument } from "../core/documents/document";
import type { DocumentKind } from "../core/documents/documentKind";
import { documentValue, isTemplateValue } from "../core/documents/documentValue";
import { withoutSecretParts } from "../core/secrets/secretText";
import type { JsonObject } from "../ecs/port";
import { InputError } from "./command";
import { decodedText } from "./decodedText";
import { positionAt } from "./positions";

/** Rejects with an InputError that names the file. */
export async function readTextFile(path: string): Promise<string> {
  try {
    return decodedText(await readFile(path));
  } catch (error) {
    throw new InputError(`${path} cannot be read: ${whyUnreadable(error)}.`);
  }
}

export function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR") return "there is no such file";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES" || code === "EPERM") return "access is denied";
  if (code === "ERR_STRING_TOO_LONG" || code === "ERR_FS_FILE_TOO_LARGE") return "it is too large";
  return error instanceof Error ? error.message : String(error);
}

const kindNames = { taskDefinition: "a task definition", service: "a service" } as const;

/** A document that has to be of that kind and whole: nobody deploys or previews half a file. */
export async function readDocument(path: string, kind: keyof typeof kindNames): Promise<EcsDocument> {
  const document = openDocument(path, await readTextFile(path));
  const [syntaxError] = document.syntaxErrors;
  if (syntaxError !== undefined) {
    const { line, character } = positionAt(document.text, syntaxError.span.start);
    throw new InputError(`${path}:${line + 1}:${character + 1} is not JSON: ${syntaxError.message}`);
  }
  if (document.kind === kind) return document;
  const found = document.kind === undefined ? "nothing that is known here" : describeKind(document.kind);
  throw new InputError(`${path} is not ${kindNames[kind]} but ${found}.`);
}

function describeKind(kind: DocumentKind): string {
  const names: Readonly<Record<DocumentKind, string>> = {
    ...kindNames,
    clusterSnapshot: "a cluster snapshot",
    fleet: "a fleet",
    query: "an expression",
    daemonTaskDefinition: "a task definition of a managed daemon",
    daemon: "a managed daemon",
  };
  return names[kind];
}

/** The input that a document holds, for sending it: a placeholder that nobody has filled in is an InputError. */
export function sendableInput(document: EcsDocument): JsonObject {
  const value = documentValue(document);
  const placeholder = firstTemplate(value);
  if (placeholder !== undefined)
    throw new InputError(
      `${document.fileName} has the placeholder ${withoutSecretParts(placeholder)}: fill it in before you deploy.`,
    );
  // The plain value has objects without a prototype; a copy has what any JSON has.
  return JSON.parse(JSON.stringify(value ?? {})) as JsonObject;
}

function firstTemplate(value: unknown): string | undefined {
  const open: unknown[] = [value];
  for (let next = open.pop(); next !== undefined || open.length > 0; next = open.pop()) {
    if (isTemplateValue(next)) return next.template;
    if (typeof next === "object" && next !== null)
      open.push(...Object.values(next).filter((it) => typeof it === "object"));
  }
  return undefined;
}
