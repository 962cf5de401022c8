// What a placeholder looks like: the marks of the tools that fill in task definitions before ECS sees them.

/** A longer one is no placeholder; the bound also keeps the search linear. */
const longest = 300;

/** `$X`, `<x>`, `%X%`, `@X@`, `__X__`, `[[X]]`, `((x))` … by their first character; `{x}` only inside strings. */
const named: Readonly<Record<string, RegExp>> = {
  $: /\$[A-Za-z_]\w{0,200}/y,
  // No colon inside: `attribute:a <b and attribute:c> d` is an expression, not a placeholder.
  "<": /<[A-Za-z_][\w.\-/ ]{0,200}>/y,
  // In capitals only, where the mark is a character of ordinary texts.
  "%": /%[A-Z][A-Z0-9_]{1,100}%/y,
  "@": /@@?[A-Z][A-Z0-9_]{1,100}@@?/y,
  _: /__[A-Z][A-Z0-9_]{0,100}__/y,
  "[": /\[\[[A-Z][A-Z0-9_]{1,100}\]\]/y,
  "(": /\(\([A-Za-z][\w.\-/]{0,100}\)\)/y,
};
const braced = /\{[A-Za-z_][\w.-]{0,100}\}/y;

/** The closing mark of a placeholder that begins with these two characters. */
const brackets: Readonly<Record<string, string>> = {
  "{{": "}}",
  "{%": "%}",
  "<%": "%>",
  "${": "}",
  "%{": "}",
  "#{": "}",
};

/** Whether a placeholder may begin with this character. */
export function mayBeginPlaceholder(char: string | undefined): boolean {
  switch (char) {
    case "{":
    case "$":
    case "<":
    case "%":
    case "@":
    case "_":
    case "(":
    case "[":
    case "#":
      return true;
    default:
      return false;
  }
}

/**
 * Offset behind the placeholder that starts at `at`, or `undefined`. None reaches beyond `limit`, and one in
 * braces needs a letter soon, so that `"{{"` in one string never pairs up with `"}}"` in another.
 */
export function placeholderEnd(
  text: string,
  at: number,
  limit: number,
  inString: boolean,
): number | undefined {
  const first = text[at] as string;
  if (!mayBeginPlaceholder(first)) return undefined;
  const mark = brackets[first + (text[at + 1] ?? "")];
  const bracketed = mark === undefined ? undefined : closing(text, at, mark, limit);
  if (bracketed !== undefined) return bracketed;
  // `\p{Alpha}` is a class of a pattern, `(?<name>…)` a named group.
  const before = text[at - 1];
  if (first === "{") {
    return inString && before !== "p" && before !== "P" ? matchAt(braced, text, at, limit) : undefined;
  }
  if (first === "<" && before === "?") return undefined;
  const pattern = named[first];
  return pattern && matchAt(pattern, text, at, limit);
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
