// Writing with the packaged extension in a real VS Code: what one types, accepts, points at, renames and clicks.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Locator, Page } from "playwright-core";
import { type Editor, openEditor, screenshot } from "../support/editor";
import {
  activeFile,
  answer,
  offeredRow,
  openFile,
  pick,
  pickByKeyboard,
  pickSeveral,
  problems,
  replaceText,
  runCommand,
  tab,
  webview,
} from "../support/editorActions";
import { until } from "../support/until";

let editor: Editor;
before(async () => {
  editor = await openEditor({
    settings: {
      "ecsDaemon.cluster": "mixed.ecs-fleet.json",
      "editor.inlayHints.enabled": "on",
      "files.autoSave": "off",
    },
  });
  writeFileSync(join(editor.workspace, "fresh.taskdef.json"), "");
});
after(() => editor.close());

/** A test with a picture of what was there when it failed. */
function step(title: string, body: (page: Page) => Promise<void>): void {
  test(title, async () => {
    try {
      await body(editor.page);
    } catch (error) {
      await screenshot(editor.page, `editing-failed-${title.slice(0, 30)}`);
      throw error;
    }
  });
}

const activeText = (page: Page) => page.locator(".editor-group-container.active .view-lines").first();

/** What the lines on screen say, from top to bottom; VS Code writes spaces that do not break. */
async function textOf(page: Page): Promise<string> {
  const lines = await activeText(page)
    .locator(".view-line")
    .evaluateAll((all) =>
      all
        .map((it) => ({ top: it.getBoundingClientRect().top, text: it.textContent ?? "" }))
        .sort((left, right) => left.top - right.top)
        .map((it) => it.text),
    );
  return lines.join("\n").replaceAll("\u00a0", " ");
}

const suggestions = (page: Page): Locator => page.locator(".suggest-widget.visible .monaco-list-row");

/** Asks for suggestions until one of this label is there, and takes it. */
async function accept(page: Page, label: string): Promise<string> {
  const row = suggestions(page)
    .filter({ has: page.locator(".label-name", { hasText: new RegExp(`^${label}$`) }) })
    .first();
  await until(`${label} is suggested`, async () => {
    if (!(await row.isVisible())) await page.keyboard.press("Control+Space");
    await row.waitFor({ timeout: 2000 });
    return true;
  });
  const shown = (await row.textContent()) ?? "";
  await row.click();
  await page.locator(".suggest-widget.visible").filter({ hasText: label }).waitFor({ state: "hidden" });
  return shown;
}

/** Back from a panel beside it. */
async function focusEditor(page: Page): Promise<void> {
  await runCommand(page, "View: Focus First Editor Group");
  await page.locator(".editor-group-container.active .monaco-editor.focused").waitFor();
}

/** Clicks a lens until its effect is there: lenses are drawn anew as answers come, also in the middle of a click. */
async function clickLens(page: Page, text: string, effect: Locator): Promise<void> {
  const lens = page.locator(".codelens-decoration a").filter({ hasText: text }).first();
  await until(`the lens ${text} works`, async () => {
    await lens.click({ timeout: 2000 });
    await effect.waitFor({ timeout: 5000 });
    return true;
  });
}

