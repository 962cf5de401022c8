// The web edition in VS Code for the Web, on a workspace that is on no disk. Skipped where its npm packages cannot be had.

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { openPageWithProfile } from "../support/editor";
import { activeFile, openFile, runCommand, webview } from "../support/editorActions";
import { outputFolder, projectRoot, sampleWorkspace } from "../support/paths";
import { importScript } from "../support/scripts";
import { patience, until } from "../support/until";

interface WebVsCode {
  ensureWebVsCode(): Promise<boolean>;
  launchWebVsCode(options: {
    extension: string;
    workspace: string;
  }): Promise<{ url: string; output(): string; close(): Promise<void> }>;
}

test("mistakes and a preview are shown in a browser, and nothing that needs a machine is offered", async (t) => {
  const web = await importScript<WebVsCode>("webVsCode.mjs");
  if (!(await web.ensureWebVsCode())) return t.skip("VS Code for the Web cannot be had");
  const workspace = mkdtempSync(join(tmpdir(), "ecs-daemon-web-"));
  t.after(() => rmSync(workspace, { recursive: true, force: true }));
  cpSync(sampleWorkspace, workspace, { recursive: true });
  const code = await web.launchWebVsCode({ extension: projectRoot, workspace });
  t.after(code.close);
  const profile = mkdtempSync(join(tmpdir(), "ecs-daemon-web-profile-"));
  const { browser, page } = await openPageWithProfile(profile);
  t.after(async () => {
    await browser.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
  mkdirSync(outputFolder, { recursive: true });
  const picture = (name: string) => page.screenshot({ path: join(outputFolder, `web-${name}.png`) });
  await page.goto(code.url);
  await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();

  await openFile(page, "broken/datadog-agent.taskdef.json");
  await page.locator(".squiggly-error").first().waitFor();
  const lenses = page.locator(".codelens-decoration");
  await lenses.filter({ hasText: "Preview placement" }).first().waitFor();
  assert.doesNotMatch((await lenses.allTextContents()).join(), /Register|Deploy/);
  await picture("diagnostics");

  // What no search offers, since there is none in a workspace that is on no disk.
  await fileOf(page, "datadog-agent.service.json").dblclick();
  await activeFile(page, "datadog-agent.service.json").waitFor();
  await runCommand(page, "ECS Daemon: Select Cluster");
  const items = page.locator(".quick-input-list .monaco-list-row");
  await items.filter({ hasText: "five-instances.ecs-fleet.json" }).waitFor();
  assert.doesNotMatch((await items.allTextContents()).join(), /AWS account|Local cluster/);
  await picture("clusters");
  await items.filter({ hasText: "five-instances.ecs-fleet.json" }).click();
  await runCommand(page, "ECS Daemon: Preview Placement");
  await webview(page, "5 of 5 container instances");
  await picture("preview");

  const panel = await webview(page, "5 of 5 container instances");
  const whatIf = panel.getByRole("region", { name: "What if", exact: true });
  await whatIf.getByRole("button", { name: "What if", exact: true }).click();
  await whatIf.getByRole("button", { name: "Add container instances" }).click();
  await webview(page, /will start on 6 of 6.*What if: 1 change/s);
  await picture("what-if");

  await fileOf(page, "production.ecsquery").dblclick();
  await activeFile(page, "production.ecsquery").waitFor();
  await runCommand(page, "ECS Daemon: Show Truth Table");
  await webview(page, /Truth table/);
  await picture("truth-table");

  await page.getByRole("tab", { name: /^production\.ecsquery, Editor/ }).click();
  const query = page.locator(".editor-group-container.active .view-line").first();
  await query.click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(" and attribute:ecs.avail");
  await page
    .locator(".suggest-widget.visible .monaco-list-row")
    .filter({ hasText: "availability-zone" })
    .first()
    .waitFor();
  await picture("completion");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Home");
  // What is asked for before the list of completions has closed, or before the server has read the text, shows nothing.
  await until("the hover is shown", async () => {
    await runCommand(page, "Show or Focus Hover");
    const hover = page.locator(".monaco-hover:visible").filter({ hasText: "attribute" }).first();
    return await hover.waitFor({ timeout: patience / 12 }).then(() => true);
  });
  await picture("hover");
});

const fileOf = (page: Page, name: string) =>
  page.locator(".explorer-folders-view .monaco-list-row", { hasText: name });
