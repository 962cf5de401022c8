// Takes known secrets out of finished texts: messages, titles, errors that quote what was sent.

/** What is shown in the place of a secret. */
export const notShown = "(not shown)";

/** Shorter texts may be part of any word: they are only taken out where they are a word of their own. */
const sureLength = 8;
/** A message may cut a long value and end it with an ellipsis. */
const cutLength = 8;
/** Characters; a longer one is only taken out as it is written, in no other case. */
const longest = 2000;
/** Characters of secrets in one pattern. */
const mostInPattern = 4000;

/** A function that takes `secrets` out of a text, also in the form in which JSON writes them, and where they are cut. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const all = new Set(secrets.flatMap((it) => [it, JSON.stringify(it).slice(1, -1)]));
  const sorted = [...all]
    .filter((it) => it.trim().length >= 2)
    .sort((left, right) => right.length - left.length);
  if (sorted.length === 0) return (text) => text;
  const long = sorted.filter((it) => it.length > longest);
  const wholes = patternsOf(sorted.filter((it) => it.length <= longest));
  const starts = sorted.filter((it) => it.length > cutLength);
  return (text) => {
    const withoutLong = long.reduce((now, it) => now.replaceAll(it, () => notShown), text);
    const without = wholes.reduce((now, it) => now.replace(it, () => notShown), withoutLong);
    return withoutCuts(without, starts);
  };
}

/** The secrets, the longest first, as patterns of a size that the engine takes. */
function patternsOf(secrets: readonly string[]): readonly RegExp[] {
  const groups: string[][] = [];
  let size = mostInPattern;
  for (const it of secrets) {
    if (size + it.length > mostInPattern) {
      groups.push([]);
      size = 0;
    }
    groups.at(-1)?.push(patternOf(it));
    size += it.length;
  }
  return groups.map((it) => new RegExp(it.join("|"), "giu"));
}

function patternOf(secret: string): string {
  const escaped = secret.replace(/[\\^$.*+?()[\]{}|/-]/g, (it) => `\\u{${it.charCodeAt(0).toString(16)}}`);
  return secret.length >= sureLength ? escaped : `(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`;
}

/** Before each ellipsis: the longest beginning of a secret that ends there. */
function withoutCuts(text: string, secrets: readonly string[]): string {
  const parts = text.split(/(…|\.\.\.)/);
  let whole = "";
  for (let index = 0; index < parts.length; index += 2) {
    const [before = "", mark] = [parts[index], parts[index + 1]];
    whole += mark === undefined ? before : (withoutCut(before, secrets) ?? before + mark);
  }
  return whole;
}

/** What is in the place of a text that ends with the beginning of a secret; `undefined` for any other text. */
function withoutCut(text: string, secrets: readonly string[]): string | undefined {
  for (const it of secrets) {
    const at = text.lastIndexOf(it.slice(0, cutLength));
    if (at >= 0 && it.startsWith(text.slice(at))) return `${text.slice(0, at)}${notShown}`;
  }
  return undefined;
}
