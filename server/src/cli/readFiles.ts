// Reads the files that a call names, and says in one line why one cannot be read.

import { readFile } from "node:fs/promises";
import type { DocumentKind } from "../core/resources/kinds/kindSigns";
import { kinds } from "../core/resources/kinds/registry";
import { openResource, type Resource } from "../core/resources/resource";
import type { Sender } from "../core/resources/senders";
import { withoutSecretParts } from "../core/secrets/secretText";
import { counted } from "../core/text/counts";
import { sendableInput } from "../core/workspace/sendableInput";
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

/** A document that has to be of that kind and whole: nobody deploys or previews half a file. */
export async function readDocument(path: string, kind: DocumentKind): Promise<Resource> {
  const document = openResource(path, await readTextFile(path));
  const [syntaxError] = document.source.problems;
  if (syntaxError !== undefined) {
    const { line, character } = positionAt(document.source.text, syntaxError.span.start);
    throw new InputError(`${path}:${line + 1}:${character + 1} is not JSON: ${syntaxError.message}`);
  }
  if (document.kind === kind) return document;
  const found = document.kind === undefined ? "nothing that is known here" : kinds[document.kind].noun;
  throw new InputError(`${path} is not ${kinds[kind].noun} but ${found}.`);
}

/** The input that a file holds, exactly as written; a placeholder that nobody has filled in is an InputError. */
export function readSendable(document: Resource, senderOf: (document: Resource) => Sender): JsonObject {
  const {
    source: { file: fileName, text },
  } = document;
  const found = sendableInput(document, senderOf(document));
  if (found.kind === "input") return found.input;
  const { line, character } = positionAt(text, found.span.start);
  const place = `${fileName}:${line + 1}:${character + 1}`;
  if (found.kind === "unknown")
    throw new InputError(
      `${place}: ${counted(found.names.length, "value")} of ${document.hosted?.id} ${found.names.length === 1 ? "is" : "are"} not known: ${found.names.map((it) => withoutSecretParts(it)).join(", ")}. Give them with --set NAME=VALUE or --values FILE. Nothing was sent.`,
    );
  throw new InputError(
    found.kind === "placeholder"
      ? `${place} has the placeholder ${withoutSecretParts(found.placeholder)}: fill it in before you deploy, or deploy the file that your template tool writes.`
      : `${place} is not JSON: ${found.message}`,
  );
}
