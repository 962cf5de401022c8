// Names and values come from other people's files: shown raw, a control character in one could rewrite the terminal, and a
// direction override or a zero-width character could make a text read as another one.

/** Control (C0, C1), format (bidi, zero-width, tags), line and paragraph separators, lone surrogates, noncharacters, blanks. */
const unprintable =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufdd0-\ufdef\ufffe\uffff\u115f\u1160\u2800\u3164\uffa0]|\u034f|\u17b4|\u17b5/gu;
const layout = /[\n\t]/;

/** The text on one line, with every character that cannot be seen written out as `\u{…}`. */
export function printable(text: string): string {
  return text.replace(unprintable, (it) => `\\u{${(it.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The same for a text of several lines: line breaks and tabs stay. */
export function printableLines(text: string): string {
  const clean = (line: string) => line.replace(unprintable, (it) => (layout.test(it) ? it : printable(it)));
  return text.split("\r\n").map(clean).join("\r\n");
}

/** Whether a text has a character that cannot be seen, line breaks and tabs included. */
export function isPrintable(text: string): boolean {
  return text.search(unprintable) < 0;
}

/** JSON in which every such character is written as `\uXXXX`: the same value, safe to print. */
export function printableJson(json: string): string {
  return json.replace(unprintable, (it) => (layout.test(it) ? it : escaped(it)));
}

const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, index) => `\\u${hex(character.charCodeAt(index))}`).join("");

const hex = (unit: number): string => unit.toString(16).padStart(4, "0");
