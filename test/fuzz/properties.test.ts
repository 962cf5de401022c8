// A fixed share of the fuzzing: the same inputs in every run of the tests. `npm run fuzz` draws new ones.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fuzz } from "./fuzz";
import type { OwnTargetName } from "./targets";

/** Inputs per target, by what a check costs. */
const counts: Readonly<Record<OwnTargetName, number>> = {
  expression: 1500,
  document: 400,
  host: 300,
  cluster: 400,
  layout: 200,
  rejection: 400,
  "language-server": 60,
  endpoint: 40,
  "command-line": 100,
};

for (const [target, count] of Object.entries(counts) as [OwnTargetName, number][]) {
  test(`${count} hostile inputs find nothing wrong in the target ${target}`, async () => {
    const { runs, failure } = await fuzz(target, { seed: 2026, runs: count });
    assert.equal(failure, undefined, failure && JSON.stringify(failure, null, 2));
    assert.equal(runs, count);
  });
}
