import assert from "node:assert/strict";
import { test } from "node:test";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { get, stringOf } from "../../../server/src/core/source/tree";

const kindOf = (fileName: string, text: string) => openResource(fileName, text).kind;

test("content decides whatever the file is called", () => {
  assert.equal(kindOf("x.json", '{"containerDefinitions": []}'), "taskDefinition");
  assert.equal(kindOf("x.json", '{"taskDefinition": {"containerDefinitions": []}}'), "taskDefinition");
  assert.equal(kindOf("x.json", '{"serviceName": "a", "taskDefinition": "b"}'), "service");
  assert.equal(kindOf("x.json", '{"service": "a", "schedulingStrategy": "DAEMON"}'), "service");
  assert.equal(kindOf("x.json", '{"services": [{"serviceArn": "arn", "serviceName": "a"}]}'), "service");
  assert.equal(kindOf("x.json", '{"containerInstances": []}'), "clusterSnapshot");
  assert.equal(kindOf("x.taskdef.json", '{"serviceName": "a", "taskDefinition": "b"}'), "service");
  assert.equal(kindOf("package.json", '{"name": "x", "version": "1"}'), undefined);
  assert.equal(kindOf("x.json", '{"serviceName": "a"}'), undefined);
});

test("a name alone decides where the content is {}, cannot be parsed, or has a member of that kind", () => {
  for (const [name, kind] of [
    ["agent.taskdef.json", "taskDefinition"],
    ["taskdef.json", "taskDefinition"],
    ["my-task-definition.prod.json", "taskDefinition"],
    ["ecs-task-def.json", "taskDefinition"],
    ["agent.service.json", "service"],
    ["ecs-service-def.json", "service"],
    ["prod.ecs-cluster.json", "clusterSnapshot"],
    ["small.ecs-fleet.json", "fleet"],
    ["agent.daemon-taskdef.json", "daemonTaskDefinition"],
    ["daemon-task-definition.json", "daemonTaskDefinition"],
    ["agent.daemon.json", "daemon"],
    ["general.capacity-provider.json", "capacityProvider"],
  ] as const) {
    assert.equal(kindOf(`some/folder/${name}`, "{}"), kind, name);
    assert.equal(kindOf(name, '{"a": '), kind, `${name} broken`);
    assert.equal(kindOf(name, ""), kind, `${name} empty`);
    assert.equal(kindOf(name, '{"unrelated": 1}'), undefined, `${name} of a stranger`);
    // The pages of a snapshot may stand in a list, and there may be none of them.
    const ofList = kind === "clusterSnapshot" ? kind : undefined;
    assert.equal(kindOf(name, "[]"), ofList, `${name} with a list`);
  }
  assert.equal(kindOf("x.taskdef.json", '{"family": "a"}'), "taskDefinition");
  assert.equal(kindOf("x.taskdef.json", '{"containerDefintions": []}'), "taskDefinition");
  assert.equal(kindOf("x.service.json", '{"launchType": "EC2"}'), "service");
  assert.equal(kindOf("x.ecs-fleet.json", '{"groups": []}'), "fleet");
});

const container = '"containerDefinitions": [{"name": "a", "image": "b"}]';

test("a daemon task definition is told by what only it has, else by its name", () => {
  for (const own of [
    '"pidMode": "shared"',
    '"ipcMode": "shared"',
    '"pidMode": "none", "ipcMode": "none"',
    '"volumes": [{"name": "v", "logDriverVolumeConfiguration": {"driver": "json-file"}}]',
    '"daemonTaskDefinitionArn": "arn"',
  ])
    assert.equal(kindOf("falcon.taskdef.json", `{${own}, ${container}}`), "daemonTaskDefinition", own);
  assert.equal(kindOf("x.json", `{"daemonTaskDefinition": {${container}}}`), "daemonTaskDefinition");
  assert.equal(kindOf("x.daemon-task-def.json", `{"cpu": "256", ${container}}`), "daemonTaskDefinition");
  assert.equal(kindOf("x.json", `{"cpu": "256", ${container}}`), "taskDefinition");
  assert.equal(kindOf("x.json", `{"ipcMode": "none", ${container}}`), "taskDefinition");
});

test("what only ordinary definitions have counts more than a name that both kinds use", () => {
  for (const own of [
    '"networkMode": "host"',
    '"requiresCompatibilities": ["EC2"]',
    '"pidMode": "host"',
    '"volumes": [{"name": "v", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}]',
    '"pidMode": "shared", "networkMode": "host"',
  ]) {
    assert.equal(kindOf("x.taskdef.json", `{${own}, ${container}}`), "taskDefinition", own);
    assert.equal(kindOf("dd-daemon-task-definition.json", `{${own}, ${container}}`), "taskDefinition", own);
    // This name is nobody else's: the property is what has to go.
    assert.equal(kindOf("x.daemon-taskdef.json", `{${own}, ${container}}`), "daemonTaskDefinition", own);
  }
  const ported = '{"containerDefinitions": [{"name": "a", "image": "b", "portMappings": []}]}';
  assert.equal(kindOf("dd-daemon-task-definition.json", ported), "taskDefinition");
});

