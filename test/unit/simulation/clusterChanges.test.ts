import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { placeDaemon } from "../../../server/src/core/scheduler/placeDaemon";
import {
  applyChanges,
  type ClusterChange,
  changedDaemon,
} from "../../../server/src/core/simulation/clusterChanges";
import { compareVerdicts } from "../../../server/src/core/simulation/compareVerdicts";
import { describeChange } from "../../../server/src/core/simulation/describeChange";
import { readChanges } from "../../../server/src/core/simulation/readChanges";
import { cluster, containerInstance, daemonService, instances } from "../../support/builders";
import "../../support/sameSequences";

const five = cluster(instances(5));
const changed = (...changes: ClusterChange[]) => applyChanges(five, changes);
const instance = (id: string, ...changes: ClusterChange[]) => {
  const found = changed(...changes).cluster.instances.find((it) => it.id === id);
  assert.ok(found !== undefined, `${id} is in the cluster`);
  return found;
};
const problems = (...changes: ClusterChange[]) => changed(...changes).problems.map((it) => it.message);

describe("a cluster with changes", () => {
  it("is the cluster itself where there are none", () => {
    assert.deepEqual(changed(), { cluster: five, added: [], problems: [] });
  });

  it("has new instances, whose ids depend on nothing but the additions before them", () => {
    const add: ClusterChange = {
      kind: "addInstances",
      count: 3,
      instanceType: "c5.large",
      zones: ["us-east-1a", "us-east-1b"],
      attributes: { env: "prod", gateway: null },
    };
    const once = changed(add);
    const twice = changed(add, { kind: "drain", instances: ["i-1"] }, add);
    assert.equal(once.cluster.instances.length, 8);
    assert.equal(twice.cluster.instances.length, 11);
    assert.deepEqual(twice.added.slice(0, 3), once.added);
    const first = once.cluster.instances.find((it) => it.id === once.added[0]);
    assert.equal(first?.attributes.get("ecs.instance-type"), "c5.large");
    assert.equal(first?.attributes.get("env"), "prod");
    assert.ok(first?.attributes.has("gateway"));
    assert.match(first?.arn ?? "", /:container-instance\/test\//);
    const ids = once.cluster.instances.map((it) => it.id);
    assert.deepEqual(ids, [...ids].sort());
  });

  it("adds to a cluster that was saved with additions before", () => {
    const add: ClusterChange = { kind: "addInstances", count: 2, instanceType: "m5.large" };
    const saved = changed(add).cluster;
    const again = applyChanges(saved, [add]);
    assert.equal(again.cluster.instances.length, 9);
    assert.equal(again.added.length, 2);
  });

  it("changes new instances as it changes old ones", () => {
    const add: ClusterChange = { kind: "addInstances", count: 2, instanceType: "m5.large" };
    const [first = "", second = ""] = changed(add).added;
    const { cluster: now, added } = changed(
      add,
      { kind: "drain", instances: [first] },
      { kind: "remove", instances: [second] },
    );
    assert.deepEqual(added, [first]);
    assert.equal(now.instances.find((it) => it.id === first)?.status, "DRAINING");
  });

  it("drains, activates, disconnects, reconnects and removes", () => {
    assert.equal(instance("i-1", { kind: "drain", instances: ["i-1"] }).status, "DRAINING");
    assert.equal(instance("i-2", { kind: "drain", instances: ["i-1"] }).status, "ACTIVE");
    const both = ["i-1", "i-2"];
    assert.equal(
      instance("i-2", { kind: "drain", instances: both }, { kind: "activate", instances: both }).status,
      "ACTIVE",
    );
    assert.equal(instance("i-1", { kind: "disconnect", instances: both }).agentConnected, false);
    assert.equal(
      instance("i-1", { kind: "disconnect", instances: both }, { kind: "reconnect", instances: both })
        .agentConnected,
      true,
    );
    assert.deepEqual(
      changed({ kind: "remove", instances: both }).cluster.instances.map((it) => it.id),
      ["i-3", "i-4", "i-5"],
    );
  });

  it("sets and removes attributes, and leaves the original alone", () => {
    const set = instance("i-1", { kind: "setAttribute", instances: ["i-1"], name: "env", value: "prod" });
    assert.equal(set.attributes.get("env"), "prod");
    const nameOnly = instance("i-1", { kind: "setAttribute", instances: ["i-1"], name: "gateway" });
    assert.ok(nameOnly.attributes.has("gateway"));
    const removed = instance("i-1", {
      kind: "removeAttribute",
      instances: ["i-1"],
      name: "ecs.availability-zone",
    });
    assert.equal(removed.attributes.has("ecs.availability-zone"), false);
    assert.equal(five.instances[0]?.attributes.has("ecs.availability-zone"), true);
    assert.equal(five.instances[0]?.attributes.has("env"), false);
  });

  it("occupies ports, memory and CPU", () => {
    const busy = instance(
      "i-1",
      { kind: "occupyPort", instances: ["i-1"], port: 8126 },
      { kind: "occupyPort", instances: ["i-1"], port: 8125, protocol: "udp" },
      { kind: "occupyMemory", instances: ["i-1"], memory: 7800 },
      { kind: "occupyCpu", instances: ["i-1"], cpu: 2000 },
    );
    assert.ok(busy.remaining.usedTcpPorts.has(8126));
    assert.ok(busy.remaining.usedUdpPorts.has(8125));
    assert.equal(busy.remaining.memory, 16);
    assert.equal(busy.remaining.cpu, 48);
    assert.equal(busy.registered.memory, 7816);
    const daemon = daemonService();
    const now = placeDaemon(
      daemon,
      changed({ kind: "occupyMemory", instances: ["i-2"], memory: 7800 }).cluster,
    );
    assert.deepEqual(compareVerdicts(placeDaemon(daemon, five), now), [
      { id: "i-2", before: "place", now: "blocked" },
    ]);
  });

  it("gives the daemon's task another size", () => {
    const daemon = daemonService();
    assert.equal(changedDaemon(daemon, []), daemon);
    const grown = changedDaemon(daemon, [
      { kind: "daemonSize", memory: 9000 },
      { kind: "daemonSize", cpu: 64 },
      { kind: "daemonSize", memory: 8000 },
    ]);
    assert.equal(grown.requirements.memory, 8000);
    assert.equal(grown.requirements.cpu, 64);
    assert.equal(placeDaemon(grown, five).summary.blocked, 5);
  });

  it("tells what cannot be done, and does the rest", () => {
    assert.deepEqual(problems({ kind: "drain", instances: ["i-9", "i-1"] }), [
      "The cluster has no container instance i-9.",
    ]);
    assert.match(
      problems({ kind: "addInstances", count: 1, instanceType: "x9.huge" })[0] ?? "",
      /size of "x9.huge" is not known/,
    );
    assert.equal(changed({ kind: "addInstances", count: 1, instanceType: "x9.huge" }).added.length, 0);
    assert.match(problems({ kind: "addInstances", count: 0 })[0] ?? "", /Between 1 and 10000/);
    assert.match(
      problems({ kind: "occupyMemory", instances: ["i-1"], memory: 9000 })[0] ?? "",
      /has 7816 MiB of memory left, not 9000/,
    );
    assert.match(problems({ kind: "occupyPort", instances: ["i-1"], port: 22 })[0] ?? "", /in use/);
    assert.match(
      problems({ kind: "removeAttribute", instances: ["i-1"], name: "no" })[0] ?? "",
      /no attribute no/,
    );
    const many = applyChanges(cluster(instances(9)), [
      { kind: "occupyPort", instances: instances(9).map((it) => it.id), port: 22 },
    ]);
    assert.equal(many.problems.length, 4);
    assert.equal(many.problems[3]?.message, "The same applies to 6 more container instances.");
  });

  it("leaves a status alone that nobody can change, and a size that nobody knows", () => {
    const odd = cluster([
      containerInstance({ id: "i-1", status: "REGISTERING", unknownResources: ["memory"] }),
    ]);
    const { cluster: now, problems: said } = applyChanges(odd, [
      { kind: "drain", instances: ["i-1"] },
      { kind: "occupyMemory", instances: ["i-1"], memory: 1 },
    ]);
    assert.deepEqual(now, odd);
    assert.equal(said.length, 2);
  });

  it("undoes by applying fewer changes", () => {
    const kinds: fc.Arbitrary<ClusterChange> = fc.oneof(
      fc.record({ kind: fc.constant("drain" as const), instances: fc.subarray(["i-1", "i-2", "i-8"]) }),
      fc.record({ kind: fc.constant("remove" as const), instances: fc.subarray(["i-3", "i-4"]) }),
      fc.record({
        kind: fc.constant("addInstances" as const),
        count: fc.integer({ min: 1, max: 3 }),
        instanceType: fc.constant("m5.large"),
      }),
      fc.record({
        kind: fc.constant("occupyPort" as const),
        instances: fc.subarray(["i-1", "i-5"]),
        port: fc.integer({ min: 1, max: 99 }),
      }),
    );
    fc.assert(
      fc.property(fc.array(kinds, { maxLength: 8 }), kinds, (before, last) => {
        const first = applyChanges(five, before);
        const all = applyChanges(five, [...before, last]);
        assert.deepEqual(applyChanges(five, [...before, last].slice(0, -1)), first);
        assert.deepEqual(all.problems.slice(0, first.problems.length), first.problems);
        assert.equal(new Set(all.cluster.instances.map((it) => it.id)).size, all.cluster.instances.length);
      }),
    );
  });
});

describe("changes as JSON", () => {
  it("are read as they were written", () => {
    const changes: readonly ClusterChange[] = [
      { kind: "addInstances", count: 2, instanceType: "m5.large", zones: ["a"], attributes: { x: null } },
      { kind: "drain", instances: ["i-1"] },
      { kind: "setAttribute", instances: ["i-1"], name: "env", value: "prod" },
      { kind: "removeAttribute", instances: ["i-1"], name: "env" },
      { kind: "occupyPort", instances: ["i-1"], port: 80, protocol: "udp" },
      { kind: "occupyMemory", instances: ["i-1"], memory: 5 },
      { kind: "occupyCpu", instances: ["i-1"], cpu: 5 },
      { kind: "daemonSize", cpu: 1 },
    ];
    assert.deepEqual(readChanges(JSON.parse(JSON.stringify(changes))), { changes, problems: [] });
    assert.deepEqual(readChanges(undefined), { changes: [], problems: [] });
  });

  it("are refused one by one, with what is wrong", () => {
    for (const [value, expected] of [
      [{ kind: "explode" }, /"explode" is not a kind of change/],
      [{}, /null is not a kind/],
      [{ kind: "drain" }, /needs "instances"/],
      [{ kind: "drain", instances: [7] }, /list of texts/],
      [{ kind: "setAttribute", instances: [] }, /needs the "name"/],
      [{ kind: "setAttribute", instances: [], name: "x", value: 1 }, /text; 1 is not/],
      [{ kind: "occupyPort", instances: [], port: 70000 }, /between 1 and 65535; 70000/],
      [{ kind: "occupyPort", instances: [], port: 7, protocol: "icmp" }, /"icmp" is neither/],
      [{ kind: "addInstances", count: 1.5 }, /1.5 is not/],
      [{ kind: "addInstances", count: 1, attributes: ["x"] }, /object of names/],
      [null, /null is not a kind/],
    ] as const) {
      const { changes, problems: said } = readChanges([value, { kind: "drain", instances: ["i-1"] }]);
      assert.deepEqual(changes, [{ kind: "drain", instances: ["i-1"] }]);
      assert.match(said[0] ?? "", expected);
    }
    assert.match(readChanges({}).problems[0] ?? "", /are a list/);
  });

  it("never throw, whatever they are", () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true }), (value) => {
        const { changes } = readChanges([value, value]);
        applyChanges(five, changes);
        changedDaemon(daemonService(), changes);
        changes.map((it) => describeChange(it));
      }),
    );
  });

  it("have a phrase each", () => {
    const texts = (
      [
        {
          kind: "addInstances",
          count: 3,
          instanceType: "m5.large",
          zones: ["a", "b"],
          attributes: { x: "1" },
        },
        { kind: "drain", instances: ["0123456789abcdef0123456789abcdef", "i-2"] },
        { kind: "disconnect", instances: ["i-1", "i-2", "i-3", "i-4"] },
        { kind: "drain", instances: Array.from({ length: 2_002 }, (_, at) => `i-${at}`) },
        { kind: "setAttribute", instances: ["i-1"], name: "env", value: "prod" },
        { kind: "occupyPort", instances: ["i-1"], port: 80 },
        { kind: "daemonSize", memory: 512 },
      ] as const
    ).map((it) => describeChange(it));
    assert.deepEqual(texts, [
      "Add 3 m5.large in a, b with x=1",
      "Drain 01234567…, i-2",
      "Disconnect the agent of i-1, i-2 and 2 more",
      "Drain i-0, i-1 and 2,000 more",
      "Set env=prod on i-1",
      "Use port 80/tcp on i-1",
      "Let the task reserve 512 MiB",
    ]);
  });
});

describe("a comparison of placements", () => {
  it("has what came, what went and what changed", () => {
    const daemon = daemonService();
    const before = placeDaemon(daemon, five);
    const { cluster: now, added } = changed(
      { kind: "remove", instances: ["i-1"] },
      { kind: "drain", instances: ["i-2"] },
      { kind: "addInstances", count: 1, instanceType: "m5.large" },
    );
    assert.deepEqual(compareVerdicts(before, placeDaemon(daemon, now)), [
      { id: added[0], now: "place" },
      { id: "i-2", before: "place", now: "excluded" },
      { id: "i-1", before: "place" },
    ]);
  });
});
