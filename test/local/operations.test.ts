// One test for each family of operations: what they answer, what they refuse, and in which words.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as sdk from "@aws-sdk/client-ecs";
import { ecsOperations, unsupportedOperations } from "../../server/src/local/operations";
import { type AnyAnswer, agentDefinition, idsOf, startTestEndpoint } from "../support/localEndpoint";

test("every operation of the SDK behaves or honestly does not", async (t) => {
  const { call } = await startTestEndpoint(t);
  const names = Object.keys(sdk)
    .filter((it) => /^[A-Z].*Command$/.test(it))
    .map((it) => it.slice(0, -"Command".length));
  assert.ok(names.length > 70);
  const unknown = names.filter((it) => !ecsOperations.has(it) && !unsupportedOperations.has(it));
  assert.deepEqual(unknown, []);
  for (const name of names.filter((it) => unsupportedOperations.has(it))) {
    await assert.rejects(call(name), {
      name: "UnsupportedFeatureException",
      message: `${name} is not supported by the local endpoint.`,
    });
  }
});

test("no operation fails on an empty input or on members of the wrong type", async (t) => {
  const lines: string[] = [];
  const { call } = await startTestEndpoint(t, { log: (line) => lines.push(line) });
  const inputs = [
    {},
    { cluster: 5 },
    { cluster: "default", services: "x", tasks: {}, attributes: 1 },
    { nextToken: [] },
  ];
  for (const operation of ecsOperations.keys()) {
    for (const input of inputs)
      await call(operation, input).catch((error: Error) =>
        assert.notEqual(error.name, "ServerException", operation),
      );
  }
  assert.deepEqual(
    lines.filter((it) => it.startsWith("failed")),
    [],
  );
});

test("clusters are created once, described with statistics and deleted only when empty", async (t) => {
  const { call } = await startTestEndpoint(t);
  const { cluster } = await call("CreateCluster", {
    clusterName: "other",
    tags: [{ key: "team", value: "x" }],
  });
  assert.equal(cluster.status, "ACTIVE");
  await call("CreateCluster", { clusterName: "other" });
  const { clusters, failures } = await call("DescribeClusters", {
    clusters: ["other", "default", "none"],
    include: ["STATISTICS", "TAGS"],
  });
  assert.deepEqual(
    clusters.map((it: AnyAnswer) => [it.clusterName, it.registeredContainerInstancesCount]),
    [
      ["other", 0],
      ["default", 5],
    ],
  );
  assert.deepEqual(clusters[0].tags, [{ key: "team", value: "x" }]);
  assert.ok(
    clusters[1].statistics.some((it: AnyAnswer) => it.name === "runningEC2TasksCount" && it.value === "0"),
  );
  assert.deepEqual(failures, [{ arn: "arn:aws:ecs:us-east-1:123456789012:cluster/none", reason: "MISSING" }]);
  await assert.rejects(call("DeleteCluster", { cluster: "default" }), {
    name: "ClusterContainsContainerInstancesException",
    message: "The Cluster cannot be deleted while Container Instances are active or draining.",
  });
  assert.equal((await call("DeleteCluster", { cluster: "other" })).cluster.status, "INACTIVE");
  await assert.rejects(call("ListTasks", { cluster: "other" }), {
    name: "ClusterNotFoundException",
    message: "Cluster not found.",
  });
  assert.deepEqual(idsOf((await call("ListClusters")).clusterArns), ["default"]);
});

