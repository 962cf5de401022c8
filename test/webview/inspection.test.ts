import assert from "node:assert/strict";
import { test } from "node:test";
import type { HostMessage } from "../../client/src/preview/messages";
import type { InstanceExplanation, PreviewResult } from "../../server/src/lsp/protocol/protocol";
import { drawnCells, walkToCell } from "./drawnMap";
import { panelsForTests } from "./panelPage";
import { bigFleet, clauses, everyVerdict, explainedBlocked, oneOfSix } from "./samples";

const document = { uri: "file:///w/agent.taskdef.json", name: "agent.taskdef.json" };
const result = (it: PreviewResult, saved = true): HostMessage => ({
  kind: "result",
  document,
  result: it,
  saved,
});
const explained = (explanation: InstanceExplanation): HostMessage => ({
  kind: "explanation",
  document,
  explanation,
});

const withPanel = panelsForTests();

const columns = (fleet: PreviewResult): PreviewResult => ({
  ...fleet,
  attributes: [
    { name: "team", values: ["web", null], indexes: fleet.instances.map((_, at) => (at % 3) - 1) },
    { name: "ecs.ami-id", values: ["ami-1"], indexes: fleet.instances.map(() => 0) },
  ],
});

test("an opened row asks for its explanation and then shows resources, clauses, attributes and remedies", () =>
  withPanel({ theme: "light", height: 900 }, async (panel) => {
    await panel.send(result({ ...everyVerdict, cluster: { label: "prod", kind: "aws" } }));
    await panel.page.locator("[data-id=i-blocked].row").click();
    assert.deepEqual((await panel.sent()).at(-1), { kind: "explain", instance: "i-blocked" });
    await panel.send(explained(explainedBlocked));
    const pane = panel.page.getByRole("region", { name: "Detail" });
    assert.deepEqual(await pane.locator(".resources dd").allTextContents(), [
      "✓824 units stay free100 asked · 0 used · 924 free of 924 units",
      "✗short by 256 MiB512 asked · 768 used · 256 free of 1,024 MiB",
      "8126/tcp ✗is held by task 1f of service:legacy-agent",
    ]);
    assert.equal(await pane.locator(".meter").count(), 2);
    assert.equal(await pane.locator(".meter.over .end").count(), 1, "where the instance ends");
    assert.deepEqual(await pane.locator(".smallest dt").allTextContents(), ["Memory", "Ports"]);
    for (const said of [
      "The task asks for 512 MiB, and 256 MiB are left.",
      "Each of these checks needs a change.",
    ])
      assert.equal(await pane.getByText(said).count(), 1, `once: ${said}`);
    assert.equal(await panel.page.locator(".clause.true", { hasText: "env is prod" }).count(), 1);
    await panel.page.locator(".attributes code", { hasText: "team=web" }).waitFor();
    await panel.picture("explained");
    await panel.page.getByRole("button", { name: "Use host port 8127 in the editor" }).click();
    const last = (await panel.sent()).at(-1);
    assert.ok(last?.kind === "remedy" && last.instance === "i-blocked" && last.remedy.filter === "ports");
  }));

for (const width of [1280, 640])
  test(`Ctrl+Enter makes the first change of a row once it is on view: ${width} pixels`, () =>
    withPanel({ width }, async (panel) => {
      const { keyboard } = panel.page;
      await panel.send(result({ ...everyVerdict, cluster: { label: "prod", kind: "aws" } }));
      await panel.page.getByRole("treegrid").focus();
      for (const key of ["ArrowDown", "ArrowDown"]) await keyboard.press(key);
      await keyboard.press("Control+Enter");
      assert.deepEqual((await panel.sent()).at(-1), { kind: "explain", instance: "i-blocked" });
      await keyboard.press("Control+Enter");
      assert.equal((await panel.sent()).at(-1)?.kind, "explain", "nothing is made before it was shown");
      await panel.send(explained(explainedBlocked));
      await keyboard.press("Meta+Enter");
      const shown = await panel.page.locator(".remedies button").first().textContent();
      assert.equal(shown, "Reserve 256 MiB in the editor");
      const last = (await panel.sent()).at(-1);
      assert.ok(last?.kind === "remedy" && last.instance === "i-blocked" && last.remedy.filter === "memory");
    }));

