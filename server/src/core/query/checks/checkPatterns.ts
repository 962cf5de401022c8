// Patterns that Java rejects, that cannot be evaluated here, or that would select more if =~ searched instead of
// matching the whole value.

import { compilePattern, memoized, type Pattern } from "../patterns/pattern";
import { replacing } from "../problem";
import type { Value } from "../syntax";
import { checkQuotes } from "./checkLimits";
import { attributeOf, type CheckScope, type Occurrence, report, requoted, valuesOf } from "./checkScope";
import { sampleValues } from "./sampleValues";

export function checkPatterns(scope: CheckScope): void {
  for (const occurrence of scope.occurrences) {
    const operator = occurrence.comparison.operator?.operator;
    if (operator !== "=~" && operator !== "!~") continue;
    for (const value of valuesOf(occurrence.comparison)) checkPattern(scope, occurrence, value);
  }
}

function checkPattern(scope: CheckScope, occurrence: Occurrence, value: Value): void {
  if (checkQuotes(scope, value)) return;
  const pattern = compilePattern(value.text);
  const { reading } = pattern;
  if (reading.kind === "invalid") {
    const instead = filePatternAsRegex(value.text);
    const advice =
      instead === undefined
        ? ""
        : ` A pattern is a regular expression, not a file pattern. Did you mean ${instead}?`;
    const params = { pattern: value.text, reason: reading.reason, advice };
    const fixes =
      instead === undefined ? [] : [replacing(value.span, requoted(value, instead), `Change to ${instead}`)];
    report(scope, "expression-invalid-pattern", value.span, params, ...fixes);
  } else if (reading.kind === "unsupported") {
    report(scope, "expression-unsupported-pattern", value.span, { feature: reading.feature });
  } else checkAnchoring(scope, occurrence, value, pattern);
}

/** The regular expression that matches what the file pattern stands for; `undefined` where the text is no such. */
function filePatternAsRegex(text: string): string | undefined {
  if (!/^[\w.:/@*?{},-]+$/.test(text) || !/[*?]|\{[^{},]*,[^{}]*\}/.test(text)) return undefined;
  const regex = text
    .replace(/[.*?]/g, (it) => ({ ".": "\\.", "*": ".*", "?": "." })[it] ?? it)
    .replace(/\{([^{},]*,[^{}]*)\}/g, (_, items: string) => `(${items.replaceAll(",", "|")})`);
  return compilePattern(regex).reading.kind === "exact" ? regex : undefined;
}

function checkAnchoring(scope: CheckScope, { comparison }: Occurrence, value: Value, pattern: Pattern): void {
  const attribute = attributeOf(comparison)?.name;
  const inCluster = attribute === undefined ? undefined : scope.context.attributes?.get(attribute)?.keys();
  const samples = inCluster ?? (attribute === undefined ? undefined : sampleValues(attribute));
  const missed =
    samples === undefined
      ? []
      : inCluster === undefined
        ? missedSamples(`${attribute} ${value.text}`)
        : onlyFound(samples, pattern);
  if (samples === undefined ? !looksUnfinished(value.text) : missed.length === 0) return;
  const wider = widened(value.text, missed);
  const [best = ""] = wider;
  const example = missed.find((it) => compilePattern(best).matches(it) === true);
  const fixes = wider.map((it) => replacing(value.span, requoted(value, it), `Change to ${it}`));
  if (/^[\w-]+\*$/.test(value.text)) {
    const params = { pattern: value.text, replacement: best };
    report(scope, "expression-pattern-star", value.span, params, ...fixes);
    return;
  }
  const isGlob = fileNameStar.test(value.text);
  const consequence = `'${value.text}' ${isGlob ? "is a regular expression, not a file pattern, and repeats only the character before *" : "selects no value that merely contains it"}${example === undefined ? "" : `, so it does not select ${example}`}`;
  const advice = `Did you mean ${best}?`;
  report(scope, "expression-pattern-anchoring", value.span, { consequence, advice }, ...fixes);
}

/** The same for the samples of a built-in attribute; the key is its name, a space and the pattern. */
const missedSamples = memoized((key: string): readonly string[] => {
  const space = key.indexOf(" ");
  return onlyFound(sampleValues(key.slice(0, space)) ?? [], compilePattern(key.slice(space + 1)));
}, 200);

/** The values that the pattern finds something in without matching all of them. */
function onlyFound(samples: Iterable<string>, pattern: Pattern): readonly string[] {
  return [...samples].filter(
    (it) => it !== "" && pattern.finds(it) === true && pattern.matches(it) === false,
  );
}

/** A star as in file names: it follows a letter or digit. */
const fileNameStar = /(?<=^|[^\\])[A-Za-z0-9_-]\*/;

/** Without values to try: it ends in a literal, as a word to search for does, or has the star of a file name. */
function looksUnfinished(pattern: string): boolean {
  // A bracket behind the last closing one opens no class.
  const end = pattern.lastIndexOf("]") + 1;
  const outsideClasses = pattern.slice(0, end).replace(/\[[^\]]*\]/g, "[]") + pattern.slice(end);
  if (fileNameStar.test(outsideClasses)) return true;
  if (/^\(*(?:\.[*+]|\^|\\A)/.test(pattern)) return false;
  return /(?:^|[^\\])[A-Za-z0-9_@:/-]\)*$/.test(outsideClasses);
}

/** Patterns that match what a search for the pattern would find, the likeliest first. */
function widened(pattern: string, missed: readonly string[]): readonly string[] {
  const enclosed = /^\([^()]*\)$/.test(pattern) || !pattern.includes("|");
  const core = enclosed ? pattern : `(${pattern})`;
  const glob = pattern.replace(/([A-Za-z0-9_-])\*/g, "$1.*");
  const candidates = glob === pattern ? [`${core}.*`, `.*${core}.*`] : [glob];
  const fitting = candidates.filter((it) => {
    const { matches } = compilePattern(it);
    return missed.length === 0 || missed.some((value) => matches(value) === true);
  });
  return fitting.length > 0 ? fitting : [`.*${core}.*`];
}
