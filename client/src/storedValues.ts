// What VS Code kept for a workspace or a page, perhaps under another version or changed by hand: anything may be there.

/** An object's own values; none of anything else. */
export function storedValues(stored: unknown): Readonly<Record<string, unknown>> {
  return typeof stored === "object" && stored !== null && !Array.isArray(stored) ? { ...stored } : {};
}

/** The texts of a list; none of anything else. */
export function storedTexts(stored: unknown): readonly string[] {
  return Array.isArray(stored) ? stored.filter((it) => typeof it === "string") : [];
}
