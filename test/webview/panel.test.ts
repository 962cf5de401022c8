import assert from "node:assert/strict";
import { test } from "node:test";
import type { HostMessage } from "../../client/src/preview/messages";
import { nextSteps } from "../../server/src/lsp/protocol/clusterState";
import { packPreview } from "../../server/src/lsp/protocol/packedPreview";
import type { Failure, PreviewResult } from "../../server/src/lsp/protocol/protocol";
import { until } from "../support/until";
import { cellOfKeyboard, pointAtCell, walkToCell } from "./drawnMap";
import { type Panel, panelsForTests } from "./panelPage";
import { bigFleet, clauses, emptyCluster, everyVerdict, fiveOfFive, oneOfSix } from "./samples";
import type { ThemeName } from "./themes";

const document = { uri: "file:///w/agent.taskdef.json", name: "agent.taskdef.json" };
const result = (it: PreviewResult, saved = true): HostMessage => ({
  kind: "result",
  document,
  result: it,
  saved,
});
const failure = (error: Failure["error"], keepsLast = true): HostMessage => ({
  kind: "failure",
  document,
  error,
  next: nextSteps(error),
  keepsLast,
});
const loading: HostMessage = { kind: "loading", document };

const withPanel = panelsForTests();

const rowIds = (panel: Panel) =>
  panel.page.evaluate("[...document.querySelectorAll('.row')].map((it) => it.dataset.id)") as Promise<
    readonly string[]
  >;

test("the page says that it is ready and shows that it waits", () =>
  withPanel({}, async (panel) => {
    assert.deepEqual(await panel.sent(), [{ kind: "ready" }]);
    await panel.send(loading);
    await panel.page.getByText("Previewing agent.taskdef.json…").waitFor({ state: "attached" });
    await panel.picture("loading");
  }));

for (const theme of [
  "light",
  "dark",
  "highContrast",
  "highContrastLight",
] as const satisfies readonly ThemeName[]) {
  test(`every verdict is readable in the ${theme} theme`, () =>
    withPanel({ theme, height: 900 }, async (panel) => {
      await panel.send(result(everyVerdict));
      assert.equal(await panel.page.locator(".row").count(), 7);
      for (const it of ["place", "keep", "stop", "blocked", "unknown", "excluded"])
        assert.ok(await panel.page.locator(`.toggle[data-verdict=${it}]`).isVisible(), it);
      await panel.picture(`every-verdict-${theme}`);
    }));
}

test("a packed answer draws the same, and one of a fleet that the page has not waits for the whole", () =>
  withPanel({}, async (panel) => {
    const packed = (it: PreviewResult, fleet?: string): HostMessage => ({
      kind: "result",
      document,
      result: packPreview(it, fleet),
      saved: true,
    });
    const { fleet } = packPreview(everyVerdict);
    await panel.send(packed(everyVerdict, fleet.id));
    assert.equal(await panel.page.locator(".row").count(), 0);
    await panel.send(result(everyVerdict));
    const drawn = await panel.page.locator("#panel").textContent();
    await panel.send(packed(oneOfSix));
    assert.equal(await panel.page.locator(".row").count(), 6);
    await panel.send(packed(everyVerdict));
    assert.equal(await panel.page.locator("#panel").textContent(), drawn);
    await panel.send(packed({ ...everyVerdict, service: { name: "another" } }, fleet.id));
    assert.match((await panel.page.locator("h1").textContent()) ?? "", /^another runs on/);
    assert.equal(await panel.page.locator(".row").count(), 7);
  }));

test("the summary, the constraints and every reason with its numbers and remedy are on view", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(everyVerdict));
    assert.equal(
      await panel.page.locator("h1").textContent(),
      "datadog-agent runs on 1 and will start on 1 of 7 container instances; 2 blocked, 1 will stop, 1 unknown, 1 excluded.",
    );
    for (const { expression } of everyVerdict.constraints)
      await panel.page.locator(".constraint code", { hasText: expression }).waitFor();
    const row = panel.page.locator("[data-id=i-blocked].row");
    assert.match((await row.textContent()) ?? "", /blocked.*Memory: 512 MiB asked, 256 MiB free\+1 more/);
    await row.click();
    const text = (await panel.page.locator(".detail-pane").textContent()) ?? "";
    for (const it of ["512 MiB", "256 MiB", "8126/tcp", "legacy-agent", "8127"])
      assert.ok(text.includes(it), `${it} in ${text}`);
    assert.match(text, /Checks 9 of 11 passed/);
  }));

