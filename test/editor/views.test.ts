// The views of the activity bar in a real VS Code: the welcome of each, the local cluster down to the attributes of an
// instance, a daemon that is missing, and room made for it from the tree.

import { after, before } from "node:test";
import type { Locator, Page } from "playwright-core";
import { type Editor, openEditor, screenshot } from "../support/editor";
import { closeAll, countIs, notification, pick, runCommand, webview } from "../support/editorActions";
import { agentDefinition, post } from "../support/localEndpoint";
import { storySteps } from "../support/steps";
import { until } from "../support/until";

let editor: Editor;
let url = "";

before(async () => {
  editor = await openEditor();
});
after(() => editor.close());

const step = storySteps({
  page: () => editor.page,
  failed: () => screenshot(editor.page, "views-failed"),
});

const row = (page: Page, text: string | RegExp): Locator =>
  page.locator(".pane-body .monaco-list-row").filter({ hasText: text }).first();

/** Opens a node where it is closed. */
async function unfold(page: Page, text: string | RegExp): Promise<void> {
  const found = row(page, text);
  await found.waitFor();
  const open = page.locator(".pane-body .monaco-list-row[aria-expanded=true]").filter({ hasText: text });
  // A tree that is drawn anew just then loses the click.
  await until(`${text} is open`, async () => {
    if (!(await open.first().isVisible())) await found.locator(".monaco-tl-twistie").click({ timeout: 2000 });
    await open.first().waitFor({ timeout: 2000 });
    return true;
  });
}

const call = (operation: string, input: object) =>
  post(url, `AmazonEC2ContainerServiceV20141113.${operation}`, input);

step("the container leads on where there is nothing yet", async (page) => {
  await page.locator(".activitybar .action-label[aria-label^='ECS Daemon']").click();
  await page.getByRole("button", { name: "Workspace Section" }).waitFor();
  await row(page, "Daemon services").waitFor();
  await screenshot(page, "views-first");
});

step("the workspace's resources open at their place and have their preview", async (page) => {
  const service = row(page, /datadog-agent.*\.service\.json/);
  await service.waitFor();
  await service.click();
  await page.locator(".tab.active").filter({ hasText: ".service.json" }).first().waitFor();
  await service.hover();
  await service.getByRole("button", { name: "Preview Placement" }).waitFor();
  await closeAll(page);
});

step("a fleet file becomes the local cluster", async (page) => {
  const fleet = row(page, "five-instances.ecs-fleet.json");
  await fleet.waitFor();
  await row(page, "sample.ecs-cluster.json").waitFor();
  await fleet.hover();
  await fleet.getByRole("button", { name: "Start Local Cluster from Fleet File" }).click();
  await notification(page, "Local cluster started: 5 container instances");
  const local = row(page, /Local cluster.*http:/);
  await local.waitFor();
  url = /http:\/\/127\.0\.0\.1:\d+/.exec((await local.textContent()) ?? "")?.[0] ?? "";
  await unfold(page, "Container instances");
  await screenshot(page, "views-instances");
});

step("a daemon without room is found and explained", async (page) => {
  await call("RegisterTaskDefinition", agentDefinition("web", { memory: 3000 }));
  await call("RegisterTaskDefinition", agentDefinition("agent", { memory: 2000 }));
  await call("CreateService", {
    ...{ serviceName: "web", taskDefinition: "web", desiredCount: 6, launchType: "EC2" },
    deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 200 },
  });
  await post(url, "EcsDaemonLocal.AddContainerInstances", { count: 1 });
  await call("CreateService", {
    ...{ serviceName: "agent", taskDefinition: "agent", schedulingStrategy: "DAEMON" },
  });
  await page.getByRole("button", { name: "Clusters Section" }).click();
  await page.getByRole("button", { name: "Workspace Section" }).click();
  await page.getByRole("button", { name: "Coverage Section" }).click();
  await row(page, /default.*1 missing/).waitFor();
  await unfold(page, /agent.*5 of 6/);
  await unfold(page, /missing: .*MiB/);
  await row(page, /i-.*MiB/).waitFor();
  await screenshot(page, "views-coverage");
});

step("the coverage panel shows the same, and plans the room", async (page) => {
  await runCommand(page, "ECS Daemon: Show Coverage of Daemons");
  const panel = await webview(page, "1 of 6 container instances lacks a daemon");
  await panel.locator(".cov-row[aria-level='2']").first().click();
  await panel.getByRole("button", { name: "Plan" }).click();
  await panel.getByText(/stops a task of web/).waitFor();
  await screenshot(page, "views-panel");
});

step("room is made from the tree, after the plan was shown", async (page) => {
  const instance = row(page, /i-.*MiB/);
  await instance.hover();
  await instance.getByRole("button", { name: "Make Room for a Daemon" }).click();
  await pick(page, "Stop replica tasks");
  const dialog = page.locator(".monaco-dialog-box");
  await dialog.filter({ hasText: /stops a task of web .*its replacement fits on/ }).waitFor();
  await screenshot(page, "views-make-room");
  await dialog.getByRole("button", { name: "Stop 1 Task" }).click();
  await row(page, /default.*1 daemon covered/).waitFor();
  await webview(page, "The daemon runs wherever it should.");
  await screenshot(page, "views-healed");
});

step("where no instance lacks room the command says so, and asks nothing more", async (page) => {
  await runCommand(page, "ECS Daemon: Make Room for a Daemon");
  await pick(page, "agent");
  await notification(page, "No instance lacks room for agent");
  await countIs(page.locator(".quick-input-widget:visible"), 0);
});
