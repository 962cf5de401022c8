// Managed daemons with the clients that know them: the AWS CLI and boto3 of 2026-04 and later, where they are installed.

import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { test } from "node:test";
import { awsEcs, findAwsClis, runAwsEcs } from "../../support/awsCli";
import { arn, managedProvider, startManagedEndpoint } from "./support";

for (const cli of findAwsClis())
  test(`${cli.version} creates, updates and deletes a managed daemon`, async (t) => {
    const it = await startManagedEndpoint(t);
    const { url } = it.endpoint;
    if (!(await runAwsEcs(cli, url, ["create-daemon", "help"])).stdout.includes("daemon-name"))
      return t.skip("this version does not know managed daemons");
    const aws = <T>(...parts: readonly string[]) => awsEcs<T>(cli, url, ...parts);
    const settings = (definition: string) => [
      "--daemon-task-definition-arn",
      arn("daemon-task-definition", definition),
      "--capacity-provider-arns",
      arn("capacity-provider", "mi"),
    ];
    const { daemonArn } = await aws<{ daemonArn: string }>(
      "create-daemon",
      "--daemon-name",
      "agent",
      ...settings("agent:1"),
    );
    await it.local("AddContainerInstances", { capacityProvider: "mi", count: 3 });
    const { deploymentArn } = await aws<{ deploymentArn: string }>(
      "update-daemon",
      "--daemon-arn",
      daemonArn,
      ...settings("agent:2"),
      "--deployment-configuration",
      '{"drainPercent":50.0,"bakeTimeInMinutes":0}',
    );
    const wait = ["wait", "daemon-deployment-successful", "--daemon-deployment-arns", deploymentArn];
    assert.equal((await runAwsEcs(cli, url, wait)).status, 0);
    const { daemon } = await aws<{ daemon: { currentRevisions: { totalRunningCount: number }[] } }>(
      "describe-daemon",
      "--daemon-arn",
      daemonArn,
    );
    assert.equal(daemon.currentRevisions[0]?.totalRunningCount, 3);
    await aws("delete-daemon", "--daemon-arn", daemonArn);
    const gone = await runAwsEcs(cli, url, ["describe-daemon", "--daemon-arn", daemonArn]);
    assert.match(gone.stderr, /DaemonNotFoundException/);
  });

const story = `
import json, sys, boto3
ecs = boto3.client("ecs", endpoint_url=sys.argv[1], region_name="us-east-1",
    aws_access_key_id="test", aws_secret_access_key="test")
provider = ecs.create_capacity_provider(name="py", cluster="default",
    managedInstancesProvider=json.loads(sys.argv[2]))["capacityProvider"]
definition = ecs.register_daemon_task_definition(family="py",
    containerDefinitions=[{"name": "d", "image": "d:1", "memory": 64}])["daemonTaskDefinitionArn"]
created = ecs.create_daemon(daemonName="py", daemonTaskDefinitionArn=definition,
    capacityProviderArns=[provider["capacityProviderArn"]])
ecs.run_task(taskDefinition="web", count=2,
    capacityProviderStrategy=[{"capacityProvider": "py", "weight": 1}])
waiter = ecs.get_waiter("daemon_deployment_successful")
waiter.wait(daemonDeploymentArns=[created["deploymentArn"]], WaiterConfig={"Delay": 1, "MaxAttempts": 5})
detail = ecs.describe_daemon(daemonArn=created["daemonArn"])["daemon"]
deleted = ecs.delete_daemon(daemonArn=created["daemonArn"])
waiter.wait(daemonDeploymentArns=[deleted["deploymentArn"]], WaiterConfig={"Delay": 1, "MaxAttempts": 5})
out = {"running": detail["currentRevisions"][0]["totalRunningCount"], "status": deleted["status"],
    "created": type(created["createdAt"]).__name__}
try:
    ecs.describe_daemon(daemonArn=created["daemonArn"])
except ecs.exceptions.DaemonNotFoundException as error:
    out["gone"] = error.response["Error"]["Code"]
print(json.dumps(out))
`;

const knows = 'import boto3; boto3.client("ecs", region_name="us-east-1").create_daemon';
const python = ["python3", "/usr/bin/python3"].find((it) => spawnSync(it, ["-c", knows]).status === 0);
if (python !== undefined)
  test("boto3 creates a managed daemon, waits for its deployments and deletes it", async (t) => {
    const { endpoint } = await startManagedEndpoint(t);
    const output = await new Promise<string>((resolve, reject) => {
      const arguments_ = ["-c", story, endpoint.url, JSON.stringify(managedProvider())];
      execFile(python, arguments_, { encoding: "utf8" }, (error, stdout, stderr) =>
        error === null ? resolve(stdout) : reject(new Error(stderr)),
      );
    });
    assert.deepEqual(JSON.parse(output), {
      running: 1,
      status: "DELETE_IN_PROGRESS",
      created: "datetime",
      gone: "DaemonNotFoundException",
    });
  });
