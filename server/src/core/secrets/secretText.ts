// Secrets inside one text: a command line, a connection string, a header, an address, a few lines of YAML.

import type { Span } from "../text/span";
import { isTellingName } from "./secretNames";
import { isLikelySecret, isPlaceholder, secretForms } from "./secretValues";
import { commandSecrets, shellWords } from "./secretWords";

/** Longer texts are searched this far: ECS takes 64 KiB. */
const longest = 200_000;

/** Where a text holds what is likely a secret, in no order; spans may overlap. */
export function secretSpans(text: string): readonly Span[] {
  if (text.length < 4) return [];
  const searched = text.slice(0, longest);
  // An ARN has the words `secret` and `parameter` before a colon and a name.
  const bare = searched.replace(/arn:[\w-]+:[\w-]*:[^\s"',]*/g, (it) => "#".repeat(it.length));
  return [
    ...forms(searched),
    ...addresses(searched),
    ...assignments(bare),
    ...wordings(bare),
    ...inWords(bare, 0),
  ];
}

/** Whether a text holds what is likely a secret. */
export function holdsSecret(text: string): boolean {
  return secretSpans(text).length > 0;
}

/**
 * Whether the value of a parameter or variable is likely a secret. Of `var.db_password` or `Database.Password` the last
 * part of the name says what it is.
 */
export function isSecretNamed(name: string, value: string): boolean {
  return holdsSecret(value) || isLikelySecret(name.split(".").at(-1) ?? name, value);
}

/** Words as attributes have them to name groups of instances: `gold`, `blue-green`, `v2`. */
const groupName = /^(?:[a-z]+(?:[-_.][a-z]+)*|[\w.-]{1,5})$/i;

/** The longest group name; a longer text of words may be a passphrase. */
const longestGroupName = 20;

/**
 * Whether the value that an instance's attribute has, or is compared with, is likely a secret. A group name such as the
 * `gold` of `secret-tier` is none, whatever the attribute is called.
 */
export function isAttributeSecret(name: string, value: string): boolean {
  const isGroupName = value.length <= longestGroupName && groupName.test(value);
  return isGroupName ? holdsSecret(value) : isSecretNamed(name, value);
}

/** A free text, such as a line of a log, without the secrets in it. */
export function withoutSecretParts(text: string, substitute?: string): string {
  return withoutSpans(text, secretSpans(text), substitute);
}

/** A text without what has the form of a secret: for sentences, in which names and values are no assignments. */
export function withoutSecretForms(text: string): string {
  return withoutSpans(text, forms(text));
}

/** A text without these parts, which may overlap. */
export function withoutSpans(text: string, parts: readonly Span[], substitute = "(not shown)"): string {
  const spans = [...parts].sort((left, right) => left.start - right.start);
  let shown = "";
  let at = 0;
  for (const { start, end } of spans) {
    if (start >= at) shown += text.slice(at, start) + substitute;
    at = Math.max(at, end);
  }
  return shown + text.slice(at);
}

function forms(text: string): readonly Span[] {
  return secretForms.flatMap((it) => matchesOf(text, it).map((found) => spanOf(found.index, found[0])));
}

/** All that a global pattern finds. Most texts hold nothing, and a search that finds nothing is the quickest. */
function matchesOf(text: string, pattern: RegExp): readonly RegExpExecArray[] {
  return text.search(pattern) < 0 ? [] : [...text.matchAll(pattern)];
}

const spanOf = (start: number, part: string): Span => ({ start, end: start + part.length });

/** A password before the host: `postgres://app:X@db`, `app:X@tcp(db:3306)`, and `https://TOKEN@host` of git servers. */
function addresses(text: string): readonly Span[] {
  if (!text.includes("@")) return [];
  const found: Span[] = [];
  for (const it of matchesOf(text, /:\/\/[^\s/:@"']{0,100}:([^\s/"']{1,300})@/g))
    add(found, it, it[1] ?? "", it[0].length - 1 - (it[1] ?? "").length);
  for (const it of matchesOf(text, /:\/\/([\w-]{20,300})@/g)) add(found, it, it[1] ?? "", 3);
  for (const it of matchesOf(
    text,
    /(?<![\w/.-])[\w.-]{1,100}:([^\s/:@"']{1,300})@(?!sha256:)[\w.-]{1,200}[:/(]/g,
  ))
    add(found, it, it[1] ?? "", it[0].indexOf(":") + 1);
  return found;
}

function add(found: Span[], match: RegExpExecArray, value: string, offset: number): void {
  if (value !== "" && !isPlaceholder(value)) found.push(spanOf(match.index + offset, value));
}

/** `name=value`, `name: value`, `"name": "value"`, each inside any text, so inside JSON, YAML and queries, too. */
function assignments(text: string): readonly Span[] {
  if (!/[=:]/.test(text)) return [];
  const found: Span[] = [];
  const name = /([\p{L}][\w.-]{0,100})(\\*["']?)(\s{0,5})(=>|:=|=(?!=)|:(?!:))(\s{0,5})/gu;
  for (let it = name.exec(text); it !== null; it = name.exec(text)) {
    const [, key = "", quote = "", , sign = "", space = ""] = it;
    const from = name.lastIndex;
    const value = valueAt(text, from, key);
    if (value === undefined) continue;
    const content = text.slice(value.start, value.end);
    const isTight = sign === ":" && space === "" && quote === "" && value.start === from;
    if (isTight && !isTightPair(text, it.index, content)) continue;
    if (isLikelySecret(key, content)) found.push(value);
  }
  return found;
}

/** `X-Token:abc` is a header, `registry/token:1.2` an image. */
function isTightPair(text: string, start: number, value: string): boolean {
  const before = text[start - 1] ?? "";
  return (
    !/[/\w.-]/.test(before) &&
    !/^(?:latest|v?\d+(?:_\w+)?(?:[.-]\w+)*)$/.test(value) &&
    !value.startsWith("/")
  );
}

/** The value that begins at `from`: what is in quotes, what is indented below a `|`, or else one word. */
function valueAt(text: string, from: number, name: string): Span | undefined {
  const rest = text.slice(from, from + 20_000);
  const [block] = /^[|>][+-]?\d?[ \t]*\n\s*/.exec(rest) ?? [];
  if (block !== undefined) return lineAt(text, from + block.length);
  const [quote] = /^\\*["']/.exec(rest) ?? [];
  if (quote !== undefined) return quoted(text, from + quote.length, quote);
  const isHeader = /auth/i.test(name);
  const [scheme = ""] = (isHeader && /^(?:bearer|basic|token|digest|apikey|aws4-\S+)\s+/i.exec(rest)) || [];
  const start = from + scheme.length;
  const [word = ""] = /^[^\s"',;&<>})\]|]+/.exec(text.slice(start, start + 20_000)) ?? [];
  return word === "" ? undefined : spanOf(start, word);
}

function lineAt(text: string, start: number): Span {
  const end = text.indexOf("\n", start);
  return { start, end: end < 0 ? text.length : end };
}

function quoted(text: string, start: number, quote: string): Span | undefined {
  for (let at = text.indexOf(quote, start); at >= 0; at = text.indexOf(quote, at + 1))
    if (quote.length > 1 || text[at - 1] !== "\\") return at > start ? { start, end: at } : undefined;
  return start < text.length ? { start, end: text.length } : undefined;
}

/** Forms of their own, each with the secret in its last group. */
const phrases: readonly RegExp[] = [
  /\b(?:authorization|bearer)\b["']?\s*[:=]?\s*["']?(?:bearer|basic|token)\s+([^\s"',;]{4,})/gi,
  /\bBearer\s+([\w.~+/=-]*[^a-z\s"',;][\w.~+/=-]*)/g,
  /\bidentified\s+by\s+["']([^"']+)/gi,
  /\b(?:login|user)\s+\S+\s+(?:password|passwd)\s+(\S+)/gi,
  /\b(?:requirepass|masterauth)\s+["']?([^\s"']+)/gi,
  /<([\w:.-]*(?:password|passwd|secret|token|api-?key|api_key)[\w:.-]*)>([^<\s]+)</gi,
  /\b(?:name|key)\s*:\s*["']?([\w.-]+)["']?\s*[,\n]\s*-?\s*value\s*:\s*["']?([^\s"',}]+)/gi,
  /\bpass:([^\s"']{4,})/g,
];
const namedPhrases = new Set([5, 6]);

function wordings(text: string): readonly Span[] {
  const found: Span[] = [];
  phrases.forEach((phrase, index) => {
    for (const it of matchesOf(text, phrase)) {
      const value = it.at(-1) ?? "";
      const isSecret = namedPhrases.has(index)
        ? isLikelySecret(it[1] ?? "", value)
        : value !== "" && !isPlaceholder(value);
      if (isSecret) found.push(spanOf(it.index + it[0].lastIndexOf(value), value));
    }
  });
  const [, header = "", value = ""] =
    /^([A-Za-z][\w.-]*)\s+(?:(?:bearer|basic|token)\s+)?(\S+)$/i.exec(text.trim()) ?? [];
  const isHeader = /[_-]|^authorization$/i.test(header);
  if (isHeader && isTellingName(header) && isLikelySecret(header, value))
    found.push(spanOf(text.lastIndexOf(value), value));
  return found;
}

/** A command line, taken apart as a shell does; a word of several words, as after `sh -c`, is one, too. */
function inWords(text: string, depth: number): readonly Span[] {
  const words = shellWords(text);
  if (words.length < 2) return [];
  const hidden = commandSecrets(words.map((it) => it.value));
  return words.flatMap((word, index) => {
    if (hidden.has(index)) return [{ start: word.start, end: word.end }];
    if (depth >= 3 || !/\s/.test(word.value) || word.value === text) return [];
    const inner = text.slice(word.start + 1, word.end - 1);
    return inWords(inner, depth + 1).map(({ start, end }) => ({
      start: start + word.start + 1,
      end: end + word.start + 1,
    }));
  });
}