test("five of five looks as good as it is", () =>
  withPanel({ theme: "light" }, async (panel) => {
    await panel.send(result(fiveOfFive));
    assert.equal(await panel.page.locator(".row.place").count(), 5);
    assert.equal(await panel.page.locator(".toggle:visible").count(), 2);
    await panel.picture("five-of-five");
  }));

test("a state shows its rows alone, with Ctrl adds them, and the count says so", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(everyVerdict));
    const toggle = (name: string) => panel.page.locator(`.toggle[data-verdict=${name}]`);
    await toggle("place").click();
    assert.deepEqual(await rowIds(panel), ["i-place"]);
    assert.equal(await toggle("place").getAttribute("aria-pressed"), "true");
    await panel.page.getByText("1 of 7 shown").waitFor();
    await toggle("stop").click({ modifiers: ["Control"] });
    assert.deepEqual([...(await rowIds(panel))].sort(), ["i-place", "i-stop"]);
    await toggle("stop").click();
    assert.deepEqual(await rowIds(panel), ["i-stop"]);
    await toggle("stop").click();
    assert.equal(await panel.page.locator(".row").count(), 7);
    await panel.page.getByRole("searchbox").fill("nothing has this");
    await panel.page.getByText("No container instance passes the filters.").waitFor();
    await panel.picture("nothing-shown");
    await panel.page.locator(".state").getByText("Clear Filters").click();
    assert.equal(await panel.page.locator(".row").count(), 7);
  }));

test("the text filter looks into ids, zones, types and reasons", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(everyVerdict));
    const input = panel.page.getByRole("searchbox");
    for (const [text, ids] of [
      ["i-stop", ["i-stop"]],
      ["8126 MEMORY", ["i-blocked"]],
      ["draining", ["i-draining"]],
      ["nothing has this", []],
    ] as const) {
      await input.fill(text);
      assert.deepEqual(await rowIds(panel), ids, text);
    }
  }));

test("head and warning stay in sight however far one scrolls", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(bigFleet(500)));
    await panel.page.getByLabel("Group the list by").selectOption("none");
    await panel.page.getByRole("treegrid").focus();
    await panel.page.keyboard.press("End");
    await panel.send(failure({ code: "broken-document", message: "The task definition is not valid JSON." }));
    const banner = await panel.page.locator(".banner").boundingBox();
    const head = await panel.page.locator(".head").boundingBox();
    assert.ok(banner !== null && head !== null);
    assert.ok(banner.y > 0 && banner.y < 200);
    assert.ok(head.y >= banner.y + banner.height - 1, "the heads are below the warning");
    assert.equal(await panel.page.evaluate("scrollY"), 0);
    await panel.picture("stale-scrolled");
  }));

test("an error of the file leads to its line, whether or not there was an answer before", () =>
  withPanel({}, async (panel) => {
    const place = {
      uri: document.uri,
      range: { start: { line: 8, character: 4 }, end: { line: 8, character: 9 } },
    };
    const broken = {
      code: "broken-document",
      message: "The task definition is not valid JSON.",
      places: [place],
    };
    const goTo = panel.page.getByRole("button", { name: "Go to Line 9" });
    await panel.send(failure(broken, false));
    await panel.page.locator(".state-icon").waitFor();
    await goTo.click();
    assert.deepEqual((await panel.sent()).at(-1), { kind: "showPlace", place });
    await panel.send(result(fiveOfFive));
    await panel.send(failure(broken));
    await panel.page.locator(".banner").filter({ hasText: "Out of date" }).waitFor();
    await goTo.click();
    assert.equal((await panel.sent()).filter((it) => it.kind === "showPlace").length, 2);
  }));

