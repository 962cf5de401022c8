// Cuts a Terraform file into its blocks without parsing it: only those that may matter are read, one whose text is
// unchanged keeps its tree, and a slip in one block leaves the others whole.

import { type HclBlock, readHcl } from "../../../source/hcl/readHcl";
import { rememberByText } from "../../../text/remembered";
import type { Span } from "../../../text/span";
import { moduleSource } from "./moduleInputs";

/** Blocks; their offsets count from `base`. */
export interface BlockSlice {
  readonly text: string;
  readonly base: number;
  readonly blocks: readonly HclBlock[];
}

/** A block at the beginning of a line: one that stands further right is part of another one. */
const blockStart =
  /^(?:(?:resource|data|module|variable|output|provider|check|ephemeral)[ \t]*"|(?:locals|terraform|moved|import|removed)[ \t]*\{)/gm;

const blocksOf = rememberByText(400, (slice) => readHcl(slice).blocks);

/** The blocks that describe or name something of ECS. Never throws. */
export function blockSlices(text: string): readonly BlockSlice[] {
  return cuts(text).flatMap(({ start, end }) => {
    const slice = text.slice(start, end);
    return mayMatter(slice) ? [{ text: slice, base: start, blocks: blocksOf(slice) }] : [];
  });
}

function mayMatter(slice: string): boolean {
  return (
    /aws_ecs_/.test(slice) ||
    /^(?:locals|variable|data\s+"template_file")/m.test(slice) ||
    moduleSource.test(slice)
  );
}

function cuts(text: string): readonly Span[] {
  const closed = [...heredocs(text), ...comments(text)].sort((left, right) => left.start - right.start);
  const starts: number[] = [];
  let [next, end] = [0, 0];
  for (const { index: at } of text.matchAll(blockStart)) {
    for (; (closed[next]?.start ?? at) < at; next += 1) end = Math.max(end, closed[next]?.end ?? 0);
    if (at >= end) starts.push(at);
  }
  // What stands before the first block, or in a file with none at the beginning of a line.
  if (starts[0] !== 0) starts.unshift(0);
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }));
}

/** Texts of heredocs. One that is not closed ends nowhere: whoever types it leaves the other blocks as they are. */
function heredocs(text: string): readonly Span[] {
  const found: Span[] = [];
  const lines = new Map<string, number[]>();
  for (const { index, 1: word = "" } of text.matchAll(/^[ \t]*([A-Za-z_][\w-]*)[ \t]*\r?$/gm)) {
    const known = lines.get(word);
    if (known === undefined) lines.set(word, [index]);
    else known.push(index);
  }
  // The last line is looked at first, so that those before an opening can be dropped.
  for (const it of lines.values()) it.reverse();
  for (const { index, 0: opening, 1: name = "" } of text.matchAll(/<<-?([A-Za-z_][\w-]*)[ \t]*\r?\n/g)) {
    if (index < (found.at(-1)?.end ?? 0)) continue;
    const closings = lines.get(name) ?? [];
    while ((closings.at(-1) ?? Number.POSITIVE_INFINITY) < index + opening.length) closings.pop();
    const end = closings.at(-1);
    if (end !== undefined) found.push({ start: index, end });
  }
  return found;
}

function comments(text: string): readonly Span[] {
  const found: Span[] = [];
  for (const { index: start } of text.matchAll(/^[ \t]*\/\*/gm)) {
    if (start < (found.at(-1)?.end ?? 0)) continue;
    const close = text.indexOf("*/", text.indexOf("/*", start) + 2);
    if (close < 0) break;
    found.push({ start, end: close + 2 });
  }
  return found;
}
