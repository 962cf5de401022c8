// A managed daemon through the command line against the local endpoint: deployed, verified, left alone, updated without
// losing a setting, deleted.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { runCli, startCli } from "../support/commandLine";
import { type AnyAnswer, post } from "../support/localEndpoint";
import { temporaryFolder } from "../support/temporaryFolder";

const definition = (image: string) =>
  JSON.stringify({
    family: "agent",
    cpu: "128",
    memory: "256",
    containerDefinitions: [{ name: "agent", image, essential: true }],
  });
const provider = {
  name: "mi",
  cluster: "prod",
  managedInstancesProvider: {
    infrastructureRoleArn: "arn:aws:iam::123456789012:role/infrastructure",
    instanceLaunchTemplate: {
      ec2InstanceProfileArn: "arn:aws:iam::123456789012:instance-profile/ecsInstanceRole",
      networkConfiguration: { subnets: ["subnet-1"] },
      instanceRequirements: { vCpuCount: { min: 2 }, memoryMiB: { min: 4096 } },
    },
  },
};

test("a managed daemon is deployed, verified, updated without losing a setting, and deleted", async (context) => {
  const words = ["local", "--cluster", "prod", "--instances", "0", "--start-delay", "0"];
  const { firstLine } = await startCli(context, words);
  const url = firstLine.replace("listening on ", "");
  const call = (operation: string, input: object): Promise<AnyAnswer> =>
    post(url, `AmazonEC2ContainerServiceV20141113.${operation}`, input);
  await call("CreateCapacityProvider", provider);
  await post(url, "EcsDaemonLocal.AddContainerInstances", {
    cluster: "prod",
    count: 3,
    capacityProvider: "mi",
  });
  const folder = temporaryFolder({
    "a.daemon-taskdef.json": definition("agent:1"),
    "a.daemon.json": JSON.stringify({ daemonName: "agent", critical: false, enableExecuteCommand: true }),
    "b.daemon-taskdef.json": definition("agent:2"),
    "b.daemon.json": JSON.stringify({ daemonName: "agent", capacityProviderArns: ["mi"] }),
  });
  context.after(folder.remove);
  const deploy = (name: string, ...more: string[]) =>
    runCli([
      "deploy",
      join(folder.path, `${name}.daemon-taskdef.json`),
      "--daemon",
      join(folder.path, `${name}.daemon.json`),
      "--cluster",
      "prod",
      "--endpoint-url",
      url,
      ...more,
    ]);
  const first = await deploy("a");
  assert.equal(first.code, 0, first.stderr + first.stdout);
  assert.match(first.stderr, /3 container instances of 1 capacity provider/);
  const again = await deploy("a", "--format", "json");
  const { steps, verify } = JSON.parse(again.stdout);
  assert.deepEqual(
    steps.map((it: { outcome: string }) => it.outcome),
    ["unchanged", "unchanged", "done"],
  );
  assert.equal(verify.running.length, 3);
  const dry = await deploy("b", "--dry-run");
  assert.match(dry.stdout, /update-daemon .*"critical":false.*"enableExecuteCommand":true/);
  const second = await deploy("b");
  assert.equal(second.code, 0, second.stderr + second.stdout);
  const daemonArn = "arn:aws:ecs:us-east-1:123456789012:daemon/prod/agent";
  const { daemon } = await call("DescribeDaemon", { daemonArn });
  const { daemonRevisions } = await call("DescribeDaemonRevisions", {
    daemonRevisionArns: [daemon.currentRevisions[0].arn],
  });
  assert.match(daemonRevisions[0].daemonTaskDefinitionArn, /agent:2$/);
  assert.equal(daemonRevisions[0].critical, false);
  assert.equal(daemonRevisions[0].enableExecuteCommand, true);
  const named = ["--daemon", "agent", "--cluster", "prod", "--endpoint-url", url];
  assert.equal((await runCli(["verify", ...named])).code, 0);
  const captured = JSON.parse((await runCli(["capture", ...named.slice(2)])).stdout);
  assert.ok(captured.capacityProviders, JSON.stringify(captured).slice(0, 1500));
  assert.ok(captured.capacityProviders.some((it: { name: string }) => it.name === "mi"));
  assert.equal(captured.daemons.length, 1);
  const gone = await runCli(["delete", ...named]);
  assert.equal(gone.code, 0, gone.stderr);
  assert.match(gone.stderr, /drains and replaces 3 container instances/);
  assert.equal((await runCli(["verify", ...named, "--timeout", "0"])).code, 1);
});
