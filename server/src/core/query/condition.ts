// The condition of a comparison: what its operator and argument require of a value, by the type of the subject.

import { internedText } from "./internedText";
import { compilePattern } from "./patterns/pattern";
import { fieldTable, type ValueType } from "./subjects";
import type { Comparison, Operator, Value } from "./syntax";
import type { Truth } from "./target";
import { compareVersions, readCount, readDate, readVersion } from "./values";

export interface Condition {
  readonly kind: "existence" | "values" | "pattern";
  /** Of `exists`: true, of `!exists`: false. */
  readonly exists: boolean;
  /** The operator negates: != !in !~ !exists. */
  readonly negative: boolean;
  readonly text: (value: string) => Truth;
  /** Whether to test a text again costs less than to look up what was found. */
  readonly isQuick: boolean;
  readonly number: (value: number) => Truth;
  /** The same without the negation of the operator. */
  readonly positive: (value: string) => Truth;
  /** Why a value's outcome is unknown, if it is. */
  readonly doubt: (value: string) => string;
}

export interface Undecidable {
  readonly kind: "undecidable";
  readonly why: string;
}

/** What the comparison asks; undecidable where nobody can know the answer for any instance. */
export function conditionOf({ subject, operator: use, argument }: Comparison): Condition | Undecidable {
  if (subject.kind === "unknown")
    return undecidable(subject.template ? placeholder : "the subject is unknown");
  if (subject.kind === "attribute" && subject.template) return undecidable(placeholder);
  if (subject.kind === "attribute" && subject.name === "") return undecidable("the comparison is incomplete");
  if (use === undefined) return undecidable("the comparison is incomplete");
  const { operator } = use;
  const negative = operator.startsWith("!");
  if (operator === "exists" || operator === "!exists") {
    if (subject.kind === "field" && fieldTable[subject.name].senseless.includes(operator))
      return undecidable(`${operator} does not apply to ${subject.name}`);
    return { ...nothing, kind: "existence", exists: !negative, negative };
  }
  const values = argument?.kind === "list" ? argument.items : argument === undefined ? undefined : [argument];
  if (values === undefined || listMismatch(operator, argument?.kind)) {
    return undecidable("the comparison is incomplete");
  }
  if (values.some((it) => it.template)) return undecidable(placeholder);
  const type = subject.kind === "field" ? fieldTable[subject.name].type : "text";
  if (subject.kind === "field" && fieldTable[subject.name].senseless.includes(operator))
    return undecidable(`${operator} does not apply to ${subject.name}`);
  return operator === "=~" || operator === "!~"
    ? patternTest(values[0]?.text ?? "", negative)
    : valueTest(type, operator, values);
}

const placeholder = "a placeholder stands for it";

const nothing: Condition = {
  kind: "values",
  exists: false,
  negative: false,
  text: () => "unknown",
  isQuick: true,
  number: () => "unknown",
  positive: () => "unknown",
  doubt: () => "the outcome is unknown",
};

function undecidable(why: string): Undecidable {
  return { kind: "undecidable", why };
}

function listMismatch(operator: Operator, kind: "list" | "value" | undefined): boolean {
  return (operator === "in" || operator === "!in") !== (kind === "list");
}

function patternTest(text: string, negative: boolean): Condition | Undecidable {
  const pattern = compilePattern(text);
  if (pattern.reading.kind !== "exact") return undecidable("the pattern cannot be evaluated");
  return {
    ...nothing,
    kind: "pattern",
    negative,
    isQuick: pattern.isQuick,
    text: negative ? (value) => not(pattern.matches(value)) : pattern.matches,
    number: (value) => (negative ? not(pattern.matches(String(value))) : pattern.matches(String(value))),
    positive: pattern.matches,
    doubt: pattern.doubt,
  };
}

function valueTest(type: ValueType, operator: Operator, values: readonly Value[]): Condition | Undecidable {
  switch (type) {
    case "text":
    case "taskGroup":
      return textTest(operator, values);
    case "boolean":
      if (!values.every((it) => it.text === "true" || it.text === "false")) return wrongType;
      return textTest(operator, values);
    case "version":
      return versionTest(operator, values);
    case "date":
      return numberTest(
        operator,
        values.map((it) => readDate(it.text)),
      );
    case "count":
      return numberTest(
        operator,
        values.map((it) => readCount(it.text)),
      );
  }
}

const wrongType = undecidable("the value has the wrong type");

function textTest(operator: Operator, values: readonly Value[]): Condition | Undecidable {
  if (ordering.has(operator)) return undecidable(`how ECS orders values with ${operator} is not documented`);
  const negative = operator.startsWith("!");
  const [first] = values;
  const wanted = new Set(values.map((it) => it.text));
  const only = values.length === 1 && first !== undefined ? internedText(first.text) : undefined;
  const positive =
    only === undefined ? (value: string) => wanted.has(value) : (value: string) => value === only;
  return { ...nothing, negative, positive, text: negative ? (value) => !positive(value) : positive };
}

function versionTest(operator: Operator, values: readonly Value[]): Condition | Undecidable {
  const wanted: (readonly number[])[] = [];
  for (const value of values) {
    const version = readVersion(value.text);
    if (version === undefined) return wrongType;
    wanted.push(version);
  }
  const holds = holdsFor(operator);
  return {
    ...nothing,
    text: (value) => {
      const version = readVersion(value);
      if (version === undefined) return "unknown";
      return holds(wanted.map((it) => compareVersions(version, it)));
    },
    doubt: () => "it is not a valid version",
  };
}

function numberTest(operator: Operator, values: readonly (number | undefined)[]): Condition | Undecidable {
  const wanted = values.filter((it) => it !== undefined);
  if (wanted.length < values.length) return wrongType;
  const holds = holdsFor(operator);
  return { ...nothing, number: (value) => holds(wanted.map((it) => value - it)) };
}

const ordering: ReadonlySet<Operator> = new Set([">", ">=", "<", "<="]);

/** Whether the operator holds, given how a value differs from each wanted one. */
function holdsFor(operator: Operator): (differences: readonly number[]) => boolean {
  switch (operator) {
    case ">":
      return ([it = 0]) => it > 0;
    case ">=":
      return ([it = 0]) => it >= 0;
    case "<":
      return ([it = 0]) => it < 0;
    case "<=":
      return ([it = 0]) => it <= 0;
    case "!=":
    case "!in":
      return (all) => all.every((it) => it !== 0);
    default:
      return (all) => all.some((it) => it === 0);
  }
}

function not(truth: Truth): Truth {
  return truth === "unknown" ? truth : !truth;
}
