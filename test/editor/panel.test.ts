// The preview panel in a real VS Code: changes of the cluster tried out, saved as a fleet file and made real on the local
// cluster; and an expression written in the panel's own field, then into the service's file.

import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import type { Frame } from "playwright-core";
import { readClusterText } from "../../server/src/core/cluster/readClusterText";
import { openResource } from "../../server/src/core/resources/resource";
import { validateDocument } from "../../server/src/core/rules/validate";
import { type Editor, openEditor, screenshot } from "../support/editor";
import {
  choosePath,
  clearNotifications,
  notification,
  openFile,
  pick,
  runCommand,
  statusBar,
  webview,
} from "../support/editorActions";
import { storySteps } from "../support/steps";
import { until } from "../support/until";

let editor: Editor;

before(async () => {
  editor = await openEditor();
});
after(() => editor.close());

const step = storySteps({
  page: () => editor.page,
  failed: () => screenshot(editor.page, "panel-failed"),
});

const whatIf = (panel: Frame) => panel.getByRole("region", { name: "What if", exact: true });

const nothingIsTried = (panel: Frame) => panel.locator(".note:visible").first().waitFor({ state: "hidden" });

step("the panel is opened on the local cluster", async (page) => {
  await openFile(page, "datadog-agent.service.json");
  await runCommand(page, "ECS Daemon: Select Cluster");
  await pick(page, "Local cluster");
  await statusBar(page, "ECS: local");
  await runCommand(page, "ECS Daemon: Preview Placement");
  await webview(page, "5 of 5 container instances");
  await clearNotifications(page);
});

step("what would be without an instance and with two new ones is tried out", async (page) => {
  const panel = await webview(page, "5 of 5 container instances");
  await whatIf(panel).getByRole("button", { name: "What if", exact: true }).click();
  await panel.getByRole("treegrid").focus();
  await page.keyboard.press("ArrowDown");
  await whatIf(panel)
    .getByText(/the selected one: (?!none)\w+/)
    .waitFor({ state: "attached" });
  await whatIf(panel).getByRole("button", { name: "Drain", exact: true }).click();
  await webview(page, /With 1 change, datadog-agent will start on 4 of 5.*What if: 1 change\./s);
  await whatIf(panel).getByLabel("How many").fill("2");
  await whatIf(panel).getByRole("button", { name: "Add container instances" }).click();
  await webview(page, /will start on 6 of 7.*What if: 2 changes/s);
  await screenshot(page, "panel-what-if");
});

step("what is tried out is saved as a fleet file, which has no mistake", async (page) => {
  const panel = await webview(page, "What if: 2 changes");
  // VS Code puts its proposal over what is typed while it still opens: the proposal it is.
  const name = "local-default-what-if.ecs-fleet.json";
  const target = join(editor.workspace, name);
  await whatIf(panel).getByRole("button", { name: "Save as Fleet File…" }).click();
  await until("the file is saved", async () => {
    // A fleet file cannot say everything: where it loses something, VS Code asks first.
    const anyway = page.locator(".monaco-dialog-box").getByText("Save the Fleet File", { exact: true });
    if (await anyway.isVisible()) await anyway.click({ timeout: 2000 });
    const box = page.locator(".quick-input-widget:not([style*='display: none'])");
    if (await box.isVisible())
      await box.locator(".quick-input-action").getByText("OK", { exact: true }).click({ timeout: 2000 });
    return existsSync(target) && readFileSync(target, "utf8").endsWith("}\n");
  });
  await notification(page, `The cluster is saved as ${name}`);
  const text = readFileSync(target, "utf8");
  const { instances } = readClusterText(target, text).cluster;
  assert.equal(instances.length, 7);
  assert.equal(instances.filter((it) => it.status === "DRAINING").length, 1);
  const findings = validateDocument(openResource(target, text));
  assert.deepEqual(
    findings.filter((it) => it.severity === "error" || it.severity === "warning"),
    [],
  );
  await clearNotifications(page);
});

step("what is tried out is made real on the local cluster", async (page) => {
  const panel = await webview(page, "What if: 2 changes");
  await whatIf(panel).getByRole("button", { name: "Apply to Local Cluster" }).click();
  await notification(page, "2 changes applied: the local cluster has 7 container instances");
  await nothingIsTried(panel);
  await panel.locator(".answer").filter({ hasText: "6 of 7 container instances" }).waitFor();
  await clearNotifications(page);
});

step("a panel that was locked just before the window is reloaded stays locked to its file", async (page) => {
  await page.locator(".tab").filter({ hasText: "Preview: datadog-agent.service.json" }).click();
  await runCommand(page, "ECS Daemon: Lock Preview");
  await page.locator(".tab").filter({ hasText: "[Preview] datadog-agent.service.json" }).waitFor();
  const reloaded = page.waitForEvent("domcontentloaded");
  await runCommand(page, "Developer: Reload Window");
  await reloaded;
  await webview(page, "6 of 7 container instances");
  await page.locator(".tab").filter({ hasText: "[Preview] datadog-agent.service.json" }).waitFor();
  await page.locator(".tab").filter({ hasText: "[Preview]" }).click();
  await runCommand(page, "ECS Daemon: Let Preview Follow the Editor");
  await page.locator(".tab").filter({ hasText: "Preview: datadog-agent.service.json" }).waitFor();
});

