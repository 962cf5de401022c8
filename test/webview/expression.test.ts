import assert from "node:assert/strict";
import { test } from "node:test";
import type { PanelState } from "../../client/src/preview/messages";
import { readClusterText } from "../../server/src/core/cluster/readClusterText";
import { barriersOf } from "./axe";
import { document, type ExpressionHost, five, serveExpressions } from "./expressionHost";
import { type Panel, type PanelOptions, panelsForTests } from "./panelPage";
import { type ThemeName, themes } from "./themes";

const withPanel = panelsForTests();

function withBox(
  options: PanelOptions,
  work: (panel: Panel, host: ExpressionHost) => Promise<void>,
): Promise<void> {
  return withPanel(options, async (panel) => work(panel, await serveExpressions(panel)));
}

const box = ({ page }: Panel) => page.getByRole("combobox", { name: "Try an expression" });
const options = ({ page }: Panel) => page.getByRole("listbox", { name: "Suggestions" }).getByRole("option");
const count = ({ page }: Panel) => page.locator(".expression-count");
const text = async (panel: Panel) => (await box(panel).textContent()) ?? "";
const type = async (panel: Panel, typed: string) => {
  await box(panel).focus();
  await panel.page.keyboard.type(typed);
};
/** Waits until the count says this. */
const counted = (panel: Panel, said: string) =>
  count(panel)
    .filter({ hasText: new RegExp(`^${said}$`) })
    .waitFor();
const told = (panel: Panel, words: string | RegExp) =>
  panel.page.locator(".answer").filter({ hasText: words }).waitFor();

test("an expression is written with the keyboard alone, from what is offered", () =>
  withBox({}, async (panel, host) => {
    await type(panel, "env");
    await options(panel).first().waitFor();
    assert.equal(await options(panel).first().textContent(), "attribute:env 5 of 5");
    assert.equal(await box(panel).getAttribute("aria-expanded"), "true");
    const active = await box(panel).getAttribute("aria-activedescendant");
    assert.equal(await panel.page.locator(`#${active}`).getAttribute("aria-selected"), "true");
    await panel.page.keyboard.press("Enter");
    // What comes next is offered at once.
    await options(panel).filter({ hasText: "== equals" }).waitFor();
    await panel.page.keyboard.press("Enter");
    await options(panel).filter({ hasText: "prod 3 of 5" }).waitFor();
    await panel.page.keyboard.press("ArrowDown");
    await panel.page.keyboard.press("Tab");
    await counted(panel, "2 of 5");
    assert.equal(await text(panel), "attribute:env == dev");
    assert.equal(await options(panel).count(), 0);
    assert.equal(await box(panel).getAttribute("aria-expanded"), "false");
    await told(panel, "2 of 5 container instances");
    assert.deepEqual(host.trial, { expression: "attribute:env == dev" });
  }));

test("what is tried is said to stand in no file, and what is without it is said too", () =>
  withBox({}, async (panel) => {
    await type(panel, "attribute:env == dev");
    await told(panel, "2 of 5 container instances");
    const note = panel.page.locator(".expression-note");
    assert.match(
      (await note.textContent()) ?? "",
      /Trying an expression \(not saved\)\. Without it: 5 of 5\./,
    );
    await panel.page.locator(".constraint[title$='(tried here, not saved)']").first().waitFor();
    await note.getByRole("button", { name: "Clear" }).click();
    await told(panel, "5 of 5 container instances");
    assert.equal(await text(panel), "");
    assert.equal(await note.isVisible(), false);
  }));

test("a mistake is underlined and told with what is meant, and the preview stays with the last sound expression", () =>
  withBox({}, async (panel, host) => {
    await type(panel, "attribute:env == dev");
    await told(panel, "2 of 5 container instances");
    await type(panel, " an");
    const problems = panel.page.locator(".expression-about.error");
    await problems.first().waitFor();
    assert.equal(await box(panel).getAttribute("aria-invalid"), "true");
    assert.deepEqual(host.trial, { expression: "attribute:env == dev" });
    await panel.page.getByText("The preview shows the last valid expression").waitFor();
    assert.equal(await panel.page.evaluate("CSS.highlights.get('expression-error').size > 0"), true);
  }));

test("a fix is done by its button, and can be undone", () =>
  withBox({}, async (panel) => {
    await type(panel, "attribute:env === dev");
    await panel.page.keyboard.press("Escape");
    const fix = panel.page.locator(".expression-about .button").first();
    await fix.click();
    await counted(panel, "2 of 5");
    assert.equal(await text(panel), "attribute:env == dev");
    await box(panel).focus();
    await panel.page.keyboard.press("Control+Z");
    await panel.page.locator(".expression-about.error").first().waitFor();
    assert.equal(await text(panel), "attribute:env === dev");
  }));

