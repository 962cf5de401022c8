// Pages of a list in a fixed order. The token is the key after which the next page begins, so that a list that changes
// between two pages neither repeats nor skips what stayed.

import { createHash } from "node:crypto";
import { clusterNameOf } from "../arns";
import { invalidParameter } from "../errors";
import { canonicalJson } from "./canonicalJson";
import { type JsonObject, optionalInteger, optionalText } from "./input";

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/** A list that is asked for: its operation and the request's body. */
export interface ListRequest {
  readonly operation: string;
  readonly input: JsonObject;
}

/** A token continues the list that it came from, whatever the size of the pages: not another one, nor other filters. */
function beginningOfToken({ operation, input }: ListRequest): string {
  const { nextToken: _token, maxResults: _size, cluster, ...filters } = input;
  const given = Object.entries(filters).filter(([, value]) => value !== null && value !== "");
  const name = typeof cluster === "string" ? clusterNameOf(cluster) : "default";
  const list = canonicalJson({ operation, name, ...Object.fromEntries(given) });
  return `${createHash("sha256").update(list).digest("base64url").slice(0, 12)} after `;
}

function readToken(token: string, request: ListRequest): string {
  const beginning = beginningOfToken(request);
  const text = Buffer.from(token, "base64url").toString("utf8");
  if (!text.startsWith(beginning)) throw invalidParameter("Invalid token.");
  return text.slice(beginning.length);
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

type Compare = (a: string, b: string) => number;
const textOrder: Compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** A page of `size` items at most; `all` is in the order of `compare`ing its keys (plain text order without one). */
export function pageOf<T>(
  all: readonly T[],
  keyOf: (item: T) => string,
  request: ListRequest,
  size: number,
  compare: Compare = textOrder,
): Page<T> {
  return pageWhere(all, { keyOf, compare, matches: () => true }, request, size);
}

/** The same for those items that match: no more of the list is looked at than the page needs. */
export function pageWhere<T>(
  all: readonly T[],
  list: {
    readonly keyOf: (item: T) => string;
    readonly compare?: Compare;
    readonly matches: (item: T) => boolean;
  },
  request: ListRequest,
  size: number,
): Page<T> {
  const { keyOf, compare = textOrder, matches } = list;
  const token = optionalText(request.input, "nextToken") ?? "";
  const start = token === "" ? 0 : firstAfter(all, keyOf, readToken(token, request), compare);
  const items: T[] = [];
  for (let index = start; index < all.length; index += 1) {
    const item = all[index];
    if (item === undefined || !matches(item)) continue;
    const last = items.at(-1);
    // One more than the page holds: there is another page.
    if (items.length === size && last !== undefined)
      return { items, nextToken: tokenAfter(keyOf(last), request) };
    items.push(item);
  }
  return { items, nextToken: undefined };
}

const tokenAfter = (key: string, request: ListRequest): string =>
  Buffer.from(beginningOfToken(request) + key, "utf8").toString("base64url");

/** The position of the first item whose key comes after `key`, by halving. */
function firstAfter<T>(all: readonly T[], keyOf: (item: T) => string, key: string, compare: Compare): number {
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
