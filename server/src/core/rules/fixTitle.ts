// Titles of quick fixes. Names of properties in them are marked as such, so that each file's own spelling can take their place.

import { type NewValue, shownValue } from "../source/change";
import type { Node } from "../source/node";

/** A property; `value`: the value it has where it is, unless that is at the place of the diagnostic. */
class PropertyName {
  constructor(
    readonly name: string,
    readonly value: Node | undefined,
  ) {}
}

/** A property with a value to come: `"launchType": "EC2"`. */
class Entry {
  constructor(
    readonly name: string,
    readonly value: NewValue,
  ) {}
}

/** A text, which is shown as it is, or texts with marked names between them. */
export type FixTitle = string | readonly (string | PropertyName | Entry)[];

/** How a title names what is marked in it. */
export interface TitleWords {
  property(it: PropertyName): string;
  entry(it: Entry): string;
}

/** Writes a title with marked names: title`Remove '${property("hostPort")}'`. */
export function title(
  texts: TemplateStringsArray,
  ...parts: readonly (string | number | PropertyName | Entry)[]
): FixTitle {
  return texts.flatMap((text, index) => {
    const part = parts[index];
    if (part === undefined) return [text];
    return [text, typeof part === "number" ? String(part) : part];
  });
}

/** Marks the name of a property in a title. */
export function property(name: string, value?: Node): PropertyName {
  return new PropertyName(name, value);
}

/** Marks a property with the value that it gets. */
export function entry(name: string, value: NewValue): Entry {
  return new Entry(name, value);
}

const wordsOfApi: TitleWords = {
  property: ({ name }) => name,
  entry: ({ name, value }) => `"${name}": ${shownValue(value)}`,
};

/** The title as a text; without `words` in the names of the API. */
export function titleText(given: FixTitle, words: TitleWords = wordsOfApi): string {
  if (typeof given === "string") return given;
  return given
    .map((it) => (typeof it === "string" ? it : it instanceof Entry ? words.entry(it) : words.property(it)))
    .join("");
}
