// Before anything is changed outside this machine a dialog names the account, the Region, the cluster and the changes;
// who cancels it has changed nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openEditor, screenshot } from "../support/editor";
import { clusterBehind, notification, openFile, runCommand, statusBar } from "../support/editorActions";
import { startRecordingProxy } from "../support/recordingProxy";

const changing = /^(Register|Create|Update|Delete|Put|Deregister|Run|Start|Stop|Tag|Untag|Submit)/;

test("a deploy to an account is confirmed first, and cancelling it changes nothing", async (t) => {
  const proxy = await startRecordingProxy();
  t.after(() => proxy.close());
  const editor = await openEditor({
    env: proxy.env,
    settings: {
      "ecsDaemon.cluster": "aws",
      "ecsDaemon.aws.endpointUrl": proxy.url,
      "ecsDaemon.aws.region": "us-east-1",
      "ecsDaemon.aws.cluster": "default",
    },
  });
  t.after(() => editor.close());
  const { page } = editor;
  await openFile(page, "datadog-agent.service.json");
  await clusterBehind(page, proxy.url);
  await statusBar(page, `ECS: default on ${new URL(proxy.url).host}`);

  const dialog = page.locator(".monaco-dialog-box");
  await runCommand(page, "ECS Daemon: Deploy");
  await dialog.waitFor();
  for (const told of [
    "Deploy this daemon service?",
    "Account: 123456789012",
    "Region: us-east-1",
    "Cluster: default",
    proxy.url,
    "Task definition: The task definition is new.",
    "Service: The service datadog-agent is created.",
    "Placement: gains 5 container instances",
    "loses 0 container instances",
  ]) {
    await dialog.filter({ hasText: told }).waitFor();
  }
  await screenshot(page, "confirmation");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await dialog.waitFor({ state: "detached" });
  assert.deepEqual(
    proxy.operations.filter((it) => changing.test(it)),
    [],
  );

  await runCommand(page, "ECS Daemon: Deploy");
  await dialog.getByRole("button", { name: "Deploy", exact: true }).click();
  await notification(page, "5 of 5 verified: datadog-agent");
  assert.deepEqual(
    proxy.operations.filter((it) => changing.test(it)),
    ["RegisterTaskDefinition", "CreateService"],
  );
});
