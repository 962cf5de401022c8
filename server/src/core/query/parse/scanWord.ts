// Where an unquoted word of an expression ends: subjects, values and patterns end at different characters, and
// placeholders may contain any of them.

import { holdsPlaceholder, placeholderEnd } from "../../text/placeholders";
import { jointBeforeComparison, match } from "./scanPatterns";

/** What the word is read as. */
export type WordMode = "subject" | "value" | "pattern" | "item";

export interface ScannedWord {
  /** Exclusive. Equal to the start where no word begins there. */
  readonly end: number;
  /** It contains a placeholder such as `${NAME}`. */
  readonly template: boolean;
}

/** Reads the word that starts at `start`; without `placeholders` `$X` and its like are text. */
export function scanWord(text: string, start: number, mode: WordMode, placeholders: boolean): ScannedWord {
  let at = start;
  let template = false;
  const nesting: Nesting = { depth: 0, classDepth: 0 };
  while (at < text.length) {
    if (isOrdinary(text.charCodeAt(at)) && !isUnderscores(text, at)) {
      at += 1;
      continue;
    }
    const templateEnds = placeholders ? endOfTemplate(text, at, mode, at === start) : -1;
    if (templateEnds > at) {
      template = true;
      at = templateEnds;
      continue;
    }
    if (endsWord(text, at, mode, nesting)) break;
    at += mode === "pattern" ? stepInPattern(text, at, nesting) : stepInValue(text, at, mode, nesting);
  }
  return { end: at, template };
}

/** The end of the placeholder that starts at `at`, or -1. One that is never closed runs to the end of the text. */
export function endOfTemplate(text: string, at: number, mode: WordMode, first: boolean): number {
  const character = text[at];
  // `<` behind a subject, and `(` or `[` inside one, belong to the language.
  if (character === "<" && mode === "subject" && !first && !/[:./_-]/.test(text[at - 1] ?? "")) return -1;
  if ((character === "(" || character === "[") && mode === "subject" && !first) return -1;
  return placeholderEnd(text, at, { limit: text.length, inString: true, unclosed: true }) ?? -1;
}

/** Whether a value contains a placeholder anywhere. */
export function containsTemplate(value: string): boolean {
  return holdsPlaceholder(value);
}

/** Letters, digits and `- . / : _`: they never end a word, and most words are nothing else. */
function isOrdinary(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 45 && code <= 58) || (code >= 65 && code <= 90) || code === 95
  );
}

/** The mark of `__X__`. */
function isUnderscores(text: string, at: number): boolean {
  return text[at] === "_" && text[at + 1] === "_";
}

interface Nesting {
  /** Open parentheses and, in a value, brackets. */
  depth: number;
  /** Open character classes of a pattern. */
  classDepth: number;
}

function endsWord(text: string, at: number, mode: WordMode, nesting: Nesting): boolean {
  const character = text[at] ?? "";
  if (isWhitespace(character)) return true;
  if (nesting.classDepth > 0) return false;
  const doubled = character === text[at + 1];
  if ((character === "&" || character === "|") && nesting.depth === 0)
    if (doubled || match(jointBeforeComparison, text, at) >= 0) return true;
  switch (mode) {
    case "subject":
      return "()[],=!<>~".includes(character);
    case "item":
      return ",])".includes(character);
    case "value":
      if (character === ";") return isWhitespace(text[at + 1] ?? " ");
      return character === "," || (nesting.depth === 0 && (character === ")" || character === "]"));
    case "pattern":
      return nesting.depth === 0 && character === ")";
  }
}

function stepInValue(text: string, at: number, mode: WordMode, nesting: Nesting): number {
  if (mode !== "value") return 1;
  const character = text[at];
  if (character === "(" || character === "[") nesting.depth += 1;
  if (character === ")" || character === "]") nesting.depth -= 1;
  return 1;
}

/** Moves over one character, or an escaped pair, of a pattern and keeps count of what is open. */
function stepInPattern(text: string, at: number, nesting: Nesting): number {
  const character = text[at];
  const next = text[at + 1];
  if (character === "\\" && next !== undefined && !isWhitespace(next)) return 2;
  if (character === "[") {
    nesting.classDepth += 1;
    // A bracket that comes first in a class is an ordinary member of it.
    if (next === "]") return 2;
    if (next === "^" && text[at + 2] === "]") return 3;
    return 1;
  }
  if (nesting.classDepth > 0) {
    if (character === "]") nesting.classDepth -= 1;
    return 1;
  }
  if (character === "(") nesting.depth += 1;
  if (character === ")") nesting.depth -= 1;
  return 1;
}

/** An unclosed string ends before the next keyword, bracket or comma, so that the rest can still be read. */
export function endOfUnclosed(text: string, at: number): number {
  const rest = text.slice(at + 1);
  const stop = rest.search(/(?<=\s)(?:and|or|&&|\|\|)(?:\s|$)|[\]),]/i);
  return at + 1 + (stop < 0 ? rest : rest.slice(0, stop)).trimEnd().length;
}

export function isWhitespace(character: string): boolean {
  if (character > " " && character < "\u007f") return false;
  return character === " " || (character !== "" && /\s/.test(character));
}

/** Straight quotes, the only ones of the language. */
export function isQuote(character: string): boolean {
  return character === "'" || character === '"';
}
