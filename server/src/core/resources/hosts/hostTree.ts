// Turns a host's tree (a CloudFormation resource, a Terraform block) into the tree that the ECS API would get: the
// API's names, the API's types, unknown where nobody can know, with the positions of the host text.

import { shapeNamed } from "../../api/apiModel";
import type { Shape } from "../../api/apiShape";
import { plainMap } from "../../source/contentMap";
import type { Draft, Need, Node } from "../../source/node";
import { append } from "../../text/lists";
import type { HostChoice } from "./choices";

/** What a value of the host means for the API. */
export type Meaning =
  | { readonly is: "value"; readonly node: Node }
  /** Not given, for example `AWS::NoValue` or `null`. */
  | { readonly is: "absent" }
  /** Known at deployment only; `fallback` is the value that a default gives it. */
  | {
      readonly is: "unknown";
      readonly fallback?: Node;
      /** A text of the same form. */
      readonly sample?: string | undefined;
      readonly needs?: readonly Need[];
      readonly branches?: readonly Node[];
      readonly condition?: string;
    }
  /** An item of a list that may be there or not; `fallback` is a null where it is not there by default. */
  | {
      readonly is: "perhaps";
      readonly fallback?: Node;
      readonly needs?: readonly Need[];
      /** What a condition chooses: each with `when`. */
      readonly branches?: readonly Node[];
      readonly condition?: string;
    };

export interface Host {
  /** The API's name of a property of a structure; the written name where the API has none like it. */
  nameOf(owner: string, written: string): string;
  /** What a value means; `shape` is the API's shape of the place. */
  meaningOf(node: Node, shape: string): Meaning;
  /** The values of which a condition chooses this one; `undefined` for any other value. */
  choiceOf?(node: Node): HostChoice | undefined;
  /** Whether values inside this shape keep their types; elsewhere numbers written as texts are taken for numbers. */
  keepsTypes?(shape: string): boolean;
  /** Whether a property of a structure with this value is as good as absent. */
  isUnset?(owner: string, name: string, value: Node): boolean;
}

/**
 * The API's tree of a host's value of the named shape, with the offsets of the host's tree; `undefined` where the value
 * is absent.
 */
export function toApiTree(node: Node, shapeName: string, host: Host): Node | undefined {
  return new Conversion(host).value(node, shapeName);
}

/** A name that refers to what it is a part of has no end, and one that is used many times by another grows quickly. */
const deepest = 200;
/** Nodes of the tree of one resource; what ECS takes (64 KiB) has far fewer. */
const mostNodes = 40_000;

class Conversion {
  private depth = 0;
  private nodes = 0;

  constructor(private readonly host: Host) {}

  /** What is behind the limits is unknown. */
  value(written: Node, shapeName: string, isInStrict = false): Draft | undefined {
    this.nodes += 1;
    if (this.depth > deepest || this.nodes > mostNodes)
      return this.unknown(written, shapeName, isInStrict, { is: "unknown" });
    this.depth += 1;
    const made = this.valueWithin(written, shapeName, isInStrict);
    this.depth -= 1;
    return made;
  }

  private valueWithin(written: Node, shapeName: string, isInStrict: boolean): Draft | undefined {
    const isStrict = isInStrict || this.host.keepsTypes?.(shapeName) === true;
    const meaning = this.host.meaningOf(written, shapeName);
    if (meaning.is === "absent") return undefined;
    if (meaning.is !== "value") return this.unknown(written, shapeName, isStrict, meaning);
    const { node } = meaning;
    const made = this.known(node, shapeName, isStrict);
    if (written.locked) made.locked = true;
    return made;
  }

  private known(node: Node, shapeName: string, isStrict: boolean): Draft {
    const shape = shapeNamed(shapeName);
    if (node.unknown) return this.unknown(node, shapeName, isStrict, { is: "unknown" });
    if (node.type === "object") return this.object(node, shapeName, shape, isStrict);
    if (node.type === "array") return this.array(node, shapeName, isStrict);
    return isStrict ? this.copy(node) : this.scalar(node, shape);
  }

