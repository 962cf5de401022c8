// The coverage panel's model without a browser: packed cells, the order of the map, where its cells are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readTargets } from "../../../client/src/cluster/coverageTargets";
import { readCallArguments } from "../../../client/src/commands/callArguments";
import {
  columnOf,
  illInstances,
  matches,
  wholeFleet,
  worstFirst,
} from "../../../client/webview/coverage/cells";
import { layOut } from "../../../client/webview/coverage/paintColumns";
import { percentText } from "../../../client/webview/coverage/words";
import { bigLook, clusterMessages } from "../../webview/coverageSamples";

const { cluster, map } = clusterMessages(bigLook(41, 500));

function detail() {
  assert.ok(cluster.kind === "cluster" && !("error" in cluster.detail));
  return cluster.detail;
}

test("packed cells come out as they went in", () => {
  const ill = illInstances(detail());
  assert.equal(ill.length, 41);
  const [first] = ill;
  assert.equal(first?.mark, "missing");
  assert.match(first?.cells[0]?.reasons[0]?.message ?? "", /Memory is short/);
  const column = columnOf(first ?? assert.fail(), 20);
  assert.equal(column.filter((it) => it === "missing").length, 1);
  assert.equal(column[18], "excluded");
  const marks = worstFirst(ill).map((it) => it.mark);
  assert.deepEqual([...new Set(marks)], ["missing", "failing", "stale"]);
});

test("the whole fleet has every instance once, the ill ones first", () => {
  assert.ok(map.kind === "map" && !("error" in map.map));
  const all = wholeFleet(map.map, worstFirst(illInstances(detail())));
  assert.equal(new Set(all.map((it) => it.instance.id)).size, 500);
  assert.equal(all[41]?.mark, "covered");
  assert.ok(all.slice(41).some((it) => it.excluded.has(18)));
});

test("a filter finds ids, daemons and reasons", () => {
  const { daemons } = detail();
  const found = (text: string) => illInstances(detail()).filter((it) => matches(it, daemons, text)).length;
  assert.equal(found(""), 41);
  assert.equal(found("FLUENT-bit"), 4);
  assert.equal(found("no such thing"), 0);
});

test("cells are as large as fit in one band, and every instance has a place", () => {
  assert.deepEqual([layOut(41, 20, 800, false).pitch, layOut(41, 20, 800, false).isLabelled], [13, true]);
  assert.equal(layOut(90, 20, 800, false).pitch, 8);
  const whole = layOut(5_000, 20, 800, true);
  assert.equal(whole.pitch, 2);
  assert.ok(whole.columns * whole.bands >= 5_000);
  const many = layOut(2_000, 20, 800, false);
  assert.ok(many.columns * many.bands >= 2_000);
});

test("what is not complete never reads 100 %", () => {
  assert.equal(percentText(99_999, 100_000), "99.99 %");
  assert.equal(percentText(5, 5), "100 %");
  assert.equal(percentText(0, 0), "");
});

test("stored accounts are read for what they are", () => {
  const read = readTargets(["local", { profile: "p", region: "r", secret: "s" }, 3, null, { region: 4 }]);
  assert.deepEqual(read, ["local", { profile: "p", region: "r" }, {}]);
  assert.deepEqual(readTargets("x"), []);
});

test("a node of a view carries what its commands are about", () => {
  const viewNode = { id: "x", label: "x", arguments: { uri: "file:///a.json", cluster: "local" } };
  assert.deepEqual(readCallArguments([{ viewNode }, [{ viewNode }]]), {
    uri: "file:///a.json",
    options: { cluster: "local" },
  });
  assert.deepEqual(readCallArguments([{ viewNode: { id: "x", label: "x" } }]), {
    uri: undefined,
    options: {},
  });
});
