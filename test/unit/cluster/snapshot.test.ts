import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import { attributeStatistics } from "../../../server/src/core/cluster/attributeStatistics";
import { readSnapshot, snapshotFromValue } from "../../../server/src/core/cluster/snapshot";
import { fixturesFolder } from "../../support/paths";
import "../../support/sameSequences";

const fixture = (name: string) => readFileSync(join(fixturesFolder, "clusters", name), "utf8");
const arn = (id: string) => `arn:aws:ecs:us-east-1:123456789012:container-instance/prod/${id}`;
const instance = (id: string, more: object = {}) => ({
  containerInstanceArn: arn(id),
  status: "ACTIVE",
  attributes: [],
  registeredResources: [{ name: "CPU", type: "INTEGER", integerValue: 2048 }],
  remainingResources: [
    { name: "CPU", type: "INTEGER", doubleValue: 0, longValue: 0, integerValue: 1024 },
    { name: "MEMORY", type: "INTEGER", doubleValue: 0, longValue: 0, integerValue: 512 },
  ],
  ...more,
});
const page = (...ids: string[]) =>
  JSON.stringify({ containerInstances: ids.map((it) => instance(it)), failures: [] });
const idsOf = (text: string) => readSnapshot(text).cluster.instances.map((it) => it.id);

describe("a snapshot of the AWS CLI", () => {
  it("of version 2 is read whole", () => {
    const { cluster, problems } = readSnapshot(fixture("cli-v2.ecs-cluster.json"));
    assert.deepEqual(problems, []);
    assert.equal(cluster.name, "prod");
    const [first, second] = cluster.instances;
    assert.equal(first?.id, "0a1b2c3d4e5f40718293a4b5c6d7e8f9");
    assert.equal(first?.agentVersion, "1.97.1");
    assert.equal(first?.registeredAt, Date.UTC(2026, 9, 1, 8, 30, 0, 500));
    assert.equal(first?.attributes.get("env"), "prod");
    assert.ok(first?.attributes.has("ecs.capability.task-eni"));
    assert.equal(first?.attributes.get("ecs.capability.task-eni"), undefined);
    assert.deepEqual(first?.remaining, {
      cpu: 1920,
      memory: 7304,
      usedTcpPorts: new Set([22, 2375, 2376, 51678, 51679]),
      usedUdpPorts: new Set([8125]),
      gpus: [],
    });
    assert.equal(first?.registered.memory, 7816);
    assert.equal(second?.status, "DRAINING");
    assert.equal(second?.agentConnected, false);
    assert.equal(second?.tasks, undefined);
    assert.equal(second?.taskGroups, undefined);
  });

  it("of version 1, two pages and the tasks written one after the other, is read as one cluster", () => {
    const { cluster, problems } = readSnapshot(fixture("cli-v1-pages.ecs-cluster.json"));
    assert.deepEqual(problems, []);
    assert.equal(cluster.name, "prod");
    assert.deepEqual(
      cluster.instances.map((it) => [it.id.slice(0, 4), it.registeredAt, it.taskGroups]),
      [
        ["11aa", 1_759_307_400_123, ["service:datadog", "service:web"]],
        ["22bb", 1_759_307_460_000, ["service:datadog"]],
        ["33cc", 1_759_307_520_000, []],
      ],
    );
  });

  it("may have dates of an SDK, with another offset, or without a zone", () => {
    const at = (registeredAt: unknown) =>
      snapshotFromValue({ containerInstances: [instance("a", { registeredAt })] }).cluster.instances[0]
        ?.registeredAt;
    assert.equal(at(new Date(1000)), 1000);
    assert.equal(at("2026-10-01T10:30:00+02:00"), Date.UTC(2026, 9, 1, 8, 30));
    assert.equal(at("2026-10-01T08:30:00"), Date.UTC(2026, 9, 1, 8, 30));
    assert.equal(at("2026-10-01"), Date.UTC(2026, 9, 1));
    assert.equal(at("soon"), undefined);
  });

  it("may be several pages, however they were joined", () => {
    const expected = ["a", "b", "c"];
    assert.deepEqual(idsOf(`[${page("b")},${page("c", "a")}]`), expected);
    assert.deepEqual(idsOf(page("b") + page("c", "a")), expected);
    assert.deepEqual(idsOf(`${page("b")}\n\n${page("c", "a")}\n`), expected);
    assert.deepEqual(idsOf(`\ufeff${page("c", "a", "b")}`), expected);
    assert.deepEqual(idsOf(JSON.stringify([instance("b"), instance("a"), instance("c")])), expected);
  });

  it("whose pages overlap has each instance once", () => {
    assert.deepEqual(idsOf(page("a", "b") + page("b")), ["a", "b"]);
  });

  it("keeps the pages that can be read beside a broken one", () => {
    const { cluster, problems } = readSnapshot(`${page("a")}\n{"containerInstances": [,]}\n${page("b")}`);
    assert.deepEqual(
      cluster.instances.map((it) => it.id),
      ["a", "b"],
    );
    assert.equal(problems.length, 1);
    assert.match(problems[0]?.message ?? "", /not JSON from line 2, column 25/);
  });
});

