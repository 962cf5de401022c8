// `npm run bench [-- WORDS] [--json] [--write] [--quick]`, compiled: see .scripts/bench.mjs.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { projectRoot } from "../support/paths";
import { installPeers, peerVersions } from "./peers";
import { type Measured, machineName, pageOf, tablesOf, takenByOthers } from "./report";
import type { Row, Section } from "./section";
import { sections } from "./sections";

const given = process.argv.slice(2);
const has = (name: string) => given.includes(`--${name}`);
const words = given.filter((it) => !it.startsWith("--"));
const chosen = Object.entries(sections).filter(
  ([name]) => words.length === 0 || words.some((it) => name.includes(it)),
);
const quick = has("quick");

async function main(): Promise<void> {
  const problem =
    has("write") && (words.length > 0 || quick)
      ? "The page has all sections, measured in full: give --write without words and without --quick."
      : chosen.length === 0
        ? `No section matches ${words.join(" ")}. There are ${Object.keys(sections).join(", ")}.`
        : undefined;
  if (problem !== undefined) {
    console.error(problem);
    process.exitCode = 2;
    return;
  }
  if (!quick) installPeers();
  const measured: Measured[] = [];
  for (const [name, section] of chosen) {
    console.error(`${name} …`);
    const began = Date.now();
    const others = quick ? 0 : await takenByOthers();
    measured.push({ name, others, rows: await rowsOf(name, section) });
    console.error(`  ${Math.round((Date.now() - began) / 1000)} s`);
  }
  if (has("json")) console.log(jsonOf(measured));
  else console.log(`${tablesOf(measured)}\n\n${machineName()}`);
  if (has("write"))
    writeFileSync(join(projectRoot, "docs", "performance.md"), pageOf(measured, peerVersions));
}

/** A section that fails does not cost the figures of the others: the table says so. */
async function rowsOf(name: string, section: Section): Promise<readonly Row[]> {
  try {
    return await section({ quick });
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
    const message = error instanceof Error ? error.message : String(error);
    return [{ what: name, note: `not measured: ${message.split("\n")[0]}` }];
  }
}

function jsonOf(measured: readonly Measured[]): string {
  const rows = measured.flatMap(({ name, others, rows }) =>
    rows.map((it) => ({ section: name, othersShare: Number(others.toFixed(2)), ...it })),
  );
  return JSON.stringify({ machine: machineName(), peers: peerVersions, rows }, null, 2);
}

void main();