test("daemons, capacity providers and answers about them are told by their members", () => {
  assert.equal(kindOf("x.json", '{"daemonArn": "a", "daemonTaskDefinitionArn": "b"}'), "daemon");
  assert.equal(kindOf("x.json", '{"daemonName": "a", "capacityProviderArns": []}'), "daemon");
  assert.equal(kindOf("x.json", '{"daemon": {"daemonArn": "a"}}'), "daemon");
  assert.equal(kindOf("x.json", '{"daemon": true}'), undefined);
  assert.equal(kindOf("x.json", '{"name": "a", "managedInstancesProvider": {}}'), "capacityProvider");
  assert.equal(
    kindOf("x.json", '{"capacityProviders": [{"name": "a", "managedInstancesProvider": {}}]}'),
    "capacityProvider",
  );
  assert.equal(kindOf("x.json", '{"capacityProviders": ["FARGATE"]}'), undefined);
});

test("a member that is a letter off, or of another level, still shows the kind", () => {
  assert.equal(kindOf("x.json", '{"family": "a", "containerDefinition": [{"name": "a"}]}'), "taskDefinition");
  assert.equal(kindOf("x.json", '{"serviceNam": "a", "taskDefinition": "b"}'), "service");
  assert.equal(kindOf("x.json", '{"serviceName": "a", "taskDefintion": "b"}'), "service");
  assert.equal(kindOf("x.taskdef.json", '{"family": "a", "containers": []}'), "taskDefinition");
  assert.equal(kindOf("x.taskdef.json", '{"containers": [], "x": 1}'), "taskDefinition");
  assert.equal(kindOf("x.json", '{"containerDefinition": "text"}'), undefined);
  assert.equal(kindOf("x.json", '{"services": "a", "taskDefinition": "b"}'), undefined);
});

test("the settings of a deployment script are no service", () => {
  const settings = '{"service": "agent", "taskDefinition": "agent.json", "wait": true}';
  assert.equal(kindOf("deploy-settings.json", settings), undefined);
  assert.equal(
    kindOf("x.json", '{"service": "agent", "taskDefinition": "agent", "desiredCount": 1}'),
    "service",
  );
  assert.equal(
    kindOf("x.json", '{"service": "agent", "taskDefinition": "agent:3", "wait": true}'),
    "service",
  );
});

test("a file of Elastic Beanstalk is not ours", () => {
  const text = '{"AWSEBDockerrunVersion": 2, "containerDefinitions": [{"name": "a", "image": "b"}]}';
  assert.equal(kindOf("Dockerrun.aws.json", text), undefined);
  assert.equal(kindOf("app/Dockerrun.aws.json", '{"containerDefinitions": []}'), undefined);
  assert.equal(kindOf("beanstalk.taskdef.json", text), undefined);
  assert.equal(kindOf("x.json", text.replace(":", "")), undefined);
});

test("a stranger's service file is left alone", () => {
  assert.equal(kindOf("user.service.json", '{"name": "user", "port": 80, "tags": []}'), undefined);
  assert.equal(
    kindOf("user.service.json", '{"service": {"name": "user"}, "role": "x", "port": 1}'),
    undefined,
  );
});

test("a query document is its text", () => {
  const document = openResource("scratch.ecsquery", "attribute:env == prod\n");
  assert.equal(document.kind, "query");
  assert.equal(document.source.root, undefined);
  assert.deepEqual(document.source.problems, []);
});

test("the input of an answer of ECS is inside its wrapper", () => {
  const task = openResource("x.json", '{"taskDefinition": {"family": "a", "containerDefinitions": []}}');
  assert.equal(stringOf(get(task.input, "family")), "a");
  assert.equal(task.operation, "registerTaskDefinition");
  const created = openResource("x.json", '{"service": {"serviceArn": "arn", "serviceName": "a"}}');
  assert.equal(stringOf(get(created.input, "serviceName")), "a");
  assert.equal(created.operation, "createService");
  const update = openResource("x.json", '{"service": "a", "taskDefinition": "b"}');
  assert.equal(update.operation, "updateService");
});

test("comments and trailing commas are syntax errors that say what to remove", () => {
  const text = '{\n  // hello\n  "family": "a",\n  "cpu": "1", \n}';
  const {
    source: { problems: syntaxErrors },
  } = openResource("x.taskdef.json", text);
  assert.deepEqual(
    syntaxErrors.map(({ span, remove }) => [text.slice(span.start, span.end), remove !== undefined]),
    [
      ["// hello", true],
      [",", true],
    ],
  );
});

test("a byte order mark and CRLF are fine", () => {
  const text = '\ufeff{\r\n  "family": "a",\r\n  "containerDefinitions": []\r\n}\r\n';
  const document = openResource("x.json", text);
  assert.equal(document.kind, "taskDefinition");
  assert.deepEqual(document.source.problems, []);
});

test("nesting without end is refused, not followed", () => {
  for (const text of ["[".repeat(200_000), '{"a":'.repeat(200_000), "{{".repeat(100_000)]) {
    const document = openResource("x.taskdef.json", text);
    assert.equal(document.source.root, undefined);
    assert.equal(document.source.problems.length, 1);
  }
});

test("a hostile text of a megabyte is opened and checked", () => {
  const hostile = [
    `{"family": "${"<a ".repeat(300_000)}"`,
    `{"family": "${"${".repeat(500_000)}"`,
    `{"family": ${"$a ".repeat(300_000)}`,
    `{"family": "${"\\".repeat(1_000_000)}"`,
    `{"containerDefinitions": [], ${'"a": 1, '.repeat(100_000)}"b": 2}`,
    `{"containerDefinitions": [${"null, ".repeat(100_000)}null]}`,
    '"'.repeat(1_000_000),
  ];
  for (const text of hostile) {
    validateDocument(openResource("x.taskdef.json", text), {
      onRuleFault: (codes, fault) => assert.fail(`${codes.join()}: ${fault}`),
    });
  }
});
