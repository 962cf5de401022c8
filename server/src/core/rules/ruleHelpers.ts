// What many rules do: say where something is missing, suggest a name, rename, refer to another place.

import type { ContainerView, TaskDefinitionView } from "../resources/taskDefinitionView";
import { remove, set } from "../source/change";
import { get, isOpen, isTemplate, items, type JsonNode, keyOf, members, spanOf } from "../source/tree";
import type { Span } from "../text/span";
import { nearest } from "../text/spelling";
import type { RelatedPlace } from "./diagnostic";
import { fix, type ProposedFix } from "./fix";
import { property, title } from "./fixTitle";

/**
 * A missing member is shown at the name of the object that lacks it (`Properties` in CloudFormation), else at its brace,
 * or at its first member where it has no brace (YAML).
 */
export function placeOfMissing(object: JsonNode): JsonNode | Span {
  const key = keyOf(object);
  if (key !== object) return key;
  const [hostKey] = (object.parent === undefined && object.origin?.node.parent?.children) || [];
  if (hostKey?.type === "string") {
    const start = hostKey.offset + (object.origin?.base ?? 0);
    return { start, end: start + hostKey.length };
  }
  const first = object.children?.[0]?.children?.[0];
  return first?.offset === object.offset ? first : { start: object.offset, end: object.offset + 1 };
}

/** A value that is there and not null: `undefined` where a rule has nothing to look at. */
export function given(object: JsonNode | undefined, name: string): JsonNode | undefined {
  const value = get(object, name);
  return value?.type === "null" ? undefined : value;
}

/** Whether a member is surely absent: a placeholder among the members might be it. */
export function isAbsent(object: JsonNode, name: string): boolean {
  const value = get(object, name);
  if ((value && (value.type !== "null" || isTemplate(value))) || isOpen(object)) return false;
  // A misspelt one has its own diagnostic.
  return !members(object)
    .slice(0, 100)
    .some((it) => it.name !== name && (nearest(it.name, [name]) === name || `${it.name}Arn` === name));
}

/** A name as a message shows it: what a file writes for one that is known later, `var.name` for example. */
export function shownName(node: JsonNode | undefined): string {
  return typeof node?.value === "string" && node.value !== "" ? node.value : "…";
}

/** What a message calls a task definition: a template has names of its own for those without a family. */
export function shownDefinition({ family, document, input }: TaskDefinitionView): string {
  return family ?? document.hosted?.id ?? shownName(get(input, "family"));
}

/** What a message says of members that are missing: which ones, and the word for them. */
export function missingWords(names: readonly string[]): { readonly member: string; readonly it: string } {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.slice(-2).join(" and ");
  return { member: [...quoted.slice(0, -2), last].join(", "), it: names.length > 1 ? "them" : "it" };
}

/** A list, object or text that surely has something in it: a placeholder may turn out to be empty. */
export function filled(object: JsonNode | undefined, name: string): JsonNode | undefined {
  const value = given(object, name);
  if (!value || isTemplate(value)) return undefined;
  if (value.type === "string") return value.value === "" ? undefined : value;
  if (value.type === "array") return value.children?.some((it) => !isTemplate(it)) ? value : undefined;
  return value.type === "object" && value.children?.length === 0 ? undefined : value;
}

/** Whether a list is surely absent or empty. */
export function isAbsentOrEmpty(object: JsonNode, name: string): boolean {
  const list = given(object, name);
  return list ? list.children?.length === 0 && !isOpen(list) : isAbsent(object, name);
}

/** The items that a list surely has: what a condition of a template may leave out is none of them. */
export function sureItems(list: JsonNode | undefined): readonly JsonNode[] {
  return items(list).filter(({ branches }) => branches === undefined || branches.length > 1);
}

export function related(message: string, node: JsonNode | undefined): readonly RelatedPlace[] {
  return node ? [{ message, span: spanOf(node) }] : [];
}

/** "Did you mean 'x'?", or what else to do. */
export function advise(suggestion: string | undefined, otherwise: string): string {
  return suggestion === undefined ? otherwise : `Did you mean '${suggestion}'?`;
}

/** The fix that puts the suggested text in the place of a string. */
export function changeTo(
  node: JsonNode,
  suggestion: string | undefined,
  safe = true,
): ProposedFix | undefined {
  if (suggestion === undefined) return undefined;
  return fix(`Change to '${suggestion}'`, safe, set(node, suggestion));
}

export function removal(value: JsonNode, safe = false): ProposedFix {
  const key = keyOf(value);
  return fix(
    key === value ? "Remove it" : title`Remove '${property(String(key.value), value)}'`,
    safe,
    remove(value),
  );
}

/** Changes a name where it is declared and where it is referred to; `name:alias` keeps its alias. */
export function renameAll(
  declared: JsonNode,
  name: string,
  newName: string | undefined,
  references: readonly (JsonNode | undefined)[],
): ProposedFix | undefined {
  if (newName === undefined || newName === "") return undefined;
  const affected = references.filter((it) => it?.type === "string" && !isTemplate(it));
  const edits = affected.flatMap((it) => {
    const text = String(it?.value);
    if (!it || (text !== name && !text.startsWith(`${name}:`))) return [];
    return [set(it, newName + text.slice(name.length))];
  });
  return fix(`Change to '${newName}'`, false, set(declared, newName), edits);
}

/** `name-2`, `name-3` …: the first that nobody has. */
export function freeName(name: string, taken: { has(name: string): boolean }): string {
  let number = 2;
  while (taken.has(`${name}-${number}`)) number += 1;
  return `${name}-${number}`;
}

/** Names seen so far, with where: answers the earlier place of a name and notes a new one. */
export function makeRegister(): {
  note(name: string, node: JsonNode): JsonNode | undefined;
  has(name: string): boolean;
} {
  const seen = new Map<string, JsonNode>();
  return {
    has: (name) => seen.has(name),
    note(name, node) {
      const earlier = seen.get(name);
      if (earlier === undefined) seen.set(name, node);
      return earlier;
    },
  };
}

/** The container of that name, with the first letter of its label in lower case for the middle of a sentence. */
export function inSentence(container: Pick<ContainerView, "label">): string {
  return container.label.charAt(0).toLowerCase() + container.label.slice(1);
}
