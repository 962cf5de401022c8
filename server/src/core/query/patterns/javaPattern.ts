// Reads a pattern the way java.util.regex.Pattern does, and writes it in the syntax of an engine that is linear in
// its input. Where both would not mean exactly the same, it says so instead of writing anything.

import { complement, foldCase, toClass } from "./codePoints";
import { classEscape, readClass } from "./javaClass";
import { lineTerminators } from "./javaClasses";
import { readEscapedCharacter } from "./patternEscape";
import { type Flags, invalid, type PatternReader, unsupported } from "./patternReader";

export type JavaPattern =
  | {
      readonly kind: "exact";
      /** In the engine's syntax, without flags. */
      readonly translation: string;
      /** The translation is exact for values of printable ASCII only. */
      readonly asciiOnly: boolean;
    }
  /** No Java pattern at all; `span` is an offset range in the pattern. */
  | { readonly kind: "invalid"; readonly reason: string; readonly at: number }
  | { readonly kind: "unsupported"; readonly feature: string; readonly at: number };

/** Groups nested deeper than this are not read. */
const depthLimit = 100;

/** Reads a pattern. Never throws. */
export function readJavaPattern(pattern: string): JavaPattern {
  const reader: PatternReader = {
    text: pattern,
    at: 0,
    flags: { ignoreCase: false, dotAll: false },
    asciiOnly: false,
    depth: 0,
    groupNames: new Set(),
    failure: undefined,
  };
  const translation = alternatives(reader);
  if (reader.failure === undefined && reader.at < pattern.length)
    invalid(reader, "a closing ) has no opening one");
  if (reader.failure !== undefined) return reader.failure;
  return { kind: "exact", translation, asciiOnly: reader.asciiOnly };
}

function alternatives(reader: PatternReader): string {
  const branches = [sequence(reader)];
  while (reader.failure === undefined && reader.text[reader.at] === "|") {
    reader.at += 1;
    branches.push(sequence(reader));
  }
  return branches.join("|");
}

function sequence(reader: PatternReader): string {
  let written = "";
  while (reader.failure === undefined && reader.at < reader.text.length) {
    const character = reader.text[reader.at];
    if (character === "|" || character === ")") break;
    const before = reader.at;
    const part = atom(reader);
    if (reader.failure !== undefined) break;
    // An atom that is only flags, `(?i)`, cannot be repeated.
    written += part === undefined ? "" : part + quantifier(reader);
    if (reader.at === before) break;
  }
  return written;
}

/** One atom in the engine's syntax; undefined where there is nothing to repeat. */
function atom(reader: PatternReader): string | undefined {
  const character = reader.text[reader.at] ?? "";
  switch (character) {
    case "(":
      return group(reader);
    case "[":
      return toClass(readClass(reader));
    case "\\":
      return escapeSequence(reader);
    case ".":
      reader.at += 1;
      return reader.flags.dotAll ? toClass(complement([])) : toClass(complement(lineTerminators));
    case "^":
      reader.at += 1;
      return "(?:\\A)";
    case "$":
      reader.at += 1;
      reader.asciiOnly = true;
      return "(?:\\z)";
    case "*":
    case "+":
    case "?":
      return invalid(reader, `${character} has nothing to repeat`);
    case "{":
      // Java repeats the empty text here where a count follows.
      return "(?:)";
    default:
      return literal(reader, codePointAt(reader));
  }
}

function codePointAt(reader: PatternReader): number {
  const codePoint = reader.text.codePointAt(reader.at) ?? 0;
  reader.at += codePoint > 0xffff ? 2 : 1;
  return codePoint;
}

function literal(reader: PatternReader, codePoint: number): string {
  if (codePoint >= 0xd800 && codePoint <= 0xdfff) return unsupported(reader, "a lone surrogate") ?? "";
  const set = [[codePoint, codePoint]] as const;
  return toClass(reader.flags.ignoreCase ? foldCase(set) : set);
}

function quantifier(reader: PatternReader): string {
  const counted = /\{(\d+)(?:(,)(\d*))?\}/y;
  const character = reader.text[reader.at] ?? "";
  let written: string;
  if (character !== "" && "*+?".includes(character)) {
    reader.at += 1;
    written = character;
  } else if (character === "{") {
    counted.lastIndex = reader.at;
    const match = counted.exec(reader.text);
    if (match === null) return invalid(reader, "a { that starts no repetition such as {2,3}") ?? "";
    const least = Number(match[1]);
    const most = match[3] === undefined || match[3] === "" ? undefined : Number(match[3]);
    if (most !== undefined && most < least) return invalid(reader, `${match[0]} counts downwards`) ?? "";
    if (least > 1000 || (most ?? 0) > 1000)
      return unsupported(reader, "a repetition of more than 1,000") ?? "";
    reader.at += match[0].length;
    written = match[0];
  } else return "";
  if (reader.text[reader.at] === "+") return unsupported(reader, "a possessive quantifier") ?? "";
  // Laziness changes what a group captures, never whether the whole matches.
  if (reader.text[reader.at] === "?") reader.at += 1;
  return written;
}

