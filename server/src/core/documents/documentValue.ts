// The plain value of a document, for those who compute with it: requirements, the scheduler, a deployment.

import type { EcsDocument } from "./document";
import { isTemplate, type JsonNode, members } from "./tree";

/** Stands in a plain value for what a placeholder will be filled with. */
export interface TemplateValue {
  readonly template: string;
}
const templateValues = new WeakSet<object>();

/** Whether a part of a plain value is a placeholder, whose value nobody can know yet. */
export function isTemplateValue(value: unknown): value is TemplateValue {
  return typeof value === "object" && value !== null && templateValues.has(value);
}

/**
 * The input that a document holds, as plain data (wrappers of `describe-…` answers left out). Objects have no
 * prototype, so that a member called `__proto__` is a member like any other.
 */
export function documentValue(document: EcsDocument): unknown {
  return document.input ? plainValue(document.input, document.text) : undefined;
}

/** The plain value of a part of a tree; `text` is the document's, to quote placeholders from. */
export function plainValue(node: JsonNode, text = ""): unknown {
  if (isTemplate(node)) {
    const value: TemplateValue = { template: text.slice(node.offset, node.offset + node.length) };
    templateValues.add(value);
    return value;
  }
  if (node.type === "array") return (node.children ?? []).map((it) => plainValue(it, text));
  if (node.type !== "object") return node.value;
  const value: Record<string, unknown> = Object.create(null);
  // A name written twice: the last one counts, as for the AWS CLI.
  for (const member of members(node)) value[member.name] = plainValue(member.value, text);
  return value;
}
