import assert from "node:assert/strict";
import { test } from "node:test";
import { type CallContext, toEcsError } from "../../../server/src/ecs/awsErrors";
import { EcsError } from "../../../server/src/ecs/port";

const context: CallContext = { operation: "CreateService", target: {}, region: "eu-west-1", profile: "ops" };

function named(name: string, message: string, more: object = {}): Error {
  return Object.assign(new Error(message), { name }, more);
}

test("an expired SSO session names the command that renews it", () => {
  const message =
    "The SSO session associated with this profile has expired. To refresh this SSO session run 'aws sso login'";
  const error = toEcsError(named("CredentialsProviderError", message), context);
  assert.equal(error.message, 'The SSO session of profile "ops" has expired.');
  assert.equal(error.remedy, 'Run "aws sso login --profile ops".');
});

test("a missing permission names the action", () => {
  const told =
    "User: arn:aws:sts::123456789012:assumed-role/dev/me is not authorized to perform: ecs:ListTasks on resource: *";
  assert.match(toEcsError(named("AccessDeniedException", told), context).remedy ?? "", /ecs:ListTasks/);
  assert.match(
    toEcsError(named("AccessDeniedException", "Denied"), context).remedy ?? "",
    /ecs:CreateService/,
  );
});

test("an endpoint where nobody listens is named", () => {
  const target = { endpointUrl: "http://127.0.0.1:1" };
  const error = toEcsError(named("Error", "connect ECONNREFUSED", { code: "ECONNREFUSED" }), {
    ...context,
    target,
  });
  assert.equal(error.message, "Nothing answers at http://127.0.0.1:1.");
  assert.match(error.remedy ?? "", /ecs-daemon local/);
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
  assert.match(error.message, /no ECS endpoint for the region "mars-1"/);
});

test("missing credentials and a missing region say what to set", () => {
  const credentials = toEcsError(
    named("CredentialsProviderError", "Could not load credentials from any providers"),
    context,
  );
  assert.match(`${credentials.message} ${credentials.remedy}`, /profile "ops".*AWS_ACCESS_KEY_ID/);
  assert.match(toEcsError(new Error("Region is missing"), context).remedy ?? "", /AWS_REGION/);
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
