// Why a filter cannot tell: a placeholder, or something that cannot be read, is in the place of a value that it reads.

import type { FilterName, Reason } from "../placement";

/** `a`, `a and b`, `a, b and c`; of many the first few. */
export function listed(words: readonly string[]): string {
  const shown =
    words.length > most ? [...words.slice(0, most - 1), `${words.length - most + 1} more`] : words;
  return shown.length < 2 ? (shown[0] ?? "") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

const most = 4;

/** "`${A}` is not known", "`${A}` and `${B}` are not known". */
export function notKnown(values: readonly string[], asCode = true): string {
  const words = asCode ? values.map((it) => `\`${it.replaceAll("`", "'")}\``) : values;
  return `${listed(words)} ${values.length === 1 ? "is" : "are"} not known`;
}

/** `room` is what the instance has for it: a clause behind a semicolon, or a sentence of its own. */
export function unknownReason(
  filter: FilterName,
  values: readonly string[],
  room: string | { readonly sentence: string },
  available?: string | number,
): Reason {
  const behind = typeof room !== "string" ? `. ${room.sentence}` : room === "" ? "." : `; ${room}.`;
  return {
    filter,
    code: "unknown-value",
    message: `${notKnown(values)}${behind}`,
    requested: listed(values),
    ...(available === undefined ? {} : { available }),
    unknown: true,
  };
}

/** The snapshot has something else there than it should, so that nobody knows what the instance has. */
export function unreadableReason(filter: FilterName, what: string, requested: string | number): Reason {
  return {
    filter,
    code: "unreadable",
    message: `The snapshot does not show ${what} in a form that can be read.`,
    requested,
    unknown: true,
    remedy: "Capture the snapshot again.",
  };
}
