// `ecs-daemon compare`: does ECS read an expression as we do?

import { printable } from "../../core/text/printable";
import { compareExpression, type ExpressionComparison } from "../../ecs/compareExpression";
import { EcsError } from "../../ecs/port";
import { type Command, exitCodes, InputError } from "../command";
import { targetHelp } from "../help";
import { choiceOption, onlyPositional, requiredOption } from "../input/arguments";
import { targetOf, targetOptions, targetSynopsis, withEcs } from "../input/target";
import { describeError } from "../output/remedyText";
import type { Terminal } from "../output/terminal";
import { columns, json, paragraph } from "../output/textLayout";
import { productVersion } from "../productVersion";

export const compareCommand: Command = {
  name: "compare",
  synopsis: `EXPRESSION --cluster NAME ${targetSynopsis} [--format text|json]`,
  summary: "Compares which instances an expression selects in ECS and in this tool.",
  help: `
  EXPRESSION          one expression of the cluster query language, quoted for
                      the shell: 'attribute:env == prod'
  --cluster NAME      the cluster${targetHelp}
  --format FORMAT     text (default) or json

ECS answers by "list-container-instances --filter". Where the two differ, the
text ends with a bug report that holds no ids, ARNs or account numbers; the
attribute values that decided are in it.

Exit code 0 if they select the same, 1 if not, 2 if both refuse the expression.
Needs the actions ecs:ListContainerInstances, ecs:DescribeContainerInstances,
ecs:ListTasks and ecs:DescribeTasks.`,
  options: { ...targetOptions, cluster: { type: "string" }, format: { type: "string" } },
  run: async ({ values, positionals }, terminal) => {
    const format = choiceOption(values, "format", ["text", "json"]);
    const expression = onlyPositional(positionals, "EXPRESSION");
    const cluster = requiredOption(values, "cluster", "NAME");
    const signal = terminal.interruption();
    const request = { cluster, expression, version: productVersion() };
    const found = await withEcs(targetOf(values, terminal), terminal, (ecs) =>
      compareExpression(ecs, request, signal),
    ).catch((error: unknown) => {
      // Half an answer compares nothing, and is no difference either.
      if (!(error instanceof EcsError) || error.name !== "IncompleteAnswer") throw error;
      throw new InputError(`The cluster "${cluster}" cannot be read: ${describeError(error)}`);
    });
    terminal.write(format === "json" ? json(found) : textOf(found, terminal));
    if (found.ecs.refused !== undefined && found.ours.refused !== undefined) return exitCodes.unusable;
    return found.agrees ? exitCodes.good : exitCodes.bad;
  },
};

function textOf(found: ExpressionComparison, terminal: Terminal): string {
  const { ecs, ours, onlyEcs, onlyOurs, undecided, sentence, bugReport } = found;
  const refusals = [
    ...(ecs.refused === undefined ? [] : [`ECS: ${ecs.refused}`]),
    ...(ours.refused === undefined ? [] : [`This tool: ${ours.refused}`]),
  ];
  const rows = [
    ...onlyEcs.map((it) => [
      { text: "only ECS", color: "red" as const },
      { text: it.id },
      { text: it.because },
    ]),
    ...onlyOurs.map((it) => [
      { text: "only here", color: "red" as const },
      { text: it.id },
      { text: it.because },
    ]),
    ...undecided.map((it) => [
      { text: "unknown", color: "yellow" as const },
      { text: it.id },
      { text: `${it.because} ECS ${it.selectedByEcs ? "selects it" : "does not select it"}.` },
    ]),
  ];
  const table = rows.length === 0 ? "" : `\n${columns(terminal, rows)}`;
  return `${[sentence, ...refusals].map((it) => paragraph(terminal, it)).join("")}${table}${reportText(bugReport)}`;
}

function reportText(bugReport: string | undefined): string {
  if (bugReport === undefined) return "";
  const lines = bugReport.trimEnd().split("\n");
  return `\nA bug report, ready to be posted:\n\n${lines.map((it) => `  ${printable(it)}`.trimEnd()).join("\n")}\n`;
}
