// Small checks of values from a state file, put together to checks of rows.

export type Check = (value: unknown) => boolean;

export const text: Check = (it) => typeof it === "string";
export const number: Check = (it) => typeof it === "number" && Number.isFinite(it);
export const flag: Check = (it) => typeof it === "boolean";
export const json: Check = (it) => typeof it === "object" && it !== null && !Array.isArray(it);
export const word =
  (...words: readonly string[]): Check =>
  (it) =>
    typeof it === "string" && words.includes(it);
export const list =
  (item: Check): Check =>
  (it) =>
    Array.isArray(it) && it.every(item);
export const optional =
  (check: Check): Check =>
  (it) =>
    it === undefined || check(it);
export const row =
  (members: Readonly<Record<string, Check>>): Check =>
  (it) =>
    json(it) &&
    Object.entries(members).every(([name, check]) => check((it as Record<string, unknown>)[name]));

export const tags = list(row({ key: text, value: optional(text) }));