test("the menu of a row copies it, shows its detail and makes its changes", () =>
  withPanel({ width: 1280 }, async (panel) => {
    const { keyboard } = panel.page;
    const menu = panel.page.getByRole("menu");
    const focused = () => panel.page.evaluate("document.activeElement.textContent");
    await panel.send(result({ ...everyVerdict, cluster: { label: "prod", kind: "aws" } }));
    await panel.page.getByRole("treegrid").focus();
    for (const key of ["ArrowDown", "ArrowDown", "Shift+F10"]) await keyboard.press(key);
    await menu.waitFor();
    assert.deepEqual((await panel.sent()).at(-1), { kind: "explain", instance: "i-blocked" });
    await keyboard.press("ArrowDown");
    assert.equal(await focused(), "Copy RowCtrl+C");
    await panel.send(explained(explainedBlocked));
    assert.equal(await focused(), "Copy RowCtrl+C", "the focus stays while changes follow");
    await panel.picture("row-menu");
    await keyboard.press("End");
    assert.equal(await focused(), "Use host port 8127 in the editor");
    await keyboard.press("Enter");
    const last = (await panel.sent()).at(-1);
    assert.ok(last?.kind === "remedy" && last.remedy.filter === "ports");
    await menu.waitFor({ state: "hidden" });
    assert.equal(await panel.page.evaluate("document.activeElement.className"), "table");
    await keyboard.press("Shift+F10");
    await keyboard.press("Escape");
    await menu.waitFor({ state: "hidden" });
    await panel.page.locator("[data-id=i-stop].row").click({ button: "right" });
    await keyboard.press("Enter");
    assert.equal(await panel.page.locator("[data-id=i-stop].row").getAttribute("aria-expanded"), "true");
    assert.match(String(await panel.page.evaluate("document.activeElement.className")), /detail-pane/);
    await panel.page.locator("[data-id=i-keep].row").click({ button: "right" });
    await panel.send(result(oneOfSix));
    await menu.waitFor({ state: "hidden" });
  }));

test("the menu of a row stays inside a small window while changes follow", () =>
  withPanel({ width: 340, height: 700 }, async (panel) => {
    await panel.send(result({ ...everyVerdict, cluster: { label: "prod", kind: "aws" } }));
    await panel.page.locator("[data-id=i-draining].row").click({ button: "right" });
    await panel.page.getByRole("menuitem", { name: "Copy Row" }).waitFor();
    await panel.send(explained({ ...explainedBlocked, id: "i-draining" }));
    await panel.page.getByRole("menuitem", { name: "Use host port 8127 in the editor" }).waitFor();
    await panel.picture("row-menu-340");
    const box = await panel.page.getByRole("menu").boundingBox();
    assert.ok(box !== null && box.x >= 0 && box.x + box.width <= 340 && box.y + box.height <= 700);
  }));

test("a clause of an instance that gets the task leads to the editor too", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(everyVerdict));
    await panel.page.locator("[data-id=i-place].row").click();
    await panel.send(explained({ ...explainedBlocked, id: "i-place", remedies: [] }));
    await panel.page.getByRole("button", { name: "attribute:env == prod", exact: true }).click();
    assert.deepEqual((await panel.sent()).at(-1), {
      kind: "revealClause",
      clause: { from: "service", index: 1, span: { start: 0, end: 21 } },
    });
  }));

test("an opened row is explained anew with each new result", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(clauses));
    await panel.page.locator("[data-id=i-clauses].row").click();
    await panel.send(result(clauses));
    const asked = (await panel.sent()).filter((it) => it.kind === "explain");
    assert.equal(asked.length, 2);
  }));

test("attributes are put only where there is an ECS to ask", () =>
  withPanel({}, async (panel) => {
    const remedy = {
      kind: "attributes",
      filter: "constraints",
      attributes: [{ name: "env", value: "prod" }],
    } as const;
    for (const [kind, buttons] of [
      ["file", 0],
      ["local", 1],
    ] as const) {
      await panel.send(result({ ...oneOfSix, cluster: { label: kind, kind } }));
      const id = oneOfSix.instances[0]!.id;
      if (kind === "file") await panel.page.locator(`[data-id="${id}"].row`).click();
      await panel.send(explained({ ...explainedBlocked, id, remedies: [remedy] }));
      assert.equal(await panel.page.getByRole("button", { name: /Put env=prod/ }).count(), buttons);
    }
  }));

