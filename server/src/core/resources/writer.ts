// Writes changes of a document: as JSON, or in the format of the file that the document is a resource of.

import { inputShape } from "../api/apiModel";
import { type Change, type TextEdit, withJoinedAdditions } from "../source/change";
import { writeCode } from "../source/code/writer";
import { literalText, quotedText } from "../source/hcl/hclText";
import { writeHcl } from "../source/hcl/writer";
import { writeJson } from "../source/json/writer";
import type { Embedding } from "../source/node";
import { giveUp, lineBreakOf, lineStart, unlessUnwritable } from "../source/writing";
import { writeYaml } from "../source/yaml/writer";
import { isJsonText } from "./hosts/cloudformation/readTemplate";
import { type ChangesOfText, type HostSyntax, hostChanges } from "./hosts/hostChanges";
import { ansibleHostNames, apiNames, cloudFormationHostNames } from "./hosts/hostNames";
import { argumentsOfOperation } from "./hosts/terraform/arguments";
import type { Resource } from "./resource";

/**
 * The edits of the resource's source that make the changes, in the order of the changes; `undefined` where one of them
 * cannot be written: the value is computed, or written in another place.
 */
export function editsFor(resource: Resource, stated: readonly Change[]): readonly TextEdit[] | undefined {
  const changes = withJoinedAdditions(stated);
  if (resource.hosted === undefined) return writeJson(resource.source.text, changes);
  if (resource.hosted.host === "code")
    return resource.input?.locked ? undefined : writeCode(resource.source.text, changes);
  const syntax = syntaxOf(resource);
  return unlessUnwritable(() => hostChanges(changes, syntax).flatMap((it) => editsOf(resource, it)));
}

function syntaxOf({ hosted, operation }: Resource): HostSyntax {
  const shape = inputShape(operation ?? "registerTaskDefinition");
  if (hosted?.host === "containerList") return { shape, names: apiNames, isList: true };
  if (hosted?.host === "ansible") return { shape, names: ansibleHostNames };
  if (hosted?.host === "ecsParams") return { shape, names: apiNames };
  if (hosted?.host === "cloudFormation") return { shape, names: cloudFormationHostNames };
  const table = argumentsOfOperation(operation);
  return { shape, names: apiNames, table };
}

function editsOf(
  { hosted, source: { text } }: Resource,
  { embedding, base, changes }: ChangesOfText,
): readonly TextEdit[] {
  if (embedding !== undefined) return embeddedEdits(text, embedding, base, changes);
  const own = text.slice(base);
  const isJson = hosted?.host === "containerList" || isJsonText(text);
  const write = hosted?.host === "terraform" ? writeHcl : isJson ? writeJson : writeYaml;
  return (write(own, changes) ?? giveUp()).map(({ span, newText }) => ({
    span: { start: span.start + base, end: span.end + base },
    newText,
  }));
}

/** Edits of the JSON in a string, with the escapes of that string. */
function embeddedEdits(
  text: string,
  embedding: Embedding,
  base: number,
  changes: readonly Change[],
): readonly TextEdit[] {
  const map = embedding.string.content?.() ?? giveUp();
  const isHeredoc = text.startsWith("<<", embedding.string.offset + base);
  return writeJson(embedding.text, changes).map(({ span, newText }) => {
    // What is copied may be an interpolation of the host, which looks like text that is to be escaped.
    if (/[$%]\{/.test(newText)) giveUp();
    const { start, end } = map.toDocument(span);
    const at = { start: start + base, end: end + base };
    if (!isHeredoc) return { span: at, newText: quotedText(newText).slice(1, -1) };
    // The indentation that a heredoc takes away from all of its lines.
    const first = lineStart(embedding.text, span.start);
    const taken = map.toDocument({ start: first, end: first }).start + base;
    const indent = text.slice(lineStart(text, taken), taken);
    const lines = literalText(newText).split(/\r?\n/);
    return { span: at, newText: lines.join(lineBreakOf(text) + indent) };
  });
}
