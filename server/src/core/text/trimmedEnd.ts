/**
 * The text without the characters that it ends in. A pattern such as `/x+$/` looks at a run of them once for each, which
 * takes long where something follows the run.
 */
export function trimmedEnd(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1] as string)) end -= 1;
  return text.slice(0, end);
}
