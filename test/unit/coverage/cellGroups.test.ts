// Cells of the same state for the same reason are one line: amounts that differ become a range.

import assert from "node:assert/strict";
import { test } from "node:test";
import { groupCells } from "../../../server/src/core/coverage/cellGroups";
import type { CoverageCell } from "../../../server/src/core/coverage/coverage";

const cell = (id: string, available: number, message = `${available} MiB are left.`): CoverageCell =>
  ({
    instance: id,
    state: "missing",
    reasons: [{ code: "insufficient-memory", filter: "memory", message, requested: 256, available }],
  }) as unknown as CoverageCell;

const reasons = (...cells: readonly CoverageCell[]) => groupCells(cells).map((it) => it.reason);

test("what lacks memory lacks a range of it", () => {
  assert.deepEqual(reasons(cell("a", 156), cell("b", 56)), ["Memory is short by 100 to 200 MiB."]);
  assert.deepEqual(reasons(cell("a", 156, "One."), cell("b", 156, "Two.")), ["Memory is short by 100 MiB."]);
});

test("one message is said once", () => {
  assert.deepEqual(reasons(cell("a", 156, "Full."), cell("b", 56, "Full.")), ["Full."]);
});
