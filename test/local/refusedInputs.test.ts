// Inputs of the wrong form: JSON of another type than the member's, and tokens that continue another list.

import assert from "node:assert/strict";
import { test } from "node:test";
import { agentDefinition, startTestEndpoint } from "../support/localEndpoint";

const daemon = { serviceName: "a", taskDefinition: "agent", schedulingStrategy: "DAEMON" };

test("a value of another JSON type is refused before anything is looked up, whatever the operation", async (t) => {
  const { call } = await startTestEndpoint(t);
  const ports = { portMappings: [{ containerPort: "80" }] };
  const object = "Start of structure or map found where not expected";
  const list = "Start of list found where not expected";
  for (const [operation, input, message] of [
    [
      "RegisterTaskDefinition",
      agentDefinition("a", { memory: "256" }),
      "STRING_VALUE cannot be converted to Integer (in containerDefinitions[0].memory).",
    ],
    [
      "RegisterTaskDefinition",
      agentDefinition("a", ports),
      "STRING_VALUE cannot be converted to Integer (in containerDefinitions[0].portMappings[0].containerPort).",
    ],
    [
      "RegisterTaskDefinition",
      { ...agentDefinition(), cpu: 256 },
      "NUMBER_VALUE cannot be converted to String (in cpu).",
    ],
    [
      "RegisterTaskDefinition",
      agentDefinition("a", { dockerLabels: { a: true } }),
      "TRUE_VALUE cannot be converted to String (in containerDefinitions[0].dockerLabels.a).",
    ],
    [
      "RegisterTaskDefinition",
      agentDefinition("a", { command: "run" }),
      "STRING_VALUE cannot be converted to List (in containerDefinitions[0].command).",
    ],
    [
      "RegisterTaskDefinition",
      agentDefinition("a", { environment: { A: "b" } }),
      `${object} (in containerDefinitions[0].environment).`,
    ],
    [
      "RegisterTaskDefinition",
      { family: "a", containerDefinitions: [[]] },
      `${list} (in containerDefinitions[0]).`,
    ],
    [
      "CreateService",
      { ...daemon, cluster: "nowhere", deploymentConfiguration: { maximumPercent: "100" } },
      "STRING_VALUE cannot be converted to Integer (in deploymentConfiguration.maximumPercent).",
    ],
    ["CreateService", { ...daemon, placementConstraints: {} }, `${object} (in placementConstraints).`],
    [
      "UpdateService",
      { service: "never", forceNewDeployment: "true" },
      "STRING_VALUE cannot be converted to Boolean (in forceNewDeployment).",
    ],
    ["ListTasks", { maxResults: "5" }, "STRING_VALUE cannot be converted to Integer (in maxResults)."],
    ["DescribeTasks", { tasks: [5] }, "NUMBER_VALUE cannot be converted to String (in tasks[0])."],
    [
      "RegisterTaskDefinition",
      { family: "a", containerDefinitions: [null] },
      "A null is where a value is expected (in containerDefinitions[0]).",
    ],
    ["DescribeTasks", { tasks: [null] }, "A null is where a value is expected (in tasks[0])."],
  ] as const)
    await assert.rejects(call(operation, input), { name: "SerializationException", message });
  const unknown = { ...agentDefinition(), ofTomorrow: [{ a: 1 }], cpu: null };
  assert.equal((await call("RegisterTaskDefinition", unknown)).taskDefinition.revision, 1);
});

test("a daemon service has no capacity provider strategy, whatever is in it", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  for (const more of [{}, { weight: 1 }, { launchType: "EC2" }])
    await assert.rejects(
      call("CreateService", {
        ...daemon,
        ...more,
        capacityProviderStrategy: [{ capacityProvider: "FARGATE", ...more }],
      }),
      {
        name: "InvalidParameterException",
        message:
          "Specifying a capacity provider strategy is not supported when you create a service using the DAEMON scheduling strategy.",
      },
    );
});

test("a list of no container instances is refused in ECS's words", async (t) => {
  const { call } = await startTestEndpoint(t);
  await assert.rejects(call("DescribeContainerInstances", { containerInstances: [] }), {
    name: "InvalidParameterException",
    message: "Container instance cannot be empty.",
  });
});

test("a token continues the list that it came from, with pages of any size, and no other", async (t) => {
  const { call } = await startTestEndpoint(t);
  for (const it of ["a", "b", "c"]) await call("RegisterTaskDefinition", agentDefinition(it));
  const { nextToken, containerInstanceArns } = await call("ListContainerInstances", { maxResults: 2 });
  const rest = await call("ListContainerInstances", {
    nextToken,
    cluster: "arn:aws:ecs:us-east-1:123456789012:cluster/default",
    maxResults: 3,
  });
  assert.equal(new Set([...containerInstanceArns, ...rest.containerInstanceArns]).size, 5);
  assert.equal(rest.nextToken, undefined);
  const invalid = { name: "InvalidParameterException", message: "Invalid token." };
  await call("CreateCluster", { clusterName: "other" });
  for (const [operation, input] of [
    ["ListTaskDefinitions", { nextToken }],
    ["ListContainerInstances", { nextToken, filter: "agentConnected == true" }],
    ["ListContainerInstances", { nextToken, cluster: "other" }],
    ["ListContainerInstances", { nextToken: "not a token" }],
  ] as const)
    await assert.rejects(call(operation, input), invalid);
  const families = await call("ListTaskDefinitions", { maxResults: 1 });
  const descending = { nextToken: families.nextToken, sort: "DESC" };
  await assert.rejects(call("ListTaskDefinitions", descending), invalid);
});

test("a cluster's settings are as narrow as the API model: its default strategy and the log of ECS Exec", async (t) => {
  const { call } = await startTestEndpoint(t);
  const strategy = (...items: object[]) => ({
    cluster: "default",
    capacityProviders: ["FARGATE"],
    defaultCapacityProviderStrategy: items.map((it) => ({ capacityProvider: "FARGATE", ...it })),
  });
  for (const [items, message] of [
    [[{ weight: 1001 }], "'weight' has to be 0 to 1000, not 1001."],
    [[{ weight: 1, base: -1 }], "'base' has to be 0 to 100000, not -1."],
    [Array(21).fill({ weight: 1 }), /a maximum of 20 capacity providers/],
  ] as const)
    await assert.rejects(call("PutClusterCapacityProviders", strategy(...items)), {
      name: "InvalidParameterException",
      message,
    });
  await call("PutClusterCapacityProviders", strategy({ weight: 1000, base: 100_000 }));
  const configuration = { executeCommandConfiguration: { logging: "CLOUDWATCH" } };
  await assert.rejects(call("CreateCluster", { clusterName: "other", configuration }), {
    name: "InvalidParameterException",
    message: "logging should be one of [NONE,DEFAULT,OVERRIDE]",
  });
});
