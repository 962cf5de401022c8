// What stands in a plain value for something that nobody knows yet: a placeholder, and lists or objects to which one may
// add items or members.

/** A value that a placeholder stands for. */
export class UnknownValue {
  /** `template` is the placeholder as it is written, quotes of a string included. */
  constructor(readonly template: string) {}
}

const openings = new WeakMap<object, string>();

/** Notes that a list or object may hold more than can be seen; `template` is what says so, as written. */
export function markOpenValue<Value extends object>(value: Value, template: string): Value {
  openings.set(value, template);
  return value;
}

/** What may add to the list or object, as written; `undefined` where it is as it seems. */
export function openingOf(value: unknown): string | undefined {
  return typeof value === "object" && value !== null ? openings.get(value) : undefined;
}

/**
 * What leaves the values at a path open, each placeholder once, without quotes: the value itself, a list or object on
 * the way that is a placeholder or may get more of them; of very many the first. Lists are walked item by item. Empty:
 * all of it is known.
 */
export function unknownAt(value: unknown, ...path: readonly string[]): readonly string[] {
  const found = new Set<string>();
  collect(value, path, found);
  return [...found];
}

/** More than a message names. */
const mostFound = 10;

function collect(value: unknown, path: readonly string[], found: Set<string>): void {
  if (found.size >= mostFound) return;
  if (value instanceof UnknownValue) {
    found.add(written(value.template));
    return;
  }
  const [name, ...rest] = path;
  const opening = openingOf(value);
  if (Array.isArray(value)) {
    if (opening !== undefined) found.add(written(opening));
    for (const item of value) collect(item, path, found);
  } else if (typeof value === "object" && value !== null && name !== undefined) {
    if (Object.hasOwn(value, name)) collect((value as Readonly<Record<string, unknown>>)[name], rest, found);
    else if (opening !== undefined) found.add(written(opening));
  }
}

const longest = 60;

/** The placeholder as a message shows it. */
function written(template: string): string {
  const bare = template.replace(/^"([\s\S]*)"$/, "$1").trim();
  return bare.length > longest ? `${bare.slice(0, longest - 1)}…` : bare;
}
