// The body of a Terraform resource as the input of the API would nest and name it, before values are looked at.

import { shapeNamed } from "../../../api/apiModel";
import type { Draft, Node } from "../../../source/node";
import { propertiesNamed } from "../../../source/propertiesNamed";
import { joinedNeeds } from "../givenValues";
import type { Meaning } from "../hostTree";
import type { ArgumentTable } from "./arguments";
import { isDynamic, madeBlocks } from "./dynamicBlocks";
import { isBlockShape, isListOfPairs } from "./mapsOfPairs";

/** The meaning of an expression. */
type MeaningOf = (node: Node) => Meaning;

/** Renames and nests the arguments of a body; blocks become objects, or items of lists where the API has a list. */
export function apiInput(body: Node, shape: string, table: ArgumentTable, meaningOf: MeaningOf): Node {
  return objectOf(body, shape, table, "", meaningOf);
}

function objectOf(
  body: Node,
  shape: string,
  table: ArgumentTable,
  path: string,
  meaningOf: MeaningOf,
): Draft {
  const made: Draft = { ...body, children: [], origin: { node: body, base: 0 } };
  for (const property of body.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key === undefined || value === undefined) continue;
    const written = String(key.value);
    const place = path === "" ? written : `${path}.${written}`;
    const target = Object.hasOwn(table, place) ? table[place] : camelCase(written);
    if (target === undefined || target === "-") continue;
    const argument = { body, property, key, value, table, place, meaningOf };
    const isBlock = property.colonOffset === undefined && isDynamic(value);
    const looped = isBlock ? withBlocks(argument, target.split("."), shape) : [argument];
    for (const it of looped) put(made, target.split("."), shape, it);
  }
  return made;
}

/** What a `dynamic` block makes: where only a default says so, it is unknown, and that with the default. */
function withBlocks(argument: Argument, target: readonly string[], shape: string): readonly Argument[] {
  const { key, value, meaningOf } = argument;
  const { blocks, isDefault, needs } = madeBlocks(value, String(key.value), meaningOf);
  const [name = ""] = target;
  if (blocks === undefined) return [{ ...argument, value: { ...value, needs } }];
  const all = blocks.map((it) => ({ ...argument, value: it }));
  const isKnown = shapeNamed(shape).members?.[name] !== undefined;
  if (!isDefault) return isKnown ? all : [argument];
  if (!isAlone(argument)) return [{ ...argument, value: { ...value, needs }, byDefault: blocks }];
  const { offset, length } = value;
  const made: Draft = { type: "object", offset, length, children: [] };
  for (const it of all) put(made, target, shape, it);
  const fallback = valueNamed(made, name) ?? { type: "null", offset, length, value: null };
  return [{ ...argument, value: { ...value, needs, fallback } }];
}

/** A value at a place of a resource. */
interface Written {
  readonly value: Node;
  readonly table: ArgumentTable;
  readonly place: string;
  readonly meaningOf: MeaningOf;
  /** Of a `dynamic` block beside others of its name: the bodies of those that a default makes. */
  readonly byDefault?: readonly Node[];
}

interface Argument extends Written {
  readonly body: Node;
  readonly property: Node;
  readonly key: Node;
}

/** Puts an argument at a path of the API; objects on the way are made where they are not there. */
function put(
  object: Draft,
  [name = "", ...rest]: readonly string[],
  shape: string,
  argument: Argument,
): void {
  const origin = { node: argument.body, base: 0, isGroup: true } as const;
  const valueShape = shapeNamed(shape).members?.[name] ?? "document";
  const existing = valueNamed(object, name);
  if (rest.length > 0) {
    if (existing === undefined && isPerhaps(argument, name)) {
      attach(object, name, { ...argument.value, origin: { node: argument.value, base: 0 } }, argument);
      return;
    }
    const { offset, length } = argument.property;
    const inner: Draft = existing ?? { type: "object", offset, length, children: [], origin };
    if (existing === undefined) attach(object, name, inner, argument);
    put(inner, rest, valueShape, argument);
    return;
  }
  const { type, item } = shapeNamed(valueShape);
  const isBlock = argument.property.colonOffset === undefined && argument.value.type === "object";
  // Arguments made the object already, and the block has the rest of it.
  if (isBlock && !argument.value.unknown && type === "structure" && existing?.origin?.isGroup) {
    const { children = [], open } = nested(argument, valueShape);
    const whole: Draft = existing;
    for (const child of children as readonly Draft[]) {
      child.parent = existing;
      whole.children?.push(child);
    }
    if (open) whole.open = true;
    return;
  }
  if (type !== "list" || !isBlock || isListOfPairs(valueShape)) {
    attach(object, name, nested(argument, valueShape), argument);
    return;
  }
  // Each block of the name is an item; `dynamic` may make any number of them, beside others or alone.
  if (argument.value.unknown && isAlone(argument)) {
    attach(object, name, nested(argument, item ?? "document"), argument);
    return;
  }
  const { offset } = argument.value;
  const list: Draft = existing ?? { type: "array", offset, length: 0, children: [], origin };
  if (existing === undefined) attach(object, name, list, argument);
  const end = argument.value.offset + argument.value.length;
  addItem(list, argument, item ?? "document");
  list.length = Math.max(list.length, end - list.offset);
}