test("an agent registers its instance, and again after a restart", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 0 });
  const input = {
    instanceIdentityDocument: JSON.stringify({ instanceId: "i-0123456789abcdef0" }),
    totalResources: [
      { name: "CPU", type: "INTEGER", integerValue: 4096 },
      { name: "MEMORY", type: "INTEGER", integerValue: 15_000 },
      { name: "PORTS", type: "STRINGSET", stringSetValue: ["22", "51678"] },
    ],
    versionInfo: { agentVersion: "1.80.0" },
    attributes: [{ name: "ecs.instance-type", value: "m5.xlarge" }, { name: "ecs.capability.task-eni" }],
  };
  const { containerInstance } = await call("RegisterContainerInstance", input);
  assert.equal(containerInstance.ec2InstanceId, "i-0123456789abcdef0");
  assert.deepEqual(
    containerInstance.registeredResources.map((it: AnyAnswer) => it.integerValue || it.stringSetValue),
    [4096, 15_000, ["22", "51678"], []],
  );
  const containerInstanceArn = containerInstance.containerInstanceArn;
  const again = await call("RegisterContainerInstance", { ...input, containerInstanceArn });
  assert.equal(again.containerInstance.containerInstanceArn, containerInstanceArn);
  assert.equal(again.containerInstance.version, 2);
  assert.equal((await call("ListContainerInstances")).containerInstanceArns.length, 1);
});

test("container instances are listed by status and by the whole query language", async (t) => {
  const { call, local } = await startTestEndpoint(t);
  const { containerInstanceArns } = await call("ListContainerInstances");
  const [first, second] = containerInstanceArns;
  await call("PutAttributes", {
    attributes: [
      { name: "stack", value: "prod", targetId: first },
      { name: "stack", value: "test", targetId: second },
    ],
  });
  await local("UpdateContainerInstance", { containerInstance: second, agentConnected: false });
  const list = async (filter: string) =>
    (await call("ListContainerInstances", { filter })).containerInstanceArns;
  assert.deepEqual(await list("attribute:stack==prod"), [first]);
  assert.deepEqual(await list("attribute:stack != prod"), [second]);
  assert.equal((await list("not(attribute:stack == prod)")).length, 4);
  assert.equal((await list("attribute:ecs.instance-type =~ m5.* and agentConnected == true")).length, 4);
  assert.deepEqual(await list("attribute:stack in [prod, dev] or agentConnected == false"), [first, second]);
  await call("UpdateContainerInstancesState", { containerInstances: [first], status: "DRAINING" });
  const draining = await call("ListContainerInstances", { status: "DRAINING" });
  assert.deepEqual(draining.containerInstanceArns, [first]);
  assert.equal((await call("ListContainerInstances")).containerInstanceArns.length, 5);
  await assert.rejects(call("ListContainerInstances", { filter: "attribute:stack = prod" }), {
    name: "InvalidParameterException",
  });
});

test("container instances are described by id and by ARN, others are MISSING", async (t) => {
  const { call } = await startTestEndpoint(t);
  const { containerInstanceArns } = await call("ListContainerInstances");
  const none = "0".repeat(32);
  const { containerInstances, failures } = await call("DescribeContainerInstances", {
    containerInstances: [containerInstanceArns[0], idsOf(containerInstanceArns)[1], none],
  });
  assert.deepEqual(
    containerInstances.map((it: AnyAnswer) => it.containerInstanceArn),
    containerInstanceArns.slice(0, 2),
  );
  assert.deepEqual(failures, [
    { arn: `arn:aws:ecs:us-east-1:123456789012:container-instance/default/${none}`, reason: "MISSING" },
  ]);
  const foreign = containerInstanceArns[0].replace("/default/", "/other/");
  await assert.rejects(call("DescribeContainerInstances", { containerInstances: [foreign] }), {
    name: "InvalidParameterException",
    message: "Identifier is for other. Your cluster is default",
  });
  await assert.rejects(call("DescribeContainerInstances", { containerInstances: [] }), {
    name: "InvalidParameterException",
  });
  await assert.rejects(call("DescribeContainerInstances", { containerInstances: Array(101).fill(none) }), {
    name: "InvalidParameterException",
  });
});

