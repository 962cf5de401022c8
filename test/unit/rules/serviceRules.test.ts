// Services: names, percentages, controllers, strategies and launch types, each limit from both sides and each value.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  container,
  daemon,
  definition,
  found,
  lines,
  messages,
  service,
  text,
  unknown,
  withTask,
} from "../../support/checkedInputs";

const deploying = (deploymentConfiguration: object, more: object = {}) =>
  service({ deploymentConfiguration, ...more });
const controllers = ["ECS", "CODE_DEPLOY", "EXTERNAL", unknown, undefined];
const controlled = (type: string | undefined) =>
  type === undefined ? {} : { deploymentController: { type } };
const account = "123456789012";

test("names of services have up to 255 letters, digits, hyphens and underscores", () => {
  for (const it of ["a", "A_b-1", text(255), unknown])
    assert.deepEqual(lines(service({ serviceName: it })), []);
  assert.deepEqual(lines(service({ serviceName: " my service " })), [
    "bad-service-name at  my service : Change to 'my-service'",
  ]);
  const long = text(256);
  assert.deepEqual(lines(service({ serviceName: long })), [
    `bad-service-name at ${long}: Change to '${text(255)}'`,
  ]);
});

test("a service has a name and a task definition, and an update has a service", () => {
  const { serviceName: _, ...nameless } = service({});
  assert.deepEqual(lines(nameless, {}, "agent.service.json"), [
    'service-without-name at {: Add "serviceName": "agent"',
  ]);
  assert.deepEqual(found(service({ taskDefinition: undefined })), ["service-without-task-definition"]);
  for (const type of controllers)
    assert.deepEqual(
      found(service({ taskDefinition: undefined, ...controlled(type) })).includes(
        "service-without-task-definition",
      ),
      type !== "EXTERNAL" && type !== unknown,
      type,
    );
  assert.deepEqual(found({ service: "agent", taskDefinition: "agent" }), []);
});

test("a task definition is a family, with a revision from 1 on, or an ARN", () => {
  const of = (taskDefinition: string) => lines(service({ taskDefinition }));
  const arn = (rest: string) => `arn:aws:ecs:eu-west-1:${account}:task-definition/${rest}`;
  for (const it of ["agent", "agent:1", "agent:1234567890", arn("agent"), arn("agent:1"), text(255), unknown])
    assert.deepEqual(of(it), [], it);
  for (const it of ["agent:0", "agent:12345678901", "agent:x", text(256), arn("a/b"), arn("agent:0")])
    assert.deepEqual(of(it), [`bad-task-definition-reference at ${it}`]);
  for (const it of ["agent:latest", "agent:LATEST", "agent:", " agent "])
    assert.deepEqual(of(it), [`bad-task-definition-reference at ${it}: Change to 'agent'`]);
  assert.deepEqual(of("my agent"), ["bad-task-definition-reference at my agent: Change to 'my-agent'"]);
  const account11 = arn("agent").replace(account, "12345678901");
  assert.deepEqual(of(account11), [`bad-task-definition-reference at ${account11}`]);
  assert.match(messages(service({ taskDefinition: account11 }))[0] ?? "", /11 digits, not 12/);
  const cluster = (it: string) => found(service({ cluster: it }));
  const clusterArn = `arn:aws:ecs:eu-west-1:${account}:cluster/prod`;
  for (const it of ["prod", text(255), clusterArn, unknown]) assert.deepEqual(cluster(it), [], it);
  for (const it of [
    "a b",
    text(256),
    clusterArn.replace("cluster", "service"),
    clusterArn.replace(account, "1"),
  ])
    assert.deepEqual(cluster(it), ["bad-cluster-reference"], it);
});

test("the healthy share is from 0 to 100 percent, and the largest from 100 on", () => {
  const of = (minimumHealthyPercent: unknown, maximumPercent?: unknown, more: object = {}) =>
    lines(deploying({ minimumHealthyPercent, maximumPercent }, more));
  for (const [least, most] of [
    [0, 100],
    [100, 200],
    [0, 200],
    [100, 101],
    [99, 100],
    [unknown, 100],
    [100, unknown],
    [100],
  ])
    assert.deepEqual(of(least, most), [], `${least} ${most}`);
  assert.deepEqual(of(-1, 200), ["percent-bounds at -1: Change to 0"]);
  assert.deepEqual(of(101, 200), ["percent-bounds at 101: Change to 100"]);
  assert.deepEqual(of(101, 101), ["percent-bounds at 101: Change to 100"]);
  assert.deepEqual(of(101), ["percent-bounds at 101: Change to 100"]);
  assert.deepEqual(of(101, 100), ["percent-bounds at 101: Change to 0"]);
  assert.deepEqual(of(50, 99), ["percent-bounds at 99: Change to 100"]);
  assert.deepEqual(of(100, 100), ["percents-block at 100 (100): Change minimumHealthyPercent to 0"]);
  const ofDaemon = (deploymentConfiguration: object) => found(daemon({ deploymentConfiguration }));
  assert.deepEqual(ofDaemon({ minimumHealthyPercent: 100 }), ["percents-block"]);
  assert.deepEqual(ofDaemon({ minimumHealthyPercent: 100, maximumPercent: unknown }), []);
  assert.deepEqual(ofDaemon({ minimumHealthyPercent: 0 }), []);
});

