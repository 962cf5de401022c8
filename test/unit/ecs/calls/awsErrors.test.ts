import assert from "node:assert/strict";
import { test } from "node:test";
import { commandLineWords } from "../../../../server/src/cli/output/remedyText";
import { type CallContext, toEcsError } from "../../../../server/src/ecs/calls/awsErrors";
import { EcsError } from "../../../../server/src/ecs/port";
import { type Remedy, remedyText } from "../../../../server/src/ecs/remedy";
import { editorWords } from "../../../../server/src/lsp/base/remedyText";

const context: CallContext = { operation: "CreateService", target: {}, region: "eu-west-1", profile: "ops" };

/** What helps, in the words of the command line. */
function said({ remedy }: EcsError): string {
  return remedyText(remedy, commandLineWords);
}

function named(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name }, more);
}

test("an expired SSO session names the command that renews it", () => {
  const message =
    "The SSO session associated with this profile has expired. To refresh this SSO session run 'aws sso login'";
  const error = toEcsError(named("CredentialsProviderError", message), context);
  assert.equal(error.message, 'The SSO session of profile "ops" has expired.');
  assert.deepEqual(error.remedy, { kind: "signIn", profile: "ops", isCertain: true });
  assert.equal(remedyText(error.remedy, commandLineWords), 'Run "aws sso login --profile ops".');
  assert.equal(remedyText(error.remedy, editorWords), 'Sign in to the profile "ops" again.');
});

test("a missing permission names the action", () => {
  const told =
    "User: arn:aws:sts::123456789012:assumed-role/dev/me is not authorized to perform: ecs:ListTasks on resource: *";
  assert.match(said(toEcsError(named("AccessDeniedException", told), context)), /ecs:ListTasks/);
  assert.match(said(toEcsError(named("AccessDeniedException", "Denied"), context)), /ecs:CreateService/);
});

test("an endpoint where nobody listens is named", () => {
  const target = { endpointUrl: "http://127.0.0.1:1" };
  const error = toEcsError(named("Error", "connect ECONNREFUSED", { code: "ECONNREFUSED" }), {
    ...context,
    target,
  });
  assert.equal(error.message, "Nothing answers at http://127.0.0.1:1.");
  assert.match(said(error), /ecs-daemon local/);
});

test("the password of an endpoint is in no message", () => {
  const target = { endpointUrl: "https://app:hunter2@ecs.example.com/x" };
  const faults = [
    named("Error", "", { code: "ECONNREFUSED" }),
    named("Error", "", { code: "ECONNRESET" }),
    named("SyntaxError", ""),
  ];
  for (const fault of faults) {
    const { message } = toEcsError(fault, { ...context, target });
    assert.ok(message.includes("https://ecs.example.com/x") && !message.includes("hunter2"), message);
  }
});

test("a host with several addresses tells its code in the inner errors", () => {
  const inner = named("Error", "connect ECONNREFUSED ::1:1", { code: "ECONNREFUSED" });
  const error = toEcsError(named("AggregateError", "", { errors: [inner] }), context);
  assert.equal(error.name, "Unreachable");
});

test("a region that does not exist is named", () => {
  const error = toEcsError(named("Error", "getaddrinfo ENOTFOUND", { code: "ENOTFOUND" }), {
    ...context,
    region: "mars-1",
  });
  assert.match(error.message, /no ECS endpoint for the Region "mars-1"/);
});

test("missing credentials and a missing region say what to set", () => {
  const credentials = toEcsError(
    named("CredentialsProviderError", "Could not load credentials from any providers"),
    context,
  );
  assert.match(`${credentials.message} ${said(credentials)}`, /profile "ops".*AWS_ACCESS_KEY_ID/);
  assert.match(said(toEcsError(new Error("Region is missing"), context)), /AWS_REGION/);
});

test("ECS's own words are kept", () => {
  const error = toEcsError(
    named("InvalidParameterException", "Unable to Start a service that is still Draining."),
    context,
  );
  assert.equal(error.name, "InvalidParameterException");
  assert.equal(error.message, "Unable to Start a service that is still Draining.");
});

test("an error of another copy of the class is still an EcsError", () => {
  const error = toEcsError(new Error("x"), context);
  const copy = Object.assign(new Error("x"), { [Symbol.for("ecs-daemon.EcsError")]: true });
  assert.ok(error instanceof EcsError);
  assert.ok(copy instanceof EcsError);
  assert.ok(!(new Error("x") instanceof EcsError));
  assert.equal(toEcsError(copy, context), copy);
});

test("no door has the words of another", () => {
  const remedies: readonly Remedy[] = [
    { kind: "signIn", profile: "ops", isCertain: true },
    { kind: "signIn", profile: "ops", isCertain: false },
    { kind: "chooseProfile" },
    { kind: "chooseRegion" },
    { kind: "startLocal" },
    { kind: "findCluster" },
    { kind: "repeat", later: true },
    { kind: "repeat", later: false },
  ];
  for (const it of remedies) {
    assert.doesNotMatch(remedyText(it, editorWords), /--|ecs-daemon |\baws |AWS_|same command/, it.kind);
    assert.doesNotMatch(remedyText(it, commandLineWords), /ecsDaemon\.|Select Cluster|button/, it.kind);
  }
});
