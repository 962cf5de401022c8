// Negative operators that silently skip the instances without the attribute.

import { withoutGroups } from "../print";
import { type QueryFix, replacing } from "../problem";
import { builtInAttributes } from "../subjects";
import type { Comparison, Expression, Operator } from "../syntax";
import { attributeOf, type CheckScope, type Occurrence, report, sourceOf } from "./checkScope";
import { isNameOnly } from "./checkTraps";

export function checkSkipping(scope: CheckScope): void {
  for (const occurrence of scope.occurrences) checkOccurrence(scope, occurrence);
}

const positiveOf: ReadonlyMap<Operator, string> = new Map([
  ["!=", "=="],
  ["!in", "in"],
  ["!~", "=~"],
]);

function checkOccurrence(scope: CheckScope, occurrence: Occurrence): void {
  const { comparison, negated } = occurrence;
  const { operator, argument } = comparison;
  const subject = attributeOf(comparison);
  const positive = operator === undefined ? undefined : positiveOf.get(operator.operator);
  if (subject === undefined || operator === undefined || argument === undefined || positive === undefined)
    return;
  const { name } = subject;
  if (negated || builtInAttributes.get(name)?.always || isNameOnly(name)) return;
  if (!someLackIt(scope, name) || isDeliberate(occurrence, name)) return;
  const value = sourceOf(scope, argument.span);
  const replacement = `not(attribute:${name} ${positive} ${value})`;
  const fixes = [
    replacing(comparison.span, replacement, `Write ${replacement}`),
    withAlternative(scope, occurrence, name),
  ];
  const params = { name, operator: operator.text, replacement };
  report(scope, "expression-skips-missing-attribute", comparison.span, params, ...fixes);
}

function withAlternative(scope: CheckScope, { comparison, ancestors }: Occurrence, name: string): QueryFix {
  const bare = `attribute:${name} !exists or ${sourceOf(scope, comparison.span)}`;
  const parent = ancestors.at(-1);
  const loose = parent === undefined || parent.kind === "group" || parent.kind === "or";
  return replacing(comparison.span, loose ? bare : `(${bare})`, `Write ${bare}`);
}

/** Without a cluster nobody knows, so some may. */
function someLackIt({ context }: CheckScope, name: string): boolean {
  if (context.attributes === undefined || context.instances === undefined) return true;
  let having = 0;
  for (const count of context.attributes.get(name)?.values() ?? []) having += count;
  return having < context.instances;
}

/** Another clause beside it shows that the missing attribute was thought of. */
function isDeliberate({ comparison, ancestors }: Occurrence, name: string): boolean {
  for (const ancestor of ancestors) {
    if (ancestor.kind !== "and" && ancestor.kind !== "or") continue;
    const wanted = ancestor.kind === "and" ? asksForPresence : asksForAbsence;
    const others = ancestor.operands.map(withoutGroups).filter((it) => it !== comparison);
    if (others.some((it) => wanted(it, name))) return true;
  }
  return false;
}

/** True only where the attribute is there. */
function asksForPresence(expression: Expression, name: string): boolean {
  if (!isAbout(expression, name)) return false;
  return ["exists", "==", "in", "=~"].includes(expression.operator?.operator ?? "");
}

/** True where the attribute is missing. */
function asksForAbsence(expression: Expression, name: string): boolean {
  if (expression.kind === "not") return isAbout(withoutGroups(expression.operand), name);
  return isAbout(expression, name) && expression.operator?.operator === "!exists";
}

function isAbout(expression: Expression, name: string): expression is Comparison {
  return expression.kind === "comparison" && attributeOf(expression)?.name === name;
}
