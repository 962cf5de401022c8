// A cluster of an account in VS Code: chosen from lists, with an MFA code where the profile needs one, and deployed to only
// as it was shown.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { openEditor, screenshot } from "../support/editor";
import {
  answer,
  notification,
  offeredRow,
  openFile,
  pick,
  runCommand,
  statusBar,
} from "../support/editorActions";
import { post } from "../support/localEndpoint";
import { startRecordingProxy } from "../support/recordingProxy";
import { temporaryFolder } from "../support/temporaryFolder";

const changing = /^(Register(?!Container)|Create|Update|Delete|Put)/;

/** A profile that needs a code, and an STS that takes only this one. */
async function mfaProfile(t: TestContext, code: string): Promise<Readonly<Record<string, string>>> {
  const folder = temporaryFolder({
    config: `[profile ops]
role_arn = arn:aws:iam::123456789012:role/ops
source_profile = me
mfa_serial = arn:aws:iam::123456789012:mfa/me
`,
    credentials: "[me]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = long\n",
  });
  const sts = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const isRight = new URLSearchParams(body).get("TokenCode") === code;
    response.writeHead(isRight ? 200 : 403, { "content-type": "text/xml" });
    response.end(
      isRight
        ? "<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>"
        : "<ErrorResponse><Error><Code>AccessDenied</Code><Message>MultiFactorAuthentication failed with invalid MFA one time pass code.</Message></Error></ErrorResponse>",
    );
  });
  await new Promise<void>((resolve) => sts.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    sts.close();
    sts.closeAllConnections();
    folder.remove();
  });
  return {
    AWS_CONFIG_FILE: join(folder.path, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder.path, "credentials"),
    AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${(sts.address() as AddressInfo).port}`,
  };
}

test("a cluster of an account is chosen from lists, with an MFA code, and deployed to as shown", async (t) => {
  const proxy = await startRecordingProxy();
  t.after(() => proxy.close());
  const editor = await openEditor({
    env: { ...proxy.env, ...(await mfaProfile(t, "123456")) },
    settings: { "ecsDaemon.aws.endpointUrl": proxy.url },
  });
  t.after(() => editor.close());
  const { page } = editor;
  await openFile(page, "datadog-agent.service.json");

  await runCommand(page, "ECS Daemon: Select Cluster");
  await pick(page, "AWS account…");
  await pick(page, "the setting ecsDaemon.aws.endpointUrl");
  await pick(page, "ops");
  await pick(page, "us-west-2");
  await answer(page, "arn:aws:iam::123456789012:mfa/me", "123456");
  await offeredRow(page, /default.*account 123456789012/).waitFor();
  await screenshot(page, "cluster-of-an-account");
  await pick(page, "default");
  await statusBar(page, `ECS: default on ${new URL(proxy.url).host}`);

  const dialog = page.locator(".monaco-dialog-box");
  const deploy = dialog.getByRole("button", { name: "Deploy", exact: true });
  await runCommand(page, "ECS Daemon: Deploy");
  await deploy.waitFor();
  // While the question stands, an instance joins: what was shown is no longer what would happen.
  const endpoint = `http://127.0.0.1:${new URL(proxy.url).port}`;
  await post(endpoint, "AmazonEC2ContainerServiceV20141113.RegisterContainerInstance", {
    cluster: "default",
  });
  await deploy.click();
  await dialog.filter({ hasText: "5 container instances matched before, and now 6." }).waitFor();
  await dialog.filter({ hasText: "gains 6 container instances" }).waitFor();
  await screenshot(page, "plan-changed");
  assert.deepEqual(
    proxy.operations.filter((it) => changing.test(it)),
    [],
  );
  await deploy.click();
  await notification(page, "6 of 6 verified: datadog-agent");
  assert.deepEqual(
    proxy.operations.filter((it) => changing.test(it)),
    ["RegisterTaskDefinition", "CreateService"],
  );

  await runCommand(page, "ECS Daemon: Delete Daemon Service");
  await pick(page, "datadog-agent");
  await dialog.filter({ hasText: "Stops 6 tasks on 6 container instances" }).waitFor();
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await notification(page, "Deleted: daemon service datadog-agent");
});

test("a wrong MFA code is told, and the cluster can still be named", async (t) => {
  const proxy = await startRecordingProxy();
  t.after(() => proxy.close());
  const editor = await openEditor({
    env: { ...proxy.env, ...(await mfaProfile(t, "123456")) },
    settings: { "ecsDaemon.aws.endpointUrl": proxy.url, "ecsDaemon.aws.profile": "ops" },
  });
  t.after(() => editor.close());
  const { page } = editor;
  await runCommand(page, "ECS Daemon: Select Cluster");
  await pick(page, "AWS account…");
  await pick(page, "the setting ecsDaemon.aws.endpointUrl");
  await pick(page, "ops");
  await pick(page, "us-west-2");
  await answer(page, "arn:aws:iam::123456789012:mfa/me", "000000");
  await answer(page, "Name of the ECS cluster", "default");
  await notification(page, "AWS does not accept the MFA code.");
  assert.deepEqual(proxy.operations, []);
});
