// Runs a section of the benchmarks with tiny inputs: it breaks here with the code that it measures, not months later.

import assert from "node:assert/strict";
import type { Row, Section } from "../bench/section";

/** Runs the section once and holds every row to having been measured. */
export async function assertMeasures(section: Section): Promise<void> {
  const rows = await section({ quick: true });
  assert.ok(rows.length > 0);
  for (const row of rows) assertMeasured(row);
}

function assertMeasured({ what, times, figure, note }: Row): void {
  assert.match(what, /\S/);
  assert.doesNotMatch(note ?? "", /not measured|first$/, what);
  const measured = figure ?? times?.ours?.median;
  assert.ok(Number.isFinite(measured), `${what}: ${measured}`);
}