test("where several services could be meant, each is chosen by its name", () =>
  withPanel({}, async (panel) => {
    const candidates = ["file:///w/agent-a.service.json", "file:///w/agent-b.service.json"];
    const pairing = { by: "undecided", question: "service", candidates } as const;
    await panel.send(result({ ...fiveOfFive, pairing }));
    await panel.page.getByRole("button", { name: "agent-b.service.json" }).click();
    assert.deepEqual((await panel.sent()).at(-1), { kind: "chooseService", service: candidates[1] });
    await panel.page.getByRole("button", { name: "New service" }).click();
    assert.deepEqual((await panel.sent()).at(-1), { kind: "chooseService", service: null });
  }));

test("a narrow panel shows every name of its head, the cluster's too, and files of one name with their folders", () =>
  withPanel({ width: 480 }, async ({ page, send, picture }) => {
    const candidates = ["east", "west"].map((it) => `file:///w/${it}/a-rather-long-name.taskdef.json`);
    const service = { name: "agent", uri: "file:///w/west/a-rather-long-name.service.json" };
    const [, taskDefinition = ""] = candidates;
    const pairing = { by: "only", question: "taskDefinition", candidates, taskDefinition } as const;
    await send(result({ ...oneOfSix, service, pairing }));
    const context = await page.locator(".context").boundingBox();
    assert.ok(context !== null);
    const names = ["a-rather-long-name.service.json", "west/a-rather-long-name.taskdef.json"];
    for (const name of [...names, oneOfSix.cluster.label]) {
      const box = await page.locator(".context").getByRole("button", { name, exact: true }).boundingBox();
      assert.ok(box !== null && box.width > 20, `${name} is drawn`);
      assert.ok(box.x + box.width <= context.x + context.width + 1, `${name} ends in the head`);
      assert.ok(box.y + box.height / 2 < context.y + context.height, `${name} is in the head`);
    }
    await picture("narrow-head");
  }));

test("what is shown of another document is faint until the answer of the new one is here", () =>
  withPanel({}, async ({ page, send }) => {
    await send(result(fiveOfFive));
    await send(loading);
    assert.equal(await page.locator(".of-other").count(), 0, "the same document, read again");
    const other = { uri: "file:///w/huge.taskdef.json", name: "huge.taskdef.json" };
    await send({ kind: "loading", document: other });
    const opacity = "getComputedStyle(document.querySelector('.of-other > *')).opacity";
    await until("it is faint", async () => (await page.evaluate(opacity)) === "0.4");
    await send({ kind: "result", document: other, result: oneOfSix, saved: true });
    assert.equal(await page.locator(".of-other").count(), 0);
  }));

test("a closed map of a few instances shows their marks", () =>
  withPanel({ width: 700 }, async (panel) => {
    await panel.send(result(oneOfSix));
    const marks = panel.page.locator(".zone-marks .shape");
    await marks.first().waitFor();
    assert.equal(await marks.count(), 6);
    await panel.page.getByRole("button", { name: "Map", exact: true }).click();
    await marks.first().waitFor({ state: "detached" });
  }));

test("the first instance is above the fold, in a wide and in a narrow panel", async () => {
  for (const [width, most] of [
    [1280, 205],
    [480, 245],
  ] as const)
    await withPanel({ width, height: 865 }, async (panel) => {
      await panel.send(result(fiveOfFive));
      const row = await panel.page.locator(".row").first().boundingBox();
      assert.ok(row !== null && row.y <= most, `${row?.y} of ${most}`);
    });
});

test("a list of medium width leaves its room to the reasons: a zone is short to see, and whole to hear", () =>
  withPanel({ width: 640, height: 865 }, async (panel) => {
    await panel.send(result(fiveOfFive));
    const zone = panel.page.locator(".row .cell-zone").first();
    assert.match((await zone.textContent()) ?? "", /^eu-west-1[abc]/);
    const area = await zone.locator(".zone-area").boundingBox();
    assert.ok(area !== null && area.width <= 1, `${area?.width}`);
    await panel.picture("medium-zones");
  }));

