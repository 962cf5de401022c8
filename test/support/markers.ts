// Fixtures whose findings stand in the text: a line `//   ^^^ error[code] message` points at the line above it.
// The engine prints what is really found in the same form and compares whole texts; UPDATE=1 rewrites the file.

import type { Diagnostic } from "../../server/src/core/rules/diagnostic";

export interface MarkedDocument {
  /** Comment lines before the document: the title of the test. */
  readonly title: string;
  /** The document without title and markers. */
  readonly text: string;
}

export interface Fixture extends MarkedDocument {
  readonly fileName: string;
  /** `--- beside NAME`: other files of the workspace. */
  readonly beside: readonly { readonly name: string; readonly text: string }[];
  /** `--- after TITLE`, `--- after (safe) TITLE`: the whole text after that fix. */
  readonly after: ReadonlyMap<string, string>;
  /** `--- right`: the same without the finding, where no fix shows it. */
  readonly right: string | undefined;
}

const marker = /^\s*\/\/\s*(\^+|\[\d+,\d+\))(…\d+)?\s(error|warning|information|hint)\[/;

/** Reads a fixture; the first title line may name the file: `// agent.service.json: title`. */
export function readFixture(source: string, defaultName: string): Fixture {
  const [main = "", ...sections] = source.split(/^--- /m);
  const { title, text } = stripMarkers(main);
  const named = /^([\w.-]+\.(?:json|jsonc|ecsquery)): /.exec(title);
  const beside: { name: string; text: string }[] = [];
  const after = new Map<string, string>();
  let right: string | undefined;
  for (const section of sections) {
    const end = section.indexOf("\n");
    const head = section.slice(0, end);
    const body = section.slice(end + 1);
    if (head.startsWith("beside ")) beside.push({ name: head.slice(7), text: body });
    else if (head.startsWith("after ")) after.set(head.replace(/^after (?:\(safe\) )?/, ""), body);
    else if (head === "right") right = body;
    else throw new Error(`A section is called '--- ${head}'.`);
  }
  return { title, text, fileName: named?.[1] ?? defaultName, beside, after, right };
}

/** Takes markers out, and leading comment lines as the title. */
export function stripMarkers(source: string): MarkedDocument {
  const lines = source.split("\n").filter((line) => !marker.test(line));
  const titleLines: string[] = [];
  while (lines[0]?.startsWith("// ")) titleLines.push((lines.shift() ?? "").slice(3));
  return { title: titleLines.join("\n"), text: lines.join("\n") };
}

/** The text with its findings as marker lines. */
export function printMarked(title: string, text: string, diagnostics: readonly Diagnostic[]): string {
  const starts = lineStarts(text);
  const byLine = new Map<number, string[]>();
  for (const diagnostic of diagnostics) {
    const line = lineOf(starts, diagnostic.span.start);
    const lines = byLine.get(line) ?? [];
    lines.push(printMarker(text, starts, line, diagnostic));
    byLine.set(line, lines);
  }
  const printed = text.split("\n").flatMap((line, index) => [line, ...(byLine.get(index) ?? [])]);
  const head = title === "" ? [] : title.split("\n").map((line) => `// ${line}`);
  return [...head, ...printed].join("\n");
}

function printMarker(text: string, starts: readonly number[], line: number, diagnostic: Diagnostic): string {
  const { span, severity, code, message } = diagnostic;
  const lineStart = starts[line] ?? 0;
  const lineEnd = text.indexOf("\n", lineStart) < 0 ? text.length : text.indexOf("\n", lineStart);
  const column = span.start - lineStart;
  const width = Math.min(span.end, lineEnd) - span.start;
  // Where the span ends on another line, its last line (counted from here) follows.
  const more = span.end > lineEnd ? `…${lineOf(starts, span.end) - line}` : "";
  const place =
    column < 2 || width < 1
      ? `// [${column},${column + width})`
      : `//${" ".repeat(column - 2)}${"^".repeat(width)}`;
  return `${place}${more} ${severity}[${code}] ${message}`;
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function lineOf(starts: readonly number[], offset: number): number {
  const behind = starts.findIndex((it) => it > offset);
  return behind < 0 ? starts.length - 1 : behind - 1;
}

/** Applies the edits of a fix; they may come in any order but may not overlap. */
export function applyEdits(
  text: string,
  edits: readonly {
    readonly span: { readonly start: number; readonly end: number };
    readonly newText: string;
  }[],
): string {
  const sorted = [...edits].sort((left, right) => left.span.start - right.span.start);
  let result = "";
  let from = 0;
  for (const { span, newText } of sorted) {
    if (span.start < from) throw new Error("Two edits of a fix overlap.");
    result += text.slice(from, span.start) + newText;
    from = span.end;
  }
  return result + text.slice(from);
}
