// Changes of the API's tree as changes of the tree of its host, with the host's names and values.

import { shapeNamed } from "../../api/apiModel";
import { type Change, Copy, type NewValue } from "../../source/change";
import { type Embedding, type Node, type Origin, pathOf } from "../../source/node";
import { propertyOf } from "../../source/tree";
import { giveUp, isListValue, isObjectValue } from "../../source/writing";
import { apiNames, type HostNames, inHostNames, shapeAt } from "./hostNames";
import type { ArgumentTable } from "./terraform/arguments";
import { argumentNameIn, argumentsFor, bodyFor, placeOf } from "./terraform/hostArguments";

/** What the names and the nesting of a host are. */
export interface HostSyntax {
  /** Shape of the input. */
  readonly shape: string;
  readonly names: HostNames;
  /** Everything has the API's names and types. */
  readonly isList?: true;
  /** Of Terraform: where its arguments go in the input. */
  readonly table?: ArgumentTable;
}

/** Changes of one text: of the host, or of a JSON text in one of its strings. */
export interface ChangesOfText {
  readonly embedding: Embedding | undefined;
  readonly base: number;
  readonly changes: Change[];
}

/** The changes by the text that they change. Gives up where one of them would be a guess. */
export function hostChanges(changes: readonly Change[], syntax: HostSyntax): readonly ChangesOfText[] {
  const texts: ChangesOfText[] = [];
  const translation = new Translation(syntax);
  for (const change of replacedBlocks(changes))
    for (const { origin, made } of translation.one(change)) {
      const { embedding, base } = origin;
      const known = texts.find((it) => it.embedding === embedding && it.base === base);
      if (known !== undefined) known.changes.push(made);
      else texts.push({ embedding, base, changes: [made] });
    }
  return texts;
}

/** Blocks that become an argument are removed, and the argument is added. */
function replacedBlocks(changes: readonly Change[]): readonly Change[] {
  const renames = changes.filter((it) => it.kind === "rename");
  return changes.flatMap((it): readonly Change[] => {
    if (it.kind !== "rename" && it.kind !== "set") return [it];
    const node = it.kind === "set" ? it.node : it.value;
    const named = renames.find((other) => other.value === node);
    const isReplaced = changes.some((other) => other.kind === "set" && other.node === node);
    if (node.origin?.isGroup !== true || named === undefined || !isReplaced) return [it];
    if (it.kind === "rename") return [{ kind: "remove", nodes: [node] }];
    const object = propertyOf(node)?.parent ?? giveUp();
    return [{ kind: "add", object, name: named.name, value: it.value, onLines: false }];
  });
}

interface Translated {
  readonly origin: Origin;
  readonly made: Change;
}

class Translation {
  constructor(private readonly syntax: HostSyntax) {}

  one(change: Change): readonly Translated[] {
    switch (change.kind) {
      case "set":
        return [this.set(change.node, change.value, change.onLines)];
      case "rename":
        return this.rename(change.value, change.name);
      case "restyle": {
        const origins = hostEntries(propertyOf(change.value) ?? giveUp());
        return origins.map((origin) => ({
          origin,
          made: { ...change, value: origin.node.children?.[1] ?? giveUp() },
        }));
      }
      case "add":
        return this.add(change.object, change.name, change.value, change.onLines);
      case "append":
        return this.append(change.array, change.values);
      case "insertBefore": {
        const origin = writable(change.item.parent, change.item);
        const value = this.value(change.value, change.item, origin);
        return [{ origin, made: { ...change, item: origin.node, value } }];
      }
      case "insertBehind": {
        const origin = writable(change.item.parent, change.item);
        const values = change.values.map((it) => this.value(it, change.item, origin));
        return [{ origin, made: { ...change, item: origin.node, values } }];
      }
      case "remove":
        return change.nodes.flatMap((it) => this.remove(it));
      case "inside": {
        const origin = writable(change.node, change.node);
        if (origin.node.type !== "string" || change.node.unknown) giveUp();
        if (isComputed(origin.node) && change.text.includes("${")) giveUp();
        return [{ origin, made: { ...change, node: origin.node } }];
      }
      case "text":
        return giveUp();
    }
  }

