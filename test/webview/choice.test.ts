// What If's changes of several instances, on this cluster and on another one, and what of What if and Time is kept.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { createChoice } from "../../client/webview/model/selectedInstances";
import { fittingChanges } from "../../client/webview/whatIf/fittingChanges";
import type { Cluster } from "../../server/src/core/cluster/containerInstance";
import { readClusterText } from "../../server/src/core/cluster/readClusterText";
import { requirementsOf } from "../../server/src/core/requirements/requirementsOf";
import { whatIf } from "../../server/src/lsp/preview/whatIf";
import type { ClusterChange, PreviewResult } from "../../server/src/lsp/protocol/protocol";
import { type Panel, panelsForTests, type WithPanel } from "./panelPage";

const document = { uri: "file:///w/agent.taskdef.json", name: "agent.taskdef.json" };

function clusterOf(count: number): Cluster {
  const fleet = { groups: [{ count, instanceType: "m5.large", zones: ["a", "b"] }] };
  return readClusterText("c.ecs-fleet.json", JSON.stringify(fleet)).cluster;
}

function previewed(cluster: Cluster, label: string, changes: readonly ClusterChange[] = []): PreviewResult {
  const daemon = { name: "agent", requirements: requirementsOf({}), constraints: [] };
  const result = whatIf(
    { daemon, cluster: { cluster, label, kind: "file" }, service: undefined, documents: [] },
    { changes },
  );
  assert.ok(!("error" in result));
  return result;
}

describe("choosing from a list", () => {
  const order = ["a", "b", "c", "d", "e"];
  const chosen = (...steps: readonly (readonly [string, "one" | "toggle" | "range"])[]) => {
    const choice = createChoice();
    for (const [id, mode] of steps) choice.choose(id, mode, order);
    return [...choice.ids].sort().join("");
  };

  test("one alone, one more, one less", () => {
    assert.equal(chosen(["a", "one"], ["c", "one"]), "c");
    assert.equal(chosen(["a", "one"], ["c", "toggle"], ["e", "toggle"]), "ace");
    assert.equal(chosen(["a", "one"], ["c", "toggle"], ["a", "toggle"]), "c");
  });

  test("a stretch begins where something was chosen last, in either direction, and without that is one", () => {
    assert.equal(chosen(["b", "one"], ["d", "range"]), "bcd");
    assert.equal(chosen(["d", "one"], ["b", "range"], ["e", "range"]), "de");
    assert.equal(chosen(["c", "range"]), "c");
  });

  test("what is not on view any more is not chosen any more", () => {
    const choice = createChoice();
    choice.all(order);
    choice.keep(new Set(["b", "d"]));
    assert.deepEqual([...choice.ids], ["b", "d"]);
  });
});

test("of changes that another cluster cannot have, what fits is kept", () => {
  const [first = "", second = ""] = clusterOf(2).instances.map((it) => it.id);
  const changes: readonly ClusterChange[] = [
    { kind: "drain", instances: [first, "i-gone"] },
    { kind: "disconnect", instances: ["i-gone"] },
    { kind: "remove", instances: [second] },
    { kind: "addInstances", count: 1, instanceType: "m5.large" },
    { kind: "addInstances", count: 1, instanceType: "unheard.of" },
  ];
  const kept = fittingChanges(previewed(clusterOf(2), "two", changes));
  assert.deepEqual(kept, [
    { kind: "drain", instances: [first] },
    { kind: "remove", instances: [second] },
    { kind: "addInstances", count: 1, instanceType: "m5.large" },
  ]);
  // And all of it can be done.
  const again = previewed(clusterOf(2), "two", kept);
  assert.deepEqual(
    again.whatIf?.changes.flatMap((it) => it.problems),
    [],
  );
});

const withAnyPanel = panelsForTests();
const withPanel: WithPanel = (options, work) => withAnyPanel({ height: 1100, ...options }, work);

const show = (panel: Panel, result: PreviewResult) =>
  panel.send({ kind: "result", document, result, saved: true });

async function openWhatIf({ page }: Panel) {
  await page.getByRole("button", { name: "What if", exact: true }).click();
  return page.getByRole("combobox", { name: "Container instances to change" });
}

async function changesOf(panel: Panel): Promise<readonly ClusterChange[]> {
  return (await panel.sent()).flatMap((it) => (it.kind === "whatIf" ? [it.changes] : [])).at(-1) ?? [];
}

const selectedIds = ({ page }: Panel) =>
  page.evaluate(
    "[...document.querySelectorAll('.row[aria-selected=true]')].map((it) => it.dataset.id).sort()",
  );
const idsOf = ({ page }: Panel) =>
  page.evaluate("[...document.querySelectorAll('.row')].map((it) => it.dataset.id)") as Promise<string[]>;

