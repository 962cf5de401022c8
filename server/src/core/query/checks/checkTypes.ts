// Operators that do not go with their subject, and values of the wrong type.

import { replacing } from "../problem";
import { type FieldEntry, fieldTable, typeNames, type ValueType } from "../subjects";
import type { FieldSubject, Operator, Value } from "../syntax";
import { readCount, readDate, readVersion } from "../values";
import { type CheckScope, type Occurrence, report, requoted, valuesOf } from "./checkScope";

export function checkTypes(scope: CheckScope): void {
  for (const occurrence of scope.occurrences) {
    const { subject } = occurrence.comparison;
    if (subject.kind === "field") checkField(scope, occurrence, subject);
    if (subject.kind === "attribute") checkAttributeOrder(scope, occurrence);
  }
}

function checkField(scope: CheckScope, { comparison }: Occurrence, subject: FieldSubject): void {
  const { operator } = comparison;
  const field = fieldTable[subject.name];
  if (operator !== undefined && !field.documented.includes(operator.operator)) {
    const senseless = field.senseless.includes(operator.operator);
    const params = { operator: operator.text, subject: subject.name, operators: list(field.documented) };
    if (senseless) {
      const type = typeNames[field.type];
      report(scope, "expression-operator-mismatch", operator.span, { ...params, type });
    } else report(scope, "expression-undocumented-operator", operator.span, params);
    if (senseless) return;
  }
  const isPattern = operator?.operator === "=~" || operator?.operator === "!~";
  if (isPattern) return;
  for (const value of valuesOf(comparison)) checkValue(scope, value, subject, field);
}

function checkValue(scope: CheckScope, value: Value, subject: FieldSubject, field: FieldEntry): void {
  if (isOfType(value.text, field.type)) return;
  const params = { subject: subject.name, expected: typeNames[field.type], value: value.text };
  const repaired = repair(value.text, field.type);
  const fixes =
    repaired === undefined ? [] : [replacing(value.span, requoted(value, repaired), `Change to ${repaired}`)];
  report(scope, "expression-value-type", value.span, params, ...fixes);
}

function checkAttributeOrder(scope: CheckScope, { comparison }: Occurrence): void {
  const { operator } = comparison;
  if (operator === undefined || !ordering.has(operator.operator)) return;
  report(scope, "expression-attribute-ordering", operator.span, { operator: operator.text });
}

const ordering: ReadonlySet<Operator> = new Set([">", ">=", "<", "<="]);

function isOfType(text: string, type: ValueType): boolean {
  switch (type) {
    case "boolean":
      return text === "true" || text === "false";
    case "version":
      return readVersion(text) !== undefined;
    case "date":
      return readDate(text) !== undefined;
    case "count":
      return readCount(text) !== undefined;
    default:
      return true;
  }
}

/** The value that was probably meant. */
function repair(text: string, type: ValueType): string | undefined {
  const candidate =
    type === "boolean"
      ? text.toLowerCase()
      : type === "version"
        ? text.replace(/^v/i, "")
        : type === "date"
          ? text.replace(" ", "T").replaceAll("/", "-")
          : text.replace(/\.0+$/, "");
  return candidate !== text && isOfType(candidate, type) ? candidate : undefined;
}

function list(operators: readonly string[]): string {
  return `${operators.slice(0, -1).join(", ")} and ${operators.at(-1) ?? ""}`;
}
