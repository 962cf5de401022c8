import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { Cluster, ContainerInstance } from "../../../server/src/core/cluster/containerInstance";
import { readFleet } from "../../../server/src/core/cluster/fleet";
import { readClusterText } from "../../../server/src/core/cluster/readClusterText";
import { readSnapshot } from "../../../server/src/core/cluster/snapshot";
import { clusterAsFleet } from "../../../server/src/core/simulation/clusterAsFleet";
import { clusterAsSnapshot } from "../../../server/src/core/simulation/clusterAsSnapshot";
import { applyChanges } from "../../../server/src/core/simulation/clusterChanges";
import { cluster, containerInstance, instances, instanceTask } from "../../support/builders";
import { projectRoot } from "../../support/paths";
import "../../support/sameSequences";

const groups = fc.record(
  {
    count: fc.integer({ min: 0, max: 7 }),
    instanceType: fc.constantFrom("m5.large", "c7g.large", "g5.xlarge"),
    zones: fc.uniqueArray(fc.constantFrom("us-east-1a", "us-east-1b", "eu-west-1c"), { maxLength: 3 }),
    attributes: fc.dictionary(
      fc.constantFrom("env", "gateway", "__proto__", "ecs.os-family", "ecs.ami-id"),
      fc.constantFrom("prod", "dev", "WINDOWS_SERVER_2022_CORE", null),
      { maxKeys: 3, noNullPrototype: true },
    ),
    cpu: fc.integer({ min: 1, max: 4096 }),
    memory: fc.integer({ min: 1, max: 9000 }),
    status: fc.constantFrom("ACTIVE", "DRAINING"),
    agentConnected: fc.boolean(),
  },
  { requiredKeys: ["count", "instanceType"] },
);

/** Everything of an instance but its names, as text that can be sorted. */
function anonymous({ id: _, arn: __, ec2InstanceId: ___, ...rest }: ContainerInstance): string {
  return JSON.stringify(rest, (_key, value) =>
    value instanceof Map
      ? [...value].map(([name, text]) => [name, text ?? null]).sort()
      : value instanceof Set
        ? [...value].sort()
        : value,
  );
}
/** What was read keeps attributes in rows of its own kind. */
const withMap = (it: ContainerInstance): ContainerInstance => ({
  ...it,
  attributes: new Map(it.attributes),
});
const anonymously = (it: Cluster) => it.instances.map(anonymous).sort();

describe("a cluster saved as a fleet", () => {
  const roundTrip = (it: Cluster) => readFleet(JSON.stringify(clusterAsFleet(it).fleet));

  it("is the same cluster but for the ids, whatever the fleet was", () => {
    fc.assert(
      fc.property(fc.array(groups, { maxLength: 4 }), (list) => {
        const text = JSON.stringify({ groups: list });
        const { cluster: original } = readFleet(text);
        const saved = clusterAsFleet(original);
        assert.deepEqual(saved.lost, []);
        const read = roundTrip(original);
        assert.deepEqual(read.problems, []);
        assert.deepEqual(anonymously(read.cluster), anonymously(original));
      }),
    );
  });

  it("writes equal instances as one group, and nothing that is usual", () => {
    const text = JSON.stringify({
      groups: [{ count: 5, instanceType: "m5.large", zones: ["us-east-1a", "us-east-1b", "us-east-1c"] }],
    });
    assert.deepEqual(clusterAsFleet(readFleet(text).cluster).fleet, JSON.parse(text));
  });

  it("has the changes of a what-if", () => {
    const { cluster: original } = readFleet('{ "groups": [{ "count": 2, "instanceType": "m5.large" }] }');
    const [first] = original.instances;
    const { cluster: now } = applyChanges(original, [
      { kind: "drain", instances: [first?.id ?? ""] },
      { kind: "addInstances", count: 2, instanceType: "c5.large", zones: ["us-east-1a", "us-east-1b"] },
    ]);
    const written = clusterAsFleet(now)
      .fleet.groups.map((it) => JSON.stringify(it))
      .sort();
    assert.deepEqual(written, [
      '{"count":1,"instanceType":"m5.large","status":"DRAINING"}',
      '{"count":1,"instanceType":"m5.large"}',
      '{"count":2,"instanceType":"c5.large","zones":["us-east-1a","us-east-1b"]}',
    ]);
  });

  it("keeps zones apart that taking turns would mix", () => {
    const zone = (id: string, name: string) =>
      containerInstance({ id, attributes: { "ecs.availability-zone": name } });
    const uneven = cluster([zone("1", "a"), zone("2", "a"), zone("3", "a"), zone("4", "b")]);
    const { groups: written } = clusterAsFleet(uneven).fleet;
    assert.deepEqual(
      written.map((it) => [it.count, it.zones]),
      [
        [3, ["a"]],
        [1, ["b"]],
      ],
    );
  });

  it("tells what it cannot say", () => {
    const { lost } = clusterAsFleet(
      cluster([
        containerInstance({ id: "i-1", remaining: { memory: 10 }, tasks: [instanceTask()] }),
        containerInstance({
          id: "i-2",
          remaining: { usedUdpPorts: new Set([8125]) },
          without: ["ecs.capability.task-eni"],
        }),
        containerInstance({ id: "i-3", tasks: undefined, agentVersion: "1.2.3" }),
      ]),
    );
    const said = lost.join("\n");
    for (const it of [
      /1 container instance with CPU or memory in use/,
      /1 container instance with tasks/,
      /1 container instance with host ports in use/,
      /1 container instance without capabilities/,
      /1 container instance whose tasks are not known/,
      /agent that is not/,
    ])
      assert.match(said, it);
  });
});