test("controllers other than ECS have no circuit breaker and no alarms", () => {
  const withBreaker = (type: string | undefined, enable: unknown) =>
    found(deploying({ deploymentCircuitBreaker: { enable, rollback: true } }, controlled(type))).includes(
      "circuit-breaker-controller",
    );
  const alarms = (enable: unknown) => ({ alarms: { alarmNames: ["a"], enable, rollback: true } });
  const withAlarms = (type: string | undefined, enable: unknown) =>
    found(deploying(alarms(enable), controlled(type))).includes("deployment-alarms-controller");
  for (const has of [withBreaker, withAlarms]) {
    assert.deepEqual(
      controllers.filter((it) => has(it, true)),
      ["CODE_DEPLOY", "EXTERNAL"],
    );
    assert.deepEqual(
      controllers.filter((it) => has(it, false)),
      [],
    );
  }
  assert.ok(withBreaker("EXTERNAL", unknown) && !withAlarms("EXTERNAL", unknown));
  const empty = (alarmNames: unknown, enable: unknown = true) =>
    lines(deploying({ alarms: { alarmNames, enable, rollback: true } }));
  assert.deepEqual(empty([]), ["deployment-alarms-empty at []: Remove 'alarms'"]);
  for (const it of [unknown, [unknown], ["a"]]) assert.deepEqual(empty(it), []);
  assert.deepEqual(empty([], false), []);
});

test("what belongs to task sets is not in a service of an external controller", () => {
  const values = {
    networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-0123456789abcdef0"] } },
    serviceRegistries: [
      { registryArn: `arn:aws:servicediscovery:eu-west-1:${account}:service/srv-0123456789abcdef` },
    ],
    platformVersion: "1.4.0",
    capacityProviderStrategy: [{ capacityProvider: "hosts", weight: 1 }],
    taskDefinition: "agent",
  };
  for (const [name, value] of Object.entries(values)) {
    const code = name === "taskDefinition" ? "external-task-definition" : "external-task-set-member";
    const of = (type: string, given: unknown = value) =>
      lines(service({ taskDefinition: undefined, ...controlled(type), [name]: given })).filter((it) =>
        it.startsWith("external-"),
      );
    assert.deepEqual(of("EXTERNAL"), [`${code} at ${name}: Remove '${name}'`]);
    for (const type of ["ECS", "CODE_DEPLOY", unknown]) assert.deepEqual(of(type), [], name);
    assert.deepEqual(of("EXTERNAL", unknown), [], name);
  }
});

test("settings belong to the strategies of their names", () => {
  const settings = {
    linearConfiguration: { stepPercent: 10, stepBakeTimeInMinutes: 1 },
    canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: 1 },
    earlySuccessCriteria: { enable: true, healthyPercent: 50, sourceServiceRevisionCleanup: "AUTOMATIC" },
  };
  const strategies = ["ROLLING", "BLUE_GREEN", "LINEAR", "CANARY", unknown, undefined];
  const own = {
    linearConfiguration: ["LINEAR"],
    canaryConfiguration: ["CANARY"],
    earlySuccessCriteria: ["ROLLING", undefined],
  };
  for (const [name, value] of Object.entries(settings))
    assert.deepEqual(
      strategies.filter(
        (strategy) => !found(deploying({ strategy, [name]: value })).includes("deployment-strategy-settings"),
      ),
      strategies.filter((it) => it === unknown || own[name as keyof typeof own].includes(it as string)),
      name,
    );
});

test("a launch type is one that the definition is for", () => {
  const of = (launchType: unknown, requiresCompatibilities: unknown, more: object = {}) =>
    lines(service({ launchType, ...more }), withTask(definition({ requiresCompatibilities }))).filter((it) =>
      it.startsWith("launch-type-incompatible"),
    );
  const to = (it: string) => [`launch-type-incompatible at FARGATE (agent.taskdef.json)${it}`];
  assert.deepEqual(of("FARGATE", ["EC2"]), to(": Change to 'EC2'"));
  assert.deepEqual(of("FARGATE", ["EC2", "EXTERNAL"]), to(""));
  for (const it of [["EC2", "FARGATE"], ["EC2", unknown], [unknown], [], unknown, undefined])
    assert.deepEqual(of("FARGATE", it), [], JSON.stringify(it));
  assert.deepEqual(of(unknown, ["EC2"]), []);
  assert.deepEqual(of("LAMBDA", ["EC2"]), []);
  const strategy = { schedulingStrategy: "DAEMON" };
  assert.deepEqual(of("EXTERNAL", ["EC2"], strategy).length, 1);
  assert.deepEqual(of("EC2", ["FARGATE"], strategy), []);
  assert.deepEqual(of("FARGATE", ["EC2"], strategy), []);
});

test("ECS Exec needs a task role", () => {
  const of = (task: object, enableExecuteCommand: unknown = true) =>
    lines(service({ enableExecuteCommand }), withTask(task));
  assert.deepEqual(of(container({})), ["execute-command-role-later at true (agent.taskdef.json)"]);
  assert.deepEqual(of(definition({ taskRoleArn: "" })).length, 1);
  for (const it of ["arn:aws:iam::123456789012:role/a", unknown])
    assert.deepEqual(of(definition({ taskRoleArn: it })), []);
  for (const it of [false, unknown]) assert.deepEqual(of(container({}), it), []);
  const update = { service: "agent", taskDefinition: "agent", enableExecuteCommand: true };
  assert.deepEqual(found(update, withTask(container({}))), ["execute-command-role"]);
  assert.deepEqual(found(service({ enableExecuteCommand: true })), []);
});
