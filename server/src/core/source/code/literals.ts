// String literals of programming languages and the shell: their value, and where each of its characters is written.

import { type ContentMap, mapOfStarts } from "../contentMap";
import type { Node } from "../node";

export type CodeFamily = "script" | "python" | "go" | "cSharp" | "java" | "shell" | "jsonnet";

const families: readonly (readonly [CodeFamily, RegExp])[] = [
  ["script", /\.[cm]?[jt]sx?$/i],
  ["python", /\.py$/i],
  ["go", /\.go$/i],
  ["cSharp", /\.cs$/i],
  ["java", /\.java$/i],
  ["shell", /\.(?:sh|bash)$/i],
  ["jsonnet", /\.(?:jsonnet|libsonnet)$/i],
];

/** The language of a file by its name. */
export function codeFamilyOf(file: string): CodeFamily | undefined {
  return families.find(([, names]) => names.test(file))?.[0];
}

/** Prefix and opening quote of a literal. */
const openings: Readonly<Record<CodeFamily, RegExp>> = {
  script: /['"`]/y,
  python: /[rRbBuUfF]{0,2}(?:'''|"""|['"])/y,
  go: /["`]/y,
  cSharp: /[$@]{0,2}"/y,
  java: /"/y,
  shell: /['"]/y,
  jsonnet: /@?['"]/y,
};

/** Longer than any expression that ECS accepts, with escapes. */
const longest = 20_000;

/** `$1`, `$@`, `$(command …)`, a command in backquotes: what the shell puts there has no name, and may have any quotes. */
const nameless = /`|\$(?:[\d@*#?!$]|\((?![A-Za-z_][\w.-]{0,100}\)))/;

/** Whether the shell computes a part of a text that nobody can name. */
export function isComputedByShell(text: string): boolean {
  return nameless.test(text) || withoutBraces(text).includes("${");
}

/** `${…}` that are closed are gone. */
const withoutBraces = (value: string) => value.replace(/\$\{[^{}]*\}/g, "");

/**
 * The literal that begins at an offset; `undefined` where there is none, or its text is computed in a way that cannot be
 * shown (`f"{x}"`). `${…}` in a template string and `$X` in the shell are placeholders, which make it unknown.
 */
export function readLiteral(text: string, at: number, family: CodeFamily): Node | undefined {
  const pattern = openings[family];
  pattern.lastIndex = at;
  const opening = pattern.exec(text)?.[0];
  if (opening === undefined) return undefined;
  const [, prefix = "", quote = ""] = /^([^'"`]*)(.*)$/.exec(opening) ?? [];
  const isRaw =
    /[r@]/i.test(prefix) || (family === "go" && quote === "`") || (family === "shell" && quote === "'");
  const isMultiLine = quote.length === 3 || quote === "`" || isRaw || family === "shell";
  // A long string in three quotes takes its indentation away in some of the languages.
  if (family === "java" && text.startsWith('""', at + 1)) return undefined;
  const starts: number[] = [];
  let value = "";
  let offset = at + opening.length;
  for (const end = Math.min(text.length, offset + longest); ; ) {
    if (offset >= end) return undefined;
    if (text.startsWith(quote, offset)) {
      const isDoubled = (family === "cSharp" || family === "jsonnet") && isRaw && text[offset + 1] === quote;
      if (!isDoubled) break;
      value += quote;
      starts.push(offset);
      offset += 2;
      continue;
    }
    if (!isMultiLine && /[\r\n]/.test(text[offset] ?? "")) return undefined;
    const [decoded, length] = isRaw ? [text[offset] ?? "", 1] : unescaped(text, offset, family);
    for (let index = 0; index < decoded.length; index += 1) starts.push(offset);
    value += decoded;
    offset += length;
  }
  starts.push(offset);
  const isFormatted = /[f$]/i.test(prefix);
  if (isFormatted && /[{}]/.test(value)) return undefined;
  const isTemplate =
    quote === "`" && family === "script" ? /\$\{/ : family === "shell" && !isRaw ? /\$|`/ : undefined;
  // A program in the braces may have quotes and braces of its own.
  if (family === "script" && withoutBraces(value).includes("${")) return undefined;
  if (family === "shell" && !isRaw && isComputedByShell(value)) return undefined;
  const map = mapOfStarts(starts);
  return {
    type: "string",
    offset: at,
    length: offset + quote.length - at,
    value,
    content: (): ContentMap => map,
    ...(isTemplate?.test(value) && { unknown: true as const }),
  };
}

const letters: Readonly<Record<string, string>> = {
  n: "\n",
  r: "\r",
  t: "\t",
  b: "\b",
  f: "\f",
  v: "\v",
  "0": "\0",
};

/** A character, or what an escape stands for, with the length that it is written in. */
function unescaped(text: string, at: number, family: CodeFamily): readonly [string, number] {
  if (text[at] !== "\\") return [text[at] ?? "", 1];
  const next = text[at + 1] ?? "";
  if (family === "shell") return /["\\$`]/.test(next) ? [next, 2] : next === "\n" ? ["", 2] : ["\\", 1];
  const code = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4}))/.exec(text.slice(at + 1, at + 6));
  const digits = code?.[1] ?? code?.[2];
  if (code !== null && digits !== undefined)
    return [String.fromCharCode(Number.parseInt(digits, 16)), code[0].length + 1];
  if (next === "\n") return ["", 2];
  const letter = Object.hasOwn(letters, next) ? letters[next] : undefined;
  // Python keeps the backslash of an escape that it does not know.
  if (letter === undefined && family === "python" && !/['"\\]/.test(next)) return ["\\", 1];
  return [letter ?? next, 2];
}
