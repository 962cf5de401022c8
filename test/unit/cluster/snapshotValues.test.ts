// A value of a wrong type in a snapshot is reported where it is, and is unknown: never a default in silence.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readClusterText } from "../../../server/src/core/cluster/readClusterText";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";

const whole = {
  capturedAt: "2026-03-02T08:15:00Z",
  containerInstances: [
    {
      containerInstanceArn: "arn:aws:ecs:eu-west-1:123456789012:container-instance/demo/aaa1",
      ec2InstanceId: "i-0aaa1",
      status: "ACTIVE",
      agentConnected: true,
      runningTasksCount: 1,
      registeredAt: "2026-03-02T08:15:00Z",
      versionInfo: { agentVersion: "1.97.1" },
      attributes: [{ name: "env", value: "prod" }, { name: "ecs.capability.task-eni" }],
      registeredResources: [
        { name: "CPU", type: "INTEGER", integerValue: 2048 },
        { name: "MEMORY", type: "INTEGER", integerValue: 7600 },
      ],
      remainingResources: [
        { name: "CPU", type: "INTEGER", integerValue: 1024 },
        { name: "MEMORY", type: "INTEGER", integerValue: 512 },
        { name: "PORTS", type: "STRINGSET", stringSetValue: ["22"] },
        { name: "PORTS_UDP", type: "STRINGSET", stringSetValue: ["53"] },
        { name: "GPU", type: "STRINGSET", stringSetValue: ["gpu-1"] },
      ],
    },
  ],
  tasks: [
    {
      taskArn: "arn:aws:ecs:eu-west-1:123456789012:task/demo/t1",
      clusterArn: "arn:aws:ecs:eu-west-1:123456789012:cluster/demo",
      containerInstanceArn: "arn:aws:ecs:eu-west-1:123456789012:container-instance/demo/aaa1",
      taskDefinitionArn: "arn:aws:ecs:eu-west-1:123456789012:task-definition/web:1",
      group: "service:web",
      lastStatus: "RUNNING",
      desiredStatus: "RUNNING",
      cpu: "256",
      memory: "512",
      attachments: [{ type: "ElasticNetworkInterface" }],
      containers: [
        {
          cpu: "256",
          memory: "512",
          memoryReservation: "256",
          gpuIds: ["gpu-1"],
          networkBindings: [{ hostPort: 80, protocol: "tcp" }],
        },
      ],
    },
  ],
};

type Path = readonly (string | number)[];

/** Every property of the snapshot, with the way to it. */
function* propertiesOf(value: unknown, path: Path = []): Generator<{ path: Path; value: unknown }> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inside] of Object.entries(value)) {
    const way = [...path, Array.isArray(value) ? Number(name) : name];
    yield { path: way, value: inside };
    yield* propertiesOf(inside, way);
  }
}

function changed(path: Path, value: unknown): string {
  const copy = structuredClone(whole) as unknown;
  let at = copy as Record<string | number, unknown>;
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>;
  at[path.at(-1) as string] = value;
  return JSON.stringify(copy);
}

const findingsOf = (text: string) =>
  validateDocument(openResource("demo.ecs-cluster.json", text), {
    onRuleFault: (codes, fault) => assert.fail(`${codes.join()}: ${String(fault)}`),
  });

/** A value of each JSON type that is not the given one, and none that the property could have. */
function wrongValues(name: unknown, value: unknown): readonly unknown[] {
  const isText = typeof value === "string";
  const wrong: unknown[] = [isText ? 7 : "§", true, false, [[["§"]]], { "§": 1 }];
  return wrong.filter((it) => {
    const kind = (x: unknown) => (Array.isArray(x) ? "list" : typeof x);
    if (kind(it) === kind(value)) return false;
    // Dates and sizes may be numbers, and an attribute's value is read as the text that it is written as.
    if (name === "registeredAt" || name === "cpu" || name === "memory" || name === "memoryReservation")
      return typeof it !== "number";
    return name !== "value" || typeof it === "object";
  });
}

