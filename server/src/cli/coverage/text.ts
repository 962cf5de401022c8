// A coverage report for people: a line for each cluster, and for what is not well the instances by reason.

import { type CellGroup, groupCells } from "../../core/coverage/cellGroups";
import { counted, countText } from "../../core/text/counts";
import type { CoverageReport } from "../../ecs/coverage/fleetReport";
import type { ClusterCoverage, DaemonCoverage } from "../../ecs/coverage/lookAtCluster";
import type { Terminal } from "../output/terminal";
import { type Cell, type Color, columns, paint, paragraph, wrap } from "../output/textLayout";
import { costText, coverageWords, differenceText, nameOf, placeText, statesText } from "./grouped";

/** More instances of one reason than these are only counted. */
const mostInstances = 10;

export function coverageText(report: CoverageReport, terminal: Terminal): string {
  const parts = report.clusters.map((it) => clusterText(it, terminal));
  const failed = report.failed.map((it) =>
    wrap(`Not checked: ${it}`, terminal.columns)
      .map((line) => `${paint(terminal, "red", line)}\n`)
      .join(""),
  );
  return [...parts, ...failed, paragraph(terminal, lastLine(report))].join("\n");
}

function lastLine(report: CoverageReport): string {
  const { gaps, daemons } = report.summary;
  const result =
    gaps > 0
      ? `${counted(gaps, "daemon")} of ${countText(daemons)} not covered`
      : report.complete
        ? `${counted(daemons, "daemon")} covered`
        : "No gap seen, but something could not be read";
  return `${result}. ${costText(report)}`;
}

function clusterText(look: ClusterCoverage, terminal: Terminal): string {
  const ill = look.daemons.filter((it) => statesText(it.states) !== "" || differenceText(it) !== undefined);
  const well = look.daemons.length - ill.length;
  const share = `${countText(well)} of ${counted(look.daemons.length, "daemon")}`;
  const seen = look.incomplete.length > 0 ? `no gap seen in ${share}` : `${share} covered`;
  const what = look.daemons.length === 0 ? "no daemon services" : seen;
  const color: Color = ill.some((it) => statesText(it.states) !== "") ? "red" : "green";
  const heading = paint(
    terminal,
    look.incomplete.length > 0 && color === "green" ? "yellow" : color,
    `${placeText(look)}: ${what}`,
  );
  const unread = look.incomplete.map((it) => [{ text: "not read", color: "yellow" as const }, { text: it }]);
  return [
    `${heading}\n`,
    ...ill.map((it) => daemonText(it, terminal)),
    unread.length === 0 ? "" : columns(terminal, unread),
  ].join("");
}

function daemonText(daemon: DaemonCoverage, terminal: Terminal): string {
  const states = statesText(daemon.states);
  const head = `  ${nameOf(daemon)}: ${coverageWords(daemon)}${states === "" ? "" : `, ${states}`}`;
  const difference = differenceText(daemon);
  const groups = groupCells(daemon.cells);
  return [
    `${wrap(head.trimStart(), terminal.columns - 2)
      .map((it) => `  ${it}`)
      .join("\n")}\n`,
    groups.length === 0 ? "" : columns(terminal, groups.flatMap(groupRows), "    "),
    difference === undefined ? "" : `    ${difference}\n`,
  ].join("");
}

function groupRows({ state, reason, cells }: CellGroup): readonly (readonly Cell[])[] {
  const shown = cells.slice(0, mostInstances).map((it) => it.ec2InstanceId ?? it.instance);
  const more = cells.length - shown.length;
  const names = `${shown.join(", ")}${more > 0 ? ` and ${countText(more)} more` : ""}`;
  const color = state === "missing" || state === "crash-looping" ? "red" : "yellow";
  const text = reason === "" ? names : `${reason} ${names}`;
  return [[{ text: state, color }, { text: counted(cells.length, "instance") }, { text }]];
}