test("columns sort both ways", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(everyVerdict));
    const byId = panel.page.getByRole("button", { name: "Instance", exact: true });
    await byId.click();
    assert.equal((await rowIds(panel)).at(-1), "i-unknown");
    await byId.click();
    assert.equal((await rowIds(panel))[0], "i-unknown");
    const head = panel.page.getByRole("columnheader", { name: "Instance" });
    assert.equal(await head.getAttribute("aria-sort"), "descending");
  }));

test("the funnel counts what is left, and a stage shows what it lost", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(everyVerdict));
    const left = await panel.page.locator(".stage .left").allTextContents();
    assert.deepEqual(left, ["7", "6", "4", "3", "3", "2"]);
    await panel.page.getByRole("button", { name: /match constraints/ }).click();
    assert.deepEqual([...(await rowIds(panel))].sort(), ["i-stop", "i-unknown"]);
  }));

test("a broken text leaves the last good state on view, marked stale, until the text is sound again", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(oneOfSix));
    await panel.send(
      failure({ code: "broken-expression", message: "The expression ends where a value is expected." }),
    );
    await panel.page.getByText("The expression ends where a value is expected.").waitFor();
    assert.equal(await panel.page.locator(".row").count(), 6);
    assert.equal(await panel.page.locator("#panel.stale").count(), 1);
    for (const part of ["map-pane", "toggles", "table"]) {
      const faded = `getComputedStyle(document.querySelector(".${part}")).filter`;
      assert.match(String(await panel.page.evaluate(faded)), /grayscale/, `${part} fades`);
    }
    await panel.picture("stale");
    await panel.send(result(oneOfSix));
    assert.equal(await panel.page.locator("#panel.stale").count(), 0);
    assert.equal(await panel.page.locator(".banner").isVisible(), false);
  }));

for (const [code, action, title] of [
  ["no-cluster", "startLocalCluster", "Select a cluster"],
  ["no-local-cluster", "startLocalCluster", "The local cluster is not running"],
  ["untrusted-workspace", "manageTrust", "Not available in Restricted Mode"],
  ["Unreachable", "retryCluster", "The cluster can't be reached"],
  ["not-a-task-definition", "openDocument", "Nothing to preview"],
  ["AccessDeniedException", "copyIamPolicy", "The cluster can't be read"],
] as const) {
  test(`the failure ${code} has a button that helps on`, () =>
    withPanel({ theme: "light", height: 500 }, async (panel) => {
      await panel.send(failure({ code, message: "What is wrong.", remedy: "What helps." }));
      await panel.page.getByRole("heading", { name: title }).waitFor();
      await panel.picture(`failure-${code}`);
      for (const it of await panel.page.locator(".actions button").all()) await it.click();
      const asked = (await panel.sent()).flatMap((it) => (it.kind === "action" ? [it.action] : []));
      assert.ok(asked.includes(action), asked.join());
    }));
}

test("when the cluster is gone, its last placement is not shown as if it still held", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(oneOfSix));
    await panel.send(failure({ code: "no-cluster", message: "No cluster is selected." }, false));
    assert.equal(await panel.page.locator(".row").count(), 0);
  }));

test("an empty cluster says so and offers to add instances", () =>
  withPanel({ height: 500 }, async (panel) => {
    await panel.send(result(emptyCluster));
    await panel.page.getByRole("button", { name: "Add Instances…" }).click();
    assert.deepEqual((await panel.sent()).at(-1), { kind: "action", action: "addLocalInstances" });
    await panel.picture("empty-cluster");
  }));

test("an opened row shows every filter and the clauses of its constraint", () =>
  withPanel({ theme: "light" }, async (panel) => {
    await panel.send(result(clauses));
    await panel.page.locator("[data-id=i-clauses].row").click();
    assert.equal(await panel.page.locator(".filter-results > li").count(), 11);
    assert.equal(await panel.page.locator(".filter-results > li.passed").count(), 10);
    const tree = (await panel.page.locator(".clauses").first().textContent()) ?? "";
    for (const it of ["env is dev", "says nothing of tasks", "ecs.os-type is linux"])
      assert.ok(tree.includes(it));
    assert.equal(await panel.page.locator(".clause.unknown").count(), 1);
    await panel.picture("clauses");
  }));

