// `ecs-daemon match`: which container instances an expression selects, and why not the others.

import { checkExpression } from "../../core/language/expressions/checkExpression";
import { type Matches, matchInstances } from "../../core/language/expressions/matchInstances";
import { placementExpressions } from "../../core/resources/placementExpressions";
import { withDefaults } from "../../core/resources/withDefaults";
import { withoutQuerySecrets } from "../../core/secrets/querySecrets";
import { countText } from "../../core/text/counts";
import { type Command, exitCodes, InputError, type OptionValues } from "../command";
import {
  readGivenValues,
  readSubject,
  splitResource,
  valueHelp,
  valueOptions,
  valueSynopsis,
} from "../files/hostFiles";
import { statOf } from "../files/textFiles";
import { clusterHelp } from "../help";
import { choiceOption, onlyPositional } from "../input/arguments";
import { readCluster } from "../input/clusterOption";
import { targetOptions, targetSynopsis } from "../input/target";
import { type DiagnosticJson, diagnosticRows, diagnosticsJson } from "../output/diagnosticOutput";
import type { Terminal } from "../output/terminal";
import { columns, json, paragraph, plural } from "../output/textLayout";

export const matchCommand: Command = {
  name: "match",
  synopsis: `EXPRESSION --cluster CLUSTER ${valueSynopsis} ${targetSynopsis} [--format text|json]`,
  summary: "Shows which container instances an expression selects, and why not the others.",
  help: `
  EXPRESSION          one expression of the cluster query language, quoted for
                      the shell: 'attribute:env == prod'; or a file with
                      placement constraints, FILE#RESOURCE for one resource of
                      a template or Terraform file: all of its constraints${valueHelp}${clusterHelp}
  --format FORMAT     text (default) or json

Instances are matched whatever their status. Exit code 2 for a bad expression.`,
  options: {
    ...targetOptions,
    ...valueOptions,
    cluster: { type: "string" },
    format: { type: "string" },
  },
  run: async ({ values, positionals }, terminal) => {
    const format = choiceOption(values, "format", ["text", "json"]);
    const expression = await expressionOf(onlyPositional(positionals, "EXPRESSION"), values);
    const cluster = await readCluster(values, terminal);
    const { query, diagnostics, isBroken } = checkExpression(expression, cluster);
    const result: MatchResult = {
      expression: withoutQuerySecrets(expression),
      problems: diagnosticsJson(expression, diagnostics),
      ...(isBroken ? nothing : withoutSecrets(matchInstances(query, cluster))),
    };
    terminal.write(format === "json" ? json(result) : textOf(result, isBroken, terminal));
    return isBroken ? exitCodes.unusable : exitCodes.good;
  },
};

/** What is printed is kept with the logs of a pipeline. */
function withoutSecrets({ matched, unmatched, unknown }: Matches): Matches {
  const known = new Map<string, string>();
  const clean = (all: Matches["unmatched"]) =>
    all.map(({ id, because }) => {
      const text = known.get(because) ?? withoutQuerySecrets(because);
      known.set(because, text);
      return { id, because: text };
    });
  return { matched, unmatched: clean(unmatched), unknown: clean(unknown) };
}

/** The expression of a call: itself, or the placement constraints of the resource that it names, joined by and. */
async function expressionOf(argument: string, values: OptionValues): Promise<string> {
  const { path } = splitResource(argument);
  if (statOf(path)?.isFile() !== true) return argument;
  const subject = await readSubject(argument, await readGivenValues(values));
  const texts = placementExpressions(withDefaults(subject).document).flatMap(({ text, template }) =>
    text === undefined || template ? [] : [text],
  );
  const [only, ...others] = texts;
  if (only === undefined)
    throw new InputError(`${argument} has no placement constraint with a known expression.`);
  return others.length === 0 ? only : texts.map((it) => `(${it})`).join(" and ");
}

/** The JSON of `match`. */
interface MatchResult extends Matches {
  readonly expression: string;
  readonly problems: readonly DiagnosticJson[];
}

const nothing: Matches = { matched: [], unmatched: [], unknown: [] };

function textOf(result: MatchResult, isBroken: boolean, terminal: Terminal): string {
  const problems = result.problems.length === 0 ? "" : `${diagnosticRows(terminal, result.problems)}\n`;
  if (isBroken)
    return `${problems}This is not an expression of the cluster query language; nothing was matched.\n`;
  const { matched, unmatched, unknown } = result;
  const total = matched.length + unmatched.length + unknown.length;
  const unknownPart = unknown.length === 0 ? "" : `, and ${countText(unknown.length)} unknown`;
  const sentence = `Matches ${countText(matched.length)} of ${plural(total, "container instance")}${unknownPart}.`;
  const rows = [
    ...matched.map((id) => [{ text: "match", color: "green" as const }, { text: id }, { text: "" }]),
    ...unmatched.map((it) => [{ text: "no", color: "dim" as const }, { text: it.id }, { text: it.because }]),
    ...unknown.map((it) => [
      { text: "unknown", color: "yellow" as const },
      { text: it.id },
      { text: it.because },
    ]),
  ];
  return `${problems}${paragraph(terminal, sentence)}${rows.length === 0 ? "" : `\n${columns(terminal, rows)}`}`;
}