  private set(node: Node, value: NewValue, onLines: boolean): Translated {
    const origin = writable(node, node);
    if (node.unknown || origin.isGroup) giveUp();
    const written = this.value(value, node, origin);
    if (isComputed(origin.node) && (typeof written !== "string" || written.includes("${"))) giveUp();
    const kept = this.isStrict(node) ? written : inTypeOf(origin.node, written);
    return { origin, made: { kind: "set", node: origin.node, value: kept, onLines } };
  }

  private rename(value: Node, name: string): readonly Translated[] {
    const property = propertyOf(value) ?? giveUp();
    const owner = property.parent ?? giveUp();
    return hostEntries(property).map((origin) => {
      const node = origin.node.children?.[1] ?? giveUp();
      return { origin, made: { kind: "rename", value: node, name: this.nameIn(owner, name) } };
    });
  }

  private remove(node: Node): readonly Translated[] {
    const entry = propertyOf(node) ?? node;
    writable(entry.parent, entry);
    return hostEntries(entry).map((origin) => ({ origin, made: { kind: "remove", nodes: [origin.node] } }));
  }

  private add(object: Node, name: string, value: NewValue, onLines: boolean): readonly Translated[] {
    const origin = writable(object, object);
    if (object.unknown || origin.node.type !== "object" || isComputed(origin.node)) giveUp();
    const shape = this.shapeOf(object);
    const { table } = this.syntax;
    const made = (hostName: string, hostValue: NewValue): Translated => ({
      origin,
      made: { kind: "add", object: origin.node, name: hostName, value: hostValue, onLines },
    });
    const valueShape = shapeNamed(shape).members?.[name] ?? shapeNamed(shape).value ?? "document";
    if (table !== undefined && !this.isStrict(object) && shapeNamed(shape).type === "structure") {
      const copied = this.withoutForeignCopies(value, origin);
      const found = argumentsFor(table, placeOf(table, pathOf(object)), name, copied, valueShape);
      return found.map((it) => made(it.name, it.value));
    }
    return [made(this.nameIn(object, name), this.inHost(value, valueShape, origin, this.isStrict(object)))];
  }

  private append(array: Node, values: readonly NewValue[]): readonly Translated[] {
    const origin = writable(array, array);
    const shape = shapeNamed(this.shapeOf(array)).item ?? "document";
    const { table } = this.syntax;
    if (!origin.isGroup) {
      if (array.unknown || origin.node.type !== "array" || isComputed(origin.node)) giveUp();
      const made = values.map((it) => this.inHost(it, shape, origin, this.isStrict(array)));
      return [{ origin, made: { kind: "append", array: origin.node, values: made } }];
    }
    if (table === undefined) return giveUp();
    const last = array.children?.at(-1)?.origin ?? giveUp();
    const { place } = placeOf(table, pathOf(array));
    const bodies = values.map((it) => bodyFor(table, place, this.withoutForeignCopies(it, origin), shape));
    return [{ origin, made: { kind: "insertBehind", item: last.node, values: bodies } }];
  }

  // Names and values -------------------------------------------------------------------------------------------------

  private shapeOf(node: Node): string {
    return shapeAt(this.syntax.shape, pathOf(node));
  }

  /** Whether the node is part of a container list, which has the API's names and types; in some resources it is blocks. */
  private isStrict(node: Node): boolean {
    const { isList, table } = this.syntax;
    if (table === undefined) return isList === true;
    return pathOf(node)[0] === "containerDefinitions" && !Object.hasOwn(table, "container_definition");
  }

  private nameIn(owner: Node, name: string): string {
    const shape = this.shapeOf(owner);
    const { table, names } = this.syntax;
    if (shapeNamed(shape).type === "map") return name;
    if (table === undefined || this.isStrict(owner)) return names.nameFor(shape, name);
    return argumentNameIn(table, placeOf(table, pathOf(owner)), name);
  }

