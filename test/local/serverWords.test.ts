// Refusals whose words at ECS are known: the endpoint answers them exactly.

import assert from "node:assert/strict";
import { test } from "node:test";
import { agentDefinition, startTestEndpoint } from "../support/localEndpoint";

const invalid = (message: string) => ({ name: "InvalidParameterException", message });
const client = (message: string) => ({ name: "ClientException", message });
const launchTypes = "launch type should be one of [EC2,FARGATE,EXTERNAL,FMI,MANAGED_INSTANCES]";
const registryArn = "arn:aws:servicediscovery:us-east-1:123456789012:service/srv-0123456789abcdef";
const registryWords = `When specifying 'host' or 'bridge' for networkMode, values for 'containerName' and 'containerPort' must be specified from the task definition. Registry: ${registryArn}`;

const daemon = { serviceName: "a", taskDefinition: "agent", schedulingStrategy: "DAEMON" };
const replica = { serviceName: "a", taskDefinition: "agent" };

test("CreateService refuses in the words of ECS", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  for (const networkMode of ["host", "awsvpc"])
    await call("RegisterTaskDefinition", { ...agentDefinition(), family: networkMode, networkMode });
  const subnets = { awsvpcConfiguration: { subnets: [] } };
  for (const [input, refusal] of [
    [{ ...daemon, taskDefinition: "host", serviceRegistries: [{ registryArn }] }, invalid(registryWords)],
    [{ ...daemon, serviceRegistries: [{ registryArn, containerName: "agent" }] }, invalid(registryWords)],
    [
      { ...daemon, launchType: "FARGATE" },
      invalid(
        "The daemon scheduling strategy does not support the FARGATE launch type. Change the launch type and try again",
      ),
    ],
    [{ ...daemon, launchType: "ec2" }, invalid(launchTypes)],
    [
      { ...replica, schedulingStrategy: "X" },
      invalid("Scheduling strategy should be one of [REPLICA,DAEMON]"),
    ],
    [replica, invalid("DesiredCount is missing")],
    [{ ...replica, desiredCount: -1 }, invalid("DesiredCount can not be lesser than 0")],
    [
      { ...daemon, taskDefinition: "awsvpc", networkConfiguration: subnets },
      invalid("subnets can not be empty."),
    ],
    [{ ...daemon, clientToken: "x".repeat(37) }, invalid("idempotency token longer than 36.")],
    [{ ...daemon, serviceName: "a b" }, invalid("Invalid service name.")],
    [{ ...daemon, taskDefinition: "nobody" }, client("TaskDefinition not found.")],
    [{ ...daemon, taskDefinition: "agent:foo" }, invalid("Invalid revision number. Number: foo")],
    [
      { ...replica, desiredCount: 1, launchType: "FARGATE" },
      {
        name: "UnsupportedFeatureException",
        message:
          "The local endpoint cannot run tasks on launch type FARGATE: it has container instances only. Use launch type EC2 or EXTERNAL, or a capacity provider of an Auto Scaling group or of Managed Instances.",
      },
    ],
    [
      { serviceName: "a", desiredCount: 1, deploymentController: { type: "EXTERNAL" } },
      {
        name: "UnsupportedFeatureException",
        message:
          "The local endpoint does not support the deployment controller EXTERNAL. Use the deployment controller ECS.",
      },
    ],
  ] as const)
    await assert.rejects(call("CreateService", input), refusal, JSON.stringify(input));
});

