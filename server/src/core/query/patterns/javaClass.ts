// Character classes of a Java pattern, [a-z&&[^aeiou]] and \p{Alpha} included, as sets of code points.

import { type CodePoints, codePoints, complement, foldCase, intersection } from "./codePoints";
import { escapedClasses, generalCategories, posixClasses } from "./javaClasses";
import { readEscapedCharacter } from "./patternEscape";
import { invalid, type PatternReader, unsupported } from "./patternReader";

const depthLimit = 20;

/** Reads the class that starts at the reader's place with `[`. */
export function readClass(reader: PatternReader): CodePoints {
  const opening = reader.at;
  if (reader.depth >= depthLimit + 100) unsupported(reader, "deeply nested character classes");
  reader.depth += 1;
  reader.at += 1;
  const negated = reader.text[reader.at] === "^";
  if (negated) reader.at += 1;
  const parts = readParts(reader, opening);
  reader.depth -= 1;
  // What ^ negates when classes are combined has changed between versions of Java.
  if (negated && parts.combined) unsupported(reader, "a negated class that combines classes");
  return negated ? complement(parts.set) : parts.set;
}

/** Reads `\d`, `\p{Alpha}` and the like; undefined, and nothing read, where the escape is no class. */
export function classEscape(reader: PatternReader): CodePoints | undefined {
  const letter = reader.text[reader.at + 1] ?? "";
  if (letter === "p" || letter === "P") return property(reader, letter === "P");
  const set = escapedClasses.get(letter);
  if (set !== undefined) reader.at += 2;
  return set;
}

interface Parts {
  readonly set: CodePoints;
  /** The class contains others or an intersection. */
  readonly combined: boolean;
}

function readParts(reader: PatternReader, opening: number): Parts {
  let result: CodePoints | undefined;
  let union: CodePoints = [];
  let combined = false;
  let first = true;
  for (; reader.failure === undefined; first = false) {
    const character = reader.text[reader.at];
    if (character === undefined) {
      reader.at = opening;
      invalid(reader, "an opening [ has no closing one");
    } else if (character === "]" && !first) {
      reader.at += 1;
      return { set: result === undefined ? union : intersection(result, union), combined };
    } else if (reader.text.startsWith("&&", reader.at)) {
      if (
        first ||
        reader.text.startsWith("&&&", reader.at) ||
        /^&&\]/.test(reader.text.slice(reader.at, reader.at + 3))
      )
        unsupported(reader, "an && without operands");
      reader.at += 2;
      result = result === undefined ? union : intersection(result, union);
      union = [];
      combined = true;
    } else if (character === "[") {
      union = codePoints([...union, ...readClass(reader)]);
      combined = true;
    } else union = codePoints([...union, ...readMember(reader)]);
  }
  return { set: [], combined };
}

/** A character, a range or an escape. */
function readMember(reader: PatternReader): CodePoints {
  const set = reader.text[reader.at] === "\\" ? classMember(reader) : undefined;
  if (set !== undefined || reader.failure !== undefined) return set ?? [];
  const start = reader.at;
  const from = readCharacter(reader) ?? 0;
  const isRange =
    reader.text[reader.at] === "-" && !/^-(?:\]|\[|&&|$)/.test(reader.text.slice(reader.at, reader.at + 3));
  if (!isRange) return folded(reader, from, from);
  reader.at += 1;
  const endsInClass = reader.text[reader.at] === "\\" && classMember(reader) !== undefined;
  const to = !endsInClass ? readCharacter(reader) : undefined;
  if (to === undefined || to < from) {
    reader.at = start;
    invalid(reader, "a range of characters that runs backwards or ends in a class");
    return [];
  }
  return folded(reader, from, to);
}

function classMember(reader: PatternReader): CodePoints | undefined {
  if (reader.text[reader.at + 1] === "Q") {
    unsupported(reader, "\\Q…\\E in a character class");
    return [];
  }
  return classEscape(reader);
}

function readCharacter(reader: PatternReader): number | undefined {
  if (reader.text[reader.at] === "\\") return readEscapedCharacter(reader);
  const codePoint = reader.text.codePointAt(reader.at);
  if (codePoint === undefined) return undefined;
  reader.at += codePoint > 0xffff ? 2 : 1;
  return codePoint;
}

function folded(reader: PatternReader, from: number, to: number): CodePoints {
  const set = [[from, to]] as const;
  return reader.flags.ignoreCase ? foldCase(set) : set;
}

const propertyName = /\\[pP](?:\{([^}]*)\}|([^{]))/y;

function property(reader: PatternReader, negated: boolean): CodePoints | undefined {
  propertyName.lastIndex = reader.at;
  const match = propertyName.exec(reader.text);
  const name = match?.[1] ?? match?.[2];
  if (match === null || name === undefined || name === "") return invalid(reader, "\\p names no property");
  const set = posixClasses.get(name);
  const cased = name === "Lower" || name === "Upper";
  if (set === undefined || (cased && reader.flags.ignoreCase)) {
    const known =
      set !== undefined ||
      generalCategories.has(name) ||
      /^(?:Is|In|java)[A-Z]|=|^(?:LC|LD|L1|all)$/.test(name);
    return known ? unsupported(reader, match[0]) : invalid(reader, `${match[0]} names no property`);
  }
  reader.at += match[0].length;
  return negated ? complement(set) : set;
}