test("what is selected in the editor marks its instances and filters by them when pressed", () =>
  withPanel({ theme: "light" }, async (panel) => {
    await panel.send(result(everyVerdict));
    const matched = ["i-place", "i-keep"];
    await panel.send({ kind: "selection", document, clause: "attribute:env == prod", matched });
    const chip = panel.page.locator(".selected-clause");
    assert.equal(await chip.textContent(), "attribute:env == prodmatches 2");
    assert.equal(await drawnCells(panel.page, "matching"), 2);
    assert.equal(await panel.page.locator(".row.matching").count(), 2);
    assert.equal(await panel.page.locator(".row").count(), 7);
    await panel.picture("selection");
    await chip.click();
    assert.equal(await panel.page.locator(".row").count(), 2);
    await panel.send({ kind: "selection", document, matched: [] });
    assert.equal(await chip.isVisible(), false);
    assert.equal(await panel.page.locator(".row").count(), 7);
  }));

test("verdicts are compared with git HEAD, and only what changes is shown at first", () =>
  withPanel({ theme: "light" }, async (panel) => {
    await panel.send(result(oneOfSix));
    await panel.send({ kind: "command", document, command: "compare", against: "head" });
    assert.deepEqual((await panel.sent()).at(-1), { kind: "compare", against: "head" });
    const verdicts = Object.fromEntries(
      oneOfSix.instances.map((it, at) => [it.id, at < 2 ? ("place" as const) : it.verdict]),
    );
    await panel.send({ kind: "baseline", document, against: "head", verdicts });
    assert.equal(await panel.page.locator(".changes").textContent(), "−2 lost against git HEAD");
    assert.equal(await panel.page.locator(".row").count(), 2);
    await panel.picture("against-head");
    await panel.page.locator(".changes").click();
    assert.equal(await panel.page.locator(".row").count(), 6);
    assert.equal(await panel.page.locator(".before", { hasText: "before: will start" }).count(), 2);
  }));

test("where there is nothing to compare with, the panel says why", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(oneOfSix));
    await panel.send({ kind: "command", document, command: "compare", against: "deployed" });
    const problem = "The service datadog-agent is not deployed on default.";
    await panel.send({ kind: "baseline", document, against: "deployed", problem });
    await panel.page.getByText(problem).waitFor();
    await panel.page.getByText("There is nothing to compare with.").waitFor();
    await panel.picture("not-deployed");
    await panel.page.getByRole("button", { name: "Show all" }).click();
    assert.equal(await panel.page.locator(".row").count(), 6);
  }));

test("the choice of what to compare with survives a reload", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(oneOfSix));
    await panel.send({ kind: "command", document, command: "compare", against: "deployed" });
    const state = await panel.stored();
    await withPanel({ state }, async (again) => {
      assert.ok((await again.sent()).some((it) => it.kind === "compare" && it.against === "deployed"));
    });
  }));

test("the table has a line for each reason, which opens to its instances", () =>
  withPanel({ theme: "light" }, async (panel) => {
    await panel.send(result(bigFleet(400)));
    await panel.page.getByLabel("Group the list by").selectOption("reason");
    assert.equal(await panel.page.locator(".row").count(), 0);
    const counts = await panel.page.locator(".reason-group .cell-count").allTextContents();
    const total = counts.reduce((sum, it) => sum + Number.parseInt(it, 10), 0);
    assert.equal(total, 400);
    assert.match(counts.join(), /blocked.*will stop.*will start.*running.*excluded/);
    const group = panel.page.locator(".reason-group", { hasText: "env is dev" });
    assert.match((await group.locator(".cell-zones").textContent()) ?? "", /^1a \d+ · 1b \d+ · 1c \d+$/);
    await group.click();
    const below = await panel.page.locator(".row .why-text").allInnerTexts();
    assert.deepEqual([...new Set(below)], [""], "the line of the reason shows it for all of them");
    const count = await panel.page.locator(".row").count();
    assert.ok(count > 0 && (await panel.page.locator(".row.excluded").count()) === count);
    await panel.picture("by-reason");
    await panel.page.keyboard.press("Escape");
    assert.equal(await panel.page.locator(".row").count(), 0);
    await walkToCell(panel.page, ": blocked");
    await panel.page.keyboard.press("Enter");
    assert.equal(await panel.page.locator(".row.blocked[aria-expanded=true]").count(), 1);
  }));

test("the map is grouped by any attribute, and says which instances lack it", () =>
  withPanel({ theme: "light" }, async (panel) => {
    await panel.send(result(columns(bigFleet(120))));
    const select = panel.page.getByLabel("Group the map by");
    await select.selectOption("attribute:team");
    const names = await panel.page.locator(".map .group .name").allTextContents();
    assert.deepEqual(names, ["no team", "present", "web"]);
    await panel.picture("by-attribute");
    await panel.send(result(bigFleet(120)));
    assert.equal(await select.inputValue(), "attribute:team");
  }));
