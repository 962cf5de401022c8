// Reads the files that a call names, and says in one line why one cannot be read.

import type { GivenValues } from "../../core/resources/hosts/givenValues";
import type { DocumentKind } from "../../core/resources/kinds/kindSigns";
import { isService, kinds } from "../../core/resources/kinds/registry";
import type { Resource } from "../../core/resources/resource";
import type { Sender } from "../../core/resources/senders";
import { withoutSecretParts } from "../../core/secrets/secretText";
import { counted } from "../../core/text/counts";
import { positionAt } from "../../core/text/positions";
import { sendableInput } from "../../core/workspace/sendableInput";
import type { JsonObject } from "../../ecs/port";
import { InputError } from "../command";
import { readSubject } from "./hostFiles";

/**
 * A document that has to be of that kind and whole: nobody deploys or previews half a file. In a template or Terraform
 * file it is the resource that the path names (`FILE#RESOURCE`), or the only one that can be meant.
 */
export async function readDocument(
  path: string,
  kind: DocumentKind,
  given: GivenValues = new Map(),
): Promise<Resource> {
  const document = await readSubject(path, given);
  const [syntaxError] = document.source.problems;
  if (syntaxError !== undefined) {
    const { line, character } = positionAt(document.source.text, syntaxError.span.start);
    throw new InputError(`${path}:${line + 1}:${character + 1} is not JSON: ${syntaxError.message}`);
  }
  if (document.kind === kind) return document;
  // A service in a template or module is a subject of its own: it refers to its task definition.
  if (isService(document) && document.hosted !== undefined) return document;
  const found = document.kind === undefined ? "nothing that is known here" : kinds[document.kind].noun;
  const advice =
    document.operation === "registerDaemonTaskDefinition"
      ? " Name the file of the managed daemon with --daemon FILE."
      : "";
  throw new InputError(`${path} is not ${kinds[kind].noun} but ${found}.${advice}`);
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
      `${place}: ${counted(found.names.length, "value")} of ${document.hosted?.id} ${found.names.length === 1 ? "is" : "are"} not known: ${found.names.map((it) => withoutSecretParts(it)).join(", ")}. Give ${found.names.length === 1 ? "it" : "them"} with --set NAME=VALUE or --values FILE. Nothing was sent.`,
    );
  throw new InputError(
    found.kind === "placeholder"
      ? `${place} has the placeholder ${withoutSecretParts(found.placeholder)}: fill it in before you deploy, or deploy the file that your template tool writes.`
      : `${place} is not JSON: ${found.message}`,
  );
}
