// Cuts a YAML template into its resources without parsing it: only slices that hold something of ECS are read, and a
// slice whose text is unchanged keeps its tree.

import type { Node } from "../../../source/node";
import { readYaml } from "../../../source/yaml/readYaml";
import { rememberByText } from "../../../text/remembered";

/** A part of the template; the offsets of its tree count from `base`. */
export interface Slice {
  readonly text: string;
  readonly base: number;
  readonly root: Node | undefined;
}

export interface TemplateSlices {
  readonly resources: readonly Slice[];
  /** Logical ids of the secrets. */
  readonly secrets: ReadonlySet<string>;
  readonly parameters: Slice | undefined;
  readonly mappings: Slice | undefined;
  readonly conditions: Slice | undefined;
}

const rootOf = rememberByText(400, (slice) => readYaml(slice).root);

/** Sections of a template: another key at the beginning of a line is a slip inside one of them. */
const sectionNames = new Set(
  "AWSTemplateFormatVersion Conditions Description Globals Hooks Mappings Metadata Outputs Parameters Resources Rules Transform".split(
    " ",
  ),
);

/**
 * The slices of a template. An alias is an unknown value wherever it is, so that its anchor may be in another slice:
 * CloudFormation refuses aliases. `undefined` where cutting by indentation would
 * be wrong and the whole is to be read.
 */
export function slicesOf(text: string, isOurs: RegExp, isSecret: RegExp): TemplateSlices | undefined {
  if (/^---/m.test(text.slice(text.search(/\S/) + 3)) || /^%/.test(text)) return undefined;
  const sections = cut(text, 0, text.length, "", sectionNames);
  const resources = sections.find((it) => it.name === "Resources");
  if (resources === undefined) return undefined;
  const body = text.slice(resources.start, resources.end);
  const indent = /^[^\n]*\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*( +)/.exec(body)?.[1];
  const isInline = /^Resources:[ \t]*[^\s#]/.test(body);
  if (indent === undefined || isInline) return undefined;
  const entries = cut(text, resources.start + body.indexOf("\n") + 1, resources.end, indent);
  const section = (name: string): Slice | undefined => {
    const found = sections.find((it) => it.name === name);
    return found && sliceOf(text, found);
  };
  const matching = (pattern: RegExp) => entries.filter((it) => pattern.test(text.slice(it.start, it.end)));
  return {
    resources: matching(isOurs).map((it) => sliceOf(text, it)),
    secrets: new Set(isSecret.test(text) ? matching(isSecret).map((it) => it.name) : []),
    parameters: section("Parameters"),
    mappings: section("Mappings"),
    conditions: section("Conditions"),
  };
}

interface Cut {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The entries of one indentation between two offsets, all or those with one of the names. */
function cut(
  text: string,
  from: number,
  until: number,
  indent: string,
  names?: ReadonlySet<string>,
): readonly Cut[] {
  // A bound, so that a long line of blanks is not looked at again for each of them.
  const pattern = new RegExp(
    `^${indent}(?![ \\t#-])("?)([^\\s:"#][^\\r\\n:"]{0,300})\\1[ \\t]*:(?=[ \\t\\r\\n]|$)`,
    "gm",
  );
  pattern.lastIndex = from;
  const starts: { readonly name: string; readonly start: number }[] = [];
  for (let found = pattern.exec(text); found !== null && found.index < until; found = pattern.exec(text))
    if (names === undefined || names.has(found[2] ?? ""))
      starts.push({ name: found[2] ?? "", start: found.index });
  return starts.map(({ name, start }, index) => ({ name, start, end: starts[index + 1]?.start ?? until }));
}

function sliceOf(text: string, { start, end }: Cut): Slice {
  const slice = text.slice(start, end);
  return { text: slice, base: start, root: rootOf(slice) };
}
