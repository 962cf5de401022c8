// A coverage report as Markdown, for the summary of a pipeline or a comment.

import { groupCells } from "../../core/coverage/cellGroups";
import { codeSpan } from "../../core/language/markdown";
import { countText } from "../../core/text/counts";
import { printable } from "../../core/text/printable";
import type { CoverageReport } from "../../ecs/coverage/fleetReport";
import type { ClusterCoverage, DaemonCoverage } from "../../ecs/coverage/lookAtCluster";
import { costText, coverageWords, differenceText, nameOf, placeText, statesText } from "./grouped";

/** A job summary of GitHub Actions holds 1 MiB. Characters of up to three bytes are counted as three. */
const mostCharacters = 340_000;

export function markdownOf(report: CoverageReport): string {
  const parts = [
    `## Daemon coverage: ${report.covered ? "covered" : report.summary.gaps > 0 ? "gaps" : "incomplete"}\n`,
    ...table(report),
    ...report.failed.map((it) => `Not checked: ${code(it)}\n`),
    ...report.clusters.flatMap(clusterDetails),
    `${costText(report)}\n`,
  ];
  let text = "";
  for (const part of parts) {
    if (text.length + part.length > mostCharacters) return `${text}\nThe rest does not fit here.\n`;
    text += `${part}\n`;
  }
  return text;
}

function table({ clusters }: CoverageReport): readonly string[] {
  const rows = clusters.flatMap((look) =>
    look.daemons.map(
      (it) =>
        `| ${escaped(placeText(look))} | ${escaped(nameOf(it))} | ${coverageWords(it)} | ${statesText(it.states)} |`,
    ),
  );
  if (rows.length === 0) return [];
  return [
    ["| cluster | daemon | running | not running |", "| --- | --- | --- | --- |", ...rows, ""].join("\n"),
  ];
}

function clusterDetails(look: ClusterCoverage): readonly string[] {
  const unread = look.incomplete.map((it) => `Not read in ${code(placeText(look))}: ${code(it)}\n`);
  return [...look.daemons.flatMap((it) => daemonDetails(look, it)), ...unread];
}

function daemonDetails(look: ClusterCoverage, daemon: DaemonCoverage): readonly string[] {
  const difference = differenceText(daemon);
  if (daemon.cells.length === 0 && difference === undefined) return [];
  const title = `${escaped(look.cluster)} / ${escaped(nameOf(daemon))}: ${statesText(daemon.states)}`;
  const groups = groupCells(daemon.cells).flatMap(({ state, reason, cells }) => [
    `**${state}**, ${countText(cells.length)}: ${code(reason)}`,
    "",
    ...cells.map(
      (it) =>
        `- ${escaped(it.ec2InstanceId ?? it.instance)}${it.zone === undefined ? "" : ` (${escaped(it.zone)})`}`,
    ),
    "",
  ]);
  return [
    [`<details><summary>${title}</summary>`, "", ...groups, difference ?? "", "", "</details>", ""].join(
      "\n",
    ),
  ];
}

const code = (text: string): string => codeSpan(printable(text));

/** Nothing from a cluster is markup. */
function escaped(text: string): string {
  return printable(text)
    .replace(/[&<>]/g, (it) => (it === "&" ? "&amp;" : it === "<" ? "&lt;" : "&gt;"))
    .replace(/[\\`*_{}[\]()#+!|~@]/g, (it) => `\\${it}`);
}
