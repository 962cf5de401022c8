// Where in a task definition, service or fleet an offset stands: at which member of which shape. Works in broken JSON,
// because the way down is scanned from the text and the tree is only asked for what is beside it.

import { inputShape, shapeNamed } from "../api/apiModel";
import type { Shape } from "../api/apiShape";
import { traitsOf } from "../resources/kinds/registry";
import type { Resource } from "../resources/resource";
import { locateInJson } from "../source/json/locate";
import { maskTemplates } from "../source/json/maskPlaceholders";
import { nodeAtPath, pathOf, type Step } from "../source/node";
import type { JsonNode } from "../source/tree";
import type { Span } from "../text/span";

export interface InputLocation {
  readonly at: "key" | "value";
  /** Name of the shape whose member the offset is at: the structure or map that holds the key or the value. */
  readonly owner: string;
  /** The member; for an item of a list the member that holds the list. At a key the text before the cursor. */
  readonly member: string;
  /** Name of the shape of the value; at a key that of the owner. */
  readonly shape: string;
  /** From the input object down, the member or index included. */
  readonly path: readonly Step[];
  /** The object that holds the key or value, where the tree has it. */
  readonly object: JsonNode | undefined;
  /** The list the value is an item of. */
  readonly list: JsonNode | undefined;
  /** The token at the offset, quotes included; empty between tokens. */
  readonly token: Span;
  /** Whether the token is a string, open or closed. */
  readonly inString: boolean;
  /** The value before the offset lacks the comma that must follow it: its end. */
  readonly missingCommaAt: number | undefined;
}

interface ShapeStep {
  readonly owner: string;
  readonly member: string;
  readonly shape: string;
}

/** `undefined` where the document is no input of ours, or the offset is in a part that the API does not know. */
export function inputLocation(document: Resource, offset: number): InputLocation | undefined {
  const {
    source: { root },
    input,
  } = document;
  const start = startOf(document);
  if (start === undefined || root === undefined) return undefined;
  const { text, shift } = scannedText(document, offset);
  const found = locateInJson(text, offset + shift);
  const prefix = input === undefined ? [] : pathOf(input);
  if (!prefix.every((it, index) => found.path[index] === it)) return undefined;
  const token = tokenAt(text, offset + shift, found.previous);
  const behind = endOfValueBefore(text, token.span.start, found.path);
  // Behind a value without a comma only another member can follow.
  const isKey = found.isKey || behind !== undefined;
  const path = found.path.slice(prefix.length);
  const step = shapeAlong(start, isKey ? path.slice(0, -1) : path);
  if (step === undefined) return undefined;
  const holder = nodeAtPath(root, found.path.slice(0, -1));
  const last = path[path.length - 1];
  return {
    at: isKey ? "key" : "value",
    owner: isKey ? step.shape : step.owner,
    member: isKey ? (behind === undefined ? String(last ?? "") : "") : step.member,
    shape: step.shape,
    path,
    object: holder?.type === "object" ? holder : enclosingObject(holder),
    list: holder?.type === "array" ? holder : undefined,
    token: { start: token.span.start - shift, end: token.span.end - shift },
    inString: token.inString,
    missingCommaAt: behind === undefined ? undefined : behind - shift,
  };
}

/**
 * The text that the way down to an offset is scanned from: behind the line of a slip it is the repaired one, whose
 * offsets are larger by `shift`. A comma that is missing right before the offset is found there by itself.
 */
function scannedText(
  { source: { text, placeholders: templates, repair } }: Resource,
  offset: number,
): { readonly text: string; readonly shift: number } {
  const masked = templates.length === 0 ? text : maskTemplates(text).text;
  if (repair === undefined || repair.newText === "," || offset < repair.end)
    return { text: masked, shift: 0 };
  const isOnItsLine = !masked.slice(repair.end, offset).includes("\n");
  if (isOnItsLine) return { text: masked, shift: 0 };
  return {
    text: masked.slice(0, repair.start) + repair.newText + masked.slice(repair.end),
    shift: repair.newText.length - (repair.end - repair.start),
  };
}

/** Name of the shape of the whole document. */
function startOf(document: Resource): string | undefined {
  const { operation } = document;
  return operation === undefined ? traitsOf(document).shape : inputShape(operation);
}

/** Follows a path through the shapes; list indexes lead to the item, members of a map to its value. */
function shapeAlong(start: string, path: readonly Step[]): ShapeStep | undefined {
  let step: ShapeStep = { owner: start, member: "", shape: start };
  for (const segment of path) {
    const shape: Shape = shapeNamed(step.shape);
    if (shape.type === "list" && typeof segment === "number" && shape.item !== undefined)
      step = { ...step, shape: shape.item };
    else if (shape.type === "structure" && shape.members !== undefined) {
      const member = String(segment);
      const next = Object.hasOwn(shape.members, member) ? shape.members[member] : undefined;
      if (next === undefined) return undefined;
      step = { owner: step.shape, member, shape: next };
    } else if (shape.type === "map" && shape.value !== undefined)
      step = { owner: step.shape, member: String(segment), shape: shape.value };
    else return undefined;
  }
  return step;
}

function enclosingObject(node: JsonNode | undefined): JsonNode | undefined {
  let found = node;
  while (found !== undefined && found.type !== "object") found = found.parent;
  return found;
}

interface Token {
  readonly span: Span;
  readonly inString: boolean;
}

function tokenAt(text: string, offset: number, previous: Span | undefined): Token {
  if (previous !== undefined && previous.start < offset && offset <= previous.end)
    return { span: closeAtLineEnd(text, previous, offset), inString: text[previous.start] === '"' };
  let start = offset;
  while (start > 0 && /[\w.\-"]/.test(text[start - 1] ?? "")) start--;
  return { span: { start, end: offset }, inString: text[start] === '"' && start < offset };
}

/** A string that is not closed swallows the rest of its line: what stands behind the cursor is not replaced. */
function closeAtLineEnd(text: string, span: Span, offset: number): Span {
  const isClosed = text[span.start] !== '"' || (span.end - span.start > 1 && text[span.end - 1] === '"');
  return isClosed && !text.slice(span.start, span.end).includes("\n")
    ? span
    : { start: span.start, end: offset };
}

/** The end of the value in front of the token, where neither comma, colon nor bracket stands between. */
function endOfValueBefore(text: string, start: number, path: readonly Step[]): number | undefined {
  if (typeof path[path.length - 1] !== "string") return undefined;
  let before = start;
  while (before > 0 && /\s/.test(text[before - 1] ?? "")) before--;
  const last = text[before - 1];
  return last !== undefined && before < start && /["\w}\]]/.test(last) ? before : undefined;
}