describe("tasks beside the instances", () => {
  const task = (id: string, on: string, more: object = {}) => ({
    taskArn: `arn:aws:ecs:us-east-1:123456789012:task/prod/${id}`,
    containerInstanceArn: arn(on),
    group: "service:web",
    lastStatus: "RUNNING",
    desiredStatus: "RUNNING",
    cpu: "256",
    memory: "512",
    containers: [],
    ...more,
  });
  const read = (...tasks: object[]) =>
    readSnapshot(JSON.stringify({ containerInstances: [instance("a"), instance("b")], tasks })).cluster
      .instances;

  it("belong to their instance, and an instance without any is known to have none", () => {
    const [a, b] = read(task("1", "a"), task("2", "a", { group: "family:once" }));
    assert.deepEqual(a?.taskGroups, ["service:web", "family:once"]);
    assert.equal(a?.tasks?.[0]?.cpu, 256);
    assert.deepEqual(b?.tasks, []);
    assert.deepEqual(b?.taskGroups, []);
  });

  it("count in the groups only while they are meant to run", () => {
    const [a] = read(task("1", "a", { desiredStatus: "STOPPED" }));
    assert.deepEqual(a?.taskGroups, []);
    assert.equal(a?.tasks?.length, 1);
  });

  it("hold the host ports, GPUs and network interfaces that DescribeTasks reports", () => {
    const [a] = read(
      task("1", "a", {
        cpu: undefined,
        memory: undefined,
        attachments: [{ type: "ElasticNetworkInterface" }],
        containers: [
          {
            cpu: "10",
            memoryReservation: "64",
            memory: "128",
            gpuIds: ["GPU-1"],
            networkBindings: [
              { hostPort: 8125, protocol: "udp" },
              { hostPort: 8126, protocol: "tcp" },
            ],
          },
          { cpu: "5", memory: "32" },
        ],
      }),
    );
    const held = a?.tasks?.[0];
    assert.deepEqual(held?.ports, [
      { port: 8125, protocol: "udp" },
      { port: 8126, protocol: "tcp" },
    ]);
    assert.equal(held?.cpu, 15);
    assert.equal(held?.memory, 96);
    assert.deepEqual(held?.gpus, ["GPU-1"]);
    assert.equal(held?.enis, 1);
  });

  it("may come in a document of their own", () => {
    const text = `${page("a")}${JSON.stringify({ tasks: [task("1", "a")], failures: [] })}`;
    assert.deepEqual(readSnapshot(text).cluster.instances[0]?.taskGroups, ["service:web"]);
  });
});

describe("what is missing", () => {
  const messages = (value: unknown) =>
    snapshotFromValue(value).problems.map((it) => `${it.path} ${it.message}`);

  it("in an instance is assumed and said", () => {
    const { cluster, problems } = snapshotFromValue({ containerInstances: [{ ec2InstanceId: "i-0abc" }] });
    const [only] = cluster.instances;
    assert.equal(only?.id, "i-0abc");
    assert.equal(only?.status, "ACTIVE");
    assert.equal(only?.agentConnected, true);
    assert.deepEqual(only?.unknownResources, ["cpu", "memory"]);
    assert.deepEqual(
      problems.map((it) => it.path),
      ["/containerInstances/0", "/containerInstances/0", "/containerInstances/0"],
    );
  });

  it("in remainingResources falls back to what is registered", () => {
    const { cluster } = snapshotFromValue({
      containerInstances: [instance("a", { remainingResources: undefined })],
    });
    assert.equal(cluster.instances[0]?.remaining.cpu, 2048);
    assert.deepEqual(cluster.instances[0]?.unknownResources, ["memory"]);
  });

  it("names a status that ECS does not have", () => {
    const [message] = messages({ containerInstances: [instance("a", { status: "FINE" })] });
    assert.match(
      message ?? "",
      /^\/containerInstances\/0\/status 'status' has to be one of ACTIVE, .* not "FINE"/,
    );
  });

  it("is said a hundred times at most", () => {
    const problems = messages({ containerInstances: Array.from({ length: 500 }, () => ({ attributes: 1 })) });
    assert.equal(problems.length, 101);
    assert.match(problems.at(-1) ?? "", /more problems of this kind/);
  });
});