  /** A value in the place of a node. */
  private value(value: NewValue, node: Node, origin: Origin): NewValue {
    const shape = this.shapeOf(node);
    const { table } = this.syntax;
    if (table === undefined || this.isStrict(node) || shapeNamed(shape).type !== "structure")
      return this.inHost(value, shape, origin, this.isStrict(node));
    const copied = this.withoutForeignCopies(value, origin);
    return copied instanceof Copy
      ? copied
      : bodyFor(table, placeOf(table, pathOf(node)).place, copied, shape);
  }

  private inHost(value: NewValue, shape: string, origin: Origin, isStrict: boolean): NewValue {
    const named = inHostNames(value, shape, isStrict ? apiNames : this.syntax.names);
    return this.withoutForeignCopies(named, origin);
  }

  /** Copies of this text stay copies; what is copied from another text is written anew. */
  private withoutForeignCopies(value: NewValue, target: Origin): NewValue {
    if (value instanceof Copy) return this.copied(value, target);
    if (isListValue(value)) return value.map((it) => this.withoutForeignCopies(it, target));
    if (!isObjectValue(value)) return value;
    const entries = Object.entries(value).map(
      ([name, it]) => [name, this.withoutForeignCopies(it, target)] as const,
    );
    return Object.fromEntries(entries);
  }

  private copied({ node, changes }: Copy, target: Origin): NewValue {
    const origin = node.origin ?? giveUp();
    if (origin.isGroup) giveUp();
    const isHere = origin.embedding === target.embedding && origin.base === target.base;
    if (!isHere) return changes.length > 0 ? giveUp() : knownLeaf(node);
    const inner = changes.flatMap((it) => this.one(it));
    if (inner.some((it) => it.origin.embedding !== origin.embedding)) giveUp();
    return new Copy(origin.node, ...inner.map((it) => it.made));
  }
}

function knownLeaf(node: Node): NewValue {
  if (node.unknown || node.children !== undefined) return giveUp();
  return node.value as NewValue;
}

/**
 * Where a node is written; gives up where it, or what holds it, is written in another place or stands for several, and
 * where `from`, whose entries the change is about, leaves them to something else.
 */
function writable(from: Node | undefined, node: Node): Origin {
  if (from?.sealed) giveUp();
  for (let at = from; at !== undefined; at = at.parent) if (at.locked || at.unknown) giveUp();
  const origin = node.origin ?? giveUp();
  for (let at = from?.origin?.node; at !== undefined; at = at.parent) if (at.locked) giveUp();
  return origin;
}

/** The entries of the host that an entry of the API's tree was made from. */
function hostEntries(entry: Node): readonly Origin[] {
  writable(entry.parent, entry);
  const value = entry.type === "property" ? (entry.children?.[1] ?? giveUp()) : entry;
  if (value.origin?.isGroup)
    return (value.children ?? []).flatMap((it) =>
      it.type === "property" ? hostEntries(it) : [blockOf(it.origin ?? giveUp())],
    );
  return [entry.origin ?? giveUp()];
}

/** The block whose body is an item of a list. */
function blockOf(origin: Origin): Origin {
  return { ...origin, node: propertyOf(origin.node) ?? giveUp() };
}

/** Whether a value is the argument of a function of CloudFormation. */
function isComputed(node: Node): boolean {
  if (node.tag?.startsWith("!")) return true;
  const property = node.parent?.type === "property" ? node.parent : undefined;
  return /^(?:Fn::|Ref$)/.test(String(property?.children?.[0]?.value));
}

/** A number where a number was, a text of digits where one was: both are the same for the host. */
function inTypeOf(node: Node, value: NewValue): NewValue {
  const isDigits = (it: unknown) => typeof it === "string" && /^\d+$/.test(it);
  if (node.type === "number" && isDigits(value)) return Number(value);
  return node.type === "string" && isDigits(node.value) && typeof value === "number" ? String(value) : value;
}
