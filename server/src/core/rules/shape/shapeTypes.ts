// Does a value have the JSON type that the API model asks for?

import { shapeNamed } from "../../api/apiModel";
import type { Shape } from "../../api/apiShape";
import type { Resource } from "../../resources/resource";
import { holdsSecret } from "../../secrets/secretText";
import { Copy, type NewValue, set, shownValue } from "../../source/change";
import { isOpen, type JsonNode, keyOf, propertyOf, spanOf } from "../../source/tree";
import { fix } from "../fix";
import type { Walk, WrongScalar } from "./shapeWalk";

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
export function checkType(
  { context, report, convertible }: Walk,
  node: JsonNode,
  shape: Shape,
  member: string,
): boolean {
  const [type, expected] = expectations[shape.type];
  const integral = shape.type === "integer" || shape.type === "long";
  if (node.type === type && !(integral && !isInteger(node, context.document))) return true;
  // `{cpu}` in a file that is a template of something else: no object, but a text to come.
  if (isOpen(node) && node.children?.length === 0) {
    context.doubts.noteValue(node);
    return false;
  }
  const text = node.locked
    ? JSON.stringify(node.value ?? null)
    : context.document.source.text.slice(node.offset, node.offset + node.length);
  const value = converted(node, shape, text);
  context.doubts.noteValue(node);
  const isHidden = mayHoldSecret(node);
  const wrong = {
    node,
    member,
    expected,
    found: isHidden ? typeOf(node, text) : found(node, text),
    isHidden,
  };
  if (value !== undefined && shape.type !== "list") convertible.push({ ...wrong, value });
  else {
    // How a command line splits into words is a guess.
    const isSafe = node.type !== "string";
    const object = value === undefined ? asObject(node, shape, member) : undefined;
    const fixes = [
      value === undefined ? undefined : fix("Change to a list", isSafe, set(node, value)),
      object === undefined ? undefined : fix("Change to an object", false, set(node, object)),
    ];
    // An item has no name of its own.
    const place = node.parent?.type === "array" ? `${member}[]` : member;
    report("wrong-type", node, { member: place, expected, found: wrong.found, more: "" }, { fixes });
  }
  return false;
}

/** Pasted input often has all its numbers in quotes: that is one mistake with one fix. */
export function reportConvertible({ report, convertible }: Walk): void {
  const sorted = [...convertible].sort((left, right) => left.node.offset - right.node.offset);
  const [first, ...others] = sorted;
  if (!first) return;
  const { node, member, expected, found } = first;
  const more = others.length === 0 ? "" : ` (and ${others.length} more of the wrong type)`;
  report(
    "wrong-type",
    node,
    { member, expected, found, more },
    {
      related: others
        .slice(0, 50)
        .map((it) => ({ message: `'${it.member}' has to be ${it.expected}.`, span: spanOf(it.node) })),
      fixes: [
        fix(
          titleOf(first, others.length),
          true,
          sorted.map((it) => set(it.node, it.value)),
        ),
      ],
    },
  );
}

function titleOf({ value, isHidden }: WrongScalar, others: number): string {
  if (others > 0) return `Change all ${others + 1}`;
  return isHidden ? "Change its type" : `Change to ${shownValue(value)}`;
}

/** Members whose values are not repeated, however wrongly they are written: one may be a password. */
const secretive: ReadonlySet<unknown> = new Set([
  "dockerLabels",
  "environment",
  "environmentFiles",
  "options",
  "repositoryCredentials",
  "secrets",
]);

function mayHoldSecret(node: JsonNode): boolean {
  if (node.type === "string" && holdsSecret(String(node.value))) return true;
  for (let at: JsonNode | undefined = node; at !== undefined; at = at.parent)
    if (at.type === "property" && secretive.has(at.children?.[0]?.value)) return true;
  return false;
}

function typeOf(node: JsonNode, text: string): string {
  return node.type === "string" ? "a text" : node.type === "number" ? "a number" : found(node, text);
}