function group(reader: PatternReader): string | undefined {
  if (reader.depth >= depthLimit) return unsupported(reader, `more than ${depthLimit} nested groups`);
  const opening = reader.at;
  const outer = reader.flags;
  const start = groupStart(reader);
  if (start !== "group") return undefined;
  reader.depth += 1;
  const inner = alternatives(reader);
  reader.depth -= 1;
  reader.flags = outer;
  if (reader.failure !== undefined) return undefined;
  if (reader.text[reader.at] !== ")") {
    reader.at = opening;
    return invalid(reader, "an opening ( has no closing one");
  }
  reader.at += 1;
  return `(?:${inner})`;
}

/** Moves behind `(`, `(?:`, `(?i:`, `(?<name>` or over the whole of `(?i)`. */
function groupStart(reader: PatternReader): "group" | "flags" | undefined {
  const rest = reader.text.slice(reader.at, reader.at + 80);
  if (!rest.startsWith("(?")) {
    reader.at += 1;
    return "group";
  }
  if (/^\(\?(?:[=!]|<[=!])/.test(rest)) return unsupported(reader, "look-around");
  if (rest.startsWith("(?>")) return unsupported(reader, "an independent group");
  const name = /^\(\?<([A-Za-z][A-Za-z0-9]*)>/.exec(rest);
  if (name !== null) {
    if (reader.groupNames.has(name[1] ?? "")) return invalid(reader, `two groups are named ${name[1]}`);
    reader.groupNames.add(name[1] ?? "");
    reader.at += name[0].length;
    return "group";
  }
  const flags = /^\(\?([idmsuxU]*)(?:-([idmsuxU]*))?([:)])/.exec(rest);
  if (flags === null) return invalid(reader, "( is followed by a ? that means nothing there");
  const [whole, on = "", off = "", end] = flags;
  if (/[dmuxU]/.test(on + off)) return unsupported(reader, `the flag ${/[dmuxU]/.exec(on + off)?.[0]}`);
  reader.flags = changedFlags(reader.flags, on, off);
  if (reader.flags.ignoreCase) reader.asciiOnly = true;
  reader.at += whole.length;
  return end === ":" ? "group" : "flags";
}

function changedFlags(flags: Flags, on: string, off: string): Flags {
  return {
    ignoreCase: (flags.ignoreCase || on.includes("i")) && !off.includes("i"),
    dotAll: (flags.dotAll || on.includes("s")) && !off.includes("s"),
  };
}

function escapeSequence(reader: PatternReader): string | undefined {
  const letter = reader.text[reader.at + 1];
  switch (letter) {
    case undefined:
      return invalid(reader, "it ends in a backslash");
    case "A":
      reader.at += 2;
      return "(?:\\A)";
    case "z":
    case "Z":
      reader.at += 2;
      if (letter === "Z") reader.asciiOnly = true;
      return "(?:\\z)";
    case "b":
    case "B":
      if (reader.text[reader.at + 2] === "{") return unsupported(reader, "\\b{g}");
      reader.at += 2;
      reader.asciiOnly = true;
      return `(?:\\${letter})`;
    case "R":
      reader.at += 2;
      reader.asciiOnly = true;
      return "(?:\\r\\n|[\\n-\\r\\x{85}\\x{2028}\\x{2029}])";
    case "Q":
      return quotation(reader);
    case "G":
    case "X":
      return unsupported(reader, `\\${letter}`);
    case "k":
      return unsupported(reader, "a backreference");
  }
  if (/[1-9]/.test(letter)) return unsupported(reader, "a backreference");
  const set = classEscape(reader);
  if (reader.failure !== undefined) return undefined;
  if (set !== undefined) return toClass(set);
  const codePoint = readEscapedCharacter(reader);
  return codePoint === undefined ? undefined : literal(reader, codePoint);
}

/** `\Q…\E`: everything between stands for itself, and a missing `\E` is the end of the pattern. */
function quotation(reader: PatternReader): string | undefined {
  const closing = reader.text.indexOf("\\E", reader.at + 2);
  const end = closing < 0 ? reader.text.length : closing;
  reader.at += 2;
  let written = "";
  while (reader.at < end && reader.failure === undefined) written += literal(reader, codePointAt(reader));
  if (closing >= 0) reader.at = closing + 2;
  return written === "" ? undefined : written;
}
