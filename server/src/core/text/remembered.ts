// What was made of texts, kept for those that come again: most of a file is as it was before the last keystroke.

/** The same result for the same text; where more than `most` are kept, the older half is forgotten. */
export function rememberByText<T>(most: number, make: (text: string) => T): (text: string) => T {
  const kept = new Map<string, { readonly made: T }>();
  return (text) => {
    const known = kept.get(text);
    if (known !== undefined) return known.made;
    if (kept.size >= most) for (const old of [...kept.keys()].slice(0, most / 2)) kept.delete(old);
    const made = make(text);
    kept.set(text, { made });
    return made;
  };
}
