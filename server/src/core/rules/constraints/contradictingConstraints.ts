// Several constraints hold together, those of the task definition and of the service too: can they all be true?

import { checkQuery } from "../../query/checks/check";
import { parseQuery } from "../../query/parse/parser";
import { type PlacementExpression, placementExpressions } from "../../resources/placementExpressions";
import type { Resource } from "../../resources/resource";
import { serviceView } from "../../resources/serviceView";
import { type TaskDefinitionView, taskDefinitionView } from "../../resources/taskDefinitionView";
import { get, stringOf } from "../../source/tree";
import type { Report, Rule } from "../rule";

export const contradictingConstraints: Rule = {
  codes: ["constraints-contradict", "constraint-excludes-platform"],
  check({ document, workspace }, report) {
    const own = expressionsOf(document);
    const service = serviceView(document);
    const task = service && workspace.findTaskDefinition?.(service.taskDefinition);
    const theirs = task ? expressionsOf(task) : [];
    checkPlatform(taskDefinitionView(task ?? document), own, report);
    if (own.length === 0 || own.length + theirs.length < 2) return;
    // One question for all of them first; which two it is matters only if they contradict each other at all.
    if (!isContradiction(conjunction([...own, ...theirs]))) return;
    const readable = own.filter(couldBeTrue);
    readable.forEach((expression, index) => {
      const earlier = readable.slice(0, index).find((it) => contradict(it, expression));
      if (earlier) say(expression, earlier, undefined, report);
    });
    for (const expression of readable) {
      const other = theirs.filter(couldBeTrue).find((it) => contradict(it, expression));
      if (other && task) say(expression, other, task.source.file, report);
    }
  },
};

/** The attributes that instances of the task's platform have. */
function checkPlatform(
  task: TaskDefinitionView | undefined,
  own: readonly PlacementExpression[],
  report: Report,
): void {
  const platform = get(task?.input, "runtimePlatform");
  const architecture = stringOf(get(platform, "cpuArchitecture"));
  const demands = [
    ...(task?.os ? [{ platform: task.os, text: `attribute:ecs.os-type == ${task.os}` }] : []),
    ...(architecture === "ARM64" || architecture === "X86_64"
      ? [{ platform: architecture, text: `attribute:ecs.cpu-architecture == ${architecture.toLowerCase()}` }]
      : []),
  ];
  for (const { platform, text } of demands) {
    for (const expression of own) {
      if (!isContradiction(`(${expression.text}) and ${text}`) || !couldBeTrue(expression)) continue;
      report("constraint-excludes-platform", expression.span, { platform });
    }
  }
}

/** ECS accepts ten constraints; more are an error anyway. */
const most = 10;

function expressionsOf(document: Resource): readonly PlacementExpression[] {
  const all = placementExpressions(document).slice(0, most);
  return all.filter((it) => it.type === "memberOf" && it.text && !it.template && it.text.length <= 2000);
}

/** Expressions with a placeholder were left out before. */
const asText = { placeholders: false };

/** What explains by itself why an expression is never true. */
const neverTrue: ReadonlySet<string> = new Set([
  "expression-contradiction",
  "expression-value-case",
  "expression-impossible-value",
]);

/** Whether an expression can be read, and nothing in itself makes it false. */
function couldBeTrue({ text = "" }: PlacementExpression): boolean {
  const parsed = parseQuery(text, asText);
  return (
    parsed.problems.every(({ code }) => code === "expression-needless-parentheses") &&
    !checkQuery(parsed).some(({ code }) => neverTrue.has(code))
  );
}

function isContradiction(text: string): boolean {
  return checkQuery(parseQuery(text, asText)).some((it) => it.code === "expression-contradiction");
}

function contradict(left: PlacementExpression, right: PlacementExpression): boolean {
  return isContradiction(conjunction([left, right]));
}

const conjunction = (expressions: readonly PlacementExpression[]) =>
  expressions.map((it) => `(${it.text})`).join(" and ");

function say(
  expression: PlacementExpression,
  other: PlacementExpression,
  file: string | undefined,
  report: Report,
): void {
  const where = file === undefined ? "another constraint" : "a constraint of the task definition";
  report(
    "constraints-contradict",
    expression.span,
    { where, other: other.text ?? "" },
    {
      related: [
        { message: "The other constraint.", span: other.span, ...(file === undefined ? {} : { file }) },
      ],
    },
  );
}
