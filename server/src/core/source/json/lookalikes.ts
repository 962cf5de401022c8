// Characters and words that look like JSON and are not: no-break spaces, Python's True, comments with #, other quotes.

import type { Span } from "../../text/span";
import type { SyntaxProblem } from "./syntaxProblem";

export interface LookalikeFindings {
  /** As long as the text given; what was found is replaced by the JSON that it stands for. */
  readonly text: string;
  readonly problems: readonly SyntaxProblem[];
}

interface Found {
  readonly problem: SyntaxProblem;
  /** JSON of the same length. */
  readonly masked: string;
}

const literals: ReadonlyMap<string, string> = new Map([
  ["true", "true"],
  ["false", "false"],
  ["none", "null"],
  ["null", "null"],
  ["nil", "null"],
  ["undefined", "null"],
]);

const spaces = /[\v\f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/y;
const invisible = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]+/y;
const word = /[A-Za-z]+/y;
const comment = /#[^\n]*/y;
const otherQuotes = [/'[^'\n]*'/y, /[\u201c\u201d\u201e][^\u201c\u201d\n]*[\u201c\u201d]/y];

/** Finds what only looks like JSON outside of strings and comments. Linear in the text. */
export function maskLookalikes(text: string): LookalikeFindings {
  const problems: SyntaxProblem[] = [];
  const parts: string[] = [];
  let copied = 0;
  let last = "";
  for (let at = 0; at < text.length; ) {
    const char = text[at] as string;
    if (char === '"') at = endOfString(text, at);
    else if (char === "/" && (text[at + 1] === "/" || text[at + 1] === "*")) {
      at = endOfComment(text, at);
      continue;
    } else {
      const found = lookalikeAt(text, at, last);
      if (found !== undefined) {
        const { span } = found.problem;
        problems.push(found.problem);
        parts.push(text.slice(copied, span.start), found.masked);
        copied = span.end;
        at = span.end;
        continue;
      }
      at += isLetter(char) ? matchLength(word, text, at) : 1;
    }
    if (!/\s/.test(char)) last = char;
  }
  return problems.length === 0 ? { text, problems } : { text: parts.join("") + text.slice(copied), problems };
}

function lookalikeAt(text: string, at: number, last: string): Found | undefined {
  const char = text[at] as string;
  if (isLetter(char)) return literalAt(text, at);
  if (char === "#") {
    const span = spanAt(comment, text, at);
    const message = "JSON has no comments, and '#' begins none. Remove it.";
    return { problem: { message, span, remove: span }, masked: " ".repeat(span.end - span.start) };
  }
  if (char === "'" || /[\u201c\u201d\u201e]/.test(char)) return quotedAt(text, at, last);
  if (char < "\u0080" && char !== "\v" && char !== "\f") return undefined;
  return spaceAt(text, at);
}

function spaceAt(text: string, at: number): Found | undefined {
  const gap = spanAt(spaces, text, at);
  if (gap.end > at) {
    const message = `${nameOf(text, at)} is not white space in JSON. Write an ordinary space.`;
    const replace = { title: "Change to an ordinary space", newText: " ".repeat(gap.end - at) };
    return { problem: { message, span: gap, replace }, masked: replace.newText };
  }
  const hidden = spanAt(invisible, text, at);
  // A byte order mark may stand before the text.
  if (hidden.end === at || (at === 0 && hidden.end === 1 && text.startsWith("\ufeff"))) return undefined;
  const message = `${nameOf(text, at)} is here, which cannot be seen and is not JSON. Remove it.`;
  return { problem: { message, span: hidden, remove: hidden }, masked: " ".repeat(hidden.end - at) };
}

const characterNames: Readonly<Record<string, string>> = {
  "\u00a0": "A no-break space",
  "\u200b": "A zero-width space",
  "\u200c": "A zero-width non-joiner",
  "\u200d": "A zero-width joiner",
  "\u2060": "A word joiner",
  "\ufeff": "A byte order mark",
};

function nameOf(text: string, at: number): string {
  const code = `U+${text.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0")}`;
  return `${characterNames[text[at] as string] ?? "The character"} (${code})`;
}

function literalAt(text: string, at: number): Found | undefined {
  const span = spanAt(word, text, at);
  const written = text.slice(span.start, span.end);
  const literal = literals.get(written.toLowerCase());
  if (literal === undefined || literal === written || /[\w.-]/.test(text[span.end] ?? "")) return undefined;
  if (/[\w.-]/.test(text[at - 1] ?? "")) return undefined;
  const masked = literal.padEnd(written.length).slice(0, written.length);
  if (masked.trim() !== literal) return undefined;
  const message =
    literal === "null"
      ? `'${written}' is not a JSON value. Remove the property: the AWS CLI accepts no null either.`
      : `'${written}' is not a JSON value. Write ${literal}.`;
  const replace = literal === "null" ? undefined : { title: `Change to ${literal}`, newText: literal };
  return { problem: { message, span, ...(replace && { replace }) }, masked };
}

function quotedAt(text: string, at: number, last: string): Found | undefined {
  // Inside of a broken string there may be an apostrophe.
  if (last !== "" && !"{[,:".includes(last)) return undefined;
  const span = otherQuotes.map((it) => spanAt(it, text, at)).find((it) => it.end > at);
  if (span === undefined) return undefined;
  const inner = text.slice(span.start + 1, span.end - 1);
  const isExact = !/["\\]/.test(inner);
  const kind = text[at] === "'" ? "single quotes" : "typographic quotes";
  const message = `JSON knows no ${kind}. Put the text in double quotes.`;
  const masked = `"${inner.replace(/["\\]/g, "_")}"`;
  const replace = isExact ? { title: "Change to double quotes", newText: masked } : undefined;
  return { problem: { message, span, ...(replace && { replace }) }, masked };
}

const isLetter = (char: string) => (char >= "A" && char <= "Z") || (char >= "a" && char <= "z");

function matchLength(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex - at : 0;
}

function spanAt(pattern: RegExp, text: string, at: number): Span {
  return { start: at, end: at + matchLength(pattern, text, at) };
}

/** Offset behind a string; one that is never closed ends with its line. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at + 1;
    else if (text[at] === "\n") return at;
  }
  return text.length;
}

function endOfComment(text: string, start: number): number {
  const mark = text[start + 1] === "/" ? "\n" : "*/";
  const end = text.indexOf(mark, start + 2);
  return end < 0 ? text.length : end + mark.length;
}
