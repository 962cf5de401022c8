// Quotes as a word processor writes them, and as Markdown does: ECS reads them as ordinary characters.

/** Opening quote → the quotes that may close it. */
const partners: ReadonlyMap<string, string> = new Map([
  ["“", "”“"],
  ["”", "”"],
  ["„", "“”"],
  ["‟", "”"],
  ["‘", "’‘"],
  ["’", "’"],
  ["‚", "‘’"],
  ["‛", "’"],
  ["«", "»"],
  ["»", "«"],
  ["‹", "›"],
  ["›", "‹"],
  ["`", "`´"],
  ["´", "´"],
]);

/** The end (exclusive) of the text in typographic quotes that starts at `at`, or -1. */
export function endOfTypographic(text: string, at: number): number {
  const closing = partners.get(text[at] ?? "");
  if (closing === undefined) return -1;
  for (let end = at + 1; end < text.length; end += 1)
    if (closing.includes(text[end] ?? "")) return end > at + 1 ? end + 1 : -1;
  return -1;
}

/** What stands between the typographic quotes that enclose the whole text; `undefined` where none do. */
export function insideTypographic(text: string): string | undefined {
  return endOfTypographic(text, 0) === text.length ? text.slice(1, -1) : undefined;
}
