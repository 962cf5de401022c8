// Interns a text: engines keep one copy of each property name and compare two such copies by address, which is faster where
// one text is compared with the values of thousands of instances.

/** The same text, in the copy that the engine keeps of it. */
export function internedText(text: string): string {
  return Object.keys({ [text]: true })[0] ?? text;
}
