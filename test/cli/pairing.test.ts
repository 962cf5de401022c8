// Which service and which task definition a call of the command line is about, where several files could be meant.

import assert from "node:assert/strict";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { runCli } from "../support/commandLine";
import type { AnyAnswer } from "../support/localEndpoint";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder";

const definition = (more: object = {}) =>
  JSON.stringify({
    family: "agent",
    networkMode: "bridge",
    containerDefinitions: [{ name: "agent", image: "example/agent:1", memory: 128 }],
    ...more,
  });
const service = (serviceName: string, more: object = {}) =>
  JSON.stringify({
    serviceName,
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
    launchType: "EC2",
    ...more,
  });
const onProd = { placementConstraints: [{ type: "memberOf", expression: "attribute:env == prod" }] };
const fleet = JSON.stringify({
  groups: [
    { count: 2, instanceType: "m5.large", zones: ["eu-west-1a"], attributes: { env: "prod" } },
    { count: 3, instanceType: "m5.large", zones: ["eu-west-1a"], attributes: { env: "test" } },
  ],
});

function folder(context: TestContext, contents: Readonly<Record<string, string>>): TemporaryFolder {
  const made = temporaryFolder(contents);
  context.after(made.remove);
  return made;
}

async function codesOf(...paths: readonly string[]): Promise<readonly string[]> {
  const result = await runCli(["validate", ...paths, "--format", "json"]);
  return result.json().flatMap((file: AnyAnswer) => file.diagnostics.map((it: AnyAnswer) => it.code));
}

const subnets = { networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-0aaa1111"] } } };

test("of two task definitions of a family a service is checked against the one with its own stem", async (context) => {
  const { path } = folder(context, {
    "agent-live.taskdef.json": definition(),
    "agent-test.taskdef.json": definition({ networkMode: "awsvpc" }),
    "agent-live.service.json": service("agent"),
    "agent-test.service.json": service("agent", subnets),
    "agent-wrong.service.json": service("agent", subnets),
  });
  const at = (name: string) => join(path, name);
  assert.deepEqual(await codesOf(path), []);
  for (const name of ["agent-live.service.json", "agent-test.service.json", "agent-wrong.service.json"])
    assert.deepEqual(await codesOf(at(name)), [], name);
});

test("a service in a folder of its own is checked against the definition of its repository", async (context) => {
  const files = {
    "definitions/agent.taskdef.json": definition(),
    "services/agent.service.json": service("agent", subnets),
  };
  const alone = folder(context, files);
  const repository = folder(context, { ...files, ".git/HEAD": "ref: refs/heads/main\n" });
  const checked = (it: TemporaryFolder) => codesOf(join(it.path, "services", "agent.service.json"));
  assert.deepEqual(await checked(alone), []);
  assert.deepEqual(await checked(repository), ["network-configuration-needless"]);
  assert.deepEqual(await codesOf(alone.path), ["network-configuration-needless"]);
});

test("deploy refuses to choose from several services, and says how to", async (context) => {
  const { path } = folder(context, {
    "agent.taskdef.json": definition(),
    "one.service.json": service("one"),
    "two.service.json": service("two", onProd),
  });
  const words = ["deploy", join(path, "agent.taskdef.json"), "--cluster", "c", "--dry-run"];
  const target = ["--endpoint-url", "http://127.0.0.1:1"];
  const refused = await runCli([...words, ...target]);
  assert.deepEqual([refused.code, refused.stdout], [2, ""]);
  assert.match(
    refused.stderr,
    /^ecs-daemon: .*one\.service\.json, .*two\.service\.json.*--service FILE.*\n$/,
  );
  const named = await runCli([...words, ...target, "--service", join(path, "two.service.json")]);
  assert.equal(named.code, 0);
  assert.match(named.stdout, /"serviceName":"two"/);
  const fresh = await runCli([...words, ...target, "--new-service"]);
  assert.equal(fresh.code, 0);
  assert.match(fresh.stdout, /"serviceName":"agent"/);
  const both = await runCli([...words, "--new-service", "--service", "x"]);
  assert.deepEqual([both.code, both.stdout], [2, ""]);
});

test("preview lists the services that it cannot choose from, and counts without them", async (context) => {
  const { path } = folder(context, {
    "agent.taskdef.json": definition(),
    "one.service.json": service("one"),
    "two.service.json": service("two", onProd),
    "x.ecs-fleet.json": fleet,
  });
  const words = ["preview", join(path, "agent.taskdef.json"), "--cluster", join(path, "x.ecs-fleet.json")];
  const found = await runCli([...words, "--format", "json"]);
  assert.equal(found.code, 0);
  assert.match(found.stderr, /one\.service\.json, .*two\.service\.json.*--service FILE/);
  const { summary, service: shown } = found.json();
  assert.deepEqual([summary.place, shown.name, shown.candidates.length], [5, "agent", 2]);
});

test("preview and deploy use the only service, and that of the family's own name", async (context) => {
  for (const [services, place, name] of [
    [{ "x.service.json": service("prod-agent", onProd) }, 2, "prod-agent"],
    [{ "x.service.json": service("agent", onProd), "y.service.json": service("other") }, 2, "agent"],
  ] as const) {
    const { path } = folder(context, {
      "agent.taskdef.json": definition(),
      "x.ecs-fleet.json": fleet,
      ...services,
    });
    const words = ["preview", join(path, "agent.taskdef.json"), "--cluster", join(path, "x.ecs-fleet.json")];
    const found = await runCli([...words, "--format", "json"]);
    assert.deepEqual([found.code, found.stderr], [0, ""]);
    const { summary, service: shown } = found.json();
    assert.deepEqual([summary.place, shown.name], [place, name]);
    assert.match(
      (await runCli(words)).stdout.replace(/\s+/g, " "),
      /The service is that of .*x\.service\.json/,
    );
    const target = ["--cluster", "c", "--endpoint-url", "http://127.0.0.1:1", "--dry-run"];
    const planned = await runCli(["deploy", join(path, "agent.taskdef.json"), ...target]);
    assert.match(planned.stdout, new RegExp(`"serviceName":"${name}"`));
    assert.match(planned.stdout, /attribute:env == prod/);
    assert.match(planned.stderr, /The service file is .*x\.service\.json/);
    const fresh = await runCli([...words, "--new-service", "--format", "json"]);
    assert.equal(fresh.json().summary.place, 5);
  }
});

test("the configuration of ecspresso names both files of a pair", async (context) => {
  // Neither family nor names of the files pair them: the service names no task definition.
  const { path } = folder(context, {
    "ecs-task-def.json": definition(),
    "other-task-def.json": definition({ networkMode: "awsvpc" }),
    "svc.service.json": JSON.stringify({
      schedulingStrategy: "DAEMON",
      launchType: "EC2",
      ...onProd,
      ...subnets,
    }),
    "ecspresso.yml":
      "cluster: default\nservice: agent\nservice_definition: svc.service.json\ntask_definition: ecs-task-def.json\n",
    "prod.ecs-fleet.json": fleet,
  });
  const at = (name: string) => join(path, name);
  assert.deepEqual(await codesOf(at("svc.service.json")), ["network-configuration-needless"]);
  const preview = await runCli([
    ...["preview", at("ecs-task-def.json"), "--cluster", at("prod.ecs-fleet.json")],
  ]);
  assert.match(preview.stdout, /^Lands on 2 of 5 container instances/);
});
