// What the chosen cluster knows better: attributes that no instance has, and values that none has.

import { nearestWord } from "../../text/spelling";
import { compilePattern } from "../patterns/pattern";
import { replacing } from "../problem";
import { isCustomAttribute } from "../subjects";
import type { AttributeSubject, Value } from "../syntax";
import { attributeOf, type CheckScope, type Occurrence, report, requoted, valuesOf } from "./checkScope";
import { isNameOnly } from "./checkTraps";

type Counts = ReadonlyMap<string, number>;

export function checkCluster(scope: CheckScope): void {
  const { attributes } = scope.context;
  if (attributes === undefined || attributes.size === 0) return;
  for (const occurrence of scope.occurrences) {
    const subject = attributeOf(occurrence.comparison);
    if (subject === undefined) continue;
    const counts = attributes.get(subject.name);
    if (counts === undefined) checkUnknownName(scope, occurrence, subject, [...attributes.keys()]);
    else checkUnknownValues(scope, occurrence, subject.name, counts);
  }
}

function checkUnknownName(
  scope: CheckScope,
  { comparison, negated }: Occurrence,
  { name, nameSpan }: AttributeSubject,
  names: readonly string[],
): void {
  const suggestion = nearestWord(name, names);
  // Asking for instances without it is legitimate before the first one has it.
  const asksForAbsence = (comparison.operator?.operator === "!exists") !== negated;
  if (suggestion === undefined && asksForAbsence) return;
  const custom = names.filter(isCustomAttribute);
  const known =
    custom.length === 0 ? "They have no attributes of their own." : `They have ${listed(custom)}.`;
  const advice = suggestion === undefined ? known : `Did you mean ${suggestion}?`;
  const fixes =
    suggestion === undefined
      ? []
      : [replacing(nameSpan, suggestion, `Change to ${shownValue(scope, name, suggestion)}`)];
  const params = { name, advice };
  report(scope, "expression-unknown-attribute", nameSpan, params, ...fixes);
}

function checkUnknownValues(
  scope: CheckScope,
  { comparison, negated }: Occurrence,
  name: string,
  counts: Counts,
): void {
  const operator = comparison.operator?.operator;
  // To exclude a value that nobody has yet is legitimate.
  if (negated || operator === undefined || isNameOnly(name)) return;
  for (const value of valuesOf(comparison)) {
    if (operator === "=~") checkUnmatched(scope, name, value, counts);
    else if ((operator === "==" || operator === "in") && !counts.has(value.text)) {
      reportUnknownValue(
        scope,
        name,
        value,
        `with the value '${shownValue(scope, name, value.text)}'`,
        counts,
      );
    }
  }
}

const shownValue = ({ context }: CheckScope, name: string, value: string): string =>
  context.shown?.(name, value) ?? value;

function checkUnmatched(scope: CheckScope, name: string, value: Value, counts: Counts): void {
  const pattern = compilePattern(value.text);
  if (pattern.reading.kind !== "exact") return;
  for (const known of counts.keys()) if (pattern.matches(known) !== false) return;
  reportUnknownValue(
    scope,
    name,
    value,
    `with a value that matches '${shownValue(scope, name, value.text)}'`,
    counts,
  );
}

function reportUnknownValue(
  scope: CheckScope,
  name: string,
  value: Value,
  what: string,
  counts: Counts,
): void {
  const known = [...counts.keys()].filter((it) => it !== "");
  const suggestion = nearestWord(value.text, known);
  const ranked = known.sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0));
  const count = suggestion === undefined ? 0 : (counts.get(suggestion) ?? 0);
  const advice =
    suggestion !== undefined
      ? `Did you mean ${shownValue(scope, name, suggestion)} (${count} of them)?`
      : known.length > 0
        ? `They have ${listed(ranked, (it) => shownValue(scope, name, it))}.`
        : "There it has no value.";
  const fixes =
    suggestion === undefined
      ? []
      : [
          replacing(
            value.span,
            requoted(value, suggestion),
            `Change to ${shownValue(scope, name, suggestion)}`,
          ),
        ];
  report(scope, "expression-unknown-value", value.span, { name, what, advice }, ...fixes);
}

function listed(words: readonly string[], show = (word: string) => word): string {
  const first = words.slice(0, 5).map(show).join(", ");
  return words.length > 5 ? `${first} and ${words.length - 5} more` : first;
}
