// Compiles a comparison: what it reads of a container instance, what that comes to, and how it is explained.

import { type Condition, conditionOf } from "./condition";
import { internedText } from "./internedText";
import { memoized } from "./patterns/pattern";
import type { Comparison, FieldName } from "./syntax";
import type { QueryTarget, Truth } from "./target";

/**
 * What a comparison found: a value, `null` for an attribute without a value, `undefined` for an attribute that the
 * instance lacks or a field that nobody knows.
 */
export type Reading = string | number | boolean | readonly string[] | null | undefined | typeof unreadable;

/** The source has something there that cannot be read. */
const unreadable = Symbol("unreadable");

export interface CompiledComparison {
  readonly read: (target: QueryTarget) => Reading;
  readonly judge: (reading: Reading) => Truth;
  /** For a reader: "env is dev". */
  readonly describe: (reading: Reading) => string;
  /** The name of the attribute, where the subject is one that can be looked up. */
  readonly attribute: string | undefined;
  /** For a value of the attribute that is there; remembers what it said. */
  readonly test: (value: string) => Truth;
}

/** Prepares a comparison for many container instances. */
export function compileComparison(comparison: Comparison): CompiledComparison {
  const { subject } = comparison;
  const test = conditionOf(comparison);
  if (test.kind === "undecidable" || subject.kind === "unknown") {
    const why = test.kind === "undecidable" ? test.why : "the subject is unknown";
    return {
      read: () => undefined,
      judge: () => "unknown",
      describe: () => why,
      attribute: undefined,
      test: () => "unknown",
    };
  }
  return subject.kind === "attribute"
    ? attributeClause(internedText(subject.name), test)
    : fieldClause(subject.name, test);
}

function attributeClause(name: string, test: Condition): CompiledComparison {
  const remembered = test.isQuick ? test.text : memoized(test.text);
  const isExistence = test.kind === "existence";
  const read = (target: QueryTarget): Reading => {
    const value = target.attributes.get(name);
    if (value !== undefined) return value;
    if (isUnreadable(target, name, isExistence)) return unreadable;
    return target.attributes.has(name) ? null : undefined;
  };
  const judge = (reading: Reading): Truth => {
    if (reading === unreadable) return "unknown";
    if (test.kind === "existence") return (reading !== undefined) === test.exists;
    // Whatever is asked of a value that is not there is false, negatives included.
    return typeof reading === "string" ? remembered(reading) : false;
  };
  const describe = (reading: Reading): string => {
    if (reading === undefined) return `${name} is not set`;
    if (reading === unreadable) return `its attribute ${name} cannot be read`;
    if (test.kind === "existence") return `the instance has the attribute ${name}`;
    if (reading === null) return `${name} is a name without a value`;
    return `${name} is ${String(reading)}${judge(reading) === "unknown" ? `, and ${test.doubt(String(reading))}` : ""}`;
  };
  return { read, judge, describe, attribute: name, test: remembered };
}

/** Of an attribute without a value in the map: whether the source may have one. */
export function isUnreadable(
  { attributes, unreadableAttributes }: QueryTarget,
  name: string,
  isExistence: boolean,
): boolean {
  if (unreadableAttributes === undefined) return false;
  if (unreadableAttributes === "all") return !attributes.has(name);
  return !isExistence && unreadableAttributes.has(name);
}

function fieldClause(name: FieldName, test: Condition): CompiledComparison {
  const remembered = memoized(test.text);
  const read = (target: QueryTarget): Reading => (name === "task:group" ? target.taskGroups : target[name]);
  const judge = (reading: Reading): Truth => {
    if (reading === undefined || reading === unreadable) return "unknown";
    if (test.kind === "existence") return test.exists;
    if (typeof reading === "object" && reading !== null) return anyGroup(reading, test);
    if (typeof reading === "number") return test.number(reading);
    return remembered(String(reading));
  };
  const describe = (reading: Reading): string => {
    if (typeof reading === "object" && reading !== null) return describeGroups(reading, test);
    if (reading === unreadable) return `its ${name} cannot be read`;
    const doubt = typeof reading === "string" && judge(reading) === "unknown";
    return `${describeField(name, reading)}${doubt ? `, and ${test.doubt(reading)}` : ""}`;
  };
  return { read, judge, describe, attribute: undefined, test: remembered };
}

/** Some task of the instance is in the group; for a negative operator: no task is. */
function anyGroup(groups: readonly string[], test: Condition): Truth {
  let truth: Truth = false;
  for (const group of groups) {
    const one = test.positive(group);
    if (one === true) return !test.negative;
    if (one === "unknown") truth = "unknown";
  }
  return truth === "unknown" ? truth : test.negative;
}

function describeField(name: FieldName, reading: string | number | boolean | null | undefined): string {
  if (reading === undefined || reading === null)
    return name === "task:group" ? "the tasks of the instance are not known" : `its ${name} is not known`;
  if (name === "registeredAt" && typeof reading === "number") return `${name} is ${dateText(reading)}`;
  return `${name} is ${String(reading)}`;
}

/** Groups beyond these are only counted. */
const mostGroups = 3;

/** The groups that decided are named first, so that none of them is only counted. */
function describeGroups(groups: readonly string[], test: Condition): string {
  if (groups.length === 0) return "no task runs on the instance";
  const rank = (group: string) => ({ true: 0, unknown: 1, false: 2 })[`${test.positive(group)}`];
  const named = [...new Set(groups)].sort((left, right) => rank(left) - rank(right));
  const more = named.length - mostGroups;
  const shown = named.slice(0, mostGroups).join(", ");
  return `its task groups are ${shown}${more > 0 ? ` and ${more} more` : ""}`;
}

function dateText(time: number): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? String(time) : date.toISOString();
}
