// Inputs of parts of a text, kept for parts that come again: most of a file is as it was before the last keystroke.

import { movedMap } from "../../source/contentMap";
import type { Draft, Node, Origin } from "../../source/node";
import type { HostedInput } from "./hostedInput";

/** What was read of a part; offsets count from its beginning. */
export interface PartRead<Seen> {
  readonly inputs: readonly HostedInput[];
  /** What was looked at outside the part. */
  readonly seen: Seen;
}

interface Kept<Seen> extends PartRead<Seen> {
  /** Where the part was the last time. */
  placed: { readonly start: number; readonly inputs: readonly HostedInput[] };
}

/** The inputs of the part that begins at `start` of the text, with offsets of the text. */
export type InputsOfPart<Seen> = (
  part: string,
  start: number,
  isSame: (seen: Seen) => boolean,
  read: () => PartRead<Seen>,
) => readonly HostedInput[];

/** Reads a part in any case, and keeps nothing: with values that somebody gives, for example. */
export function readAnew<Seen>(
  _part: string,
  start: number,
  _isSame: (seen: Seen) => boolean,
  read: () => PartRead<Seen>,
): readonly HostedInput[] {
  return placed(read().inputs, start);
}

/**
 * Reads a part only where its text, or what was looked at outside of it, is new; moves what is elsewhere than before.
 * Where more than `most` parts are kept, the older half is forgotten.
 */
export function rememberParts<Seen>(most: number): InputsOfPart<Seen> {
  const kept = new Map<string, Kept<Seen>>();
  return (part, start, isSame, read) => {
    const known = kept.get(part);
    if (known !== undefined && isSame(known.seen)) {
      if (known.placed.start !== start) known.placed = { start, inputs: placed(known.inputs, start) };
      return known.placed.inputs;
    }
    const { inputs, seen } = read();
    if (kept.size >= most) for (const old of [...kept.keys()].slice(0, most / 2)) kept.delete(old);
    const made = { inputs, seen, placed: { start, inputs: placed(inputs, start) } };
    kept.set(part, made);
    return made.placed.inputs;
  };
}

/** Inputs of a part that begins at `start` of the text. */
function placed(inputs: readonly HostedInput[], start: number): readonly HostedInput[] {
  return inputs.map((it) => ({
    ...it,
    input: movedInput(it.input, start),
    name: { start: it.name.start + start, end: it.name.end + start },
    part: { read: it, start },
  }));
}

/**
 * An input of the API with the offsets of another place in the text of its host. It runs behind every keystroke:
 * properties are copied one by one, since a spread takes four times as long, and what is inside of an object or a list is
 * moved when somebody looks at it.
 */
function movedInput(node: Node, by: number, parent?: Node): Draft {
  const { type, children, content, colonOffset, fallback } = node;
  const isContainer = children !== undefined && type !== "property";
  const made: Draft = isContainer
    ? new MovedContainer(node, children, by, parent)
    : new MovedNode(node, by, parent);
  if (content !== undefined) made.content = () => movedMap(content(), by);
  if (node.bare) made.bare = true;
  if (colonOffset !== undefined) made.colonOffset = colonOffset + by;
  if (fallback !== undefined) made.fallback = movedInput(fallback, by);
  if (node.branches !== undefined) made.branches = node.branches.map((it) => movedInput(it, by, made));
  if (node.condition !== undefined) made.condition = node.condition;
  if (node.when !== undefined) made.when = node.when;
  if (node.needs !== undefined) made.needs = node.needs;
  if (node.sample !== undefined) made.sample = node.sample;
  if (node.tag !== undefined) made.tag = node.tag;
  if (node.unknown) made.unknown = true;
  if (node.open) made.open = true;
  if (node.locked) made.locked = true;
  if (node.sealed) made.sealed = true;
  if (node.dropped) made.dropped = true;
  if (children !== undefined && !isContainer) made.children = children.map((it) => movedInput(it, by, made));
  return made;
}

class MovedNode implements Draft {
  readonly type: Node["type"];
  readonly offset: number;
  readonly length: number;
  readonly value: unknown;
  declare readonly parent?: Node;
  declare readonly origin?: Origin;

  constructor({ type, offset, length, value, origin }: Node, by: number, parent: Node | undefined) {
    this.type = type;
    this.offset = offset + by;
    this.length = length;
    this.value = value;
    if (parent !== undefined) this.parent = parent;
    if (origin !== undefined) this.origin = movedOrigin(origin, by);
  }
}

/** An object or a list that moves its children when they are first looked at. */
class MovedContainer extends MovedNode {
  declare readonly children: Node[];
  readonly #written: readonly Node[];
  readonly #by: number;
  #moved: Node[] | undefined;

  constructor(node: Node, children: readonly Node[], by: number, parent: Node | undefined) {
    super(node, by, parent);
    this.#written = children;
    this.#by = by;
    // A property of the object itself, as that of any node: whoever copies the node copies its children.
    Object.defineProperty(this, "children", MovedContainer.#children);
  }

  static readonly #children: PropertyDescriptor & ThisType<MovedContainer> = {
    enumerable: true,
    get() {
      this.#moved ??= this.#written.map((it) => movedInput(it, this.#by, this));
      return this.#moved;
    },
  };
}

function movedOrigin({ node, base, isGroup, embedding }: Origin, by: number): Origin {
  if (isGroup === undefined && embedding === undefined) return { node, base: base + by };
  return { node, base: base + by, ...(isGroup && { isGroup }), ...(embedding && { embedding }) };
}
