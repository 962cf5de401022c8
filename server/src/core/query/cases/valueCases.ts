// The cases of the values of one subject: for every value that a container instance could have, the truth of the
// comparisons with that subject is one of these. There may be cases that cannot occur, and none is left out, so what holds
// in all cases holds for all instances.

import { compileComparison } from "../compiledComparison";
import { compilePattern } from "../patterns/pattern";
import type { Comparison } from "../syntax";
import type { QueryTarget } from "../target";
import { readCount, readDate, readVersion } from "../values";

/** One case: the truth of the subject's comparisons, in their order. */
export interface ValueCase {
  readonly truths: readonly boolean[];
  /** The instance has a value here: not so where the attribute is missing or a name only. */
  readonly valued: boolean;
}

/** More patterns than this on one subject are taken as independent of everything else. */
const patternLimit = 4;

/** The cases of comparisons that all have the same subject; undefined where they cannot be told. */
export function valueCasesOf(comparisons: readonly Comparison[]): readonly ValueCase[] | undefined {
  const subject = comparisons[0]?.subject;
  if (subject === undefined || subject.kind === "unknown") return undefined;
  if (subject.kind === "attribute") return textCases(comparisons, true);
  switch (subject.name) {
    case "ec2InstanceId":
      return textCases(comparisons, false);
    case "agentConnected":
      return targetCases(comparisons, [{ agentConnected: true }, { agentConnected: false }]);
    case "runningTasksCount":
      return targetCases(comparisons, countTargets(comparisons));
    case "registeredAt":
      return targetCases(comparisons, dateTargets(comparisons));
    case "agentVersion":
      // Between versions of six segments there is no room for another one that can be read.
      if (textsOf(comparisons).some((it) => (readVersion(it)?.length ?? 0) > 5)) return undefined;
      return targetCases(comparisons, versionTargets(comparisons));
    case "task:group":
      return undefined;
  }
}

function textCases(
  comparisons: readonly Comparison[],
  canBeMissing: boolean,
): readonly ValueCase[] | undefined {
  const clauses = comparisons.map(compileComparison);
  const literals = new Set<string>();
  const patterns = new Map<string, ReturnType<typeof compilePattern>>();
  for (const { operator, argument } of comparisons) {
    const items = argument?.kind === "list" ? argument.items : argument === undefined ? [] : [argument];
    const isPattern = operator?.operator === "=~" || operator?.operator === "!~";
    for (const { text } of items) {
      if (isPattern) patterns.set(text, compilePattern(text));
      else literals.add(text);
    }
  }
  if (patterns.size > patternLimit) return undefined;
  const cases: ValueCase[] = [];
  const add = (truths: readonly (boolean | "unknown")[], valued: boolean): boolean => {
    const known = truths.filter((it) => it !== "unknown");
    cases.push({ truths: known, valued });
    return known.length === truths.length;
  };
  let certain = true;
  if (canBeMissing) {
    certain =
      add(
        clauses.map((it) => it.judge(undefined)),
        false,
      ) && certain;
    certain =
      add(
        clauses.map((it) => it.judge(null)),
        false,
      ) && certain;
  }
  for (const literal of literals)
    certain =
      add(
        clauses.map((it) => it.judge(literal)),
        true,
      ) && certain;
  for (const matching of possibleMatches([...patterns.keys()])) {
    certain =
      add(
        comparisons.map((it) => truthOfOther(it, matching)),
        true,
      ) && certain;
  }
  return certain ? distinct(cases) : undefined;
}

/** The truth for a value that no comparison names and that matches just these patterns. */
function truthOfOther({ operator, argument }: Comparison, matching: ReadonlySet<string>): boolean {
  const text = argument?.kind === "value" ? argument.text : "";
  switch (operator?.operator) {
    case "=~":
      return matching.has(text);
    case "!~":
      return !matching.has(text);
    case "!=":
    case "!in":
    case "exists":
      return true;
    default:
      return false;
  }
}

/** Every set of patterns that some value might match, by what their texts begin with. */
function possibleMatches(patterns: readonly string[]): readonly ReadonlySet<string>[] {
  let sets: ReadonlySet<string>[] = [new Set()];
  for (const pattern of patterns) {
    const fitting = sets.filter((it) => [...it].every((other) => canShareValue(pattern, other)));
    const matched = fitting.map((it) => new Set([...it, pattern]));
    sets = pattern === ".*" ? matched : [...sets, ...matched];
  }
  return sets;
}

function canShareValue(one: string, other: string): boolean {
  const [first, second] = [literalStart(one), literalStart(other)];
  return first.startsWith(second) || second.startsWith(first);
}

/** What every value that matches must begin with, as far as that is plain to see. */
function literalStart(pattern: string): string {
  if (/[|\\]/.test(pattern)) return "";
  const start = /^[A-Za-z0-9_-]*/.exec(pattern)?.[0] ?? "";
  // A quantifier makes the last character optional.
  return /[*?{]/.test(pattern[start.length] ?? "") ? start.slice(0, -1) : start;
}

function targetCases(
  comparisons: readonly Comparison[],
  targets: readonly Omit<QueryTarget, "attributes">[],
): readonly ValueCase[] | undefined {
  const clauses = comparisons.map(compileComparison);
  const attributes = new Map<string, string>();
  const cases: ValueCase[] = [];
  for (const target of targets) {
    const truths = clauses.map((it) => it.judge(it.read({ attributes, ...target })));
    const known = truths.filter((it) => it !== "unknown");
    if (known.length < truths.length) return undefined;
    cases.push({ truths: known, valued: true });
  }
  return cases.length === 0 ? undefined : distinct(cases);
}

function textsOf(comparisons: readonly Comparison[]): readonly string[] {
  return comparisons.flatMap(({ argument }) =>
    argument === undefined
      ? []
      : argument.kind === "list"
        ? argument.items.map((it) => it.text)
        : argument.text,
  );
}

/** Each named number, its neighbors, and the least there is. */
function countTargets(comparisons: readonly Comparison[]) {
  const counts = textsOf(comparisons).flatMap((it) => {
    const count = readCount(it);
    return count === undefined ? [] : [count - 1, count, count + 1];
  });
  return [0, ...counts].filter((it) => it >= 0).map((it) => ({ runningTasksCount: it }));
}

function dateTargets(comparisons: readonly Comparison[]) {
  return textsOf(comparisons).flatMap((it) => {
    const date = readDate(it);
    return date === undefined ? [] : [date - 1, date, date + 1].map((at) => ({ registeredAt: at }));
  });
}

/** A version, one just above it and, where there is one, one just below it. */
function versionTargets(comparisons: readonly Comparison[]) {
  return textsOf(comparisons).flatMap((it) => {
    const version = readVersion(it);
    if (version === undefined) return [];
    const last = version.findLastIndex((segment) => segment > 0);
    const below = version
      .slice(0, last + 1)
      .map((segment, index) => (index === last ? segment - 1 : segment));
    const texts = [it, `${version.slice(0, 5).join(".")}.1`];
    if (last >= 0) texts.push([...below.slice(0, 5), 999_999_999].join("."));
    return texts.map((agentVersion) => ({ agentVersion }));
  });
}

function distinct(cases: readonly ValueCase[]): readonly ValueCase[] {
  const seen = new Map<string, ValueCase>();
  for (const each of cases) seen.set(`${each.valued}${each.truths.join()}`, each);
  return [...seen.values()];
}
