// Names and values that no attribute can have, and lists that are empty or repeat themselves.
// Source: Attribute in the API model.

import { countText } from "../../text/counts";
import { insideTypographic } from "../parse/typographicQuotes";
import { type QueryFix, replacing } from "../problem";
import { attributeName } from "../subjects";
import type { ListValue, Operator, Value } from "../syntax";
import { attributeOf, type CheckScope, type Occurrence, report, valuesOf } from "./checkScope";

export function checkLimits(scope: CheckScope): void {
  for (const occurrence of scope.occurrences) {
    checkName(scope, occurrence);
    checkValues(scope, occurrence);
    const { argument, operator } = occurrence.comparison;
    if (argument?.kind === "list") checkList(scope, argument, operator?.text ?? "in");
  }
}

function checkName(scope: CheckScope, { comparison }: Occurrence): void {
  const subject = attributeOf(comparison);
  // The parser has reported a name with spaces.
  if (subject === undefined || attributeName.test(subject.name) || /\s/.test(subject.name)) return;
  report(scope, "expression-invalid-attribute-name", subject.nameSpan, { name: subject.name, reason });
}

const reason = "a name has 1 to 128 letters, digits, hyphens, underscores, slashes, backslashes and periods";

function checkValues(scope: CheckScope, { comparison }: Occurrence): void {
  const { operator, subject } = comparison;
  if (subject.kind !== "attribute" || operator === undefined) return;
  if (!equality.has(operator.operator)) return;
  for (const value of valuesOf(comparison)) {
    const why = whyImpossible(value.text);
    if (why === undefined || isInBraces(scope, value)) continue;
    const params = { value: value.text, reason: why };
    const fixes = [...straightQuotes(value), ...patternInstead(value, operator.operator, operator.span)];
    report(scope, "expression-invalid-attribute-value", value.span, params, ...fixes);
  }
}

/** A list in other brackets is reported as a whole. */
const isInBraces = ({ query }: CheckScope, { span, text }: Value): boolean =>
  /^\{|\}$/.test(text) &&
  query.problems.some(
    (it) => it.code === "expression-expected-list" && it.span.start <= span.start && span.end <= it.span.end,
  );

const equality: ReadonlySet<Operator> = new Set(["==", "!=", "in", "!in"]);

/** Reports a pattern in quotes that the query language does not know; whether it did. */
export function checkQuotes(scope: CheckScope, value: Value): boolean {
  const fixes = straightQuotes(value);
  const reason = fixes.length === 0 ? undefined : whyImpossible(value.text);
  if (reason === undefined) return false;
  report(scope, "expression-invalid-attribute-value", value.span, { value: value.text, reason }, ...fixes);
  return true;
}

/** Why no attribute can have the value, by what PutAttributes takes; `undefined` where one can. */
export function whyImpossible(value: string): string | undefined {
  if (value === "") return "a value has at least one character";
  if (value.length > 128)
    return `a value has at most 128 characters and this one has ${countText(value.length)}`;
  if (value.startsWith(" ") || value.endsWith(" ")) return "a value neither begins nor ends with a space";
  const inside = insideTypographic(value);
  if (inside !== undefined)
    return `${value[0]} and ${value.at(-1)} are not quotes of the query language; use straight single quotes, '${inside}'`;
  const wrong = /[^A-Za-z0-9\-_.@/\\: ]/u.exec(value)?.[0];
  if (wrong === undefined) return undefined;
  const pattern = /[*?[\]()|+^$]/.test(wrong) ? "; a pattern needs =~" : "";
  return `'${wrong}' is not among the characters of a value${pattern}`;
}

/** `== “prod”`: the value in straight quotes. */
function straightQuotes(value: Value): readonly QueryFix[] {
  const inside = value.quote === undefined ? insideTypographic(value.text) : undefined;
  if (inside === undefined || inside.includes("'")) return [];
  return [replacing(value.span, `'${inside}'`, "Use straight single quotes", true)];
}

/** `== m5.*` was meant as a pattern. */
function patternInstead(
  value: Value,
  operator: Operator,
  span: Occurrence["comparison"]["span"],
): QueryFix[] {
  if (!/[*?[\]()|+^$]/.test(value.text) || (operator !== "==" && operator !== "!=")) return [];
  const instead = operator === "==" ? "=~" : "!~";
  return [replacing(span, instead, `Change to ${instead}`)];
}

function checkList(scope: CheckScope, list: ListValue, operator: string): void {
  if (list.items.length === 0) report(scope, "expression-empty-list", list.span, { operator });
  const seen = new Set<string>();
  for (const [index, item] of list.items.entries()) {
    const previous = list.items[index - 1];
    if (item.template) continue;
    if (seen.has(item.text) && previous !== undefined) {
      const withComma = { start: previous.span.end, end: item.span.end };
      const fix = replacing(withComma, "", "Remove the repeated value", true);
      report(scope, "expression-duplicate-list-item", item.span, { value: item.text }, fix);
    }
    seen.add(item.text);
  }
}
