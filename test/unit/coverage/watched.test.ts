// What the editor makes of looks at coverage: the line of a cluster, when the next look is due, and which gaps are news.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { CoverageCell } from "../../../server/src/core/coverage/coverage";
import type { ClusterCoverage, DaemonCoverage } from "../../../server/src/ecs/coverage/lookAtCluster";
import { type AlertMemory, newGaps } from "../../../server/src/lsp/coverage/coverageAlerts";
import { detailOf } from "../../../server/src/lsp/coverage/coverageDetail";
import { type CoverageEntry, keyOf } from "../../../server/src/lsp/coverage/coverageEntry";
import { nextLookAt } from "../../../server/src/lsp/coverage/coverageSchedule";
import type { CoverageStore } from "../../../server/src/lsp/coverage/coverageStore";
import { summaryOf, worstFirst } from "../../../server/src/lsp/coverage/coverageSummary";
import type { CoverageTarget } from "../../../server/src/lsp/protocol/protocol";
import { coverageView } from "../../../server/src/lsp/views/coverageView";

const account: CoverageTarget = { profile: "prod", region: "eu-west-1" };
const minute = 60_000;

function cell(instance: string, state: CoverageCell["state"], message = "No reason is known."): CoverageCell {
  return { instance, state, reasons: [{ code: "code", message }] };
}

function daemon(service: string, running: number, cells: readonly CoverageCell[] = []): DaemonCoverage {
  const states: Partial<Record<CoverageCell["state"] | "running", number>> = {
    ...(running > 0 && { running }),
  };
  for (const { state } of cells) states[state] = (states[state] ?? 0) + 1;
  const wanted = running + cells.length;
  return { service, desired: wanted, wanted, running, states, cells };
}

function look(daemons: readonly DaemonCoverage[], incomplete: readonly string[] = []): ClusterCoverage {
  const place = { cluster: "c", region: "eu-west-1", account: "111122223333" };
  return { ...place, at: "2026-11-28T12:00:00.000Z", depth: "why", daemons, incomplete };
}

function entry(more: Partial<CoverageEntry>, cluster = "c", target: CoverageTarget = account): CoverageEntry {
  const named = { key: keyOf(target, cluster), target, cluster };
  return {
    ...named,
    isReading: false,
    baseline: undefined,
    alerts: { known: undefined },
    endedAt: 1,
    readAt: 1,
    ...more,
  };
}

test("a cluster is as ill as its worst cell, and unread, unknown and stale are never covered", () => {
  const stateOf = (more: Partial<CoverageEntry>) => summaryOf(entry(more)).state;
  assert.equal(stateOf({ look: look([daemon("a", 5)]) }), "covered");
  assert.equal(stateOf({ look: look([daemon("a", 4, [cell("1", "missing")])]) }), "missing");
  assert.equal(stateOf({ look: look([daemon("a", 4, [cell("1", "crash-looping")])]) }), "failing");
  assert.equal(stateOf({ look: look([daemon("a", 4, [cell("1", "unknown")])]) }), "unknown");
  assert.equal(stateOf({ look: look([daemon("a", 5)], ["ListTasks: denied"]) }), "unknown");
  assert.equal(stateOf({ look: look([daemon("a", 4, [cell("1", "stale")])]) }), "stale");
  assert.equal(stateOf({ look: look([daemon("a", 4, [cell("1", "starting")])]) }), "updating");
  assert.equal(stateOf({ look: look([]) }), "none");
  assert.equal(stateOf({ instances: 0 }), "empty");
  const problem = { code: "AccessDeniedException", message: "denied" };
  assert.equal(stateOf({ problem }), "unknown");
  assert.equal(stateOf({ problem, look: look([daemon("a", 5)]) }), "stale");
  assert.equal(summaryOf(entry({ readAt: undefined } as unknown as Partial<CoverageEntry>)).state, "unread");
});

test("the line names the reason of most instances that lack a daemon, and how many more there are", () => {
  const short = [cell("1", "missing", "no room"), cell("2", "missing", "no room")];
  const stale = Array.from({ length: 5 }, (_, at) => cell(`s${at}`, "stale", "disconnected"));
  const summary = summaryOf(
    entry({
      look: look([daemon("a", 3, [...short, ...stale]), daemon("b", 9, [cell("1", "missing", "no room")])]),
    }),
  );
  assert.equal(summary.lacking, 2);
  assert.equal(summary.reason, "a, b: no room");
  assert.equal(summary.more, 1);
  assert.deepEqual([summary.wanted, summary.running], [20, 12]);
});

