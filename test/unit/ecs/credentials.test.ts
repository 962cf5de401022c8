// Credentials come from the SDK's own chain: what it asks a person for, how often, and what it says where it fails.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { beforeEach, type TestContext, test } from "node:test";
import { connectEcs } from "../../../server/src/ecs/aws";
import { EcsError } from "../../../server/src/ecs/port";
import { startRecordedEcs } from "../../support/recordedEcs";
import { temporaryFolder } from "../../support/temporaryFolder";

beforeEach(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith("AWS_")) delete process.env[name];
  process.env.AWS_EC2_METADATA_DISABLED = "true";
});

/** Config files of their own: the SDK keeps what it has read of a path. */
function configure(context: TestContext, config: string, credentials = ""): void {
  const folder = temporaryFolder({ config, credentials });
  context.after(folder.remove);
  process.env.AWS_CONFIG_FILE = join(folder.path, "config");
  process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder.path, "credentials");
}

/** An STS that takes only this code, once. */
async function startSts(context: TestContext, code: string) {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    const input = new URLSearchParams(body);
    asked.push(`${input.get("Action")} ${input.get("SerialNumber")} ${input.get("TokenCode")}`);
    const isRight = input.get("TokenCode") === code;
    response.writeHead(isRight ? 200 : 403, { "content-type": "text/xml" });
    response.end(
      isRight
        ? `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/ops/me</Arn><AssumedRoleId>A:me</AssumedRoleId></AssumedRoleUser><Credentials><AccessKeyId>ASIAEXAMPLE</AccessKeyId><SecretAccessKey>assumed</SecretAccessKey><SessionToken>session</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`
        : `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>MultiFactorAuthentication failed with invalid MFA one time pass code. </Message></Error></ErrorResponse>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.after(() => server.close());
  process.env.AWS_ENDPOINT_URL_STS = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return asked;
}

const withMfa = `
[profile ops]
role_arn = arn:aws:iam::123456789012:role/ops
source_profile = me
mfa_serial = arn:aws:iam::123456789012:mfa/me
region = eu-west-1
`;
const me = "[me]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = long\n";

test("an MFA code is asked for once, with its device, and holds for the next connections", async (context) => {
  configure(context, withMfa, me);
  const asked = await startSts(context, "123456");
  const { url, headers } = await startRecordedEcs(context);
  const devices: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const ecs = await connectEcs(
      { profile: "ops", endpointUrl: url },
      {
        mfaCode: async (device) => {
          devices.push(device);
          return "123456";
        },
      },
    );
    await ecs.listClusters();
    ecs.close();
  }
  assert.deepEqual(devices, ["arn:aws:iam::123456789012:mfa/me"]);
  assert.deepEqual(asked, ["AssumeRole arn:aws:iam::123456789012:mfa/me 123456"]);
  assert.ok(headers.every((it) => it.includes("ASIAEXAMPLE") && it.includes("eu-west-1")));
});

test("a wrong code is told as such and asked for again the next time", async (context) => {
  configure(context, withMfa, me);
  await startSts(context, "222222");
  const { url } = await startRecordedEcs(context);
  const codes = ["111111", "222222"];
  const connect = () =>
    connectEcs({ profile: "ops", endpointUrl: url }, { mfaCode: async () => codes.shift() ?? "" });
  await assert.rejects((await connect()).listClusters(), { name: "MfaCodeRejected" });
  assert.equal((await (await connect()).listClusters()).length, 1);
});

test("without somebody to ask, a profile that needs a code says so; a dismissed question cancels", async (context) => {
  configure(context, withMfa, me);
  await startSts(context, "1");
  const { url, operations } = await startRecordedEcs(context);
  const silent = await connectEcs({ profile: "ops", endpointUrl: url });
  await assert.rejects(silent.listClusters(), (error: EcsError) => {
    assert.match(`${error.message} ${error.remedy}`, /multi-factor authentication/);
    return true;
  });
  const dismissed = await connectEcs(
    { profile: "ops", endpointUrl: url },
    { mfaCode: () => Promise.reject(new EcsError("AbortError", "Cancelled.")) },
  );
  await assert.rejects(dismissed.listClusters(), { name: "AbortError" });
  assert.deepEqual(operations, []);
});

test("an SSO profile without a session names the command that renews it", async (context) => {
  const home = temporaryFolder();
  context.after(home.remove);
  process.env.HOME = home.path;
  configure(
    context,
    `
[profile team-dev]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = dev
region = eu-west-1
[sso-session corp]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-1
sso_registration_scopes = sso:account:access
`,
  );
  const { url } = await startRecordedEcs(context);
  const ecs = await connectEcs({ profile: "team-dev", endpointUrl: url });
  await assert.rejects(ecs.listClusters(), (error: EcsError) => {
    assert.equal(error.name, "ExpiredSsoSession", error.message);
    assert.deepEqual(error.remedy, { kind: "signIn", profile: "team-dev", isCertain: true });
    return true;
  });
});

test("an unknown profile is named", async (context) => {
  configure(context, "");
  const { url } = await startRecordedEcs(context);
  process.env.AWS_REGION = "eu-west-1";
  const ecs = await connectEcs({ profile: "nobody", endpointUrl: url });
  await assert.rejects(ecs.listClusters(), /nobody/);
});
