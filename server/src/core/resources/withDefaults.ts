// A document as it is with the defaults of its file: parameters of a template and variables of a module that nobody has
// given another value. What was taken for granted is listed, so that whoever counts with it says so.

import { secretsIn } from "../secrets/hideSecrets";
import { notShown, redactor } from "../secrets/redact";
import { isSecretNamed } from "../secrets/secretText";
import { placeMap } from "../source/contentMap";
import type { Draft, Need, Node } from "../source/node";
import type { Assumption } from "../text/assumption";
import { plainValue } from "./documentValue";
import type { Resource } from "./resource";

export interface Assumed {
  readonly document: Resource;
  /** Their values are for messages: what is likely a secret is hidden. */
  readonly assumptions: readonly Assumption[];
  /** Names without which some value is not known. */
  readonly unknown: readonly UnknownNeed[];
}

/** A name, and the properties of the API whose values depend on it, without indexes. */
export interface UnknownNeed extends Need {
  readonly properties: readonly string[];
}

const remembered = new WeakMap<Resource, Assumed>();

/** A document of a file that knows no defaults is itself. */
export function withDefaults(document: Resource): Assumed {
  if (document.hosted === undefined || document.input === undefined)
    return { document, assumptions: [], unknown: [] };
  const known = remembered.get(document);
  if (known !== undefined) return known;
  const copying = new Copying();
  const input = copying.copy(document.input, "");
  const assumed = {
    document: !copying.isChanged
      ? document
      : { ...document, input, source: { ...document.source, root: input } },
    assumptions: withoutSecretValues([...copying.found.values()], input),
    unknown: [...copying.unknown.values()],
  };
  remembered.set(document, assumed);
  return assumed;
}

/** A secret is found by the name of the default, by its form, or by where the input has it. */
function withoutSecretValues(assumptions: readonly Assumption[], input: Node): readonly Assumption[] {
  if (assumptions.length === 0) return assumptions;
  const redact = redactor(secretsIn(plainValue(input)));
  return assumptions.map((it) => ({
    ...it,
    value: isSecretNamed(it.name, it.value) ? notShown : redact(it.value),
  }));
}

/** Defaults that decide about a property, for messages. */
export function assumedOf(needs: readonly Need[], property: string): readonly Assumption[] {
  return needs.flatMap(({ name, byDefault }) =>
    byDefault === undefined
      ? []
      : [{ name, value: isSecretNamed(name, byDefault) ? notShown : byDefault, properties: [property] }],
  );
}

class Copying {
  readonly found = new Map<string, Assumption>();
  readonly unknown = new Map<string, UnknownNeed>();
  /** Whether some value is another one than it is written. */
  isChanged = false;

  copy(node: Node, path: string): Draft {
    if (node.fallback === undefined) {
      for (const need of node.needs ?? []) this.miss(need, path);
      return this.plain(node, path);
    }
    for (const need of node.needs ?? []) this.assume(need, path);
    this.isChanged = true;
    const { offset, length } = node;
    const made = this.copy(node.fallback, path);
    if (made.type === "string") made.content = () => placeMap(offset, length);
    made.offset = offset;
    made.length = length;
    return made;
  }

  private plain(node: Node, path: string): Draft {
    const made: Draft = { ...node };
    if (node.children === undefined) return made;
    made.children = [];
    for (const child of node.children) {
      const copied = child.type === "property" ? this.property(child, path) : this.copy(child, path);
      if (copied === undefined) continue;
      copied.parent = made;
      made.children.push(copied);
    }
    return made;
  }

  /** `undefined` where the property is not given by default. */
  private property(property: Node, path: string): Draft | undefined {
    const [key, value] = property.children ?? [];
    if (key === undefined || value === undefined) return { ...property };
    const name = path === "" ? String(key.value) : `${path}.${String(key.value)}`;
    const copied = this.copy(value, name);
    if (copied.type === "null" && value.fallback !== undefined) return undefined;
    const made: Draft = { ...property, children: [{ ...key }, copied] };
    for (const it of made.children ?? []) (it as Draft).parent = made;
    return made;
  }

  private miss(need: Need, path: string): void {
    const known = this.unknown.get(need.name)?.properties ?? [];
    this.unknown.set(need.name, { ...need, properties: [...new Set([...known, path])] });
  }

  private assume({ name, byDefault }: Need, path: string): void {
    if (byDefault === undefined) return;
    const known = this.found.get(name);
    if (known === undefined) this.found.set(name, { name, value: byDefault, properties: [path] });
    else this.found.set(name, { ...known, properties: [...new Set([...known.properties, path])] });
  }
}
