// `ecs-daemon preview` with the file of a managed daemon.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { runCli } from "../support/commandLine";
import { temporaryFolder } from "../support/temporaryFolder";

const arn = (rest: string) => `arn:aws:ecs:eu-west-1:123456789012:${rest}`;
const files = {
  "agent.taskdef.json": JSON.stringify({
    family: "agent",
    cpu: "256",
    memory: "2048",
    containerDefinitions: [{ name: "agent", image: "agent:1" }],
  }),
  "agent.daemon.json": JSON.stringify({
    daemonName: "agent",
    daemonTaskDefinitionArn: arn("daemon-task-definition/agent:2"),
    capacityProviderArns: [arn("capacity-provider/mi")],
  }),
  "mi.capacity-provider.json": JSON.stringify({
    name: "mi",
    cluster: "prod",
    managedInstancesProvider: {
      infrastructureRoleArn: "arn:aws:iam::123456789012:role/i",
      instanceLaunchTemplate: {
        ec2InstanceProfileArn: "arn:aws:iam::123456789012:instance-profile/ecsInstanceRole",
        networkConfiguration: { subnets: ["subnet-1"] },
        instanceRequirements: {
          vCpuCount: { min: 2, max: 2 },
          memoryMiB: { min: 2048, max: 4096 },
          burstablePerformance: "included",
        },
      },
    },
  }),
};

test("the bill needs no cluster: the file of the capacity provider names the types", async (context) => {
  const folder = temporaryFolder(files);
  context.after(folder.remove);
  const path = (name: string) => join(folder.path, name);
  const call = ["preview", path("agent.taskdef.json"), "--daemon", path("agent.daemon.json")];
  const provider = ["--capacity-provider", path("mi.capacity-provider.json")];
  const { code, stdout, stderr } = await runCli([...call, ...provider, "--format", "json"]);
  assert.equal(code, 0, stderr);
  const { types, rollout } = JSON.parse(stdout);
  assert.deepEqual(types.map((it: { type: string; fits: boolean }) => [it.type, it.fits]).slice(0, 2), [
    ["t3.small", false],
    ["c5.large", true],
  ]);
  assert.equal(rollout.replaced, 0);
  const text = await runCli([...call, ...provider]);
  assert.match(text.stdout, /≈ does not fit/);
});

test("a daemon task definition without the daemon's file is refused, and the call says how to name it", async (context) => {
  const folder = temporaryFolder({ "agent.daemon-taskdef.json": files["agent.taskdef.json"] });
  context.after(folder.remove);
  const path = join(folder.path, "agent.daemon-taskdef.json");
  const { code, stderr } = await runCli(["preview", path, "--cluster", "c.ecs-fleet.json"]);
  assert.equal(code, 2);
  assert.match(stderr, /task definition of a managed daemon\. Name .* --daemon FILE/);
});

test("other values are tried without a file, and time is told step by step", async (context) => {
  const folder = temporaryFolder({
    ...files,
    "mi.ecs-fleet.json": JSON.stringify({
      groups: [{ count: 8, instanceType: "m5.large", capacityProvider: "mi" }],
    }),
  });
  context.after(folder.remove);
  const path = (name: string) => join(folder.path, name);
  const call = [
    ...["preview", path("agent.taskdef.json"), "--daemon", path("agent.daemon.json")],
    ...["--cluster", path("mi.ecs-fleet.json"), "--format", "json"],
  ];
  const ask = async (...more: readonly string[]) => JSON.parse((await runCli([...call, ...more])).stdout);
  const written = await ask();
  assert.deepEqual(written.rollout.atOnce, { floor: 2, ceiling: 2 });
  assert.equal(written.stories, undefined);
  const tried = await ask("--what-if", "drain-percent=50", "--what-if", "memory=9000", "--time");
  assert.deepEqual(tried.rollout.atOnce, { floor: 4, ceiling: 4 });
  assert.deepEqual(tried.trial, { drainPercent: 50, memory: 9000 });
  assert.equal(tried.instances[0].verdict, "blocked");
  assert.equal(tried.stories[0].name, "deploy");
  assert.ok(tried.stories.some((it: { name: string }) => it.name === "tooSmall"));
  const excluded = await ask("--what-if", "exclude-types=m5.*", "--what-if", "another=128/256");
  assert.ok(!excluded.types.some((it: { type: string }) => it.type.startsWith("m5.")));
  assert.equal((await runCli([...call, "--what-if", "cpu=much"])).code, 2);
  assert.equal((await runCli([...call, "--what-if", "drain-percent=101"])).code, 2);
  assert.equal((await runCli(["preview", path("agent.taskdef.json"), "--time"])).code, 2);
});