test("a clause selects itself in the editor, and a click into the detail does not close it", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(clauses));
    const row = panel.page.locator("[data-id=i-clauses].row");
    await row.click();
    await panel.page.getByRole("button", { name: "attribute:env==prod", exact: true }).click();
    const last = (await panel.sent()).at(-1);
    assert.equal(last?.kind, "revealClause");
    assert.deepEqual(last?.kind === "revealClause" && last.clause.span, { start: 0, end: 19 });
    await panel.page.locator(".detail").click();
    assert.equal(await row.getAttribute("aria-expanded"), "true");
  }));

test("a text that is not saved shows what it would change", () =>
  withPanel({ theme: "light" }, async (panel) => {
    await panel.send(result(oneOfSix));
    assert.equal(await panel.page.locator(".changes").isVisible(), false);
    const all = oneOfSix.instances.map((it) => ({ ...it, verdict: "place" as const, reasons: [] }));
    await panel.send(result({ ...oneOfSix, instances: all, sentence: "Lands on 6 of 6." }, false));
    const changes = panel.page.locator(".changes");
    assert.equal(await changes.textContent(), "+5 gained since the last save");
    await changes.click();
    assert.equal(await panel.page.locator(".row").count(), 5);
    assert.equal(await panel.page.locator(".before", { hasText: "before: excluded" }).count(), 5);
    await panel.picture("changes");
    const elsewhere = { ...oneOfSix, instances: all, cluster: { label: "other", kind: "file" as const } };
    await panel.send(result(elsewhere, false));
    assert.equal(await panel.page.locator(".before").count(), 0);
    await changes.click();
    await panel.send(result(elsewhere, true));
    assert.equal(await panel.page.locator(".row").count(), 6);
  }));

test("everything is reached with the keyboard alone", () =>
  withPanel({}, async (panel) => {
    const { page } = panel;
    await panel.send(result(everyVerdict));
    const reached = new Set<string>();
    for (let tabs = 0; tabs < 40; tabs += 1) {
      await page.keyboard.press("Tab");
      reached.add(String(await page.evaluate("document.activeElement.className.split(' ')[0]")));
      if (reached.has("sorter")) break;
    }
    for (const it of ["button", "chip", "text-filter", "sorter"])
      assert.ok(reached.has(it), `${it} in ${[...reached].join()}`);

    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const active = await page.getByRole("treegrid").getAttribute("aria-activedescendant");
    assert.equal(active, "row-i-blocked");
    assert.equal(await page.locator(`#${active}`).getAttribute("aria-expanded"), "true");
    assert.match(String(await page.evaluate("document.activeElement.className")), /detail-pane/);
    await panel.picture("keyboard-row");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(`#${active}`).getAttribute("aria-expanded"), "false");
    assert.equal(await page.evaluate("document.activeElement.className"), "table");
  }));

test("5,000 instances at 1,280 pixels: every zone is on view, the filter and its groups share a line, no note is cut", () =>
  withPanel({ width: 1280 }, async (panel) => {
    const { page } = panel;
    await panel.send(result(bigFleet(5_000)));
    await page.locator(".cells path").first().waitFor({ state: "attached" });
    const bottoms = await page
      .locator(".groups .cells")
      .evaluateAll((all) => all.map((it) => it.getBoundingClientRect().bottom));
    assert.equal(bottoms.length, 3);
    for (const it of bottoms) assert.ok(it < 800, `${it}`);
    const tops = await page
      .locator(".text-filter, .grouping, .map-pane .disclosure, .group-by")
      .evaluateAll((all) => all.map((it) => Math.round(it.getBoundingClientRect().top / 4)));
    assert.equal(tops[0], tops[1], "the filter and what the list is grouped by");
    assert.equal(tops[2], tops[3], "the map and what it is grouped by");
    const cut = await page
      .locator(".section-head .muted")
      .evaluateAll((all) => all.filter((it) => it.scrollWidth > it.clientWidth).map((it) => it.textContent));
    assert.deepEqual(cut, []);
  }));

