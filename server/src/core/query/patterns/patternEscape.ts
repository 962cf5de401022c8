// Escapes of a Java pattern that stand for one character.

import { lastCodePoint } from "./codePoints";
import { invalid, type PatternReader, unsupported } from "./patternReader";

const controls: ReadonlyMap<string, number> = new Map([
  ["t", 0x09],
  ["n", 0x0a],
  ["r", 0x0d],
  ["f", 0x0c],
  ["a", 0x07],
  ["e", 0x1b],
]);

const numeric = /\\(?:x([0-9A-Fa-f]{2})|x\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})|0([0-3][0-7]{2}|[0-7]{1,2}))/y;

/** Reads an escape and returns its code point; undefined where it stands for none, with the failure noted. */
export function readEscapedCharacter(reader: PatternReader): number | undefined {
  const letter = reader.text[reader.at + 1];
  if (letter === undefined) return invalid(reader, "it ends in a backslash");
  if ("xu0".includes(letter)) return readNumeric(reader, letter);
  if (letter === "c") return readControl(reader);
  if (letter === "N") return unsupported(reader, "\\N{…}");
  const control = controls.get(letter);
  if (control === undefined && /[A-Za-z1-9]/.test(letter))
    return invalid(reader, `\\${letter} is not an escape`);
  const codePoint = control ?? reader.text.codePointAt(reader.at + 1) ?? 0;
  reader.at += 1 + (codePoint > 0xffff ? 2 : 1);
  return codePoint;
}

function readNumeric(reader: PatternReader, letter: string): number | undefined {
  numeric.lastIndex = reader.at;
  const match = numeric.exec(reader.text);
  if (match === null) return invalid(reader, `\\${letter} is not followed by digits`);
  const [whole, short, braced, unicode, octal] = match;
  const hexadecimal = short ?? braced ?? unicode;
  const codePoint =
    hexadecimal === undefined ? Number.parseInt(octal ?? "0", 8) : Number.parseInt(hexadecimal, 16);
  if (codePoint > lastCodePoint) return invalid(reader, `${whole} is beyond the last character`);
  reader.at += whole.length;
  return codePoint;
}

function readControl(reader: PatternReader): number | undefined {
  const character = reader.text.charCodeAt(reader.at + 2);
  if (Number.isNaN(character)) return invalid(reader, "\\c is not followed by a character");
  reader.at += 3;
  return character ^ 64;
}