test("attributes are put, listed and deleted within their limits", async (t) => {
  const { call } = await startTestEndpoint(t);
  const [target] = (await call("ListContainerInstances")).containerInstanceArns;
  const [id] = idsOf([target]);
  const put = (attributes: object[]) => call("PutAttributes", { attributes });
  const answer = await put([{ name: "env", value: "prod", targetId: id, targetType: "container-instance" }]);
  assert.deepEqual(answer.attributes, [
    { name: "env", value: "prod", targetType: "container-instance", targetId: target },
  ]);
  await assert.rejects(put([{ name: "env", value: "x", targetId: id }]), {
    name: "InvalidParameterException",
  });
  await assert.rejects(put([{ name: "env", value: "x", targetId: target.replace(id, "0".repeat(32)) }]), {
    name: "TargetNotFoundException",
  });
  await assert.rejects(put([{ name: "a b", value: "x", targetId: target }]), {
    name: "InvalidParameterException",
  });
  await assert.rejects(put([{ name: "a", value: " x", targetId: target }]), {
    name: "InvalidParameterException",
  });
  const more = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `a${index}`, value: "x", targetId: target }));
  await assert.rejects(put(more(11)), { name: "InvalidParameterException" });
  await put(more(9));
  await assert.rejects(put([{ name: "one-more", targetId: target }]), {
    name: "AttributeLimitExceededException",
  });
  const list = async (input: object) =>
    (await call("ListAttributes", { targetType: "container-instance", ...input })).attributes;
  assert.equal((await list({ attributeName: "env", attributeValue: "prod" })).length, 1);
  assert.equal((await list({ attributeName: "ecs.availability-zone" })).length, 5);
  await call("DeleteAttributes", { attributes: [{ name: "env", targetId: target }] });
  assert.deepEqual(await list({ attributeName: "env" }), []);
  await assert.rejects(call("DeleteAttributes", { attributes: [{ name: "env", targetId: target }] }), {
    name: "TargetNotFoundException",
  });
});

test("a failed call changes nothing, however far it got", async (t) => {
  const { call } = await startTestEndpoint(t);
  const [target] = (await call("ListContainerInstances")).containerInstanceArns;
  await assert.rejects(
    call("PutAttributes", {
      attributes: [
        { name: "first", value: "x", targetId: target },
        { name: "second", value: "x", targetId: target.replace(/.{32}$/, "0".repeat(32)) },
      ],
    }),
  );
  const { attributes } = await call("ListAttributes", {
    targetType: "container-instance",
    attributeName: "first",
  });
  assert.deepEqual(attributes, []);
});

test("task definitions have revisions that are never used twice", async (t) => {
  const { call } = await startTestEndpoint(t);
  const tags = [{ key: "team", value: "x" }];
  const first = await call("RegisterTaskDefinition", { ...agentDefinition(), tags });
  assert.deepEqual([first.taskDefinition.revision, first.tags], [1, tags]);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("RegisterTaskDefinition", agentDefinition("zebra"));
  const describe = async (taskDefinition: string, include: string[] = []) =>
    call("DescribeTaskDefinition", { taskDefinition, include });
  assert.equal((await describe("agent")).taskDefinition.revision, 2);
  assert.deepEqual((await describe("agent:1", ["TAGS"])).tags, tags);
  assert.equal(
    (await describe("arn:aws:ecs:us-east-1:123456789012:task-definition/agent:1")).taskDefinition.revision,
    1,
  );
  await assert.rejects(describe("agent:7"), {
    name: "ClientException",
    message: "Unable to describe task definition.",
  });
  const list = async (input: object) => idsOf((await call("ListTaskDefinitions", input)).taskDefinitionArns);
  assert.deepEqual(await list({}), ["agent:1", "agent:2", "zebra:1"]);
  assert.deepEqual(await list({ familyPrefix: "agent", sort: "DESC" }), ["agent:2", "agent:1"]);
  const gone = await call("DeregisterTaskDefinition", { taskDefinition: "agent:2" });
  assert.equal(gone.taskDefinition.status, "INACTIVE");
  assert.equal((await describe("agent")).taskDefinition.revision, 1);
  assert.deepEqual(await list({ status: "INACTIVE" }), ["agent:2"]);
  const deleted = await call("DeleteTaskDefinitions", { taskDefinitions: ["agent:2", "agent:1"] });
  assert.deepEqual([deleted.taskDefinitions[0].status, deleted.failures.length], ["DELETE_IN_PROGRESS", 1]);
  const next = await call("RegisterTaskDefinition", agentDefinition());
  assert.equal(next.taskDefinition.revision, 3);
  assert.deepEqual((await call("ListTaskDefinitionFamilies", { status: "ACTIVE" })).families, [
    "agent",
    "zebra",
  ]);
});

