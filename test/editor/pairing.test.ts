// Two services refer to one task definition in a real VS Code: it asks once, remembers the answer, and lens, panel and
// hint count with it until it is changed. And menus go by content: a file of any name has its button.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import type { Page } from "playwright-core";
import { type Editor, openEditor, screenshot } from "../support/editor";
import { closeAll, openFile, pick, runCommand, statusBar, webview } from "../support/editorActions";
import { storySteps } from "../support/steps";

let editor: Editor;

before(async () => {
  editor = await openEditor();
  const update = { service: "datadog-agent", taskDefinition: "datadog-agent:3" };
  writeFileSync(join(editor.workspace, "update.json"), JSON.stringify(update, null, 2));
});
after(() => editor.close());

const step = storySteps({
  page: () => editor.page,
  failed: () => screenshot(editor.page, "pairing-failed"),
});

const lens = (page: Page, text: string) =>
  page.locator(".codelens-decoration a").filter({ hasText: text }).first();
const question = (page: Page) =>
  page.locator(".quick-input-widget").filter({ hasText: "Service of the Task Definition" });

step(
  "an update of a service starts the server and has its button, whatever the file is called",
  async (page) => {
    await openFile(page, "update.json");
    await page.locator(".editor-actions .codicon-open-preview").first().waitFor();
    await closeAll(page);
  },
);

step("a cluster is selected", async (page) => {
  await openFile(page, "datadog-agent.taskdef.json");
  await runCommand(page, "ECS Daemon: Select Cluster");
  await pick(page, "mixed.ecs-fleet.json");
  await statusBar(page, "mixed.ecs-fleet.json");
});

step("nothing is counted before it is known which of two services is meant", async (page) => {
  await lens(page, "Choose from 2 services").waitFor();
  await lens(page, "Preview placement").waitFor();
});

step("the first preview asks, and lens and panel count with the answer", async (page) => {
  await runCommand(page, "ECS Daemon: Preview Placement");
  await question(page).waitFor();
  await screenshot(page, "pairing-question");
  await pick(page, "datadog-agent-prod.service.json");
  const panel = await webview(page, /\d of 7 container instances/);
  await panel.getByRole("button", { name: "datadog-agent-prod.service.json", exact: true }).waitFor();
  await lens(page, "Service: datadog-agent-prod.service.json").waitFor();
  await lens(page, "Lands on").waitFor();
});

step("the second preview does not ask", async (page) => {
  await closeAll(page);
  await openFile(page, "datadog-agent.taskdef.json");
  await runCommand(page, "ECS Daemon: Preview Placement");
  const panel = await webview(page, /\d of 7 container instances/);
  await panel.getByRole("button", { name: "datadog-agent-prod.service.json", exact: true }).waitFor();
  await question(page).waitFor({ state: "hidden" });
});

step("the panel changes the choice for every surface", async (page) => {
  const panel = await webview(page, /\d of 7 container instances/);
  await panel.getByRole("button", { name: "datadog-agent-prod.service.json", exact: true }).click();
  await question(page).waitFor();
  await pick(page, "New service datadog-agent, on every instance");
  await webview(page, "5 of 7 container instances");
  await lens(page, "New service, on every instance").waitFor();
  await lens(page, "Lands on 5 of 7 instances").waitFor();
});
