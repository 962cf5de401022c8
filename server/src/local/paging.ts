// Pages of a list in a fixed order. The token is the key after which the next page begins, so that a list that changes
// between two pages neither repeats nor skips what stayed.

import { invalidParameter } from "./errors";
import { type JsonObject, optionalInteger, optionalText } from "./input";

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

function readToken(token: string): string {
  const text = Buffer.from(token, "base64url").toString("utf8");
  if (!text.startsWith("after ")) throw invalidParameter("Invalid token.");
  return text.slice("after ".length);
}

/** The size of the page that a request asks for; ECS's default is its maximum for all lists but a few. */
export function pageSize(input: JsonObject, most: number, otherwise: number = most): number {
  const size = optionalInteger(input, "maxResults");
  if (size === undefined) return otherwise;
  if (size < 1 || size > most) {
    throw invalidParameter(`maxResults must be between 1 and ${most}.`);
  }
  return size;
}

/**
 * A page of `all`, which is in the order of `compare`ing its keys (plain text order without one).
 * `size` is the number of items at most.
 */
export function pageOf<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  input: JsonObject,
  size: number,
  compare: (a: string, b: string) => number = (a, b) => (a < b ? -1 : a > b ? 1 : 0),
): Page<T> {
  const token = optionalText(input, "nextToken");
  const start = token === undefined || token === "" ? 0 : firstAfter(all, keyOf, readToken(token), compare);
  const items = all.slice(start, start + size);
  const last = items.at(-1);
  const more = last !== undefined && start + size < all.length;
  return {
    items,
    nextToken: more ? Buffer.from(`after ${keyOf(last)}`, "utf8").toString("base64url") : undefined,
  };
}

function firstAfter<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  key: string,
  compare: (a: string, b: string) => number,
): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = all[middle];
    if (item !== undefined && compare(keyOf(item), key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