test("the arrow keys walk over the fleet map and Enter opens the instance in the table", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(bigFleet(60)));
    await panel.page.getByLabel("Group the map by").focus();
    await panel.page.keyboard.press("Tab");
    assert.match((await cellOfKeyboard(panel.page)).label, /: blocked/);
    await panel.page.keyboard.press("ArrowRight");
    await panel.page.keyboard.press("ArrowDown");
    const { id, label } = await cellOfKeyboard(panel.page);
    assert.match(label, new RegExp(`^${id}: `));
    await panel.picture("map-focus");
    await panel.page.keyboard.press("Enter");
    const row = panel.page.locator(`.row[data-id="${id}"]`);
    assert.equal(await row.getAttribute("aria-expanded"), "true");
    assert.equal(await panel.page.evaluate("document.activeElement.className"), "table");
  }));

test("the keyboard stays on its container instance while texts, groups and the width change", () =>
  withPanel({}, async (panel) => {
    const { page } = panel;
    const fleet = bigFleet(700);
    await panel.send(result(fleet));
    await walkToCell(page, "i-00007");
    const excluded = fleet.instances.map((it) => ({ ...it, verdict: "excluded" as const, reasons: [] }));
    await panel.send(result({ ...fleet, instances: excluded }));
    await page.locator(".cell[aria-label='i-00007: excluded']").waitFor();
    await page.getByLabel("Group the map by").selectOption("type");
    await page.setViewportSize({ width: 500, height: 900 });
    await page.locator(".row, .reason-group").first().waitFor();
    assert.deepEqual(await cellOfKeyboard(page), { id: "i-00007", label: "i-00007: excluded" });
    await panel.send(result({ ...fleet, instances: excluded.filter((it) => it.id !== "i-00007") }));
    await page.locator(".cell[aria-posinset='1'][aria-setsize='699']").waitFor();
  }));

test("the cell below the pointer tells what it is, and a click on it opens the instance in the table", () =>
  withPanel({ theme: "light" }, async (panel) => {
    const { page } = panel;
    await panel.send(result(everyVerdict));
    await pointAtCell(page, "stop");
    assert.match((await page.locator(".hovered").getAttribute("title")) ?? "", /^i-stop: will stop\. /);
    await panel.picture("map-hover");
    await page.mouse.down();
    await page.mouse.up();
    assert.equal(await page.locator(".row.stop").getAttribute("aria-expanded"), "true");
    assert.equal((await cellOfKeyboard(page)).id, "i-stop");
    await page.mouse.move(1, 1);
    assert.equal(await page.locator(".hovered").count(), 0);
  }));

for (const [name, options] of [
  ["narrow", { width: 340, height: 900 }],
  ["medium", { width: 620, height: 900 }],
  ["zoomed", { width: 550, height: 450 }],
] as const) {
  test(`nothing sticks out of a ${name} panel`, () =>
    withPanel(options, async (panel) => {
      await panel.send(result(everyVerdict));
      await panel.page.locator("[data-id=i-blocked].row").click();
      const sticksOut = await panel.page.evaluate(
        `(() => {
          const sticksOut = (it) => it.getBoundingClientRect().right > innerWidth;
          const isCut = (it) => it !== null && (getComputedStyle(it).overflowX === "hidden" ? !sticksOut(it) : isCut(it.parentElement));
          return [...document.querySelectorAll("#panel *")]
            .filter((it) => sticksOut(it) && !isCut(it.parentElement))
            .map((it) => it.className || it.tagName);
        })()`,
      );
      assert.deepEqual(sticksOut, []);
      await panel.picture(name);
    }));
}

