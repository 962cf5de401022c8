// The commands of the post about daemon services, typed into the real AWS CLI.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { awsEcs, findAwsClis, runAwsEcs } from "../support/awsCli";
import { startTestEndpoint } from "../support/localEndpoint";

const definition = {
  containerDefinitions: [
    {
      name: "datadog-agent",
      image: "datadog/docker-dd-agent:latest",
      cpu: 10,
      memory: 128,
      essential: true,
      mountPoints: [
        { containerPath: "/var/run/docker.sock", sourceVolume: "docker_sock", readOnly: true },
        { containerPath: "/host/proc", sourceVolume: "proc", readOnly: true },
      ],
      environment: [{ name: "API_KEY", value: "not-a-key" }],
    },
  ],
  volumes: [
    { host: { sourcePath: "/var/run/docker.sock" }, name: "docker_sock" },
    { host: { sourcePath: "/proc/" }, name: "proc" },
  ],
  family: "dd-agent-task",
};

for (const cli of findAwsClis()) {
  test(`${cli.version} speaks to the endpoint: the post's commands give the post's counts`, async (t) => {
    const { endpoint } = await startTestEndpoint(t);
    const folder = mkdtempSync(join(tmpdir(), "ecs-daemon-cli-"));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, "dd-agent-ecs.json");
    writeFileSync(file, JSON.stringify(definition));
    const aws = <T>(...parts: readonly string[]) => awsEcs<T>(cli, endpoint.url, ...parts);

    const registered = await aws<{ taskDefinition: { taskDefinitionArn: string; status: string } }>(
      "register-task-definition",
      "--cli-input-json",
      `file://${file}`,
    );
    assert.equal(
      registered.taskDefinition.taskDefinitionArn,
      "arn:aws:ecs:us-east-1:123456789012:task-definition/dd-agent-task:1",
    );
    const daemon = ["--task-definition", "dd-agent-task:1", "--scheduling-strategy", "DAEMON"];
    const created = await aws<{ service: { schedulingStrategy: string } }>(
      "create-service",
      "--cluster",
      "default",
      "--service-name",
      "dd-agent-service",
      ...daemon,
    );
    assert.equal(created.service.schedulingStrategy, "DAEMON");
    const { containerInstanceArns } = await aws<{ containerInstanceArns: string[] }>(
      "list-container-instances",
    );
    const { taskArns } = await aws<{ taskArns: string[] }>(
      "list-tasks",
      "--service-name",
      "dd-agent-service",
    );
    assert.deepEqual([containerInstanceArns.length, taskArns.length], [5, 5]);

    const [target = ""] = containerInstanceArns;
    await aws("put-attributes", "--attributes", `name=env,value=prod,targetId=${target}`);
    const described = await aws<{ containerInstances: { attributes: { name: string; value?: string }[] }[] }>(
      "describe-container-instances",
      "--container-instances",
      target,
    );
    assert.deepEqual(
      described.containerInstances[0]?.attributes.filter((it) => it.name === "env"),
      [{ name: "env", value: "prod" }],
    );
    const constrained = ["--placement-constraints", "type=memberOf,expression=attribute:env==prod"];
    await aws("create-service", "--service-name", "dd-agent-prod", ...daemon, ...constrained);
    const prod = await aws<{ taskArns: string[] }>(
      "list-tasks",
      "--service-name",
      "dd-agent-prod",
      "--container-instance",
      target,
    );
    assert.equal(prod.taskArns.length, 1);
  });

  test(`${cli.version} shows ECS's errors by name, pages through 250 instances and waits`, async (t) => {
    const { endpoint, call } = await startTestEndpoint(t);
    await call("RegisterTaskDefinition", definition);
    const wrong = await runAwsEcs(cli, endpoint.url, [
      "create-service",
      "--service-name",
      "dd",
      "--task-definition",
      "dd-agent-task",
      "--scheduling-strategy",
      "DAEMON",
      "--desired-count",
      "2",
    ]);
    assert.notEqual(wrong.status, 0);
    assert.match(
      wrong.stderr,
      /\(InvalidParameterException\) when calling the CreateService operation: The daemon scheduling strategy does not support a desired count for services\./,
    );
    await call("CreateService", {
      serviceName: "dd",
      taskDefinition: "dd-agent-task",
      schedulingStrategy: "DAEMON",
    });
    endpoint.addInstances({ count: 245 });
    const { containerInstanceArns } = await awsEcs<{ containerInstanceArns: string[] }>(
      cli,
      endpoint.url,
      "list-container-instances",
      "--filter",
      "runningTasksCount == 1",
    );
    assert.equal(new Set(containerInstanceArns).size, 250);
    const waited = await runAwsEcs(cli, endpoint.url, ["wait", "services-stable", "--services", "dd"]);
    assert.deepEqual([waited.status, waited.stderr], [0, ""]);
  });
}