test("a registered definition has ECS's defaults, requiresAttributes and compatibilities", async (t) => {
  const { call } = await startTestEndpoint(t);
  const { taskDefinition } = await call("RegisterTaskDefinition", {
    ...agentDefinition("agent", {
      portMappings: [{ containerPort: 8126 }],
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": "g", "awslogs-region": "us-east-1" },
      },
      futureMember: true,
    }),
    networkMode: "host",
    cpu: "1 vCPU",
    memory: "0.5 GB",
  });
  const [container] = taskDefinition.containerDefinitions;
  assert.deepEqual(container.portMappings, [{ containerPort: 8126, hostPort: 8126, protocol: "tcp" }]);
  assert.deepEqual([container.essential, container.mountPoints], [true, []]);
  assert.deepEqual([taskDefinition.cpu, taskDefinition.memory], ["1024", "512"]);
  assert.ok(
    taskDefinition.requiresAttributes.some(
      (it: AnyAnswer) => it.name === "com.amazonaws.ecs.capability.logging-driver.awslogs",
    ),
  );
  assert.deepEqual(taskDefinition.compatibilities, ["EXTERNAL", "EC2"]);
});

test("what the editor underlines as an error, the endpoint rejects in ECS's words", async (t) => {
  const { call } = await startTestEndpoint(t);
  const [container] = agentDefinition().containerDefinitions;
  await assert.rejects(
    call("RegisterTaskDefinition", {
      family: "agent",
      containerDefinitions: [
        { ...container, mountPoints: [{ sourceVolume: "logs", containerPath: "/logs" }] },
      ],
    }),
    { name: "ClientException", message: /Unknown volume 'logs'/ },
  );
  await call("RegisterTaskDefinition", agentDefinition());
  const create = (more: object) =>
    call("CreateService", {
      serviceName: "agent",
      taskDefinition: "agent",
      schedulingStrategy: "DAEMON",
      ...more,
    });
  await assert.rejects(create({ placementStrategy: [{ type: "random" }] }), {
    name: "InvalidParameterException",
    message: /^The daemon scheduling strategy does not support placement strategies\./,
  });
  await assert.rejects(create({ deploymentConfiguration: { maximumPercent: 200 } }), {
    name: "InvalidParameterException",
    message: /^The daemon scheduling strategy does not support values above 100 for maximumPercent/,
  });
  await assert.rejects(create({ taskDefinition: "none" }), {
    name: "ClientException",
    message: "TaskDefinition not found.",
  });
  await assert.rejects(create({ cluster: "none" }), { name: "ClusterNotFoundException" });
});

test("creating a service twice needs the same token and the same input", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  const input = {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
    clientToken: "one",
  };
  const first = await call("CreateService", input);
  const second = await call("CreateService", input);
  assert.equal(second.service.deployments[0].id, first.service.deployments[0].id);
  const refused = { name: "InvalidParameterException", message: "Creation of service was not idempotent." };
  await assert.rejects(call("CreateService", { ...input, launchType: "EC2" }), refused);
  await assert.rejects(call("CreateService", { ...input, clientToken: "two" }), refused);
});