test("the worst cluster is first, whatever order they come in", () => {
  const ill = (name: string, lacking: number) => {
    const cells = Array.from({ length: lacking }, (_, at) => cell(String(at), "missing"));
    return summaryOf(entry({ look: look([daemon("a", 1, cells)]) }, name));
  };
  const well = summaryOf(entry({ look: look([daemon("a", 1)]) }, "well"));
  const names = worstFirst([well, ill("two", 2), ill("nine", 9)]).map((it) => it.cluster);
  assert.deepEqual(names, ["nine", "two", "well"]);
});

test("ill clusters are looked at every minute, healthy ones every five, and none after credentials failed", () => {
  const ended = { endedAt: 1_000 };
  const at = (more: Partial<CoverageEntry>, target: CoverageTarget = account) =>
    nextLookAt(entry({ ...ended, ...more }, "c", target));
  assert.equal(at({ look: look([daemon("a", 4, [cell("1", "missing")])]) }), 1_000 + minute);
  assert.equal(at({ look: look([daemon("a", 5)]) }), 1_000 + 5 * minute);
  const problem = { code: "ExpiredToken", message: "expired" };
  assert.equal(at({ problem }), undefined);
  assert.equal(at({ problem: { code: "ThrottlingException", message: "" } }), 1_000 + 5 * minute);
  assert.equal(at({ problem }, "local"), 6_000);
  const { endedAt: _, ...never } = entry({});
  assert.equal(nextLookAt(never), 0);
});

test("a gap is news once: when it came while somebody watched, and lasts longer than the grace", () => {
  const gap = (instance: string, since: number) => ({
    service: "agent",
    cell: { ...cell(instance, "missing"), since: new Date(since).toISOString() },
  });
  let memory: AlertMemory = { known: undefined };
  const see = (gaps: readonly ReturnType<typeof gap>[], now: number) => {
    const found = newGaps(gaps, memory, now, 5 * minute);
    memory = found.memory;
    return found.alerts.map((it) => it.cell.instance);
  };
  const old = gap("old", 0);
  assert.deepEqual(see([old], 60 * minute), [], "what was there at first is no news");
  assert.deepEqual(see([old, gap("new", 61 * minute)], 62 * minute), [], "younger than the grace");
  assert.deepEqual(see([old, gap("new", 61 * minute)], 66 * minute), ["new"]);
  assert.deepEqual(see([old, gap("new", 61 * minute)], 90 * minute), [], "once");
  assert.deepEqual(see([old], 91 * minute), []);
  assert.deepEqual(see([old, gap("new", 92 * minute)], 97 * minute), ["new"], "it went and came back");
  assert.deepEqual(
    see([old, gap("next", 92 * minute)], 100 * minute),
    [],
    "one message in a quarter of an hour",
  );
  assert.deepEqual(see([old, gap("next", 92 * minute)], 113 * minute), ["next"]);
});

test("packed coverage has each instance and each reason once", () => {
  const found = look([
    daemon("a", 1, [cell("1", "missing", "no room"), cell("2", "missing", "no room")]),
    { ...daemon("b", 1, [cell("1", "missing", "no room")]), excluded: ["2"] },
  ]);
  const detail = detailOf(entry({ look: found }), found);
  assert.deepEqual(
    detail.instances.map((it) => it.id),
    ["1", "2"],
  );
  assert.equal(detail.reasons.length, 1);
  assert.equal(detail.cells.length, 12);
  assert.deepEqual(detail.excluded, [1, 1]);
  assert.deepEqual(
    detail.groups.map((it) => [it.instances, it.daemons]),
    [
      [
        [0, 1],
        [
          [0, 2],
          [1, 1],
        ],
      ],
    ],
  );
});

test("where something could not be read, no daemon is shown as covered", () => {
  const described = (incomplete: readonly string[]) => {
    const known = entry({ look: look([daemon("a", 5)], incomplete) });
    const store = { entries: () => [known], problems: () => [], find: () => known };
    const [cluster] = coverageView(store as unknown as CoverageStore, {}).nodes;
    return coverageView(store as unknown as CoverageStore, { parent: cluster?.id ?? "" }).nodes.map(
      (it) => it.description,
    );
  };
  assert.deepEqual(described([]), ["covered"]);
  assert.deepEqual(described(["ListTasks: denied"]), [undefined, "no gap seen"]);
});
