import type { JsonObject } from "./input";

/** JSON with members in the order of their names, so that equal inputs are equal texts. */
export function canonicalJson(value: JsonObject): string {
  return JSON.stringify(value, (_name, it: unknown) =>
    typeof it === "object" && it !== null && !Array.isArray(it)
      ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1)))
      : it,
  );
}
