// A folder that nobody has trusted yet, as a person sees it: it can be read and previewed, nothing can be started.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openEditor, screenshot } from "../support/editor";
import {
  offered,
  offeredRow,
  openFile,
  pick,
  problems,
  quickPickEntries,
  runCommand,
  webview,
} from "../support/editorActions";

test("in restricted mode mistakes and previews are shown, and nothing can be started or deployed", async (t) => {
  const editor = await openEditor({ workspaceTrust: true });
  t.after(() => editor.close());
  const { page } = editor;
  await page.locator(".part.banner").filter({ hasText: "Restricted Mode" }).waitFor();
  await openFile(page, "broken/datadog-agent.taskdef.json");
  const rows = await problems(page);
  for (const about of ["essental", "docker_socket", "and"]) {
    await rows.filter({ hasText: about }).first().waitFor();
  }

  const commands = (await offered(page, "ECS Daemon: ")).join("\n");
  assert.match(commands, /Preview Placement/);
  assert.doesNotMatch(commands, /Deploy|Register|Create or Update|Verify|Delete|Put Attributes|Start Local/);

  await openFile(page, "datadog-agent.service.json");
  await runCommand(page, "ECS Daemon: Preview Placement");
  const panel = await webview(page, "Select a cluster");
  await panel.getByRole("button", { name: "Manage Workspace Trust" }).waitFor();
  assert.equal(await panel.getByRole("button", { name: "Start Local Cluster" }).count(), 0);
  await openFile(page, "datadog-agent.service.json");
  await runCommand(page, "ECS Daemon: Select Cluster");
  await offeredRow(page, "five-instances.ecs-fleet.json").waitFor();
  const clusters = (await quickPickEntries(page)).join("\n");
  assert.match(clusters, /five-instances\.ecs-fleet\.json/);
  assert.doesNotMatch(clusters, /Local cluster|AWS account/);
  await pick(page, "five-instances.ecs-fleet.json");
  await runCommand(page, "ECS Daemon: Preview Placement");
  await webview(page, "5 of 5 container instances");
  await screenshot(page, "restricted");
});
