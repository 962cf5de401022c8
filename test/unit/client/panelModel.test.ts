import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type AttributeLookup,
  attributeLookup,
  groupsInSteps,
} from "../../../client/webview/fleetMap/groups";
import { fileName } from "../../../client/webview/header/fileName";
import { filterResults, funnelOf, lostAt } from "../../../client/webview/header/stages";
import { changesOf, countVerdicts } from "../../../client/webview/model/instanceRecords";
import { finished } from "../../../client/webview/model/steps";
import { defaultView, type ViewOptions } from "../../../client/webview/model/visibleRows";
import { reasonGroupsInSteps } from "../../../client/webview/table/reasonGroups";
import type { Reason, Verdict } from "../../../server/src/core/scheduler/placement";
import { rowsOf, visibleRows, whatIfRows } from "../../support/panelRows";
import { bigFleet, everyVerdict, lacksMemory, notProd, portTaken, previewOf } from "../../webview/samples";

const ids = (rows: readonly { readonly id: string }[]) => rows.map((it) => it.id);
const seen = (view: Partial<ViewOptions>, matching?: ReadonlySet<string>) =>
  ids(visibleRows(rowsOf(everyVerdict), { ...defaultView, ...view }, matching));

test("a row has the facts of its instance, whatever that is called", () => {
  const named = previewOf([
    { id: "__proto__", verdict: "place" },
    { id: "constructor", verdict: "keep" },
  ]);
  const [proto, other] = rowsOf({ ...named, facts: {} });
  assert.equal(proto?.facts, undefined);
  assert.equal(other?.facts, undefined);
  assert.equal(rowsOf(everyVerdict)[0]?.facts?.zone, "eu-west-1a");
});

test("a row tells its verdict of before only where that was another one", () => {
  const before = new Map<string, Verdict>([
    ["i-place", "blocked"],
    ["i-keep", "keep"],
  ]);
  const told = rowsOf(everyVerdict, before).flatMap((it) => (it.before ? [[it.id, it.before]] : []));
  assert.deepEqual(told, [["i-place", "blocked"]]);
});

test("numbers inside ids count as numbers, and the order follows other ids", () => {
  const fleet = (names: readonly string[]) =>
    rowsOf(previewOf(names.map((id) => ({ id, verdict: "place" as const }))));
  const byId = { ...defaultView, sort: { key: "id", descending: false } } as const;
  const sorted = (names: readonly string[]) => ids(visibleRows(fleet(names), byId));
  assert.deepEqual(sorted(["i-10", "i-2", "i-1"]), ["i-1", "i-2", "i-10"]);
  assert.deepEqual(sorted(["b", "c", "a"]), ["a", "b", "c"]);
});

test("What if compares with the cluster as it is, and counts what it added", () => {
  const now = previewOf(
    [
      { id: "a", verdict: "place" },
      { id: "b", verdict: "stop" },
      { id: "new", verdict: "place" },
      { id: "same", verdict: "keep" },
      { id: "odd", verdict: "excluded" },
    ],
    {
      simulated: true,
      whatIf: {
        changes: [],
        problems: [],
        added: ["new"],
        verdicts: [
          { id: "a", before: "blocked", now: "place" },
          { id: "b", before: "keep", now: "stop" },
          { id: "new", now: "place" },
          { id: "odd", before: "unknown", now: "excluded" },
          { id: "gone", before: "keep" },
        ],
        sentenceBefore: "",
      },
    },
  );
  const rows = whatIfRows(now);
  assert.deepEqual(
    rows.map((it) => [it.id, it.before, it.added]),
    [
      ["a", "blocked", undefined],
      ["b", "keep", undefined],
      ["new", undefined, true],
      ["same", undefined, undefined],
      ["odd", "unknown", undefined],
    ],
  );
  assert.deepEqual(changesOf(rows), { gained: 2, lost: 1, other: 1 });
  assert.deepEqual(ids(visibleRows(rows, { ...defaultView, onlyChanged: true })), ["b", "a", "new", "odd"]);
});