  private object(node: Node, shapeName: string, shape: Shape, isStrict: boolean): Draft {
    const made = this.copy(node);
    made.children = [];
    if (node.open) made.open = true;
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (key === undefined || value === undefined) continue;
      if (key.unknown) {
        made.open = true;
        continue;
      }
      const name = shape.type === "map" ? String(key.value) : this.host.nameOf(shapeName, String(key.value));
      const valueShape = shape.members?.[name] ?? shape.value ?? "document";
      if (this.host.isUnset?.(shapeName, name, value)) continue;
      const child = this.value(value, valueShape, isStrict);
      if (child !== undefined) adopt(made, this.property(property, key, name, child));
    }
    return made;
  }

  private property(property: Node, key: Node, name: string, value: Draft): Draft {
    const made = this.copy(property);
    made.children = [];
    const named = this.copy(key);
    named.type = "string";
    named.value = name;
    adopt(made, named);
    adopt(made, value);
    return made;
  }

  private array(node: Node, listShape: string, isStrict: boolean): Draft {
    const made = this.copy(node);
    made.children = [];
    const itemShape = shapeNamed(listShape).item ?? "document";
    const needs: Need[] = [...(node.needs ?? [])];
    // The items by default, as far as each one is known or has a default.
    let byDefault: Node[] | undefined = node.open ? undefined : [];
    if (node.open) made.open = true;
    for (const item of node.children ?? []) {
      const meaning = this.host.meaningOf(item, itemShape);
      // One value more or less does not matter to a list of texts; an unknown structure may be the one that a rule misses.
      const mayBeAny = item.unknown === true || shapeNamed(itemShape).type === "structure";
      const isOpening = meaning.is === "perhaps" || (mayBeAny && meaning.is === "unknown");
      if (isOpening) {
        made.open = true;
        if (meaning.needs !== undefined) append(needs, meaning.needs);
        if (meaning.fallback === undefined) byDefault = undefined;
        else if (meaning.fallback.type !== "null") byDefault?.push(meaning.fallback);
      } else byDefault?.push(item);
      const child = this.value(item, itemShape, isStrict);
      if (child !== undefined) adopt(made, child);
    }
    const fallback = node.open ? node.fallback : byDefault && { ...node, children: byDefault };
    if (needs.length > 0) made.needs = fallback === undefined ? needs.map(({ name }) => ({ name })) : needs;
    if (made.open && fallback !== undefined && this.depth < deepest) {
      this.depth += 1;
      made.fallback = this.known(fallback, listShape, isStrict);
      this.depth -= 1;
    }
    return made;
  }

  /** A scalar in the type that the API has: a template may write numbers as texts and texts as numbers. */
  private scalar(node: Node, shape: Shape): Draft {
    const made = this.copy(node);
    if (shape.type === "string" && (node.type === "number" || node.type === "boolean")) {
      made.type = "string";
      made.value = String(node.value);
      const { offset, length } = node;
      made.content = () => plainMap(offset, length);
    }
    if (node.type !== "string") return made;
    const text = String(node.value).trim();
    const isNumber = shape.type === "integer" || shape.type === "long" || shape.type === "double";
    if (isNumber && /^-?\d+(?:\.\d+)?$/.test(text)) {
      made.type = "number";
      made.value = Number(text);
    }
    if (shape.type === "boolean" && /^(?:true|false)$/i.test(text)) {
      made.type = "boolean";
      made.value = /^true$/i.test(text);
    }
    return made;
  }

  private unknown(
    node: Node,
    shapeName: string,
    isStrict: boolean,
    meaning: Exclude<Meaning, { readonly is: "value" | "absent" }>,
  ): Draft {
    const made = this.copy(node);
    if (made.type !== "string") made.bare = true;
    made.type = "string";
    made.unknown = true;
    made.children = undefined;
    if (typeof made.value !== "string") made.value = "";
    if (meaning.needs !== undefined) made.needs = meaning.needs;
    if (meaning.is === "unknown" && meaning.sample !== undefined) made.sample = meaning.sample;
    const branches = (meaning.branches ?? []).flatMap((it): readonly Draft[] => {
      const value = this.value(it, shapeName, isStrict);
      return value === undefined
        ? []
        : [Object.assign(value, { parent: made, locked: true as const, when: it.when })];
    });
    if (branches.length > 0) made.branches = branches;
    if (meaning.condition !== undefined) made.condition = meaning.condition;
    const { fallback } = meaning;
    if (fallback === undefined) return made;
    const { offset, length } = made;
    made.fallback = this.value(fallback, shapeName, isStrict) ?? {
      type: "null",
      offset,
      length,
      value: null,
    };
    return made;
  }

  /** One by one: behind spreads each node has a layout of its own, which makes all that reads nodes slow. */
  private copy(node: Node): Draft {
    const made: Draft = {
      type: node.type,
      offset: node.offset,
      length: node.length,
      value: node.value,
      origin: node.origin ?? { node, base: 0 },
    };
    if (node.locked) made.locked = true;
    if (node.sealed) made.sealed = true;
    if (node.bare) made.bare = true;
    if (node.colonOffset !== undefined) made.colonOffset = node.colonOffset;
    if (node.content !== undefined) made.content = node.content;
    return made;
  }
}

function adopt(parent: Draft, child: Draft): void {
  child.parent = parent;
  parent.children?.push(child);
}