test("other operations refuse in the words of ECS", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("CreateService", { ...replica, desiredCount: 0 });
  const [container] = agentDefinition().containerDefinitions;
  const registered = { family: "e", containerDefinitions: [container] };
  for (const [operation, input, refusal] of [
    ["UpdateService", { service: "a", desiredCount: -1 }, invalid("Task count can not be lesser than 0")],
    ["RunTask", { cluster: "nobody", taskDefinition: "agent", launchType: "Fargate" }, invalid(launchTypes)],
    ["ListTasks", { launchType: "X" }, invalid(launchTypes)],
    ["ListServices", { launchType: "X" }, invalid(launchTypes)],
    [
      "ListServices",
      { schedulingStrategy: "X" },
      invalid("Scheduling strategy should be one of [REPLICA,DAEMON]"),
    ],
    ["ListTaskDefinitions", { status: "X" }, client("Invalid task definition status.")],
    ["ListTaskDefinitions", { sort: "X" }, invalid("Invalid sort order.")],
    [
      "RegisterTaskDefinition",
      { ...registered, pidMode: "" },
      client(" is not a valid value for pidMode. The value must be one of [task,host]"),
    ],
    [
      "RegisterTaskDefinition",
      { ...registered, pidMode: "guest" },
      client("guest is not a valid value for pidMode. The value must be one of [task,host]"),
    ],
    [
      "DescribeTaskDefinition",
      { taskDefinition: "agent:foo" },
      invalid("Invalid revision number. Number: foo"),
    ],
    [
      "DeregisterTaskDefinition",
      { taskDefinition: "agent:foo" },
      invalid("Invalid revision number. Number: foo"),
    ],
    ["DeregisterTaskDefinition", { taskDefinition: "agent" }, client("Revision is missing.")],
  ] as const)
    await assert.rejects(call(operation, input), refusal, `${operation} ${JSON.stringify(input)}`);
});

test("an empty text is no client token, no filter, no order", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  for (const serviceName of ["a", "b"])
    await call("CreateService", { ...daemon, serviceName, clientToken: "" });
  const { serviceArns } = await call("ListServices", { launchType: "", schedulingStrategy: "" });
  assert.equal(serviceArns.length, 2);
  const { taskDefinitionArns } = await call("ListTaskDefinitions", {
    familyPrefix: "",
    status: "",
    sort: "",
  });
  assert.equal(taskDefinitionArns.length, 1);
});

test("a service that is missing has the short form of the ARN", async (t) => {
  const { call } = await startTestEndpoint(t);
  const { failures } = await call("DescribeServices", { services: ["nobody"] });
  const arn = "arn:aws:ecs:us-east-1:123456789012:service/nobody";
  assert.deepEqual(failures, [{ arn, reason: "MISSING" }]);
});

test("zone rebalancing is on for REPLICA services, unless the deployment may not exceed their count", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  const inputs = {
    a: daemon,
    b: { ...replica, desiredCount: 0 },
    c: {
      ...replica,
      desiredCount: 0,
      deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 0 },
    },
    d: { ...replica, desiredCount: 0, availabilityZoneRebalancing: "DISABLED" },
  };
  const found: string[] = [];
  for (const [serviceName, input] of Object.entries(inputs)) {
    const { service } = await call("CreateService", { ...input, serviceName });
    found.push(service.availabilityZoneRebalancing);
  }
  assert.deepEqual(found, ["DISABLED", "ENABLED", "DISABLED", "DISABLED"]);
});

test("a task definition that is far too large is refused for its size, whatever else is wrong with it", async (t) => {
  const { call } = await startTestEndpoint(t);
  const [container] = agentDefinition().containerDefinitions;
  const environment = Array.from({ length: 12_000 }, (_, number) => ({
    name: `N${number}`,
    value: `$${number}`,
  }));
  const input = { family: "large", containerDefinitions: [{ ...container, environment, links: "x" }] };
  await assert.rejects(call("RegisterTaskDefinition", { ...input, networkMode: "" }), {
    name: "SerializationException",
  });
  const typed = { ...input, networkMode: "", containerDefinitions: [{ ...container, environment }] };
  const size = Buffer.byteLength(JSON.stringify(typed));
  await assert.rejects(
    call("RegisterTaskDefinition", typed),
    client(`Actual length: '${size}'. Max allowed length is '65536' bytes.`),
  );
});
