// The input that a file holds, exactly as written, for whoever sends it. What is JSON is sent as it is; a placeholder
// exists only where the text is not JSON without one, or in a file that is known to be a template.

import type { Resource } from "../resources/resource";
import { isPipelineImage, type Sender } from "../resources/senders";
import { pathOf } from "../source/node";
import { type JsonNode, spanOf } from "../source/tree";
import type { Span } from "../text/span";
import { hostedInput } from "./hostedInput";

export type SendableInput =
  | { readonly kind: "input"; readonly input: Readonly<Record<string, unknown>> }
  | { readonly kind: "placeholder"; readonly placeholder: string; readonly span: Span }
  /** Of a template or module: names whose values are not known. */
  | { readonly kind: "unknown"; readonly names: readonly string[]; readonly span: Span }
  | { readonly kind: "broken"; readonly message: string; readonly span: Span };

/**
 * Reads the whole value of the text, wrappers of `describe-…` answers included: nothing that is written is left out.
 * In a file that ecspresso sends, `{{ … }}` are placeholders, in one that CodePipeline sends, `<IMAGE1_NAME>` is.
 */
export function sendableInput(document: Resource, sender: Sender = "awsCli"): SendableInput {
  if (document.hosted !== undefined) return sendableResource(document);
  const parsed = parsedText(document.source.text);
  const placeholder =
    parsed === undefined ? barePlaceholder(document) : templatePlaceholder(document, sender);
  const [problem] = document.source.problems;
  if (parsed === undefined && problem !== undefined)
    return { kind: "broken", message: problem.message, span: problem.span };
  if (placeholder !== undefined)
    return {
      kind: "placeholder",
      placeholder: document.source.text.slice(placeholder.start, placeholder.end),
      span: placeholder,
    };
  const value =
    parsed?.value ?? (document.source.root === undefined ? undefined : literalValue(document.source.root));
  if (isObject(value)) return { kind: "input", input: value };
  return { kind: "broken", message: "The file has to hold a JSON object.", span: { start: 0, end: 1 } };
}

function sendableResource(document: Resource): SendableInput {
  const { input, unknown } = hostedInput(document);
  const [first] = unknown;
  return first === undefined
    ? { kind: "input", input }
    : { kind: "unknown", names: unknown.map((it) => it.name), span: spanOf(first.node) };
}

/** The part of the value that is the operation's input: what a wrapper of a `describe-…` answer holds, else all of it. */
export function unwrappedInput(
  document: Resource,
  input: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (document.hosted !== undefined) return input;
  let value: unknown = input;
  const path = document.input === undefined ? [] : pathOf(document.input);
  for (const step of path) value = (value as Readonly<Record<string, unknown>>)[String(step)];
  return isObject(value) ? value : input;
}

/** Whether the name says that a tool fills the file in. */
function isTemplateName(fileName: string): boolean {
  return /\.(?:tpl|tmpl|tftpl|gotmpl|template|j2|jinja2?|erb|ejs|hbs|mustache)$/i.test(fileName);
}

function parsedText(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text) };
  } catch {
    return undefined;
  }
}

/** The first placeholder that keeps the text from being JSON, else any: comments may keep it from being JSON too. */
function barePlaceholder({ source: { root, text, placeholders: templates } }: Resource): Span | undefined {
  const strings = root === undefined ? [] : stringsOf(root).filter((it) => text[it.offset] === '"');
  const isInString = ({ start, end }: Span) =>
    strings.some((it) => it.offset < start && end < it.offset + it.length);
  return templates.find((it) => !isInString(it) || /["\\]/.test(text.slice(it.start, it.end)));
}

/** In a text that is JSON only a file that is known to be a template has placeholders. */
function templatePlaceholder(document: Resource, sender: Sender): Span | undefined {
  const {
    source: { file: fileName, text, placeholders: templates },
  } = document;
  if (isTemplateName(fileName)) return templates[0];
  if (sender === "codePipeline") return templates.find((it) => isPipelineImage(text, it.start));
  return sender === "ecspresso" ? templates.find((it) => text.startsWith("{{", it.start)) : undefined;
}

/** The value as written, placeholders read as the texts they are. */
function literalValue(node: JsonNode): unknown {
  if (node.type === "array") return (node.children ?? []).map(literalValue);
  if (node.type !== "object") return node.value;
  return Object.fromEntries(
    (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
      key === undefined || value === undefined ? [] : [[String(key.value), literalValue(value)] as const],
    ),
  );
}

function stringsOf(root: JsonNode): readonly JsonNode[] {
  const found: JsonNode[] = [];
  const open: JsonNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === "string") found.push(node);
    for (const child of node.children ?? []) open.push(child);
  }
  return found;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
