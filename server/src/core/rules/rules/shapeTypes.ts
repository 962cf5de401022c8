// Does a value have the JSON type that the API model asks for?

import type { JsonNode } from "../../documents/tree";
import type { Shape } from "../apiModel";
import type { Fix } from "../diagnostic";
import { fix, replaceNode } from "../edits";
import type { Walk } from "./shape";

const expectations: Readonly<Record<Shape["type"], readonly [JsonNode["type"] | "any", string]>> = {
  structure: ["object", "an object"],
  map: ["object", "an object"],
  list: ["array", "a list in brackets"],
  string: ["string", "a text in double quotes"],
  integer: ["number", "an integer"],
  long: ["number", "an integer"],
  double: ["number", "a number"],
  boolean: ["boolean", "true or false"],
  document: ["any", "a value"],
};

/** Reports a value of the wrong type; answers whether its content is worth looking at. */
export function checkType({ context, report }: Walk, node: JsonNode, shape: Shape, member: string): boolean {
  const [type, words] = expectations[shape.type];
  const integral = shape.type === "integer" || shape.type === "long";
  if (node.type === type && !(integral && !isInteger(node, context.document.text))) return true;
  const text = context.document.text.slice(node.offset, node.offset + node.length);
  const params = { member: member || "the document", expected: words, found: found(node, text) };
  report("wrong-type", node, params, { fixes: [conversion(node, shape, text)] });
  return false;
}

function isInteger(node: JsonNode, document: string): boolean {
  const text = document.slice(node.offset, node.offset + node.length);
  // The AWS CLI takes 256.0 and 1e3 for fractions.
  return /^-?\d+$/.test(text);
}

function found(node: JsonNode, text: string): string {
  switch (node.type) {
    case "object":
      return "an object";
    case "array":
      return "a list";
    case "string":
      return `the text ${text}`;
    default:
      return text;
  }
}

/** The same value written as the type that is asked for, where that is certain. */
function conversion(node: JsonNode, shape: Shape, text: string): Fix | undefined {
  const newText = converted(node, shape, text);
  if (newText === undefined) return undefined;
  return fix(`Change to ${newText.length > 40 ? "a list" : newText}`, true, replaceNode(node, newText));
}

function converted(node: JsonNode, shape: Shape, text: string): string | undefined {
  const scalar = node.type === "number" || node.type === "boolean";
  if (shape.type === "string" && scalar) return JSON.stringify(text);
  if (node.type === "string") {
    const value = String(node.value).trim();
    if (shape.type === "boolean" && /^(true|false)$/i.test(value)) return value.toLowerCase();
    if ((shape.type === "integer" || shape.type === "long") && /^-?\d+$/.test(value))
      return String(Number(value));
    if (shape.type === "double" && /^-?\d+(\.\d+)?$/.test(value)) return String(Number(value));
  }
  if (node.type === "number" && (shape.type === "integer" || shape.type === "long")) {
    return Number.isSafeInteger(node.value) ? String(node.value) : undefined;
  }
  if (shape.type === "list" && (node.type === "string" || node.type === "object"))
    return asList(node, shape, text);
  return undefined;
}

function asList(node: JsonNode, shape: Shape, text: string): string | undefined {
  const takesStrings = shape.item === "String";
  if (node.type === "string") return takesStrings && node.value !== "" ? `[${text}]` : undefined;
  if (takesStrings) return undefined;
  const pairs = (node.children ?? []).map((it) => it.children ?? []);
  const namesAndTexts = pairs.every(([, value]) => value?.type === "string");
  if (shape.item === "KeyValuePair" && namesAndTexts) {
    const list = pairs.map(([key, value]) => ({ name: key?.value, value: value?.value }));
    return JSON.stringify(list);
  }
  return shape.item === "KeyValuePair" ? undefined : `[${text}]`;
}