test("every filter narrows on its own, and all of them together", () => {
  assert.equal(seen({}).length, 7);
  assert.deepEqual(seen({ hiddenVerdicts: ["place", "keep", "blocked", "unknown", "excluded"] }), ["i-stop"]);
  assert.deepEqual(seen({ text: "  8126 MEMORY " }), ["i-blocked"]);
  assert.deepEqual(seen({ stage: "constraints" }), ["i-unknown", "i-stop"]);
  assert.deepEqual(seen({ stage: "constraints", text: "unknown" }), ["i-unknown"]);
  assert.deepEqual(seen({ onlyMatching: true }, new Set(["i-keep"])), ["i-keep"]);
  assert.equal(seen({ onlyMatching: true }).length, 7, "without a selection nothing is filtered");
  assert.deepEqual(seen({ onlyChanged: true }), []);
});

test("rows sort by each column both ways, equal ones by id", () => {
  const fleet = previewOf([
    { id: "i-3", verdict: "place", facts: { registeredAt: 1, zone: "b" } },
    { id: "i-1", verdict: "keep", facts: { registeredAt: 9, zone: "a", instanceType: undefined } },
    { id: "i-2", verdict: "place", facts: { registeredAt: 1, zone: "a" } },
  ]);
  const sorted = (key: ViewOptions["sort"]["key"], descending = false) =>
    ids(visibleRows(rowsOf(fleet), { ...defaultView, sort: { key, descending } }));
  assert.deepEqual(sorted("verdict"), ["i-2", "i-3", "i-1"]);
  assert.deepEqual(sorted("id", true), ["i-3", "i-2", "i-1"]);
  assert.deepEqual(sorted("zone"), ["i-1", "i-2", "i-3"]);
  assert.deepEqual(sorted("type"), ["i-1", "i-2", "i-3"]);
  assert.deepEqual(sorted("age"), ["i-1", "i-2", "i-3"]);
  assert.deepEqual(sorted("age", true), ["i-2", "i-3", "i-1"]);
});

test("the funnel loses each instance once, at the first stage that refuses it", () => {
  const rows = rowsOf(everyVerdict);
  assert.deepEqual(
    funnelOf(rows).map((it) => [it.name, it.left, it.lost]),
    [
      ["registered", 7, 0],
      ["active", 6, 1],
      ["constraints", 4, 2],
      ["connected", 3, 1],
      ["capable", 3, 0],
      ["fits", 2, 1],
    ],
  );
  const row = (verdict: Verdict, reasons: readonly Reason[]) =>
    rowsOf(previewOf([{ id: "i", verdict, reasons }]))[0]!;
  assert.equal(lostAt(row("blocked", [lacksMemory, notProd()])), "constraints");
  assert.equal(lostAt(row("keep", [lacksMemory])), undefined, "a task that stays is not lost");
  assert.equal(lostAt(row("unknown", [])), "fits");
  const failed = filterResults(row("blocked", [lacksMemory, portTaken])).filter(
    (it) => it.reasons.length > 0,
  );
  assert.deepEqual(
    failed.map((it) => it.filter),
    ["memory", "ports"],
  );
});

test("groups are named after facts and attributes, and count their verdicts", () => {
  const fleet = {
    ...previewOf([
      { id: "a", verdict: "place", facts: { zone: "z-10" } },
      { id: "b", verdict: "blocked", facts: { zone: "z-2" } },
      { id: "c", verdict: "place", facts: { zone: undefined } },
      { id: "d", verdict: "place", facts: { zone: "z-2" } },
    ]),
    attributes: [{ name: "team", values: ["web", null], indexes: [0, 1, -1, 0] }],
  };
  const rows = rowsOf(fleet);
  const groups = (...by: readonly [ViewOptions["groupBy"], AttributeLookup?]) =>
    finished(groupsInSteps(rows, ...by));
  const named = (key: ViewOptions["groupBy"]) =>
    groups(key, attributeLookup(fleet)).map((it) => `${it.name}: ${ids(it.rows)}`);
  assert.deepEqual(named("zone"), ["unknown: c", "z-2: b,d", "z-10: a"]);
  assert.deepEqual(named("attribute:team"), ["no team: c", "present: b", "web: a,d"]);
  assert.deepEqual(named("attribute:gone"), ["no gone: b,a,c,d"]);
  assert.equal(groups("zone")[1]?.counts.blocked, 1);
  assert.equal(countVerdicts(rows).place, 3);
});

