// Names that no task group of a service or family can have: a space behind the colon, a capital, a star.

import { replacing } from "../problem";
import type { Value } from "../syntax";
import { type CheckScope, report, requoted, valuesOf } from "./checkScope";

const exact: ReadonlySet<string> = new Set(["==", "!=", "in", "!in"]);

/** Other groups are named freely (RunTask takes any text), so that only these two forms can be judged. */
export function checkTaskGroups(scope: CheckScope): void {
  for (const { comparison } of scope.occurrences) {
    const { subject, operator } = comparison;
    if (subject.kind !== "field" || subject.name !== "task:group") continue;
    if (operator === undefined || !exact.has(operator.operator)) continue;
    for (const value of valuesOf(comparison)) checkGroup(scope, value);
  }
}

function checkGroup(scope: CheckScope, value: Value): void {
  const [, prefix = "", name = ""] = /^\s*(service|family)\s*:(.*)$/is.exec(value.text) ?? [];
  if (prefix === "" || /^(?:service|family):[A-Za-z0-9_-]{1,255}$/.test(value.text)) return;
  const kind = prefix.toLowerCase();
  const bare = name.trim();
  if (bare === "" && isCutOff(scope, value)) return;
  const isName = /^[A-Za-z0-9_-]{1,255}$/.test(bare);
  const meant = `${kind}:${bare}`;
  const fixes = isName ? [replacing(value.span, requoted(value, meant), `Change to ${meant}`)] : [];
  const params = {
    value: value.text,
    reason: isName ? `it is written ${kind}:NAME, in lower case and without spaces` : whyNot(kind, bare),
    advice: isName ? `Write ${meant}.` : adviceFor(bare),
  };
  report(scope, "expression-task-group", value.span, params, ...fixes);
}

/** `service: web`: the parser has said that what follows does not belong there. */
function isCutOff({ query }: CheckScope, { span }: Value): boolean {
  return query.problems.some(
    (it) =>
      it.code === "expression-unexpected-text" && query.text.slice(span.end, it.span.start).trim() === "",
  );
}

function whyNot(kind: string, name: string): string {
  if (name === "") return `the name of the ${kind} is missing`;
  const wrong = /[^A-Za-z0-9_-]/u.exec(name)?.[0];
  return wrong === undefined
    ? `the name of a ${kind} has at most 255 characters`
    : `'${wrong}' is not among the characters of the name of a ${kind}`;
}

function adviceFor(name: string): string {
  return /[*?]/.test(name) ? "A pattern needs =~, and any characters are .* there." : "Write the name.";
}