test("a name that no instance has is asked after", () =>
  withBox({}, async (panel) => {
    await type(panel, "attribute:evn exists");
    await panel.page.locator(".expression-about").filter({ hasText: "env" }).first().waitFor();
    await counted(panel, "0 of 5");
  }));

test("the words are colored, and the text stays plain text", () =>
  withBox({}, async (panel) => {
    await type(panel, "attribute:env == '<b>x</b>' and runningTasksCount > 1");
    await counted(panel, "0 of 5.*");
    assert.equal(await box(panel).locator("*").count(), 0);
    const colored = await panel.page.evaluate(
      "[...CSS.highlights].map(([name, it]) => name + ' ' + [...it].map(String).join('|')).sort()",
    );
    assert.deepEqual(colored, [
      "expression-keyword attribute|and",
      "expression-name env|runningTasksCount",
      "expression-number 1",
      "expression-operator ==|>",
      "expression-text '<b>x</b>'",
      // No attribute can have that value, and no instance of the cluster has it.
      "expression-warning '<b>x</b>'|'<b>x</b>'",
    ]);
  }));

test("Escape closes the offers and keeps the text; Control+Space and ArrowDown open them again", () =>
  withBox({}, async (panel) => {
    await type(panel, "attribute:env == ");
    await options(panel).filter({ hasText: "prod" }).waitFor();
    await panel.page.keyboard.press("Escape");
    assert.equal(await options(panel).count(), 0);
    await panel.page.keyboard.press("Control+Space");
    await options(panel).first().waitFor();
    await panel.page.keyboard.press("Escape");
    await panel.page.keyboard.press("ArrowDown");
    await options(panel).first().waitFor();
    assert.equal(await text(panel), "attribute:env == ");
    // Without offers Tab goes on, and takes nothing.
    await panel.page.keyboard.press("Escape");
    await panel.page.keyboard.press("Tab");
    assert.equal(
      await panel.page.evaluate("document.activeElement.classList.contains('expression-input')"),
      false,
    );
    assert.equal(await text(panel), "attribute:env == ");
  }));

test("an offer is taken with the pointer, and the field keeps the focus", () =>
  withBox({}, async (panel) => {
    await type(panel, "attribute:env == ");
    await options(panel).filter({ hasText: "dev" }).click();
    await counted(panel, "2 of 5");
    assert.equal(await text(panel), "attribute:env == dev");
    assert.equal(
      await panel.page.evaluate("document.activeElement.classList.contains('expression-input')"),
      true,
    );
  }));

test("what the pointer rests on is explained beside it", () =>
  withBox({}, async (panel) => {
    await type(panel, "attribute:env == dev");
    await told(panel, "2 of 5 container instances");
    const area = await box(panel).boundingBox();
    assert.ok(area);
    await panel.page.mouse.move(area.x + 30, area.y + area.height / 2);
    await panel.page.mouse.move(area.x + 32, area.y + area.height / 2);
    const hint = panel.page.getByRole("tooltip");
    await hint.filter({ hasText: "container instances have it" }).waitFor();
    await panel.page.keyboard.press("Escape");
    assert.equal(await hint.isVisible(), false);
  }));

test("in place of the service's constraints, and the buttons that go with it", () =>
  withBox({}, async (panel, host) => {
    await type(panel, "attribute:rack exists");
    await told(panel, "2 of 5 container instances");
    await panel.page.getByRole("button", { name: "Add to agents.service.json" }).click();
    await panel.page.getByLabel("How the tried expression counts").selectOption("instead");
    await panel.page.getByRole("button", { name: "Replace those of agents.service.json" }).click();
    await panel.page.getByRole("button", { name: "Copy as JSON" }).click();
    const trial = { expression: "attribute:rack exists", replaces: true };
    assert.deepEqual(host.trial, trial);
    assert.deepEqual(
      host.others.filter((it) => it.kind === "addTrial" || it.kind === "copy"),
      [
        { kind: "addTrial", trial: { expression: "attribute:rack exists" } },
        { kind: "addTrial", trial },
        {
          kind: "copy",
          text: '{\n  "type": "memberOf",\n  "expression": "attribute:rack exists"\n}',
          what: "JSON",
          isJson: true,
        },
      ],
    );
    // It stands in the file now.
    await panel.send({ kind: "trialAdded", document });
    await told(panel, "5 of 5 container instances");
    assert.equal(await text(panel), "");
  }));