test("services are described, listed, updated and deleted by name and ARN", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  await call("CreateService", { serviceName: "web", taskDefinition: "agent", desiredCount: 7 });
  const { services, failures } = await call("DescribeServices", { services: ["web", "none"] });
  assert.equal(services[0].runningCount, 7);
  assert.equal(failures[0].reason, "MISSING");
  await assert.rejects(call("DescribeServices", { services: Array(11).fill("web") }), {
    name: "InvalidParameterException",
  });
  const daemons = await call("ListServices", { schedulingStrategy: "DAEMON" });
  assert.deepEqual(idsOf(daemons.serviceArns), ["agent"]);
  await assert.rejects(call("UpdateService", { service: "none" }), {
    name: "ServiceNotFoundException",
    message: "Service not found.",
  });
  await assert.rejects(call("UpdateService", { service: "agent", desiredCount: 3 }), {
    name: "InvalidParameterException",
    message: /^The daemon scheduling strategy does not support a desired count/,
  });
  await call("UpdateService", { service: services[0].serviceArn, desiredCount: 2 });
  assert.equal((await call("DescribeServices", { services: ["web"] })).services[0].runningCount, 2);
  await assert.rejects(call("DeleteService", { service: "web" }), {
    name: "InvalidParameterException",
    message: "The service cannot be stopped while it is scaled above 0.",
  });
  await call("DeleteService", { service: "web", force: true });
  await assert.rejects(call("UpdateService", { service: "web", desiredCount: 1 }), {
    name: "ServiceNotActiveException",
    message: "Service was not ACTIVE.",
  });
});

test("replicas spread over zones and instances, and follow distinctInstance", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("CreateService", {
    serviceName: "web",
    taskDefinition: "agent",
    desiredCount: 6,
    placementConstraints: [{ type: "distinctInstance" }],
  });
  const { services } = await call("DescribeServices", { services: ["web"] });
  assert.equal(services[0].runningCount, 5);
  assert.match(
    services[0].events.map((it: AnyAnswer) => it.message).join("\n"),
    /MemberOf placement constraint unsatisfied/,
  );
  const { taskArns } = await call("ListTasks", { serviceName: "web" });
  const { tasks } = await call("DescribeTasks", { tasks: taskArns });
  assert.equal(new Set(tasks.map((it: AnyAnswer) => it.containerInstanceArn)).size, 5);
});

test("tasks are listed by every filter and stopped by id", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("RegisterTaskDefinition", agentDefinition("job"));
  await call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  const { tasks } = await call("RunTask", {
    taskDefinition: "job",
    count: 2,
    startedBy: "me",
    group: "jobs",
  });
  assert.deepEqual(
    tasks.map((it: AnyAnswer) => [it.lastStatus, it.group]),
    [
      ["PENDING", "jobs"],
      ["PENDING", "jobs"],
    ],
  );
  const count = async (input: object) => (await call("ListTasks", input)).taskArns.length;
  assert.equal(await count({}), 7);
  assert.equal(await count({ family: "job" }), 2);
  assert.equal(await count({ startedBy: "me" }), 2);
  assert.equal(await count({ serviceName: "agent" }), 5);
  assert.equal(await count({ launchType: "FARGATE" }), 0);
  assert.equal(await count({ containerInstance: tasks[0].containerInstanceArn }), 2);
  const [id = ""] = idsOf([tasks[0].taskArn]);
  await call("StopTask", { task: id });
  assert.equal(await count({ family: "job" }), 1);
  assert.equal(await count({ desiredStatus: "STOPPED" }), 1);
  await assert.rejects(call("StopTask", { task: "0".repeat(32) }), {
    name: "InvalidParameterException",
    message: "The referenced task was not found.",
  });
  await assert.rejects(call("DescribeTasks", { tasks: ["nonsense"] }), {
    message: "taskId length should be one of [32,36]",
  });
  await assert.rejects(call("ListTasks", { serviceName: "none" }), { name: "ServiceNotFoundException" });
});

test("StartTask starts on the instances that are named, or says why not", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 2 });
  const [first, second] = (await call("ListContainerInstances")).containerInstanceArns;
  await call("RegisterTaskDefinition", agentDefinition("big", { memory: 7000 }));
  const containerInstances = [first, first, second, "0".repeat(32)];
  const { tasks, failures } = await call("StartTask", { taskDefinition: "big", containerInstances });
  assert.deepEqual(
    tasks.map((it: AnyAnswer) => it.containerInstanceArn),
    [first, second],
  );
  assert.deepEqual(
    failures.map((it: AnyAnswer) => it.reason),
    ["RESOURCE:MEMORY", "MISSING"],
  );
});