/** Adds a block to a list; one that only a default makes leaves it open, with what it is by default. */
function addItem(list: Draft, argument: Argument, shape: string): void {
  const { value, byDefault } = argument;
  if (!value.unknown) {
    const made = nested(argument, shape);
    made.parent = list;
    list.children?.push(made);
    list.fallback?.children?.push(made);
    return;
  }
  const before = list.open ? list.fallback : { ...list, children: [...(list.children ?? [])] };
  list.open = true;
  list.needs = joinedNeeds([list.needs, value.needs]);
  if (before === undefined || byDefault === undefined) {
    delete list.fallback;
    return;
  }
  for (const it of byDefault) before.children?.push(nested({ ...argument, value: it }, shape));
  list.fallback = before;
}

/** Whether no other block or argument of a body has the name. */
function isAlone({ body, key }: Argument): boolean {
  const same = propertiesNamed(body.children ?? [], String(key.value));
  return same.filter((it) => it.children?.[0]?.value === key.value).length === 1;
}

/** A `dynamic` block that alone makes an object of the API, which may be there or not. */
function isPerhaps({ property, value, table, place }: Argument, name: string): boolean {
  const isDynamic = property.colonOffset === undefined && value.unknown === true;
  const inner = place.slice(0, place.lastIndexOf(".") + 1);
  const isShared = Object.entries(table).some(
    ([it, target]) => it !== place && it.startsWith(inner) && target.startsWith(`${name}.`),
  );
  return isDynamic && !isShared;
}

/** A value as the API has it. */
function nested(written: Written, shape: string): Draft {
  const { table, place, meaningOf } = written;
  const { type, item = "document" } = shapeNamed(shape);
  const value = isBlockShape(shape) ? asBlocks(written.value, type) : written.value;
  if (value.type === "object" && type === "structure" && !value.unknown)
    return objectOf(value, shape, table, place, meaningOf);
  const made: Draft = { ...value, origin: { node: value, base: 0 } };
  if (value.type === "array" && type === "list" && isBlockShape(shape))
    made.children = (value.children ?? []).map((it) => {
      const child = nested({ value: it, table, place, meaningOf }, item);
      child.parent = made;
      return child;
    });
  return made;
}

/** Terraform 0.11 takes an object, and a list of objects, for the blocks of the name. */
function asBlocks(value: Node, type: string | undefined): Node {
  if (value.unknown) return value;
  const { offset, length, children = [] } = value;
  if (value.type === "object" && type === "list")
    return { type: "array", offset, length, children: [value], locked: true };
  if (value.type !== "array" || type !== "structure") return value;
  const [only] = children;
  return only?.type === "object" && children.length === 1 ? only : { ...value, unknown: true };
}

function attach(object: Draft, name: string, value: Draft, { property, key }: Argument): void {
  // Two arguments for one property, of which one is computed: nobody knows what they come to together.
  if (value.unknown && valueNamed(object, name) !== undefined) {
    object.open = true;
    return;
  }
  const made: Draft = {
    ...property,
    children: [{ ...key, value: name, type: "string", origin: { node: key, base: 0 } }, value],
    parent: object,
    origin: { node: property, base: 0 },
  };
  value.parent = made;
  object.children?.push(made);
}

/** The value of the first property of the name. */
function valueNamed({ children = [] }: Draft, name: string): Draft | undefined {
  return propertiesNamed(children, name).find((it) => it.children?.[0]?.value === name)?.children?.[1];
}

function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
