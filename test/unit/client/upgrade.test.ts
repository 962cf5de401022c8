// What an older or a newer version of the extension left in a workspace.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readStoredChoice, storedChoice } from "../../../client/src/cluster/clusterChoice";
import { refusedPage } from "../../../client/src/preview/panelPage";
import { readPanelState } from "../../../client/src/preview/storedPanel";
import { storedTexts } from "../../../client/src/storedValues";
import type { Row } from "../../../client/webview/model/instanceRecords";
import { defaultView } from "../../../client/webview/model/visibleRows";
import { keptParts, memoryOf } from "../../../client/webview/panel/panelMemory";
import { readFleet } from "../../../server/src/core/cluster/fleet";
import { visibleRows } from "../../support/panelRows";

const aws = { kind: "aws", cluster: "web", profile: "dev" } as const;

test("a choice is read as it was stored", () => {
  for (const choice of ["local", "file:///w/a.ecs-fleet.json", aws])
    assert.deepEqual(readStoredChoice(JSON.parse(JSON.stringify(storedChoice(choice)))), { choice });
});

test("a choice that was stored before it had a version is still read", () => {
  for (const choice of ["local", aws]) assert.deepEqual(readStoredChoice(choice), { choice });
  assert.deepEqual(readStoredChoice(undefined), { choice: undefined });
});

test("a choice of another version is named, not guessed at", () => {
  for (const version of [2, "1", null, 0])
    assert.deepEqual(readStoredChoice({ version, cluster: "local" }), { unknownVersion: String(version) });
});

test("a panel of another version says so on a page that runs nothing", () => {
  const page = refusedPage("<2>");
  assert.match(page, /another version of ECS Daemon/);
  assert.match(page, /form &lt;2&gt;/);
  assert.doesNotMatch(page, /<script/);
  assert.match(page, /default-src 'none'/);
});

test("a fleet file of a later version is refused with its version, whatever groups it has", () => {
  const groups = [{ count: 2, instanceType: "m5.large" }];
  const { cluster, failure, problems } = readFleet(JSON.stringify({ version: 2, groups }));
  assert.match(failure ?? "", /version, 2.*later version/);
  assert.deepEqual([cluster.instances.length, problems.map((it) => it.path)], [0, ["/version"]]);
  assert.equal(readFleet(JSON.stringify({ groups })).failure, undefined);
});

/** As 0.1.0 kept it: sorted by a column that is gone. */
const keptBy010 = {
  version: 1,
  document: { uri: "file:///w/a.taskdef.json", name: "a.taskdef.json" },
  view: {
    hiddenVerdicts: ["excluded"],
    text: "m5",
    sort: { key: "memory", descending: true },
    groupBy: "attribute:env",
    stage: "fits",
    onlyChanged: false,
    against: "head",
    onlyMatching: true,
    byReason: false,
  },
  changes: [{ kind: "drain", instances: ["i1"] }],
  madeOn: "local",
  open: { whatIf: true, time: false },
  expression: { text: "attribute:env == prod", replaces: false },
  time: { scenario: "drain", step: 1 },
} as const;

test("the page of 0.1.0 goes on, and a column that is gone does not end the list", () => {
  const { view, changes, document, madeOn, sections } = memoryOf(keptBy010, true);
  assert.deepEqual(view, { ...keptBy010.view, sort: defaultView.sort });
  assert.deepEqual([changes, document, madeOn], [keptBy010.changes, keptBy010.document, "local"]);
  assert.deepEqual(sections, { map: true, whatIf: true, time: false });
});

test("whatever another version kept of the view, the list is drawn", () => {
  const rows = ["i2", "i1"].map((id) => ({ id, verdict: "place", reasons: [] }) as unknown as Row);
  const strange = [
    undefined,
    null,
    7,
    "cpu",
    [],
    {},
    { key: "cpu" },
    { key: "verdict", descending: 3 },
    "__proto__",
  ];
  for (const name of [...Object.keys(defaultView), "unknown"])
    for (const value of strange) {
      const { view } = memoryOf({ view: { ...keptBy010.view, [name]: value } }, false);
      assert.equal(visibleRows(rows, { ...view, text: "", stage: undefined }).length, 2, `${name}: ${value}`);
      assert.ok(!Object.hasOwn(view, "unknown"));
    }
  for (const view of [undefined, null, "list", 3])
    assert.deepEqual(memoryOf({ view }, false).view, defaultView);
});

test("what 0.1.0 kept of the panel's parts goes on, on the page and at its host", () => {
  const { expression, time, document, changes } = keptBy010;
  assert.deepEqual(keptParts(keptBy010), { expression, time });
  assert.deepEqual(readPanelState(keptBy010), {
    ...{ document, changes },
    ...{ values: {}, valuesFiles: [], locked: false },
  });
});

/** Everything that is kept, as this version keeps it. */
const keptNow = {
  ...keptBy010,
  document: { ...keptBy010.document, service: null },
  locked: true,
  values: { "var.memory": "512" },
  valuesFiles: ["file:///w/a.tfvars"],
  trial: { expression: "attribute:env == prod", replaces: true },
  time: { ...keptBy010.time, percent: 50 },
};
const strangers = [undefined, null, 7, "text", true, [], [7, null], {}, { uri: 7 }, { length: 2 }];
/** The kept state with one of its values, or one inside of them, in another form. */
const damagedStates = Object.entries(keptNow).flatMap(([name, value]) =>
  strangers.flatMap((strange) => [
    { ...keptNow, [name]: strange },
    ...Object.keys(typeof value === "object" ? value : {}).map((inner) => ({
      ...keptNow,
      [name]: { ...(value as object), [inner]: strange },
    })),
  ]),
);
const texts = (it: readonly unknown[]) => it.every((text) => typeof text === "string");

test("whatever form a kept value has, it is one of ours or left out", () => {
  const { version: _, view: _view, madeOn: _on, open: _open, expression, time, ...state } = keptNow;
  assert.deepEqual(readPanelState(keptNow), state);
  assert.deepEqual(keptParts(keptNow), { expression, time, trial: keptNow.trial });
  for (const stored of [...strangers, ...damagedStates]) {
    const why = JSON.stringify(stored);
    const read = readPanelState(stored);
    const { document, changes, madeOn, sections, values, valuesFiles, isLocked } = memoryOf(stored, true);
    for (const it of [document, read.document])
      if (it !== undefined) assert.ok(texts([it.uri, it.name, it.service ?? ""]), why);
    assert.ok(Array.isArray(changes) && Array.isArray(read.changes), why);
    assert.ok(texts([madeOn ?? "", ...Object.values(values), ...valuesFiles]), why);
    assert.deepEqual(
      [...Object.values(sections), isLocked].filter((it) => typeof it !== "boolean"),
      [],
      why,
    );
    const kept = keptParts(stored);
    assert.ok(texts([kept.expression?.text ?? "", kept.trial?.expression ?? ""]), why);
    assert.ok(kept.time === undefined || typeof kept.time.step === "number", why);
    assert.ok(kept.time === undefined || ["drain", "update"].includes(kept.time.scenario), why);
  }
});

test("of the texts of a workspace only texts count: an endpoint is not approved by what is no list of them", () => {
  assert.deepEqual(storedTexts(["a", 7, null, "b"]), ["a", "b"]);
  for (const value of [undefined, null, 7, {}, "https://ecs.example.com", { includes: "x" }])
    assert.deepEqual(storedTexts(value), []);
});