test("several rows are chosen with Ctrl and Shift, and what is done is done to them", () =>
  withPanel({}, async (panel) => {
    await show(panel, previewed(clusterOf(6), "six"));
    const target = await openWhatIf(panel);
    const rows = panel.page.locator(".row");
    const ids = await idsOf(panel);
    await rows.nth(0).click({ modifiers: ["Control"] });
    await rows.nth(3).click({ modifiers: ["Control"] });
    assert.deepEqual(await selectedIds(panel), [ids[0], ids[3]].sort());
    assert.equal(await rows.nth(0).getAttribute("aria-expanded"), "false", "choosing opens nothing");
    await rows.nth(5).click({ modifiers: ["Shift"] });
    assert.deepEqual(await selectedIds(panel), ids.slice(3).sort());
    assert.equal(await target.inputValue(), "chosen");
    assert.equal(await target.locator("option:checked").textContent(), "the 3 selected");
    await panel.picture("choice-several");
    await panel.page.getByRole("button", { name: "Drain", exact: true }).click();
    const [drain] = await changesOf(panel);
    assert.ok(drain?.kind === "drain");
    assert.deepEqual([...drain.instances].sort(), ids.slice(3).sort());
    await rows.nth(1).click();
    assert.deepEqual(await selectedIds(panel), [ids[1]]);
  }));

test("several rows are chosen with the keyboard alone", () =>
  withPanel({}, async (panel) => {
    await show(panel, previewed(clusterOf(4), "four"));
    const ids = await idsOf(panel);
    const { keyboard } = panel.page;
    await panel.page.getByRole("treegrid").focus();
    for (const key of ["ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown"]) await keyboard.press(key);
    assert.deepEqual(await selectedIds(panel), ids.slice(0, 3).sort());
    await keyboard.press("Control+Space");
    assert.deepEqual(await selectedIds(panel), ids.slice(0, 2).sort());
    await keyboard.press("Control+a");
    assert.deepEqual(await selectedIds(panel), [...ids].sort());
    await keyboard.press("ArrowUp");
    assert.deepEqual(await selectedIds(panel), [ids[1]]);
  }));

test("several cells of the map are chosen, and filtered rows are chosen no more", () =>
  withPanel({}, async (panel) => {
    await show(panel, previewed(clusterOf(6), "six"));
    const target = await openWhatIf(panel);
    const map = panel.page.getByRole("listbox", { name: "Fleet map" });
    await map.focus();
    await panel.page.keyboard.press("Control+Enter");
    await panel.page.keyboard.press("ArrowRight");
    await panel.page.keyboard.press("ArrowRight");
    await panel.page.keyboard.press("Shift+Enter");
    await target.locator("option:checked", { hasText: "the 3 selected" }).waitFor({ state: "attached" });
    const zoneOf = panel.page.locator(".row[aria-selected=true] .cell-zone");
    assert.deepEqual(await zoneOf.allInnerTexts(), ["a", "a", "a"]);
    await panel.page.getByRole("searchbox").fill("nothing has this");
    await panel.page.getByRole("searchbox").fill("");
    await panel.page.locator(".row").first().waitFor();
    assert.deepEqual(await selectedIds(panel), []);
  }));

test("changes that another cluster cannot have are told, and go when the user says so", () =>
  withPanel({}, async (panel) => {
    const cluster = clusterOf(3);
    await show(panel, previewed(cluster, "three"));
    await openWhatIf(panel);
    await panel.page.getByRole("button", { name: "Drain", exact: true }).click();
    const changes = await changesOf(panel);
    await show(panel, previewed(cluster, "three", changes));
    const note = panel.page.locator(".simulated-note");
    await note.waitFor();
    assert.doesNotMatch((await note.textContent()) ?? "", /made on|cannot be done as/);
    assert.equal(await note.getByRole("button", { name: "Remove what cannot be done" }).isVisible(), false);
    // One instance of the three is in the other cluster too.
    const other = { ...cluster, instances: cluster.instances.slice(0, 1) };
    await show(panel, previewed(other, "one", changes));
    await note.getByText(/The changes were made on three, and are tried on one now\./).waitFor();
    await note.getByText(/1 change cannot be done as written/).waitFor();
    await panel.picture("choice-other-cluster");
    await note.getByRole("button", { name: "Remove what cannot be done" }).click();
    const left = await changesOf(panel);
    assert.deepEqual(left, [{ kind: "drain", instances: [other.instances[0]?.id] }]);
    // Where they were made is known after a reload too.
    const kept = await panel.stored();
    await withPanel({ state: kept }, async (reloaded) => {
      await show(reloaded, previewed(other, "one", left));
      await reloaded.page.getByText(/The changes were made on three/).waitFor();
    });
  }));

test("the scenario, its percentage and the step are kept through a reload", async () => {
  let kept: unknown;
  await withPanel({}, async (panel) => {
    await show(panel, previewed(clusterOf(3), "three"));
    await panel.page.getByRole("button", { name: "Time", exact: true }).click();
    await panel.page.getByRole("combobox", { name: "Scenario" }).selectOption("drain");
    await panel.page.getByLabel("minimumHealthyPercent, instead").fill("75");
    await panel.page.keyboard.press("Tab");
    kept = await panel.stored();
  });
  await withPanel({ state: kept }, async (panel) => {
    await show(panel, previewed(clusterOf(3), "three"));
    assert.equal(await panel.page.getByRole("combobox", { name: "Scenario" }).inputValue(), "drain");
    const asked = (await panel.sent()).find((it) => it.kind === "timeline");
    assert.deepEqual(asked, { kind: "timeline", scenario: "drain", minimumHealthyPercent: 75 });
  });
});
