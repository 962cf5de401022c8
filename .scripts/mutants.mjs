// Finds places of compiled code where a small change makes it wrong, for `.scripts/mutate.mjs`.

/**
 * @typedef {object} Mutant
 * @property {string} file
 * @property {number} line from 1, of the compiled file
 * @property {string} change what is changed, for a person
 * @property {number} start
 * @property {number} end
 * @property {string} text what replaces the code from start to end
 */

/** Tokens that are swapped, each with what it becomes. @type {readonly (readonly [RegExp, (found: string) => string])[]} */
const swaps = [
  [/ === | !== /g, (it) => (it === " === " ? " !== " : " === ")],
  [/ <= | >= | < | > /g, (it) => (it.includes("=") ? it.replace("=", "") : `${it.trimEnd()}= `)],
  [/ && | \|\| /g, (it) => (it === " && " ? " || " : " && ")],
  [/ \+ | - /g, (it) => (it === " + " ? " - " : " + ")],
  [/\btrue\b|\bfalse\b/g, (it) => (it === "true" ? "false" : "true")],
  // Not the 0 of `(0, module_1.call)(…)`, which the compiler writes.
  [/(?<![\w.$])(?<!\((?=0, ))\d+(?![\w.])/g, (it) => String(Number(it) + 1)],
  [/\.every\(|\.some\(/g, (it) => (it === ".every(" ? ".some(" : ".every(")],
];

/** Every mutant of a compiled file, by place. @param {string} file @param {string} code @returns {Mutant[]} */
export function mutantsOf(file, code) {
  const masked = withoutTexts(code);
  const lineAt = lineFinder(code);
  const made = (/** @type {number} */ start, /** @type {number} */ end, /** @type {string} */ text) => ({
    file,
    line: lineAt(start),
    change: `${code.slice(start, end).trim()} → ${text.trim() === "" ? "(nothing)" : text.trim()}`,
    start,
    end,
    text,
  });
  const swapped = swaps.flatMap(([pattern, becomes]) =>
    [...masked.matchAll(pattern)].map((it) => made(it.index, it.index + it[0].length, becomes(it[0]))),
  );
  const negated = [...masked.matchAll(/\bif \(/g)].flatMap((it) => {
    const open = it.index + it[0].length - 1;
    const close = closingOf(masked, open);
    return close < 0 ? [] : [made(open, close + 1, `(!${code.slice(open, close + 1)})`)];
  });
  const dropped = [...masked.matchAll(/^ +(?:[\w.$#]+(?:\?\.\w+)*\([^\n]*\)|continue|return);$/gm)].map(
    (it) => made(it.index, it.index + it[0].length, ";"),
  );
  return [...swapped, ...negated, ...dropped]
    .filter((it) => !/^Object\.defineProperty\(exports|^exports\.|require\(/.test(lineOf(code, it.start)))
    .sort((one, other) => one.start - other.start || one.end - other.end);
}

/** The code in as many characters, with blanks in the place of comments, strings, templates and patterns. */
export function withoutTexts(/** @type {string} */ code) {
  const token =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`|(?<=[=(,:;!&|?[{\n]\s*|return )\/(?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/g;
  return code.replace(token, (it) => it.replace(/[^\n]/g, "_"));
}

/** The place of the parenthesis that closes the one at `open`, or -1. @param {string} code @param {number} open */
function closingOf(code, open) {
  let depth = 0;
  for (let at = open; at < code.length; at++) {
    if (code[at] === "(") depth++;
    else if (code[at] === ")" && --depth === 0) return at;
  }
  return -1;
}

/** @param {string} code @param {number} at */
function lineOf(code, at) {
  const end = code.indexOf("\n", at);
  return code.slice(code.lastIndexOf("\n", at - 1) + 1, end < 0 ? undefined : end);
}

/** @param {string} code */
function lineFinder(code) {
  const starts = [0, ...[...code.matchAll(/\n/g)].map((it) => it.index + 1)];
  return (/** @type {number} */ at) => starts.filter((it) => it <= at).length;
}

/** A number that depends on the text alone, by which a sample is drawn: FNV-1a. @param {string} text */
export function hashOf(text) {
  let hash = 2166136261;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
  return hash;
}
