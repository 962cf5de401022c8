// The plain value of a document, for those who compute with it: requirements, the scheduler, a deployment.

import { isTemplate, type JsonNode, members } from "../source/tree";
import { firstFrom, type Span } from "../text/span";
import { markOpenValue, UnknownValue } from "../text/unknownValue";
import type { Resource } from "./resource";

/** Whether a part of a plain value is a placeholder, whose value nobody can know yet. */
export function isTemplateValue(value: unknown): value is UnknownValue {
  return value instanceof UnknownValue;
}

/**
 * The input that a document holds, as plain data (wrappers of `describe-…` answers left out). Objects have no
 * prototype, so that a member called `__proto__` is a member like any other. Placeholders are `UnknownValue`s, and lists
 * and objects to which one may add are marked as open.
 */
export function documentValue({ input, source: { text, placeholders: templates } }: Resource): unknown {
  return input ? plainValue(input, text, templates) : undefined;
}

/** The plain value of a part of a tree; `text` is the document's, to quote placeholders from, `templates` their spans. */
export function plainValue(node: JsonNode, text = "", templates: readonly Span[] = []): unknown {
  if (isTemplate(node))
    return new UnknownValue(namesOf(node) ?? text.slice(node.offset, node.offset + node.length));
  if (node.type !== "array" && node.type !== "object") return node.value;
  const value = node.type === "array" ? listOf(node, text, templates) : objectOf(node, text, templates);
  return node.open === true ? markOpenValue(value, openingIn(node, text, templates)) : value;
}

/** What decides a value, as its host names it. */
function namesOf({ needs }: JsonNode): string | undefined {
  return needs === undefined || needs.length === 0 ? undefined : needs.map((it) => it.name).join(", ");
}

function listOf(node: JsonNode, text: string, templates: readonly Span[]): readonly unknown[] {
  return (node.children ?? []).map((it) => plainValue(it, text, templates));
}

function objectOf(node: JsonNode, text: string, templates: readonly Span[]): Record<string, unknown> {
  const value: Record<string, unknown> = Object.create(null);
  // A name written twice: the last one counts, as for the AWS CLI.
  for (const member of members(node)) value[member.name] = plainValue(member.value, text, templates);
  return value;
}

/** More placeholders than are looked at to find the one that a message names. */
const most = 50;

/** The placeholder that may add to the list or object: the first that is not inside a value that can be seen. */
function openingIn(node: JsonNode, text: string, templates: readonly Span[]): string {
  const names = namesOf(node);
  if (names !== undefined) return names;
  const end = node.offset + node.length;
  const first = firstFrom(templates, node.offset);
  const inside = templates.slice(first, first + most).filter((it) => it.end <= end);
  const seen = node.children?.filter((it) => it.unknown !== true) ?? [];
  const own = inside.find((span) => !seen.some((it) => holds(it, span))) ?? inside[0];
  return own === undefined ? "…" : text.slice(own.start, own.end);
}

function holds(child: JsonNode, { start, end }: Span): boolean {
  const value = child.type === "property" ? child.children?.[1] : child;
  return value !== undefined && value.offset <= start && end <= value.offset + value.length;
}