const reasonGroups = (...of: Parameters<typeof reasonGroupsInSteps>) => finished(reasonGroupsInSteps(...of));

test("instances with the same reason are one group, whatever the numbers of each", () => {
  const short = (available: number): Reason => ({
    ...lacksMemory,
    available,
    message: `The task asks for 512 MiB, and ${available} MiB are left.`,
  });
  const rows = rowsOf(
    previewOf([
      { id: "a", verdict: "place", reasons: [] },
      { id: "b", verdict: "blocked", reasons: [short(1)] },
      { id: "c", verdict: "blocked", reasons: [short(2), portTaken] },
      { id: "d", verdict: "blocked", reasons: [portTaken] },
      { id: "e", verdict: "excluded", reasons: [notProd("dev")] },
    ]),
  );
  assert.deepEqual(
    reasonGroups(rows).map((it) => [it.verdict, it.headline, ids(it.rows).join()]),
    [
      ["blocked", "Memory: 512 MiB asked, short by 510 to 511 MiB", "b,c"],
      ["blocked", "Port 8126/tcp is in use", "d"],
      ["place", "A task will start here.", "a"],
      ["excluded", "env is dev: `attribute:env==prod` is false", "e"],
    ],
  );
});

test("a group shows what its tasks leave at least, and where its instances are", () => {
  const facts = (zone: string | undefined, remainingCpu: number, remainingMemory: number) => ({
    facts: { zone, remainingCpu, remainingMemory },
  });
  const rows = rowsOf(
    previewOf([
      { id: "a", verdict: "place", ...facts("z-2", 1000, 600) },
      { id: "b", verdict: "place", ...facts("z-1", 200, 4000) },
      { id: "c", verdict: "place", ...facts(undefined, 1000, 4000) },
    ]),
  );
  const [group] = reasonGroups(rows, { cpu: 100, memory: 512 });
  assert.equal(group?.headline, "100 CPU units and 512 MiB each; at least 88 MiB stay free");
  assert.deepEqual(group.zones, [
    ["z-1", 1],
    ["z-2", 1],
  ]);
  assert.equal(reasonGroups(rows)[0]?.headline, "A task will start here.", "what it takes is not known");
});

test("the key of a group does not depend on the numbers, so that it stays open while they change", () => {
  const group = (available: number) =>
    reasonGroups(
      rowsOf(previewOf([{ id: "b", verdict: "blocked", reasons: [{ ...lacksMemory, available }] }])),
    )[0];
  assert.notEqual(group(1)?.headline, group(2)?.headline);
  assert.equal(group(1)?.key, group(2)?.key);
});

test("5,000 rows lose none in groups and reasons", () => {
  const rows = rowsOf(bigFleet(5000));
  const total = (groups: readonly { readonly rows: readonly unknown[] }[]) =>
    groups.reduce((sum, it) => sum + it.rows.length, 0);
  assert.equal(total(finished(groupsInSteps(rows, "type"))), 5000);
  assert.equal(total(reasonGroups(rows)), 5000);
});

test("files of one name are told apart by their folders, whatever is in their URIs", () => {
  const uris = ["file:///w/dev/terraform.tfvars", "file:///w/prod/terraform.tfvars", "file:///w/50%.json"];
  assert.deepEqual(
    uris.map((it) => fileName(it, uris)),
    ["dev/terraform.tfvars", "prod/terraform.tfvars", "50%.json"],
  );
});