test("the snapshot itself has no findings", () => {
  assert.deepEqual(findingsOf(JSON.stringify(whole)), []);
});

test("every property that is read is reported at its value where it has a wrong type", () => {
  let count = 0;
  for (const { path, value } of propertiesOf(whole)) {
    for (const wrong of wrongValues(path.at(-1), value)) {
      const text = changed(path, wrong);
      const found = findingsOf(text).filter((it) => it.severity === "error");
      const written = JSON.stringify(wrong);
      const isAtValue = found.some(({ span }) =>
        typeof wrong === "object"
          ? text.startsWith(written, span.start)
          : text.slice(span.start, span.end) === written,
      );
      assert.ok(isAtValue, `${path.join("/")}: ${written}: ${found.map((it) => it.message).join(" ")}`);
      count += 1;
    }
  }
  assert.ok(count > 150);
});

test("values that no property of the name can have are reported, too", () => {
  const instance: Path = ["containerInstances", 0];
  for (const [path, value] of [
    [[...instance, "status"], "ACTIV"],
    [[...instance, "runningTasksCount"], 1.5],
    [[...instance, "runningTasksCount"], -1],
    [[...instance, "registeredAt"], "soon"],
    [[...instance, "remainingResources", 2, "stringSetValue", 0], "ssh"],
    [["tasks", 0, "containers", 0, "networkBindings", 0, "hostPort"], 70_000],
    [["tasks", 0, "cpu"], "much"],
  ] as const) {
    const found = findingsOf(changed(path, value)).map((it) => it.code);
    assert.deepEqual(found, ["snapshot-wrong-value"], `${path.join("/")}: ${JSON.stringify(value)}`);
  }
  const without = changed(["tasks", 0, "taskArn"], undefined);
  assert.match(findingsOf(without)[0]?.message ?? "", /no 'taskArn'/);
});

test("what cannot be read is unknown", () => {
  const read = (path: Path, value: unknown) => {
    const [instance] = readClusterText("demo.ecs-cluster.json", changed(path, value)).cluster.instances;
    assert.ok(instance);
    return instance;
  };
  const of = (...steps: Path): Path => ["containerInstances", 0, ...steps];
  assert.equal(read(of("agentConnected"), "false").agentConnected, undefined);
  assert.equal(read(of("status"), "ACTIV").isStatusUnknown, true);
  assert.equal(read(of("runningTasksCount"), "3").runningTasksCount, undefined);
  assert.equal(read(of("registeredAt"), true).registeredAt, undefined);
  assert.equal(read(of("versionInfo"), "x").agentVersion, undefined);
  assert.deepEqual(read(of("remainingResources", 0, "integerValue"), "1024").unknownResources, ["cpu"]);
  assert.deepEqual(read(of("remainingResources"), {}).unknownResources, ["cpu", "memory"]);
  assert.equal(read(["tasks", 0, "group"], 5).taskGroups, undefined);
});

test("an event of EventBridge and the answer of a call about one instance are snapshots", () => {
  const [instance] = whole.containerInstances;
  const event = { "detail-type": "ECS Container Instance State Change", source: "aws.ecs", detail: instance };
  for (const value of [event, { containerInstance: instance }, [event, event]]) {
    const text = JSON.stringify(value);
    const { cluster, problems, kind } = readClusterText("x.ecs-cluster.json", text);
    assert.equal(kind, "clusterSnapshot");
    assert.deepEqual(problems, []);
    assert.deepEqual(
      cluster.instances.map((it) => it.id),
      ["aaa1"],
    );
    assert.deepEqual(findingsOf(text), []);
  }
});

test("a snapshot without container instances is not passed over", () => {
  for (const text of [
    "",
    "{}",
    "[]",
    '{ "containerInstances": [] }',
    '{ "tasks": [] }',
    '{ "instances": [] }',
  ])
    assert.ok(
      findingsOf(text).length > 0 || openResource("demo.ecs-cluster.json", text).kind === undefined,
      text,
    );
  assert.deepEqual(
    findingsOf('{ "containerInstances": [] }').map((it) => it.severity),
    ["information"],
  );
});
