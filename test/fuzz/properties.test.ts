// A fixed share of the fuzzing: the same inputs in every run of the tests. `npm run fuzz` draws new ones.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzz } from "./fuzz";
import type { TargetName } from "./targets";

/** Inputs per target, by what a check costs. The time is a bound for slow machines, not the aim. */
const runs: Readonly<Record<TargetName, number>> = {
  expression: 1500,
  document: 400,
  cluster: 400,
  layout: 200,
  rejection: 400,
  "language-server": 60,
  endpoint: 40,
  "command-line": 100,
};

for (const [target, count] of Object.entries(runs) as [TargetName, number][]) {
  test(`${count} hostile inputs find nothing wrong in the target ${target}`, async () => {
    const { failure } = await fuzz(target, { seed: 2026, runs: count, milliseconds: 60_000 });
    assert.equal(failure, undefined, failure && JSON.stringify(failure, null, 2));
  });
}