describe("a cluster saved as a snapshot", () => {
  const roundTrip = (it: Cluster) => readSnapshot(JSON.stringify(clusterAsSnapshot(it)), it.name);
  const same = (original: Cluster) => {
    const { cluster: read, problems } = roundTrip(original);
    assert.deepEqual(problems, []);
    assert.deepEqual(read.instances.map(withMap), original.instances.map(withMap));
    assert.equal(read.name, original.name);
  };

  for (const folder of ["test/fixtures/clusters", "test/workspace"])
    for (const name of readdirSync(join(projectRoot, folder)).filter((it) =>
      /\.ecs-(cluster|fleet)\./.test(it),
    ))
      it(`is the same cluster for ${name}`, () => {
        const { cluster: original } = readClusterText(
          name,
          readFileSync(join(projectRoot, folder, name), "utf8"),
        );
        assert.ok(original.instances.length > 0);
        same(original);
      });

  it("keeps ports and memory in use, tasks with their ports, GPUs and network interfaces", () => {
    const task = instanceTask({
      ports: [{ port: 8125, protocol: "udp" }],
      gpus: ["GPU-0"],
      enis: 1,
      cpu: undefined,
    });
    const other = instanceTask({ arn: "arn:aws:ecs:x:1:task/test/t-2", group: undefined, gpus: [], enis: 0 });
    same(
      cluster([
        containerInstance({
          id: "i-1",
          registered: { gpus: ["GPU-0", "GPU-1"] },
          remaining: { memory: 12, cpu: 0.5, usedTcpPorts: new Set([22, 8126]), gpus: ["GPU-1"] },
          tasks: [task, other],
          runningTasksCount: 2,
        }),
        containerInstance({ id: "i-2", status: "DRAINING", agentConnected: false }),
      ]),
    );
  });

  it("says nothing of tasks that nobody knows, and of sizes", () => {
    const unknown = containerInstance({
      id: "i-1",
      tasks: undefined,
      taskGroups: undefined,
      runningTasksCount: undefined,
      registered: { cpu: 0 },
      unknownResources: ["cpu"],
    });
    const read = roundTrip(cluster([unknown])).cluster;
    assert.deepEqual(read.instances[0]?.unknownResources, ["cpu"]);
    assert.deepEqual(read.instances.map(withMap), [unknown]);
  });

  it("has the changes of a what-if", () => {
    const { cluster: now } = applyChanges(cluster(instances(2)), [
      { kind: "occupyPort", instances: ["i-1"], port: 8126 },
      { kind: "occupyMemory", instances: ["i-1"], memory: 100 },
      { kind: "setAttribute", instances: ["i-2"], name: "gateway" },
      { kind: "addInstances", count: 1, instanceType: "g5.xlarge" },
    ]);
    same(now);
  });

  it("keeps the first and the last of all dates", () => {
    for (const registeredAt of [-8.64e15, Date.UTC(1960, 0, 1), 8.64e15])
      same(cluster([containerInstance({ registeredAt })]));
  });
});
