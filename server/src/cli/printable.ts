// Names and values come from other people's files: shown raw, a control character in one could rewrite the terminal.

/** The text with every control character, line breaks included, and every direction override written out as `\u{…}`. */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (it) => `\\u{${it.charCodeAt(0).toString(16)}}`,
  );
}