async function goTo(page: Page, place: string): Promise<void> {
  await page.keyboard.press("Control+G");
  const box = page.locator(".quick-input-widget:not([style*='display: none']) .quick-input-box input");
  await box.fill(`:${place}`);
  await box.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

step(
  "an expression is completed with what the cluster's instances have, and says how many it selects",
  async (page) => {
    await openFile(page, "production.ecsquery");
    await page.locator(".editor-group-container.active .view-lines").first().getByText("5 of 7").waitFor();
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("End");
    await page.keyboard.type(" and attribute:ecs.av");
    await accept(page, "attribute:ecs.availability-zone");
    await accept(page, "==");
    assert.match(await accept(page, "us-east-1a"), /3 of 7/);
    await until("the text has what was accepted", async () =>
      /m5\.\* and attribute:ecs\.availability-zone == us-east-1a\s*2 of 7/.test(await textOf(page)),
    );
  },
);

step(
  "in a service the expression is completed inside its string, and a member with its value and comma",
  async (page) => {
    await openFile(page, "datadog-agent-prod.service.json");
    await replaceText(page, "attribute:env==prod", "attribute:env == ");
    await goTo(page, "9:39");
    await page.keyboard.type("pr");
    assert.match(await accept(page, "prod"), /5 of 7/);
    await until("the expression is whole", async () =>
      (await textOf(page)).includes('"expression": "attribute:env == prod"'),
    );
    await goTo(page, "5:23");
    await page.keyboard.press("Enter");
    await page.keyboard.type('"propag');
    await accept(page, "propagateTags");
    await accept(page, "SERVICE");
    await until("the member stands between two commas", async () =>
      /"EC2",\s*"propagateTags": "SERVICE",\s*"placementConstraints"/.test(await textOf(page)),
    );
    await page.keyboard.press("Escape");
    await openFile(page, "production.ecsquery");
  },
);

step("pointing at an attribute explains it", async (page) => {
  await goTo(page, "1:14");
  await until("the hover is shown", async () => {
    await runCommand(page, "Show or Focus Hover");
    await page
      .locator(".monaco-hover:visible")
      .filter({ hasText: /env: An attribute of your own.*prod: 5/s })
      .waitFor({ timeout: 5000 });
    return true;
  });
  await page.keyboard.press("Escape");
});

step("the truth table of the expression is shown, and follows the text", async (page) => {
  await runCommand(page, "ECS Daemon: Show Truth Table of an Expression");
  await webview(page, /Truth table.*Selects 2 of 7.*Each container instance/s);
  await screenshot(page, "editing-truth-table");
  await focusEditor(page);
  await replaceText(page, " and attribute:ecs.availability-zone == us-east-1a", "");
  await webview(page, /Truth table.*Selects 5 of 7/s);
});

step("an attribute is renamed in the query and in the fleet files", async (page) => {
  await goTo(page, "1:14");
  await page.keyboard.press("F2");
  const box = page.locator(".rename-box input");
  await box.fill("stage");
  await box.press("Enter");
  await until("the query says stage", async () => /attribute:stage == prod/.test(await textOf(page)));
  await openFile(page, "mixed.ecs-fleet.json");
  await until("so does the fleet", async () => {
    const text = await textOf(page);
    return text.includes('"stage": "prod"') && !text.includes('"env"');
  });
});

step("a mistake in a fleet is underlined, with a quick fix", async (page) => {
  await replaceText(page, '"count": 2', '"cuont": 2');
  const rows = await problems(page);
  await rows.filter({ hasText: "Did you mean 'count'?" }).first().waitFor();
  await runCommand(page, "View: Hide Panel");
  await replaceText(page, '"cuont": 2', '"count": 2');
});

step("a click on the lens above a definition opens the preview", async (page) => {
  await openFile(page, "datadog-agent.taskdef.json");
  const service = "New service datadog-agent, on every instance";
  await clickLens(page, "Choose from 2 services", offeredRow(page, service));
  await pick(page, service);
  await clickLens(page, "Lands on 5 of 7 instances", tab(page, "Preview: datadog-agent.taskdef.json"));
  await webview(page, "5 of 7 container instances");
  await screenshot(page, "editing-lens");
});

step("a new file begins with a whole daemon, without a finding", async (page) => {
  await focusEditor(page);
  await openFile(page, "fresh.taskdef.json");
  await activeText(page).click();
  await accept(page, "daemon task definition");
  await until("it is there", async () => (await textOf(page)).includes('"containerDefinitions"'));
  await page.keyboard.press("Escape");
  const rows = await problems(page);
  await rows.filter({ hasText: "fresh.taskdef.json" }).first().waitFor({ state: "detached" });
  await page.locator(".markers-panel").getByText("No problems have been detected").waitFor();
});

step("a wizard that the walkthrough starts has the keyboard", async (page) => {
  await runCommand(page, "Welcome: Open Walkthrough");
  await pick(page, "ECS Daemon");
  const start = page.locator(".gettingStartedContainer").getByRole("button", { name: "New Daemon Service" });
  const name = page.locator(".quick-input-widget").filter({ hasText: "Name of the daemon service" });
  // The page takes the keyboard back once, on a busy machine later than the question is shown again: then a user starts anew.
  const begin = async (patience: number) => {
    await start.click();
    await pickByKeyboard(page, "DAEMON service");
    await name.waitFor({ timeout: patience });
  };
  await begin(20_000).catch(() => page.keyboard.press("Escape").then(() => begin(60_000)));
  await page.keyboard.press("Escape");
  await name.waitFor({ state: "hidden" });
  await runCommand(page, "View: Close Editor");
});

step("a new daemon service is written with the keyboard alone, without a finding", async (page) => {
  await runCommand(page, "ECS Daemon: New Daemon Service");
  await pickByKeyboard(page, "DAEMON service");
  await answer(page, "Name of the daemon service", "node-agent");
  await answer(page, "Container image", "datadog/agent:7");
  await answer(page, "Ports of the instance", "8125/udp, 8126");
  await pickSeveral(page, [0, 1]);
  await pickByKeyboard(page, "On instances with an attribute");
  await answer(page, "Attributes that the instances have", "stage=prod");
  await activeFile(page, "node-agent.taskdef.json").waitFor();
  await page
    .locator(".codelens-decoration a")
    .filter({ hasText: "Lands on 3 of 7 instances" })
    .first()
    .waitFor();
  await (await problems(page)).filter({ hasText: "node-agent" }).first().waitFor({ state: "detached" });
  const service = JSON.parse(readFileSync(join(editor.workspace, "node-agent.service.json"), "utf8"));
  assert.deepEqual(service.placementConstraints, [
    { type: "memberOf", expression: "attribute:stage == prod" },
  ]);
});
