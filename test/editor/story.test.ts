// The daemon's story as a person lives it: the packaged extension in a real VS Code, its sample workspace, the command
// palette and the preview panel. A picture of every step is kept in test-output/editor.

import { after, before } from "node:test";
import { type Editor, openEditor, screenshot, type Theme } from "../support/editor";
import {
  answer,
  chooseTheme,
  clearNotifications,
  closeAll,
  countIs,
  expandNotifications,
  notification,
  openFile,
  pick,
  pickSeveral,
  problems,
  replaceText,
  runCommand,
  save,
  statusBar,
  webview,
} from "../support/editorActions";
import { storySteps } from "../support/steps";

let editor: Editor;
let pictures = 0;

before(async () => {
  editor = await openEditor();
});
after(() => editor.close());

const step = storySteps({ page: () => editor.page, failed: () => picture("failed") });

/** The same in each theme, the dark one last. */
async function picturesInThemes(name: string): Promise<void> {
  pictures += 1;
  for (const theme of ["light", "high-contrast", "dark"] satisfies Theme[]) {
    await chooseTheme(editor.page, theme);
    await screenshot(editor.page, `${numbered(name)}-${theme}`);
  }
}

async function picture(name: string): Promise<void> {
  pictures += 1;
  await screenshot(editor.page, numbered(name));
}

function numbered(name: string): string {
  return `${String(pictures).padStart(2, "0")}-${name}`;
}

step("a broken task definition is underlined at three tokens", async (page) => {
  await openFile(page, "broken/datadog-agent.taskdef.json");
  const rows = await problems(page);
  for (const about of ["essental", "docker_socket", "and"])
    await rows.filter({ hasText: about }).first().waitFor();
  await countIs(page.locator(".view-overlays .squiggly-error"), 3);
  await picturesInThemes("mistakes");
});

step("the corrected file is clean", async (page) => {
  await replaceText(page, '"essental"', '"essential"');
  await replaceText(page, "docker_socket", "docker_sock");
  await replaceText(page, "attribute:env == prod and", "attribute:env == prod");
  await page.locator(".markers-panel").getByText("No problems have been detected").waitFor();
  await countIs(page.locator(".view-overlays .squiggly-error"), 0);
  await picture("corrected");
  await save(page);
  await closeAll(page);
  await runCommand(page, "View: Hide Panel");
});

step("without a cluster the panel helps on", async (page) => {
  await openFile(page, "datadog-agent.service.json");
  await runCommand(page, "ECS Daemon: Preview Placement");
  const panel = await webview(page, /cluster/i);
  await panel.getByRole("button", { name: /select cluster/i }).waitFor();
  await picturesInThemes("no-cluster");
});

step("the local cluster is started by choosing it, and the preview lands on 5 of 5", async (page) => {
  await runCommand(page, "ECS Daemon: Select Cluster");
  await pick(page, "Local cluster");
  await notification(page, /Local cluster started: 5 container instances at http:\/\/127\.0\.0\.1:\d+/);
  await statusBar(page, "ECS: local");
  await webview(page, "5 of 5 container instances");
  await clearNotifications(page);
  await page.locator(".codelens-decoration").filter({ hasText: "Create or update" }).waitFor();
  await picturesInThemes("preview-5-of-5");
});

step("register, create and verify put five tasks on five instances", async (page) => {
  await runCommand(page, "ECS Daemon: Register Task Definition");
  await notification(page, "datadog-agent:1");
  await runCommand(page, "ECS Daemon: Create or Update Daemon Service");
  await notification(page, "Created the service datadog-agent with datadog-agent:1");
  await runCommand(page, "ECS Daemon: Verify Daemon Service");
  await notification(page, "5 of 5 verified: datadog-agent");
  await webview(page, /5\s*running/);
  await expandNotifications(page);
  await picture("deployed-5-of-5");
});

step("an instance joins and gets its task by itself: 6 of 6", async (page) => {
  await runCommand(page, "ECS Daemon: Add Container Instances to the Local Cluster");
  await answer(page, "How many?", "1");
  await notification(page, "the local cluster has 6 container instances");
  await webview(page, /runs on 6 of 6|runs on 5 and will start on 1 of 6/);
  await runCommand(page, "ECS Daemon: Verify Daemon Service");
  await notification(page, "6 of 6 verified: datadog-agent");
  await clearNotifications(page);
  await picture("joined-6-of-6");
});

step(
  "with env=prod on one instance the service that asks for it lands on 1 of 6, and the others say why not",
  async (page) => {
    await runCommand(page, "ECS Daemon: Delete Daemon Service");
    await pick(page, "datadog-agent");
    await notification(page, "Deleted: daemon service datadog-agent");
    await runCommand(page, "ECS Daemon: Put Attributes");
    await pickSeveral(page, [1]);
    await answer(page, "name=value", "env=prod");
    await notification(page, "env=prod put on 1 container instance");
    await closeAll(page);
    await openFile(page, "datadog-agent-prod.service.json");
    await runCommand(page, "ECS Daemon: Preview Placement");
    const panel = await webview(page, "1 of 6 container instances");
    await panel
      .getByText(/attribute:env\s*==\s*prod/)
      .nth(4)
      .waitFor();
    await clearNotifications(page);
    await picturesInThemes("preview-1-of-6");
  },
);

step("and its deploy is verified on exactly that one", async (page) => {
  await runCommand(page, "ECS Daemon: Deploy");
  await notification(page, "1 of 1 verified: datadog-agent");
  await webview(page, /1\s*running/);
  await expandNotifications(page);
  await picture("deployed-1-of-6");
  await clearNotifications(page);
});

step("the panel follows the text, and marks its last good state while the text is broken", async (page) => {
  await replaceText(page, "attribute:env==prod", "attribute:env!exists");
  await webview(page, "5 of 6");
  await replaceText(page, "attribute:env!exists", "attribute:env===prod");
  await webview(page, /stale|last good|out of date/i);
  await picturesInThemes("stale");
  await replaceText(page, "attribute:env===prod", "attribute:env==prod");
  await webview(page, /^(?!.*Out of date).*1 of 6 container instances/s);
});