test("of 5,000 instances the rows near the window are drawn, down to the last one", () =>
  withPanel({}, async (panel) => {
    const fleet = bigFleet(5000);
    const changed = { ...fleet, instances: bigFleet(5001).instances.slice(1) };
    await panel.send(result(fleet));
    await panel.page.getByLabel("Group the list by").selectOption("none");
    assert.ok((await panel.page.locator(".row").count()) < 200, "only the rows near the window exist");
    await panel.picture("5000");
    await panel.send(result(changed));
    await panel.page.getByRole("searchbox").fill("i-049");
    const some = panel.page.getByText("100 of 5,000 shown");
    await some.waitFor();
    await panel.page.getByRole("searchbox").fill("");
    await some.waitFor({ state: "detached" });
    await panel.page.getByRole("treegrid").focus();
    await panel.page.keyboard.press("End");
    const last = panel.page.locator(".row.active");
    await last.waitFor();
    const box = await last.boundingBox();
    assert.ok(box !== null && box.y >= 0 && box.y + box.height <= 801, "the last row is on view");
    await panel.picture("5000-end");
  }));

test("120 instances make a picture worth showing", () =>
  withPanel({ theme: "light", width: 1300, height: 950 }, async (panel) => {
    await panel.send(result(bigFleet(120)));
    await panel.picture("120");
  }));

test("filters, sorting and grouping survive a reload", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(everyVerdict));
    await panel.page.getByRole("searchbox").fill("i-");
    await panel.page.getByLabel("Group the map by").selectOption("type");
    const state = await panel.stored();
    await withPanel({ state }, async (again) => {
      await again.send(result(everyVerdict));
      assert.equal(await again.page.getByRole("searchbox").inputValue(), "i-");
      assert.equal(await again.page.getByLabel("Group the map by").inputValue(), "type");
    });
  }));

test("what is shown is copied as Markdown, CSV and JSON", () =>
  withPanel({}, async (panel) => {
    await panel.send(result(everyVerdict));
    for (const format of ["markdown", "csv", "json"] as const)
      await panel.send({ kind: "command", document, command: "copy", format });
    const copies = (await panel.sent()).flatMap((it) => (it.kind === "copy" ? [it] : []));
    const [markdown, csv, json] = copies.map((it) => it.text);
    assert.ok(markdown?.includes("| blocked | i-blocked |"));
    assert.equal(csv?.split("\r\n").length, 9);
    assert.equal(JSON.parse(json ?? "").length, 7);
  }));

test("text of a hostile answer stays text", () =>
  withPanel({}, async (panel) => {
    const evil = "<img src=x onerror=alert(1)>";
    await panel.send(
      result({
        ...oneOfSix,
        service: { name: evil },
        instances: [
          { id: "__proto__", verdict: "blocked", reasons: [{ filter: "agent", code: evil, message: evil }] },
        ],
        facts: {},
      }),
    );
    assert.equal(await panel.page.locator("img").count(), 0);
    assert.ok((await panel.page.locator("h1").textContent())?.startsWith(evil));
    await panel.page.locator(".row").click();
  }));

test("the panel moves nothing for those who asked for less motion", () =>
  withPanel({ reducedMotion: true }, async (panel) => {
    await panel.send(loading);
    const name = await panel.page.evaluate("getComputedStyle(document.querySelector('.bar')).animationName");
    assert.notEqual(name, "slide");
  }));

test("a panel that stays with its file stays with it through a reload", async () => {
  let kept: unknown;
  await withPanel({}, async (panel) => {
    const document = { uri: "file:///w/agent.taskdef.json", name: "agent.taskdef.json" };
    await panel.send({ kind: "lock", document, locked: true });
    kept = await panel.stored();
    assert.equal((kept as { readonly locked?: boolean }).locked, true);
  });
  await withPanel({ state: kept }, async (panel) => {
    const document = { uri: "file:///w/agent.taskdef.json", name: "agent.taskdef.json" };
    await panel.send({ kind: "loading", document });
    assert.equal(((await panel.stored()) as { readonly locked?: boolean }).locked, true);
    await panel.send({ kind: "lock", document, locked: false });
    assert.equal(((await panel.stored()) as { readonly locked?: boolean }).locked, undefined);
  });
});