step("the panel follows a file that is renamed in the Explorer", async (page) => {
  // The Explorer opens what is clicked in the group that is active.
  await page.locator(".editor-group-container .view-line").first().click();
  const rename = async (from: string, to: string) => {
    await page.locator(".explorer-folders-view .monaco-list-row").filter({ hasText: from }).click();
    await page.keyboard.press("F2");
    const box = page.locator(".explorer-folders-view .monaco-inputbox input");
    await box.fill(to);
    await box.press("Enter");
    await page
      .locator(".tab")
      .filter({ hasText: `Preview: ${to}` })
      .waitFor();
    await webview(page, "6 of 7 container instances");
  };
  await rename("datadog-agent.service.json", "agent.service.json");
  await rename("agent.service.json", "datadog-agent.service.json");
});

step("the panel follows the editor into a template and to a managed daemon, and back", async (page) => {
  const containers = '{ "containerDefinitions": [{ "name": "a", "image": "b", "memory": 64 }] }';
  const template = `Resources:
  Task: { Type: "AWS::ECS::TaskDefinition", Properties: { ContainerDefinitions: [{ Name: a, Image: b, Memory: 64 }] } }
  Agent: { Type: "AWS::ECS::Service", Properties: { TaskDefinition: !Ref Task, SchedulingStrategy: DAEMON } }
`;
  writeFileSync(join(editor.workspace, "stack.yaml"), template);
  writeFileSync(join(editor.workspace, "otel.daemon-taskdef.json"), containers);
  for (const [file, title] of [
    ["stack.yaml", "Preview: stack.yaml#Agent"],
    ["otel.daemon-taskdef.json", "Preview: otel.daemon-taskdef.json"],
    ["datadog-agent.service.json", "Preview: datadog-agent.service.json"],
  ] as const) {
    await page.locator(".editor-group-container .view-line").first().click();
    await openFile(page, file);
    await page.locator(".tab").filter({ hasText: title }).waitFor();
  }
  await webview(page, "6 of 7 container instances");
});

step("what is typed into a values file of the panel counts once it is saved", async (page) => {
  writeFileSync(
    join(editor.workspace, "sized.yaml"),
    `Parameters: { Memory: { Type: Number } }
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: { ContainerDefinitions: [{ Name: a, Image: b, Memory: !Ref Memory }] }
  Agent: { Type: "AWS::ECS::Service", Properties: { TaskDefinition: !Ref Task, SchedulingStrategy: DAEMON } }
`,
  );
  const values = join(editor.workspace, "sized.values.yaml");
  writeFileSync(values, "Memory: 64");
  await page.locator(".editor-group-container .view-line").first().click();
  await openFile(page, "sized.yaml");
  const panel = await webview(page, "sized.yaml#Agent");
  await panel.getByRole("button", { name: "Values File…" }).click();
  await choosePath(page, "Select Values File", values);
  await webview(page, "6 of 7 container instances");
  await page.locator(".editor-group-container .view-line").first().click();
  await openFile(page, "sized.values.yaml");
  await page.locator(".editor-group-container.active .view-line").first().click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("0000000");
  await page.keyboard.press("Control+S");
  await webview(page, "0 of 7 container instances");
  await screenshot(page, "panel-values-file");
  await page.locator(".editor-group-container .view-line").first().click();
  await openFile(page, "datadog-agent.service.json");
  await webview(page, "6 of 7 container instances");
});

step("an expression is written in the panel from what is offered, and tried out", async (page) => {
  const panel = await webview(page, "6 of 7 container instances");
  const field = panel.getByRole("combobox", { name: "Try an expression" });
  const offers = panel.getByRole("listbox", { name: "Suggestions" }).getByRole("option");
  await field.click();
  await page.keyboard.type("zone");
  await offers.filter({ hasText: "attribute:ecs.availability-zone" }).first().waitFor();
  await page.keyboard.press("Enter");
  await offers.filter({ hasText: "== equals" }).waitFor();
  await page.keyboard.press("Enter");
  await offers.filter({ hasText: / of 7/ }).first().waitFor();
  const value = ((await offers.first().textContent()) ?? "").split(" ")[0] ?? "";
  await screenshot(page, "panel-expression-offers");
  await page.keyboard.press("Tab");
  await panel
    .locator(".expression-count")
    .filter({ hasText: /\d of 7/ })
    .waitFor();
  await field.filter({ hasText: `attribute:ecs.availability-zone == ${value}` }).waitFor();
  await webview(page, /Trying an expression \(not saved\)\. Without it: 6 of 7/);
  await screenshot(page, "panel-expression");
});

step("the expression is added to the service's file, and the panel goes on from there", async (page) => {
  const panel = await webview(page, "Trying an expression");
  await panel.getByRole("button", { name: "Add to datadog-agent.service.json" }).click();
  const editorText = page.locator(".editor-group-container .monaco-editor .view-lines").first();
  await editorText.filter({ hasText: /attribute:ecs\.availability-zone/ }).waitFor();
  await nothingIsTried(panel);
  // A narrow panel has it in the detail of an instance alone.
  await panel.locator(".constraint[title$='(in the service)']").first().waitFor({ state: "attached" });
  await panel.getByRole("combobox", { name: "Try an expression" }).filter({ hasText: /^$/ }).waitFor();
  await screenshot(page, "panel-expression-added");
});