describe("what is no snapshot", () => {
  for (const [what, text] of [
    ["nothing", ""],
    ["an empty object", "{}"],
    ["a number", "5"],
    ["half an answer", '{"containerInstances": [{"status": "ACT'],
    ["a word", "hello"],
    ["instances that are no list", '{"containerInstances": {}}'],
  ] as const) {
    it(`is reported as a failure: ${what}`, () => {
      const { cluster, failure, problems } = readSnapshot(text);
      assert.deepEqual(cluster.instances, []);
      assert.notEqual(failure, undefined);
      assert.ok(problems.some((it) => it.severity === "error"));
    });
  }

  it("does not include a cluster without instances", () => {
    const { failure, problems } = readSnapshot('{"containerInstances": [], "failures": []}');
    assert.equal(failure, undefined);
    assert.deepEqual(problems, []);
  });
});

describe("hostile text", () => {
  it("with __proto__ names changes nothing but its own data", () => {
    const text = `{"containerInstances": [{"containerInstanceArn": "${arn("a")}", "__proto__": {"status": "DRAINING"},
      "attributes": [{"name": "__proto__", "value": "x"}, {"name": "constructor"}]}], "__proto__": {"tasks": []}}`;
    const [only] = readSnapshot(text).cluster.instances;
    assert.equal(only?.status, "ACTIVE");
    assert.equal(only?.attributes.get("__proto__"), "x");
    assert.equal(only?.tasks, undefined);
    assert.equal(({} as Record<string, unknown>).status, undefined);
  });

  it("nested deeply is refused, not followed", () => {
    const depth = 200_000;
    const read = readSnapshot("[".repeat(depth) + "]".repeat(depth));
    assert.notEqual(read.failure, undefined);
    assert.notEqual(readSnapshot('{"a":'.repeat(depth)).failure, undefined);
  });

  it("of countless broken documents is read in a moment", () => {
    const { problems } = readSnapshot("{}x".repeat(300_000));
    assert.ok(problems.length < 200);
  });

  it("has no date where a number is beyond every date", () => {
    for (const registeredAt of [-1.797693134862316e305, 1e300, 8.64e15 + 1]) {
      const { cluster } = readSnapshot(
        JSON.stringify({ containerInstances: [{ containerInstanceArn: arn("x"), registeredAt }] }),
      );
      assert.deepEqual(
        cluster.instances.map((it) => it.registeredAt),
        [undefined],
      );
    }
  });

  it("of any shape never throws and never gives NaN", () => {
    const names = fc.constantFrom(
      "containerInstances",
      "tasks",
      "containerInstanceArn",
      "taskArn",
      "attributes",
      "name",
      "value",
      "remainingResources",
      "registeredResources",
      "integerValue",
      "type",
      "stringSetValue",
      "registeredAt",
      "status",
      "containers",
      "networkBindings",
      "__proto__",
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4, depthSize: "small" },
        fc.jsonValue({ maxDepth: 1 }),
        fc.constantFrom("CPU", "MEMORY", "PORTS", "INTEGER", arn("x")),
        fc.array(tie("tree"), { maxLength: 4 }),
        fc.dictionary(names, tie("tree"), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(fc.array(fc.dictionary(names, tree), { maxLength: 5 }), (containerInstances) => {
        for (const it of readSnapshot(JSON.stringify({ containerInstances })).cluster.instances) {
          assert.ok(Number.isFinite(it.remaining.cpu) && Number.isFinite(it.registered.memory));
          assert.ok(it.registeredAt === undefined || Number.isFinite(it.registeredAt));
        }
      }),
      { numRuns: 300 },
    );
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => readSnapshot(text).problems.length > 0));
  });
});

describe("attribute statistics", () => {
  it("count values over all instances, name-only attributes under the empty value", () => {
    const { cluster } = readSnapshot(fixture("cli-v2.ecs-cluster.json"));
    const statistics = attributeStatistics(cluster);
    assert.deepEqual(
      statistics.get("env"),
      new Map([
        ["prod", 1],
        ["dev", 1],
      ]),
    );
    assert.deepEqual(statistics.get("ecs.instance-type"), new Map([["m5.large", 2]]));
    assert.deepEqual(statistics.get("ecs.capability.task-eni"), new Map([["", 2]]));
    assert.equal(attributeStatistics(cluster), statistics);
  });
});

it("a snapshot of ours says when it was taken, and what the AWS CLI prints does not", () => {
  const written = { capturedAt: "2026-03-01T12:00:00.000Z", containerInstances: [] };
  const at = Date.UTC(2026, 2, 1, 12);
  assert.equal(snapshotFromValue(written).capturedAt, at);
  assert.equal(snapshotFromValue([written, { containerInstances: [] }]).capturedAt, at);
  for (const other of [undefined, 7, "soon", null])
    assert.equal(snapshotFromValue({ capturedAt: other, containerInstances: [] }).capturedAt, undefined);
});
