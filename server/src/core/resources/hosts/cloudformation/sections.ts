// Cuts a YAML template into its resources without parsing it: only slices that hold something of ECS are read, and a
// slice whose text is unchanged keeps its tree.

import type { Node } from "../../../source/node";
import { readYaml } from "../../../source/yaml/readYaml";

/** A part of the template; the offsets of its tree count from `base`. */
export interface Slice {
  readonly base: number;
  readonly root: Node | undefined;
}

export interface TemplateSlices {
  readonly resources: readonly Slice[];
  readonly parameters: Slice | undefined;
  readonly mappings: Slice | undefined;
}

/** Slices of the last texts; what no text has any more is forgotten by halves. */
const remembered = new Map<string, Node | undefined>();
const mostRemembered = 400;

/** The slices of a template; `undefined` where cutting by indentation would be wrong and the whole is to be read. */
export function slicesOf(text: string, isOurs: RegExp): TemplateSlices | undefined {
  if (/^---/m.test(text.slice(text.search(/\S/) + 3)) || /^%/.test(text)) return undefined;
  const sections = cut(text, 0, text.length, "");
  const resources = sections.find((it) => it.name === "Resources");
  if (resources === undefined) return undefined;
  const body = text.slice(resources.start, resources.end);
  const indent = /^[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*( +)/.exec(body)?.[1];
  const isInline = /^Resources:[ \t]*[^\s#]/.test(body);
  // An alias stands for a text that may be in another slice.
  if (indent === undefined || isInline || /[ [,][*&][\w-]+/.test(body)) return undefined;
  const entries = cut(text, resources.start + body.indexOf("\n") + 1, resources.end, indent);
  const section = (name: string): Slice | undefined => {
    const found = sections.find((it) => it.name === name);
    return found && sliceOf(text, found);
  };
  return {
    resources: entries
      .filter((it) => isOurs.test(text.slice(it.start, it.end)))
      .map((it) => sliceOf(text, it)),
    parameters: section("Parameters"),
    mappings: section("Mappings"),
  };
}

interface Cut {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The entries of one indentation between two offsets. */
function cut(text: string, from: number, until: number, indent: string): readonly Cut[] {
  const pattern = new RegExp(
    `^${indent}(?![ \\t#-])("?)([^\\s:"#][^\\n:"]*)\\1[ \\t]*:(?=[ \\t\\r\\n]|$)`,
    "gm",
  );
  pattern.lastIndex = from;
  const starts: { readonly name: string; readonly start: number }[] = [];
  for (let found = pattern.exec(text); found !== null && found.index < until; found = pattern.exec(text))
    starts.push({ name: found[2] ?? "", start: found.index });
  return starts.map(({ name, start }, index) => ({ name, start, end: starts[index + 1]?.start ?? until }));
}

function sliceOf(text: string, { start, end }: Cut): Slice {
  const slice = text.slice(start, end);
  if (!remembered.has(slice)) {
    if (remembered.size >= mostRemembered)
      for (const old of [...remembered.keys()].slice(0, mostRemembered / 2)) remembered.delete(old);
    remembered.set(slice, readYaml(slice).root);
  }
  return { base: start, root: remembered.get(slice) };
}
