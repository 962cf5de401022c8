/**
 * A snippet as plain text, for where no editor fills in its places: each keeps its text or the first of its choices, and
 * the caret goes to the first one, else to the end.
 */
export function plainSnippet(snippet: string): { readonly text: string; readonly caret: number } {
  let caret: number | undefined;
  let removed = 0;
  const text = snippet.replace(
    /\\([\\$}])|\$\{\d+\|([^|]*)\|\}|\$\{\d+:([^}]*)\}|\$\d+/g,
    (
      place: string,
      escaped: string | undefined,
      choices: string | undefined,
      word: string | undefined,
      at: number,
    ) => {
      const kept = escaped ?? choices?.split(",")[0] ?? word ?? "";
      if (escaped === undefined) caret ??= at - removed;
      removed += place.length - kept.length;
      return kept;
    },
  );
  return { text, caret: caret ?? text.length };
}
