// `ecs-daemon preview`: where a daemon service would land, and every reason why not elsewhere.

import { checkExpression } from "../../core/language/expressions/checkExpression";
import { daemonServiceOf } from "../../core/language/previewSubject";
import type { GivenValues } from "../../core/resources/hosts/givenValues";
import { describePlacement } from "../../core/scheduler/describePlacement";
import { placeDaemon } from "../../core/scheduler/placeDaemon";
import type {
  DaemonService,
  InstanceVerdict,
  Placement,
  Reason,
  Verdict,
} from "../../core/scheduler/placement";
import { printable } from "../../core/text/printable";
import { usableValues } from "../../core/workspace/usableValues";
import { type Command, exitCodes, InputError } from "../command";
import { readGivenValues, withGiven, withoutGiven } from "../files/hostFiles";
import { shownPath } from "../files/workspaceFiles";
import { clusterHelp } from "../help";
import { choiceOption, onlyPositional } from "../input/arguments";
import { readCluster } from "../input/clusterOption";
import { daemonOption } from "../input/daemonOption";
import {
  type DaemonPair,
  pairHelp,
  pairOptions,
  pairSynopsis,
  readDaemonPair,
  undecidedService,
} from "../input/daemonPair";
import { targetOptions, targetSynopsis } from "../input/target";
import { readManagedDocument } from "../managed/managedFiles";
import { previewManagedDaemon } from "../managed/previewManaged";
import type { Terminal } from "../output/terminal";
import { type Color, columns, json, paragraph } from "../output/textLayout";

export const previewCommand: Command = {
  name: "preview",
  synopsis: `TASKDEF --cluster CLUSTER ${pairSynopsis} [--daemon FILE [--capacity-provider FILE]… [--what-if NAME=VALUE]… [--time]] ${targetSynopsis} [--format text|json]`,
  summary: "Shows where a daemon service would land, and why not elsewhere.",
  help: `
  TASKDEF             the file of a task definition, or FILE#RESOURCE for one in
                      a CloudFormation template or Terraform file; a file with
                      one daemon service or task definition needs no RESOURCE
${pairHelp.replace(/^\n/, "")}${clusterHelp}
  --format FORMAT     text (default) or json

Verdicts: place (a task would start), keep (it runs and stays), stop (it runs
and must go), excluded (not expected there), blocked (expected, but cannot run),
unknown.

  --daemon FILE       the file of a managed daemon: then TASKDEF is a daemon
                      task definition, CLUSTER a snapshot file, and the preview
                      shows what the daemon takes of each instance type and
                      what its deployment replaces
  --capacity-provider FILE
                      a capacity provider's file; may be given several times
  --what-if NAME=VALUE
                      of a managed daemon: try other values than those of the
                      files: cpu, memory, critical, drain-percent,
                      exclude-types=t3.*,c5.large, another=CPU/MEMORY (one more
                      daemon), providers=NAME,NAME; may be given several times
  --time              of a managed daemon: what becomes of the instances step
                      by step, in every story

Exit code 1 if place, keep and unknown are all 0; of a managed daemon, if an
instance cannot hold it.`,
  options: {
    ...targetOptions,
    cluster: { type: "string" },
    ...pairOptions,
    daemon: { type: "string" },
    "capacity-provider": { type: "string", multiple: true },
    "what-if": { type: "string", multiple: true },
    time: { type: "boolean" },
    format: { type: "string" },
  },
  run: async ({ values, positionals }, terminal) => {
    const format = choiceOption(values, "format", ["text", "json"]);
    const path = onlyPositional(positionals, "TASKDEF");
    if (daemonOption(values, { only: ["capacity-provider", "what-if", "time"] }) !== undefined)
      return previewManagedDaemon(
        await readManagedDocument(path, "daemonTaskDefinition"),
        values,
        format,
        terminal,
      );
    const pair = await readDaemonPair(path, values);
    requireUsableValues(pair, await readGivenValues(values));
    if (pair.candidates.length > 0)
      terminal.say(
        printable(`${undecidedService(pair)} Until then the preview counts without a service file.`),
      );
    const cluster = await readCluster(values, terminal);
    const daemon = daemonServiceOf(pair);
    requireExpressions(daemon, pair);
    const placement = placeDaemon(daemon, cluster);
    const sentence = describePlacement(placement, daemon);
    terminal.write(
      format === "json"
        ? json(jsonOf(placement, sentence, { name: daemon.name, ...pair }))
        : textOf(placement, `${sentence}${serviceNote(pair)}`, terminal),
    );
    const { place, keep, unknown } = placement.summary;
    return place + keep + unknown === 0 ? exitCodes.bad : exitCodes.good;
  },
};

/** Whose constraints count, where the call does not name the file. */
function serviceNote({ found }: DaemonPair): string {
  return found === undefined ? "" : ` The service is that of ${printable(found)}.`;
}

/** An expression that cannot be read selects nothing that anybody could show. */
export function requireExpressions(daemon: DaemonService, pair: DaemonPair): void {
  for (const { from, index, query, template } of daemon.constraints) {
    if (query === undefined || template === true) continue;
    const error = checkExpression(query.text).diagnostics.find((it) => it.severity === "error");
    if (error === undefined) continue;
    const file = (from === "service" ? pair.service : pair.taskDefinition)?.source.file;
    throw new InputError(
      `${file}: the expression of placement constraint ${index + 1} cannot be used: ${error.message}`,
    );
  }
}

/** A value of a wrong type would count as none at all. */
function requireUsableValues({ taskDefinition, service }: DaemonPair, given: GivenValues): void {
  const written = [taskDefinition, service].flatMap((it) => (it === undefined ? [] : withoutGiven(it)));
  const [problem] = usableValues(written, given, withGiven).problems;
  if (problem !== undefined) throw new InputError(`The value of ${problem[0]} cannot be used. ${problem[1]}`);
}

function jsonOf(
  placement: Placement,
  sentence: string,
  { name, service, candidates }: DaemonPair & { readonly name: string },
) {
  return {
    summary: placement.summary,
    sentence,
    service: {
      name,
      ...(service !== undefined && { file: shownPath(service.source.file) }),
      ...(service?.hosted !== undefined && { resource: service.hosted.id }),
      ...(candidates.length > 0 && { candidates: candidates.map((it) => shownPath(it.source.file)) }),
    },
    instances: placement.instances.map(({ id, verdict, reasons }) => ({
      id,
      verdict,
      reasons: reasons.map(reasonJson),
    })),
  };
}

/** Without the tree of every clause's explanation: its message says what decided. */
function reasonJson({ constraint, ...reason }: Reason) {
  if (constraint === undefined) return reason;
  return { ...reason, constraint: { from: constraint.from, index: constraint.index } };
}

const verdictColors: Readonly<Record<Verdict, Color>> = {
  place: "green",
  keep: "green",
  stop: "yellow",
  excluded: "dim",
  blocked: "red",
  unknown: "yellow",
};

function textOf(placement: Placement, sentence: string, terminal: Terminal): string {
  const rows = placement.instances.map((it) => [
    { text: it.verdict, color: verdictColors[it.verdict] },
    { text: it.id },
    { text: reasonsOf(it) },
  ]);
  return `${paragraph(terminal, sentence)}${rows.length === 0 ? "" : `\n${columns(terminal, rows)}`}`;
}

function reasonsOf({ reasons }: InstanceVerdict): string {
  return reasons.map((it) => it.message).join(" ");
}
