import assert from "node:assert/strict";
import { test } from "node:test";
import { cellAt, cellSize, columnsIn, movedCell } from "../../../client/webview/fleetMap/mapGrid";
import { cellPaths } from "../../../client/webview/fleetMap/mapPaths";
import type { Row } from "../../../client/webview/model/instanceRecords";
import { rowsOf } from "../../support/panelRows";
import { bigFleet, everyVerdict } from "../../webview/samples";

const everything = { shown: undefined, highlighted: undefined };
const grid = { size: 8, pitch: 10, columns: 4 };
const rowsOfMany = (count: number) => rowsOf(bigFleet(count));

/** The cells of a path by the point where each begins. */
const cellsIn = (path: string) =>
  path
    .split("M")
    .slice(1)
    .map((it) => it.split(/[a-z]/)[0]?.split(" ").map(Number));

test("the more instances, the smaller their cells, in whole pixels with a gap between", () => {
  const sizes = [10, 100, 1000, 5000].map((it) => cellSize(it, 13));
  for (const [index, { size, pitch }] of sizes.entries()) {
    assert.ok(Number.isInteger(size) && Number.isInteger(pitch) && pitch > size);
    assert.ok(size < (sizes[index - 1]?.size ?? 100));
  }
  assert.deepEqual(sizes, [
    { size: 16, pitch: 22 },
    { size: 12, pitch: 16 },
    { size: 8, pitch: 11 },
    { size: 5, pitch: 6 },
  ]);
  assert.deepEqual(cellSize(5000, 13, true), { size: 3, pitch: 4 }, "a narrow panel has less room");
  assert.deepEqual(cellSize(1000, 13, true), { size: 8, pitch: 11 });
  assert.ok(cellSize(5000, 26).size >= 2 * cellSize(5000, 13).size, "they grow with the font");
});

test("a line has as many cells as fit wholly, and never none", () => {
  assert.equal(columnsIn(38, grid), 4);
  assert.equal(columnsIn(37, grid), 3);
  assert.equal(columnsIn(0, grid), 1);
});

test("a point tells its cell, none beyond the last", () => {
  const group = { count: 6, columns: 4 };
  assert.equal(cellAt({ x: 0, y: 0 }, group, grid), 0);
  assert.equal(cellAt({ x: 39, y: 9 }, group, grid), 3);
  assert.equal(cellAt({ x: 12, y: 11 }, group, grid), 5);
  assert.equal(cellAt({ x: 22, y: 11 }, group, grid), undefined);
  assert.equal(cellAt({ x: 41, y: 0 }, group, grid), undefined);
  assert.equal(cellAt({ x: -1, y: 0 }, group, grid), undefined);
});

test("the arrow keys go through every cell and back", () => {
  const counts = [6, 1, 9];
  const walk = (key: string) => {
    let place = movedCell(key === "ArrowRight" ? "Home" : "End", { group: 1, index: 0 }, counts, 4);
    const seen: string[] = [];
    while (place !== undefined) {
      seen.push(`${place.group}.${place.index}`);
      place = movedCell(key, place, counts, 4);
    }
    return seen;
  };
  assert.equal(new Set(walk("ArrowRight")).size, 16);
  assert.deepEqual(walk("ArrowLeft"), walk("ArrowRight").reverse());
});

test("up and down stay in their column as far as the next line has it", () => {
  const counts = [6, 1, 9];
  const from = (key: string, group: number, index: number) => {
    const to = movedCell(key, { group, index }, counts, 4);
    return to && [to.group, to.index];
  };
  assert.deepEqual(from("ArrowDown", 0, 1), [0, 5]);
  assert.deepEqual(from("ArrowDown", 0, 3), [0, 5], "the line below is shorter");
  assert.deepEqual(from("ArrowDown", 0, 5), [1, 0]);
  assert.deepEqual(from("ArrowDown", 2, 8), undefined);
  assert.deepEqual(from("ArrowUp", 2, 6), [2, 2]);
  assert.deepEqual(from("ArrowUp", 2, 2), [1, 0]);
  assert.deepEqual(from("ArrowUp", 1, 0), [0, 4]);
  assert.deepEqual(from("ArrowUp", 0, 2), undefined);
  assert.equal(from("a", 0, 0), undefined);
});

test("each verdict is a path of its own, with one cell for each instance at its place", () => {
  const drawn = cellPaths(rowsOf(everyVerdict), [0, 7], grid, everything);
  assert.deepEqual(drawn.map((it) => it.classes).sort(), [
    "blocked",
    "excluded",
    "keep",
    "place",
    "stop",
    "unknown",
  ]);
  assert.deepEqual(drawn.flatMap((it) => cellsIn(it.path)).length, 7, "every cell is drawn once");
  assert.equal(new Set(drawn.map((it) => it.path.replace(/M[^a-z]*/g, ""))).size >= 6, true);
  const [fifth] = cellPaths(rowsOfMany(5), [4, 5], grid, everything);
  const [x = -1, y = -1] = cellsIn(fifth?.path ?? "")[0] ?? [];
  assert.ok(x >= 0 && x < 8 && y >= 10 && y < 18, `${x}, ${y} is in the second line`);
});

test("what the filters leave out is dimmed, what the editor's selection matches has an outline", () => {
  const rows = rowsOf(everyVerdict);
  const look = { shown: new Set(["i-place"]), highlighted: new Set(["i-place", "i-keep"]) };
  const drawn = cellPaths(rows, [0, 7], grid, look);
  const count = (classes: string) => cellsIn(drawn.find((it) => it.classes === classes)?.path ?? "").length;
  assert.equal(count("place"), 1);
  assert.equal(count("blocked dimmed"), 2);
  assert.equal(count("matching"), 2);
  assert.equal(count("place dimmed"), 0);
});

test("a task of an old revision is drawn otherwise", () => {
  const row = { ...rowsOf(everyVerdict)[1], verdict: "keep", outdated: true } as Row;
  const [old] = cellPaths([row], [0, 1], grid, everything);
  const [now] = cellPaths([{ ...row, outdated: undefined } as unknown as Row], [0, 1], grid, everything);
  assert.equal(old?.classes, "keep outdated");
  assert.notEqual(old?.path, now?.path);
});

test("the parts of a group draw every cell of it once", () => {
  const rows = rowsOfMany(103);
  const whole = cellPaths(rows, [0, 103], grid, everything);
  const parts = [0, 40, 80].flatMap((first) => cellPaths(rows, [first, first + 40], grid, everything));
  const cells = (paths: typeof whole) =>
    paths.flatMap((it) => cellsIn(it.path).map((cell) => `${it.classes} ${cell}`)).sort();
  assert.deepEqual(cells(parts), cells(whole));
  assert.equal(cells(whole).length, 103);
});

test("a task that stops keeps its own mark, whatever its revision is, and one that starts has another than will start", () => {
  const [row] = rowsOf(everyVerdict);
  const look = (more: Partial<Row>) =>
    cellPaths([{ ...row, ...more } as Row], [0, 1], { size: 16, pitch: 22, columns: 1 }, everything)[0];
  assert.equal(look({ verdict: "stop", outdated: true })?.classes, "stop");
  const starting = look({
    verdict: "place",
    moment: { state: "starting", isStarting: true, isChanged: true },
  });
  assert.equal(starting?.classes, "place starting");
  assert.notEqual(starting?.path, look({ verdict: "place" })?.path);
});
