// Small pieces of large files: what stands in them is cut down around one thing of ours, so that a million edits take
// minutes rather than hours, and each edit is more likely to touch what is read.

import type { CorpusFile } from "./corpus";

/** Characters of a fragment at most. */
export const longestFragment = 1_200;
/** Fragments of one file at most. */
const mostOfFile = 3;

/** A line of something that is recognized, or that a check is about. */
const sign =
  /AWS::ECS::|"aws_ecs_\w+" "|memberOf|expression\b|containerDefinitions|ContainerDefinitions|containerInstances|"groups"|"image"/;

/** The file where it is small, else its fragments. */
export function fragmentsOf(file: CorpusFile): readonly CorpusFile[] {
  if (file.text.length <= longestFragment) return [file];
  const lines = file.text.split(/\r\n|\r|\n/);
  const marked = lines.flatMap((line, index) => (sign.test(line) ? [index] : []));
  const step = Math.max(1, Math.ceil(marked.length / mostOfFile));
  return marked
    .filter((_, index) => index % step === 0)
    .map((mark) => ({ name: file.name, text: cutDown(lines, mark) }))
    .filter((it) => it.text.length <= 2 * longestFragment);
}

/** The lines without so many of the blocks beside the marked one that the rest is short. */
function cutDown(lines: readonly string[], mark: number): string {
  const kept = new Set(lines.keys());
  const needed = new Set([mark, ...ancestorsOf(lines, mark)]);
  const blocks = blocksOf(lines)
    .filter(({ start, end }) => ![...needed].some((it) => start <= it && it < end))
    .map((it) => ({ ...it, size: sizeOf(lines.slice(it.start, it.end)) }))
    .sort((left, right) => right.size - left.size || right.start - left.start);
  let size = sizeOf(lines);
  for (const it of blocks) {
    if (size <= longestFragment) break;
    // A block that is much too large is left for its own parts.
    if (!kept.has(it.start) || it.size > 1.3 * (size - longestFragment)) continue;
    for (let at = it.start; at < it.end; at += 1) if (kept.delete(at)) size -= sizeOf([lines[at] ?? ""]);
  }
  const rest = lines.filter((_, index) => kept.has(index)).join("\n");
  return rest.replace(/,(?=\s*[}\]])/g, "");
}

const sizeOf = (lines: readonly string[]) => lines.reduce((sum, it) => sum + it.length + 1, 0);

const indentOf = (line: string) => /^\s*/.exec(line)?.[0].length ?? 0;

/** The heads of the blocks that a line is in. */
function ancestorsOf(lines: readonly string[], mark: number): readonly number[] {
  const found: number[] = [];
  let indent = indentOf(lines[mark] ?? "");
  for (let at = mark - 1; at >= 0 && indent > 0; at -= 1) {
    const line = lines[at] ?? "";
    if (line.trim() === "" || indentOf(line) >= indent) continue;
    indent = indentOf(line);
    found.push(at);
  }
  return found;
}

interface Block {
  readonly start: number;
  /** Behind its last line. */
  readonly end: number;
}

/** Each line with the deeper ones behind it, and the line that closes it. */
function blocksOf(lines: readonly string[]): readonly Block[] {
  return lines.flatMap((line, start) => {
    if (/^\s*[}\]]/.test(line) || line.trim() === "") return [];
    let end = start + 1;
    while (end < lines.length && (lines[end]?.trim() === "" || indentOf(lines[end] ?? "") > indentOf(line)))
      end += 1;
    if (end > start + 1 && /^\s*[}\])]/.test(lines[end] ?? "")) end += 1;
    return [{ start, end }];
  });
}