function isInteger(node: JsonNode, { hosted: resource, source: { text: whole } }: Resource): boolean {
  // What another format writes is converted on its way to the API.
  if (resource !== undefined) return Number.isInteger(node.value);
  const text = whole.slice(node.offset, node.offset + node.length);
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
function converted(node: JsonNode, shape: Shape, text: string): NewValue | undefined {
  const scalar = node.type === "number" || node.type === "boolean";
  const isSwitch = shape.enum?.includes("ENABLED") && shape.enum.includes("DISABLED");
  if (isSwitch && node.type === "boolean") return node.value === true ? "ENABLED" : "DISABLED";
  if (shape.type === "string" && scalar)
    return shape.enum === undefined || shape.enum.includes(text) ? text : undefined;
  if (node.type === "string") {
    const value = String(node.value).trim();
    if (shape.type === "boolean" && /^(true|yes|on)$/i.test(value)) return true;
    if (shape.type === "boolean" && /^(false|no|off)$/i.test(value)) return false;
    if ((shape.type === "integer" || shape.type === "long") && /^-?\d+$/.test(value)) return Number(value);
    if (shape.type === "double" && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  }
  if (node.type === "number" && (shape.type === "integer" || shape.type === "long")) {
    return Number.isSafeInteger(node.value) ? (node.value as number) : undefined;
  }
  if (shape.type === "list" && (node.type === "string" || node.type === "object")) return asList(node, shape);
  return undefined;
}

/** A command in one text becomes one item per word; a health check is left to the shell. */
function words(node: JsonNode): NewValue {
  const text = new Copy(node);
  const key = keyOf(node);
  if (key.value !== "command" && key.value !== "entryPoint") return [text];
  const owner = propertyOf(key)?.parent;
  if (owner && keyOf(owner).value === "healthCheck") return ["CMD-SHELL", text];
  const parts = String(node.value).trim().split(/\s+/);
  return /["'\\$`|&;<>]/.test(String(node.value)) ? ["sh", "-c", text] : parts;
}

function asList(node: JsonNode, shape: Shape): NewValue | undefined {
  const takesStrings = shapeNamed(shape.item ?? "String").type === "string";
  if (node.type === "string") return takesStrings && node.value !== "" ? words(node) : undefined;
  if (takesStrings) return undefined;
  const pairs = (node.children ?? []).map((it) => it.children ?? []);
  // An object by names (`"volumes": { "logs": {} }`) is not one of the items.
  const known = shapeNamed(shape.item ?? "document").members;
  const isItem =
    known === undefined ||
    (pairs.length > 0 && pairs.every(([key]) => Object.hasOwn(known, String(key?.value))));
  const nameOfPair = shape.item === "KeyValuePair" ? "name" : shape.item === "Tag" ? "key" : undefined;
  // Both parts of a pair are the pair itself rather than two of their names.
  if (nameOfPair === undefined || (isItem && pairs.length > 1)) return isItem ? [new Copy(node)] : undefined;
  // An empty list of tags is none either.
  if (pairs.length === 0 && nameOfPair === "key") return undefined;
  if (!pairs.every(([, value]) => value?.type === "string")) return undefined;
  return pairs.map(([key, value]) => ({
    [nameOfPair]: String(key?.value),
    value: String(value?.value),
  }));
}

/** The short forms of Docker and Compose: `NAME=value`, `8080:80/tcp`, the name of a container. */
function asObject(node: JsonNode, shape: Shape, member: string): NewValue | undefined {
  if (shape.type === "map" && node.type === "array") {
    const pairs = (node.children ?? []).map((it) => /^([^=]+)=(.*)$/s.exec(String(it.value)));
    if (pairs.length === 0 || pairs.some((it) => it === null)) return undefined;
    return Object.fromEntries(pairs.map((it) => [it?.[1] ?? "", it?.[2] ?? ""]));
  }
  if (shape.type !== "structure" || node.type !== "string") return undefined;
  const text = String(node.value);
  if (member === "environment") {
    const [, name, value] = /^(\w+)=(.*)$/s.exec(text) ?? [];
    return name === undefined ? undefined : { name, value: value ?? "" };
  }
  if (member === "portMappings") {
    const [, host, container, protocol = "tcp"] = /^(?:(\d+):)?(\d+)(?:\/(tcp|udp))?$/.exec(text) ?? [];
    if (container === undefined) return undefined;
    const hostPort = host === undefined ? {} : { hostPort: Number(host) };
    return { containerPort: Number(container), ...hostPort, protocol };
  }
  const isName = member === "dependsOn" && /^[\w-]+$/.test(text);
  return isName ? { containerName: text, condition: "START" } : undefined;
}
