// A deployment that is not verified can be undone from its message, and the message shows why it is not.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { openEditor, screenshot } from "../support/editor";
import {
  clusterBehind,
  expandNotifications,
  notification,
  openFile,
  runCommand,
  webview,
} from "../support/editorActions";
import { startTestEndpoint } from "../support/localEndpoint";
import { until } from "../support/until";

test("a new service that cannot run anywhere is shown, explained and removed from its message", async (t) => {
  const { call, endpoint } = await startTestEndpoint(t);
  const editor = await openEditor({
    env: { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test", AWS_EC2_METADATA_DISABLED: "true" },
    settings: {
      "ecsDaemon.cluster": "aws",
      "ecsDaemon.aws.endpointUrl": endpoint.url,
      "ecsDaemon.aws.region": "us-east-1",
      "ecsDaemon.aws.cluster": "default",
    },
  });
  t.after(() => editor.close());
  const { page, workspace } = editor;
  const file = join(workspace, "datadog-agent.taskdef.json");
  writeFileSync(
    file,
    readFileSync(file, "utf8").replace(
      '"bridge",',
      '"bridge", "runtimePlatform": { "cpuArchitecture": "ARM64" },',
    ),
  );
  await openFile(page, "datadog-agent.service.json");
  await clusterBehind(page, endpoint.url);

  await runCommand(page, "ECS Daemon: Deploy");
  await notification(page, /0 of 5 verified \(5 missing\)/);
  // A message that nobody looks at goes into the list of notifications, with its buttons.
  const press = async (name: string) => {
    await expandNotifications(page);
    await page.locator(".notifications-center").getByRole("button", { name, exact: true }).first().click();
  };
  await screenshot(page, "not-verified");
  await press("Remove Service");
  await notification(page, "Deleted the service datadog-agent again");
  const status = async () =>
    (await call("DescribeServices", { services: ["datadog-agent"] })).services[0]?.status;
  await until("the service is gone", async () => (await status()) === "INACTIVE");

  await runCommand(page, "ECS Daemon: Deploy");
  await until("the service is there again", async () => (await status()) === "ACTIVE");
  await page
    .locator(".notifications-center, .notifications-toasts")
    .getByText(/0 of 5 verified/)
    .first()
    .waitFor();
  await press("Show Why");
  await webview(page, /ARM64|arm64/);
  assert.equal(await status(), "ACTIVE");
});
