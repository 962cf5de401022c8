// Cells of the same state for the same reason are one line: amounts that differ become a range.

import assert from "node:assert/strict";
import { test } from "node:test";
import { groupCells } from "../../../server/src/core/coverage/cellGroups";
import { type CoverageCell, coverageOf, sumStates } from "../../../server/src/core/coverage/coverage";

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

test("CPU that is short is told as memory is, other messages by the first and how many are like it", () => {
  const of = (filter: string, ...shown: readonly CoverageCell[]) =>
    reasons(...shown.map((it) => ({ ...it, reasons: it.reasons.map((reason) => ({ ...reason, filter })) })));
  assert.deepEqual(of("cpu", cell("a", 156), cell("b", 56)), ["CPU is short by 100 to 200 CPU units."]);
  assert.deepEqual(of("gpu", cell("a", 156), cell("b", 56), cell("c", 6)), [
    "156 MiB are left. (and 2 similar)",
  ]);
});

test("one message is said once", () => {
  assert.deepEqual(reasons(cell("a", 156, "Full."), cell("b", 56, "Full.")), ["Full."]);
});

test("states add up, without those that nothing is in, and none desired is not 100 %", () => {
  const sum = sumStates([{ running: 1, missing: 0 }, { running: 2, missing: 1 }, {}]);
  assert.deepEqual(sum, { running: 3, missing: 1 });
  assert.equal(coverageOf(sum), 75);
  assert.equal(coverageOf({ missing: 2 }), 0);
  assert.equal(coverageOf({ "not-wanted": 5 }), undefined);
});

test("the largest group comes first, with its state and the code of its first reason", () => {
  const other = {
    ...cell("a", 1),
    state: "stale",
    reasons: [{ code: "agent-disconnected", message: "Off." }],
  };
  const groups = groupCells([other as unknown as CoverageCell, cell("b", 1), cell("c", 1)]);
  assert.deepEqual(
    groups.map(({ state, code, cells }) => ({ state, code, cells: cells.map((it) => it.instance) })),
    [
      { state: "missing", code: "insufficient-memory", cells: ["b", "c"] },
      { state: "stale", code: "agent-disconnected", cells: ["a"] },
    ],
  );
});
