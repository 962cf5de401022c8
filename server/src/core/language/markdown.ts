// Text of other people's files inside of Markdown: a hover must not load their pictures or show their links.

import { largestOf } from "../text/lists";

/** The text as code, whatever it holds: backticks, line breaks and Markdown of its own included. */
export function codeSpan(text: string): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ");
  const runs = [...line.matchAll(/`+/g)].map((it) => it[0].length);
  const fence = "`".repeat(1 + largestOf([0, ...runs]));
  return fence === "`" ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}

/** The text as plain text: nothing in it is Markdown. */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, " ").replace(/[\\`*[\]<>&]/g, "\\$&");
}
