// What a placeholder looks like: the one grammar of everything that tools and people leave in a text to be filled in
// later. Files, the query language, constraints and the rules about secrets all use it.

import { trimmedEnd } from "./trimmedEnd";

/** A longer one is not a placeholder; the bound also keeps the search linear. */
const longest = 300;

/** How far behind its beginning an element is closed at most: the bound keeps the search linear. */
const longestElement = 2000;
const elementName = /[A-Za-z_][\w.-]{0,100}/y;

/** `$X`, `$(X)`, `<x>`, `%X%`, `%(x)s`, `#X#`, `##X##`, `@X@`, `@@X@@`, `__X__`, `[[X]]`, `((x))` by their first character. */
const named: Readonly<Record<string, RegExp>> = {
  $: /\$(?:[A-Za-z_]\w{0,200}|\([A-Za-z_][\w.-]{0,100}\))/y,
  // No colon inside: `attribute:a <b and attribute:c> d` is an expression, not a placeholder.
  "<": /<[A-Za-z_][\w.\-/ ,'’]{0,200}>/y,
  // In capitals only, where the mark is a character of ordinary texts.
  "%": /%(?:[A-Z][A-Z0-9_]{1,100}%|\([A-Za-z_]\w{0,100}\)[sd])/y,
  "#": /##?[A-Z][A-Z0-9_]{1,100}##?/y,
  "@": /@@?[A-Z][A-Z0-9_]{1,100}@@?/y,
  _: /__[A-Z][A-Z0-9_]{0,100}__/y,
  "[": /\[\[ ?[A-Z][A-Z0-9_]{1,100} ?\]\]/y,
  "(": /\(\([A-Za-z][\w.\-/]{0,100}\)\)/y,
};

/** `{x}` and `{INSERT the image}`: inside strings only, since elsewhere a brace opens an object. */
const braced = /\{(?:[A-Za-z_][\w.-]{0,100}|(?:INSERT|YOUR|ENTER|REPLACE|ADD|PUT)[ _-][\w .,'’/-]{1,100})\}/y;

/** What people write in the place of a whole value: `(set by the Makefile)`, `[YOUR API KEY]`. */
const phrases: Readonly<Record<string, RegExp>> = {
  // `(agentVersion exists)` is an expression of the query language.
  "(": /\((?![^()]{0,200}\bexists\b)[A-Za-z](?:[\w.,;'’/-]|: ?(?=[A-Z ])| (?=[\w'’(-])){0,200} [\w.,;'’/-]{1,60}\)/y,
  "[": /\[(?:[A-Z][A-Z0-9_'’-]{0,60}(?: [A-Z0-9_'’-]{1,60}){1,8}|(?:your|insert|enter|replace|put|add)[ _-][\w .'’-]{1,100})\]/iy,
};

/** The closing mark of a placeholder that begins with these two characters. */
const brackets: Readonly<Record<string, string>> = {
  "{{": "}}",
  "{%": "%}",
  "<%": "%>",
  "${": "}",
  "%{": "}",
  "#{": "}",
};

const firstCharacters: ReadonlySet<string> = new Set("{$<%@_([#");
const anyFirstCharacter = /[{$<%@_([#]/;

/** Whether a placeholder may begin with this character. */
export function mayBeginPlaceholder(char: string | undefined): boolean {
  return char !== undefined && firstCharacters.has(char);
}

/** Whether a text has a character that a placeholder may begin with: a cheap look before a thorough one. */
export function mayHoldPlaceholder(text: string): boolean {
  return anyFirstCharacter.test(text);
}

/** Where a placeholder is looked for. */
export interface PlaceholderScope {
  /** No placeholder reaches beyond this offset. */
  readonly limit: number;
  /** In a string or an expression, where braces are text. */
  readonly inString: boolean;
  /** `{{ x` and `${x` that are never closed count, up to the limit: somebody is still typing. */
  readonly unclosed?: boolean;
}

/**
 * Offset behind the placeholder that starts at `at`, or `undefined`. One in braces needs a letter soon, so that `"{{"`
 * in one string never pairs up with `"}}"` in another. Linear in the text.
 */
export function placeholderEnd(text: string, at: number, scope: PlaceholderScope): number | undefined {
  const first = text[at] as string;
  if (!mayBeginPlaceholder(first)) return undefined;
  const { limit, inString } = scope;
  const opening = first + (text[at + 1] ?? "");
  const mark = brackets[opening];
  const bracketed = mark === undefined ? undefined : closing(text, at, mark, limit);
  if (bracketed !== undefined) return bracketed;
  if (scope.unclosed && (opening === "{{" || opening === "${" || opening === "{%")) {
    const closes = text.indexOf(mark as string, at + 2);
    return closes < 0 || closes >= limit ? limit : closes + (mark as string).length;
  }
  if (isPartOfPattern(text, at) || isElement(text, at, limit)) return undefined;
  if (first === "{") return inString ? matchAt(braced, text, at, limit) : undefined;
  const pattern = named[first];
  const found = pattern && matchAt(pattern, text, at, limit);
  return found ?? (inString ? wholePhrase(text, at, limit) : undefined);
}

/**
 * Whether a text of Terraform holds a placeholder that somebody fills in before Terraform reads the file: a dollar sign
 * is Terraform's own there, or the container's shell's.
 */
export function holdsPlaceholderOfTerraform(text: string): boolean {
  return mayHoldPlaceholder(text) && holdsPlaceholder(text.replace(/\$(?:\w+|\([^()]*\)|\{[^{}]*\})/g, ""));
}

/** Whether a text holds a placeholder anywhere. Linear in the text. */
export function holdsPlaceholder(text: string): boolean {
  const scope = { limit: text.length, inString: true, unclosed: true };
  for (let at = 0; at < text.length; at += 1) {
    if (mayBeginPlaceholder(text[at]) && placeholderEnd(text, at, scope) !== undefined) return true;
  }
  return false;
}

/** `\p{Alpha}` is a class of a pattern, `(?<name>…)` a named group, `\k<name>` a reference to it. */
function isPartOfPattern(text: string, at: number): boolean {
  const before = text[at - 1] ?? "";
  const escaped = text[at - 2] === "\\";
  if (text[at] === "{") return escaped && /[pPxNk]/.test(before);
  if (text[at] !== "<") return false;
  return before === "?" || (before === "k" && escaped) || (before === "P" && text[at - 2] === "?");
}

/** `<source>…</source>`: what is closed again is XML, or a section of Fluentd's configuration. */
function isElement(text: string, at: number, limit: number): boolean {
  if (text[at] !== "<") return false;
  elementName.lastIndex = at + 1;
  const [name] = elementName.exec(text) ?? [];
  if (name === undefined) return false;
  return text.slice(at, Math.min(limit, at + longestElement)).includes(`</${name}>`);
}

/** A phrase has to be all of the string: from its opening quote up to the limit. */
function wholePhrase(text: string, at: number, limit: number): number | undefined {
  const pattern = phrases[text[at] as string];
  if (pattern === undefined || text[at - 1] !== '"' || text[at - 2] === "\\") return undefined;
  return limit - at <= longest && matchAt(pattern, text, at, limit) === limit ? limit : undefined;
}

function matchAt(pattern: RegExp, text: string, at: number, limit: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) && pattern.lastIndex <= limit ? pattern.lastIndex : undefined;
}

/** Braces inside belong together: `${jsonencode({ a = "b" })}`, `{{{x}}}`. */
function closing(text: string, at: number, mark: string, limit: number): number | undefined {
  const inside = text.slice(at + 2, Math.min(limit, at + longest));
  const end = mark === "}" ? balanced(inside) : inside.indexOf(mark);
  if (end < 0 || !/^[^A-Za-z"]{0,8}[A-Za-z]/.test(inside.slice(0, end))) return undefined;
  const isTriple = mark === "}}" && inside.startsWith("{") && inside.startsWith("}", end + 2);
  return at + 2 + end + mark.length + (isTriple ? 1 : 0);
}

/** Index of the brace that closes the one before the text. */
function balanced(inside: string): number {
  let depth = 0;
  for (let index = 0; index < inside.length; index += 1) {
    if (inside[index] === "{") depth += 1;
    else if (inside[index] === "}" && depth === 0) return index;
    else if (inside[index] === "}") depth -= 1;
  }
  return -1;
}

/** Words by which an author asks for a value: `YOUR_API_KEY`, `insert-token-here`, `<…>` and its like aside. */
const askingWord =
  /^(?:your|insert|enter|add|put|paste|replace|change|fill|provide|some|my)[-_ ]\w[\w'’]*(?:[- ]\w[\w'’]*)*$|^[a-z][a-z'’]*(?:[-_ ][a-z'’]+)*[-_ ]here$/i;
/** The name of a secret in its own place: `DD-API-KEY`, `LICENSE_KEY`, `ACCESS TOKEN`. */
const nameOfValue =
  /^[A-Z]{2,20}(?:[-_ ][A-Z]{2,20}){0,5}[-_ ](?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASS|CREDENTIALS?|ID|VALUE)$/;

/** Whether a value is words in the place of a value, such as `INSERT_API_KEY`. Ask it of secrets only. */
export function isStandIn(value: string): boolean {
  if (value.length > longest) return false;
  const bare = trimmedEnd(value.replace(/^[[({<"']+/, ""), `])}>"'`).trim();
  return askingWord.test(bare) || nameOfValue.test(bare);
}
