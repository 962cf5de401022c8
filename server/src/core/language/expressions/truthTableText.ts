// The truth table of an expression as Markdown that reads well as plain text too: its columns are aligned.

import type { Cluster } from "../../cluster/containerInstance";
import { type TableRow, type TruthTable, truthTable } from "../../query/cases/truthTable";
import type { Expression } from "../../query/syntax";
import type { Truth } from "../../query/target";
import { shortId } from "../../simulation/instanceNames";
import { countText } from "../../text/counts";
import { largestOf } from "../../text/lists";
import { codeSpan, plainText } from "../markdown";
import { type InstanceGroup, type InstanceTruths, instanceTruths } from "./instanceTruths";

export interface TruthTableSubject {
  readonly tree: Expression;
  /** As written. */
  readonly text: string;
  readonly cluster?: { readonly cluster: Cluster; readonly label: string } | undefined;
}

/** Single instances are listed up to this many; of a group this many are named. */
const mostInstances = 100;
const mostNamed = 8;

/** The whole text: the clauses, what each instance makes of them, and every way in which they can come out. */
export function truthTableText({ tree, text, cluster }: TruthTableSubject): string {
  const table = truthTable(tree);
  const letters = table.clauses.map((_, at) => letterOf(at));
  const found = cluster === undefined ? undefined : instanceTruths(tree, cluster.cluster);
  const parts = [
    "# Truth table",
    codeSpan(text),
    ...(cluster === undefined || found === undefined ? [] : [selected(found, cluster)]),
    table.clauses
      .map((it, at) => `- **${letters[at]}** ${codeSpan(it.text === "" ? "(missing)" : it.text)}`)
      .join("\n"),
    ...(cluster === undefined || found === undefined ? [] : [byGroup(letters, found)]),
    ...(cluster === undefined || found === undefined || cluster.cluster.instances.length > mostInstances
      ? []
      : [byInstance(letters, found)]),
    combinations(letters, table, found),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** A to Z, then AA, AB and on. */
function letterOf(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letterOf(Math.floor(index / 26) - 1) + last;
}

function selected({ groups }: InstanceTruths, { cluster, label }: { cluster: Cluster; label: string }) {
  const count = (outcome: Truth) =>
    groups.filter((it) => it.outcome === outcome).reduce((sum, it) => sum + it.instances.length, 0);
  const unknown = count("unknown");
  const more = unknown === 0 ? "" : `; ${countText(unknown)} unknown`;
  return `Selects **${countText(count(true))} of ${countText(cluster.instances.length)}** container instances of ${plainText(label)}, whatever their status${more}.`;
}

function byGroup(letters: readonly string[], { groups }: InstanceTruths): string {
  if (groups.length === 0) return "The cluster has no container instances.";
  const rows = groups.map((it) => [
    ...it.truths.map(word),
    strong(it.outcome),
    String(it.instances.length),
    named(it),
  ]);
  return [
    "## What the container instances make of them",
    aligned([...letters, "selected", "instances", "which"], rows),
  ].join("\n\n");
}

function named({ instances }: InstanceGroup): string {
  const names = instances.slice(0, mostNamed).map((it) => plainText(shortId(it.id)));
  const more = instances.length - names.length;
  return more === 0 ? names.join(", ") : `${names.join(", ")} and ${countText(more)} more`;
}

function byInstance(letters: readonly string[], { groups, describe }: InstanceTruths): string {
  const rows = groups.flatMap(({ instances, truths, outcome }) =>
    instances.map((instance) => [
      plainText(instance.id),
      strong(outcome),
      ...truths.map((it, at) => `${word(it)}: ${plainText(describe(at, instance))}`),
    ]),
  );
  return ["## Each container instance", aligned(["instance", "selected", ...letters], rows)].join("\n\n");
}

function combinations(
  letters: readonly string[],
  { rows, isCut }: TruthTable,
  found: InstanceTruths | undefined,
): string {
  const head = [...letters, "selected", ...(found === undefined ? [] : ["instances"])];
  const lines = rows.map((row) => [
    ...row.truths.map((it) => (it === undefined ? "–" : word(it))),
    strong(row.outcome),
    ...(found === undefined ? [] : [String(countOf(row, found))]),
  ]);
  return [
    "## Every way in which they can come out",
    "A dash: whichever it is. Ways in which no container instance can be are left out.",
    aligned(head, lines),
    ...(isCut ? [`There are more ways; these are the first ${rows.length}.`] : []),
  ].join("\n\n");
}

function countOf({ truths }: TableRow, { groups }: InstanceTruths): number {
  return groups
    .filter((group) => truths.every((it, at) => it === undefined || it === group.truths[at]))
    .reduce((sum, it) => sum + it.instances.length, 0);
}

function word(truth: Truth): string {
  return truth === "unknown" ? "unknown" : truth ? "yes" : "no";
}

function strong(truth: Truth): string {
  return truth === true ? "**yes**" : word(truth);
}

/** A Markdown table whose cells are padded; a bar in a cell would begin another one. */
function aligned(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((it) => it.replace(/\|/g, "\\|")));
  const widths = head.map((_, at) =>
    Math.min(60, largestOf([3, ...cells.map((row) => row[at]?.length ?? 0)])),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((it, at) => it.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  const rule = `| ${widths.map((it) => "-".repeat(it)).join(" | ")} |`;
  const [first = [], ...others] = cells;
  return [line(first), rule, ...others.map(line)].join("\n");
}
