// Keeps the answers of tools small and free of secrets, whatever they are made of.

import { withoutSecretParts } from "../core/secrets/secretText";
import { printableLines } from "../core/text/printable";

/** Characters of a whole answer, as JSON. */
const mostCharacters = 40_000;
/** Characters of one text in it. */
const mostOfText = 4_000;

/** A list with what fits into the answer, and how many of it are left out. */
export interface Bounded<T> {
  readonly items: readonly T[];
  readonly leftOut: number;
}

/** The first `most` items, as far as their JSON fits into half of an answer. */
export function bounded<T>(all: readonly T[], most: number): Bounded<T> {
  let room = mostCharacters / 2;
  let count = 0;
  for (const it of all.slice(0, most)) {
    room -= JSON.stringify(it).length;
    if (room < 0 && count > 0) break;
    count += 1;
  }
  return { items: all.slice(0, count), leftOut: all.length - count };
}

/** The JSON of an answer: no secret in any text, no text and no whole longer than the limits. */
export function answerText(answer: object, redact: (text: string) => string): string {
  const clean = (_: string, value: unknown) =>
    typeof value === "string" ? shortened(withoutSecretParts(redact(printableLines(value)))) : value;
  const text = JSON.stringify(answer, clean, 1);
  return text.length <= mostCharacters ? text : `${text.slice(0, mostCharacters)}\n… (the rest is left out)`;
}

function shortened(text: string): string {
  return text.length <= mostOfText ? text : `${text.slice(0, mostOfText)}…`;
}