test("dynamic host ports are free ones and are shown with the task", async (t) => {
  const { call } = await startTestEndpoint(t, { instances: 1 });
  await call("RegisterTaskDefinition", agentDefinition("web", { portMappings: [{ containerPort: 80 }] }));
  await call("RunTask", { taskDefinition: "web", count: 2 });
  const { taskArns } = await call("ListTasks");
  const { tasks } = await call("DescribeTasks", { tasks: taskArns });
  const ports = tasks.map((it: AnyAnswer) => it.containers[0].networkBindings[0].hostPort);
  assert.deepEqual(ports.sort(), [32768, 32769]);
});

test("service deployments and revisions tell the history", async (t) => {
  const { call } = await startTestEndpoint(t);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  await call("UpdateService", { service: "agent", forceNewDeployment: true });
  const { serviceDeployments } = await call("ListServiceDeployments", { service: "agent" });
  assert.deepEqual(
    serviceDeployments.map((it: AnyAnswer) => it.status),
    ["SUCCESSFUL", "SUCCESSFUL"],
  );
  const arns = serviceDeployments.map((it: AnyAnswer) => it.serviceDeploymentArn);
  const described = await call("DescribeServiceDeployments", { serviceDeploymentArns: arns });
  const revisions = described.serviceDeployments.map((it: AnyAnswer) => it.targetServiceRevision.arn);
  const answer = await call("DescribeServiceRevisions", { serviceRevisionArns: revisions });
  assert.deepEqual(
    answer.serviceRevisions.map((it: AnyAnswer) => it.taskDefinition),
    Array(2).fill("arn:aws:ecs:us-east-1:123456789012:task-definition/agent:1"),
  );
});

test("tags are put on, listed and taken off every kind of resource", async (t) => {
  const { call } = await startTestEndpoint(t);
  const { taskDefinition } = await call("RegisterTaskDefinition", agentDefinition());
  const { service } = await call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  const [instance] = (await call("ListContainerInstances")).containerInstanceArns;
  const [task] = (await call("ListTasks")).taskArns;
  for (const resourceArn of [
    taskDefinition.taskDefinitionArn,
    service.serviceArn,
    service.clusterArn,
    instance,
    task,
  ]) {
    await call("TagResource", {
      resourceArn,
      tags: [
        { key: "a", value: "1" },
        { key: "b", value: "2" },
      ],
    });
    await call("TagResource", { resourceArn, tags: [{ key: "a", value: "3" }] });
    await call("UntagResource", { resourceArn, tagKeys: ["b"] });
    assert.deepEqual((await call("ListTagsForResource", { resourceArn })).tags, [{ key: "a", value: "3" }]);
  }
  await assert.rejects(call("TagResource", { resourceArn: task, tags: [{ key: "aws:x" }] }), {
    name: "InvalidParameterException",
  });
});

test("account settings have defaults that can be overridden", async (t) => {
  const { call } = await startTestEndpoint(t);
  const { settings } = await call("ListAccountSettings", {
    effectiveSettings: true,
    name: "containerInsights",
  });
  assert.equal(settings[0].value, "disabled");
  await call("PutAccountSetting", { name: "containerInsights", value: "enabled" });
  const own = await call("ListAccountSettings");
  assert.deepEqual(
    own.settings.map((it: AnyAnswer) => [it.name, it.value]),
    [["containerInsights", "enabled"]],
  );
  const { setting } = await call("DeleteAccountSetting", { name: "containerInsights" });
  assert.equal(setting.value, "disabled");
});

test("lists come in pages that neither repeat nor skip while the list changes", async (t) => {
  const { call, endpoint } = await startTestEndpoint(t, { instances: 100 });
  const before: string[] = (await call("ListContainerInstances")).containerInstanceArns;
  const seen: string[] = [];
  let nextToken: string | undefined;
  do {
    const page: AnyAnswer = await call("ListContainerInstances", { maxResults: 7, nextToken });
    seen.push(...page.containerInstanceArns);
    nextToken = page.nextToken;
    endpoint.addInstances({ count: 1 });
  } while (nextToken !== undefined);
  assert.equal(new Set(seen).size, seen.length);
  assert.deepEqual(
    before.filter((it) => !seen.includes(it)),
    [],
  );
});
