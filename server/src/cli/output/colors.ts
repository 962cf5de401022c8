// Colors of the terminal: marks inside a text, which the writer alone turns into escape sequences.

const codes = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, blue: 34, cyan: 36 } as const;
export type Color = keyof typeof codes;

/** Noncharacters of Unicode, which `printable` writes out: no text from a file has them. */
const [begin, end] = ["\ufdd0", "\ufdd1"];
const marks = /(\ufdd0\d{1,2};|\ufdd1)/;

/** The text between the marks of a color. */
export function marked(color: Color, text: string): string {
  return `${begin}${codes[color]};${text}${end}`;
}

/** The text with its marks as escape sequences, and with what is between them as `clean` makes it. */
export function withEscapeSequences(text: string, clean: (part: string) => string): string {
  return text
    .split(marks)
    .map((part, index) => {
      if (index % 2 === 0) return clean(part);
      return part === end ? "\u001b[0m" : `\u001b[${part.slice(1, -1)}m`;
    })
    .join("");
}
