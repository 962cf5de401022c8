// The figures as tables for a reader, and as the page docs/performance.md.

import { cpus } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import type { Times } from "./measure";
import type { Row } from "./section";

/** A section that has been measured. */
export interface Measured {
  readonly name: string;
  readonly rows: readonly Row[];
  /** The share of the machine that others took before it. */
  readonly others: number;
}

/** What each section is about; in the order of the page. */
const titles: Readonly<Record<string, string>> = {
  query: "Expressions",
  validation: "Validation",
  folder: "A folder by the command line",
  preview: "Preview",
  coverage: "Coverage",
  "language-servers": "Language servers over stdio",
  endpoint: "Local endpoint",
  panel: "Preview panel in Chromium",
  editor: "Real VS Code in Chromium",
  sizes: "Size",
};

/** What a reader has to know of a section. */
const notes: Readonly<Record<string, string>> = {
  folder: `Ours reads the whole folder in one call: 500 CloudFormation templates and as many Terraform modules. cfn-lint gets 50 of the
templates in one call.`,
  preview: `Reading a snapshot takes longer than JSON.parse alone: each value is checked, and the hundred attributes and the
resources of each container instance are taken over.`,
  coverage: `Ours includes JSON.parse of the answers, and the dates that the AWS client makes of the times in them. The rest judges each
pair of daemon and instance that ECS does not report as covered, and explains it. Nearly all daemons run, but in the third
row none, which is explained 100,000 times. The calls themselves, which take most of the time of a real look, are left out.`,
  "language-servers": `Memory is measured after a file was opened and edited. Much of ours is code: rules, texts and the API model.`,
  panel: `A task over 50 ms is felt as a pause. Long work of the panel stops after 10 ms for the browser to draw and to take input.`,
  sizes: `Half of the extension is the language server: the rules, their texts, and the readers of all formats. The AWS client, which
is loaded when an account is read, is an eighth.`,
  editor: `Each keystroke changes all three: what is underlined, the hint behind the expression, and the verdicts of the panel. Every
stage is counted from the keystroke. What lies between an answer of the server and the screen is VS Code's: it waits at
least 25 ms before it asks for inlay hints, hands answers from process to process, and draws.`,
};

/** Ours divided by the peer's, at the median or where the row says so at the 95th percentile. */
function ratioOf(row: Row): number | undefined {
  const peer = row.times?.[row.against ?? ""];
  const ours = row.times?.ours;
  const figure = row.compare ?? "median";
  return peer && ours ? ours[figure] / peer[figure] : undefined;
}

function verdictOf(row: Row): string {
  if (row.limit !== undefined && row.figure !== undefined)
    return row.figure <= row.limit ? `≤ ${row.limit}: met` : `≤ ${row.limit}: MISSED`;
  const ratio = ratioOf(row);
  if (row.target === undefined || ratio === undefined) return row.note ?? "";
  return `≤ ${row.target.toFixed(2)}: ${ratio <= row.target ? "met" : "MISSED"}`;
}

const show = (times: Times | undefined, unit = "ms") =>
  times ? `${times.median.toFixed(2)} (${times.p95.toFixed(2)}) ${unit}` : "";

function lineOf(row: Row): string {
  const ours = row.figure ?? show(row.times?.ours, row.unit);
  const peers = show(row.times?.[row.against ?? ""], row.unit);
  const ratio = ratioOf(row)?.toFixed(2) ?? "";
  return `| ${row.what} | ${ours} | ${row.against ?? ""} | ${peers} | ${ratio} | ${verdictOf(row)} |`;
}

/** One table for each section. */
export function tablesOf(sections: readonly Measured[]): string {
  return sections
    .map(({ name, rows, others }) => {
      const title = `## ${titles[name] ?? name}`;
      const busy =
        others > mostOthers
          ? `\n\nThe machine was busy: other programs took ${Math.round(others * 100)} % of it when this began.`
          : "";
      const head =
        "| what | ours: median (p95) | peer | peer's | ratio | target |\n| --- | --- | --- | --- | --- | --- |";
      const note = notes[name] === undefined ? "" : `\n\n${notes[name]}`;
      return `${title}${note}${busy}\n\n${head}\n${rows.map(lineOf).join("\n")}`;
    })
    .join("\n\n");
}

export function machineName(): string {
  return `${cpus().length} × ${cpus()[0]?.model ?? "unknown processor"}, Node ${process.version}`;
}

/** Written by `npm run bench -- --write`. */
export function pageOf(sections: readonly Measured[], peers: Readonly<Record<string, string>>): string {
  const versions = Object.entries(peers).map(([name, version]) => `${name} ${version}`);
  return `# Performance

The last tables of \`npm run bench -- --write\`, on ${machineName()}. Both sides ran in turn on the same input. A ratio is
ours divided by the peer's, at the median; for keystrokes at the 95th percentile. Milliseconds of a busy machine are too
high, for everyone.

${tablesOf(sections)}

Peers: ${versions.join(", ")}.
`;
}

/** More than this, and figures are not to be trusted. */
const mostOthers = 0.25;

/** Which share of all processors others take while we do nothing, over a second. */
export async function takenByOthers(): Promise<number> {
  const before = times();
  await wait(1000);
  const after = times();
  return 1 - (after.idle - before.idle) / (after.all - before.all);
}

function times() {
  const each = cpus().map((it) => it.times);
  const sum = (of: (times: (typeof each)[number]) => number) => each.reduce((total, it) => total + of(it), 0);
  return { idle: sum((it) => it.idle), all: sum((it) => Object.values(it).reduce((a, b) => a + b, 0)) };
}
