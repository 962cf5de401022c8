// Takes known secrets out of finished texts: messages, titles, errors that quote what was sent.

/** What is shown in the place of a secret. */
export const notShown = "(not shown)";

/** Shorter texts may be part of any word: they are only taken out where they are a word of their own. */
const sureLength = 8;
/** A message may cut a long value and end it with an ellipsis. */
const cutLength = 8;

/** A function that takes `secrets` out of a text, also in the form in which JSON writes them, and where they are cut. */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const all = new Set(secrets.flatMap((it) => [it, JSON.stringify(it).slice(1, -1)]));
  const sorted = [...all]
    .filter((it) => it.trim().length >= 2)
    .sort((left, right) => right.length - left.length);
  if (sorted.length === 0) return (text) => text;
  const whole = new RegExp(sorted.map(patternOf).join("|"), "giu");
  const starts = sorted.filter((it) => it.length > cutLength);
  return (text) =>
    withoutCuts(
      text.replace(whole, () => notShown),
      starts,
    );
}

function patternOf(secret: string): string {
  const escaped = secret.replace(/[\\^$.*+?()[\]{}|/-]/g, (it) => `\\u{${it.charCodeAt(0).toString(16)}}`);
  return secret.length >= sureLength ? escaped : `(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`;
}

/** Before each ellipsis: the longest beginning of a secret that ends there. */
function withoutCuts(text: string, secrets: readonly string[]): string {
  return text.replace(/[^…]*?(?:…|\.\.\.)/gsu, (part) => {
    const mark = part.endsWith("…") ? 1 : 3;
    const before = part.slice(0, -mark);
    for (const it of secrets) {
      const at = before.lastIndexOf(it.slice(0, cutLength));
      if (at >= 0 && it.startsWith(before.slice(at))) return `${before.slice(0, at)}${notShown}`;
    }
    return part;
  });
}