test("another cluster has other counts and values", () =>
  withBox({}, async (panel, host) => {
    await type(panel, "attribute:env == dev");
    await counted(panel, "2 of 5");
    await host.use({
      ...five,
      instances: five.instances.filter(
        (it) => it !== five.instances.find((one) => one.attributes.get("env") === "dev"),
      ),
    });
    await counted(panel, "1 of 4");
    await host.use(
      readClusterText(
        "one.ecs-fleet.json",
        '{"groups":[{"count":1,"instanceType":"m5.large","zones":["z"]}]}',
      ).cluster,
    );
    await counted(panel, "0 of 1");
  }));

test("what is pasted in several lines becomes one, with the caret behind it", () =>
  withBox({}, async (panel) => {
    await box(panel).focus();
    await panel.page.keyboard.insertText("attribute:env == dev\n  and attribute:rack exists");
    await counted(panel, "2 of 5");
    assert.equal(await text(panel), "attribute:env == dev and attribute:rack exists");
    await panel.page.keyboard.type(" an");
    await panel.page.locator(".expression-about.error").first().waitFor();
    assert.equal(await text(panel), "attribute:env == dev and attribute:rack exists an");
  }));

test("the expression survives a reload, and the first preview is with it", async () => {
  let kept: unknown;
  await withBox({}, async (panel) => {
    await type(panel, "attribute:rack exists");
    await panel.page.getByLabel("How the tried expression counts").selectOption("instead");
    await told(panel, "2 of 5 container instances");
    kept = await panel.stored();
  });
  const trial = { expression: "attribute:rack exists", replaces: true };
  // What the host previews with before the page has said a word.
  assert.deepEqual((kept as PanelState).trial, trial);
  await withBox({ state: kept }, async (panel, host) => {
    await told(panel, "2 of 5 container instances");
    assert.equal(await text(panel), "attribute:rack exists");
    assert.deepEqual(host.trial, trial);
    // And it is told no second time.
    const sent = await panel.sent();
    assert.deepEqual(
      sent.filter((it) => it.kind === "trial"),
      [{ kind: "trial", trial }],
    );
    await panel.page.getByRole("button", { name: "Clear", exact: true }).last().click();
    await told(panel, "5 of 5 container instances");
    assert.equal(((await panel.stored()) as PanelState).trial, undefined);
  });
});

test("an answer about a text that is gone changes nothing", () =>
  withBox({}, async (panel) => {
    await type(panel, "attribute:env == dev");
    await counted(panel, "2 of 5");
    await panel.send({
      kind: "expression",
      document,
      text: "attribute:env == old",
      offset: 3,
      purpose: "typing",
      help: { tokens: [], problems: [], isSound: true, selects: "9 of 9", offers: [], more: 0 },
    });
    assert.equal(await count(panel).textContent(), "2 of 5");
  }));

for (const theme of Object.keys(themes) as ThemeName[])
  test(`the box is readable, and axe-core finds nothing to object to, in the ${theme} theme`, () =>
    withBox({ theme }, async (panel) => {
      await type(panel, "attribute:ecs.instance-type == c5.xlarge and attribute:");
      await options(panel).first().waitFor();
      await panel.picture(`expression-offers-${theme}`);
      // What is wrong stays in sight while one chooses.
      const line = await panel.page.locator(".expression-about.error").boundingBox();
      const list = await panel.page.locator(".offer-box").boundingBox();
      assert.ok(line !== null && list !== null && line.y + line.height <= list.y);
      assert.deepEqual(await barriersOf(panel), []);
      await panel.page.keyboard.type("evn == dev or attribute:rack === 4 and runningTasksCount > 1");
      await panel.page.keyboard.press("Escape");
      await panel.page.locator(".expression-about.error").first().waitFor();
      await panel.picture(`expression-problems-${theme}`);
      assert.deepEqual(await barriersOf(panel), []);
      await box(panel).fill("attribute:rack == 4 or attribute:env =~ de.");
      await told(panel, "2 of 5 container instances");
      await panel.page.keyboard.press("Escape");
      await panel.picture(`expression-tried-${theme}`);
      assert.deepEqual(await barriersOf(panel), []);
    }));

test("the box fits a narrow column and a double zoom", () =>
  withBox({ width: 360 }, async (panel) => {
    await type(panel, "attribute:ecs.instance-type == c5.xlarge and attribute:env == dev and attribute:");
    await options(panel).first().waitFor();
    for (const width of [360, 700]) {
      await panel.page.setViewportSize({ width, height: 900 });
      const wide = await panel.page.evaluate("document.documentElement.scrollWidth");
      assert.ok(Number(wide) <= width, `${wide} in ${width}`);
      await panel.picture(`expression-${width}`);
    }
  }));
