// What a managed daemon takes of its instances, where it runs, and what its deployment replaces.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { admittedTypes } from "../../../server/src/core/cluster/admittedTypes";
import { readManagedCluster } from "../../../server/src/core/managed/managedCluster";
import { previewManaged } from "../../../server/src/core/managed/preview";
import "../../support/sameSequences";

const arn = (rest: string) => `arn:aws:ecs:eu-west-1:123456789012:${rest}`;

function instance(id: string, provider: string | undefined, status = "ACTIVE", memory = 1900) {
  return {
    containerInstanceArn: arn(`container-instance/prod/${id}`),
    ...(provider === undefined ? {} : { capacityProviderName: provider }),
    status,
    agentConnected: true,
    registeredResources: [
      { name: "CPU", integerValue: 2048 },
      { name: "MEMORY", integerValue: memory },
    ],
    attributes: [{ name: "ecs.instance-type", value: "t3.small" }],
  };
}

function task(on: string, group: string, definition: string, size: object = {}) {
  return {
    taskArn: arn(`task/prod/${on}-${group}`),
    containerInstanceArn: arn(`container-instance/prod/${on}`),
    group,
    taskDefinitionArn: arn(`daemon-task-definition/${definition}`),
    lastStatus: "RUNNING",
    ...size,
  };
}

const provider = (name: string) => ({
  name,
  managedInstancesProvider: { instanceLaunchTemplate: { instanceRequirements: {} } },
});
const snapshot = {
  capacityProviders: [provider("mi"), provider("batch"), { name: "asg", autoScalingGroupProvider: {} }],
  containerInstances: [
    instance("a1", "mi"),
    instance("a2", "mi"),
    instance("a3", "mi"),
    instance("a4", "mi", "DRAINING"),
    instance("b1", "batch"),
    instance("e1", "asg"),
    instance("f1", undefined),
  ],
  tasks: [
    task("a1", "daemon:agent", "agent:1"),
    task("a2", "daemon:agent", "agent:1"),
    task("a1", "service:web", "web:3"),
    task("a3", "service:web", "web:3"),
    task("b1", "family:job", "job:1"),
  ],
};

function preview(
  more: { readonly memory?: string; readonly daemon?: object } = {},
  from: unknown = snapshot,
) {
  const definition = {
    family: "agent",
    cpu: "256",
    memory: more.memory ?? "512",
    containerDefinitions: [{ name: "agent", image: "agent:1" }],
  };
  const daemon = {
    daemonName: "agent",
    daemonTaskDefinitionArn: arn("daemon-task-definition/agent:2"),
    capacityProviderArns: [arn("capacity-provider/mi")],
    critical: false,
    ...more.daemon,
  };
  return previewManaged({ definition, daemon }, readManagedCluster(from));
}

const verdicts = (made: ReturnType<typeof preview>) =>
  Object.fromEntries(made.instances.map(({ id, verdict }) => [id, verdict]));

test("an update replaces every active instance of its capacity providers", () => {
  const made = preview();
  assert.deepEqual(verdicts(made), {
    a1: "replace",
    a2: "replace",
    a3: "replace",
    a4: "excluded",
    b1: "excluded",
    e1: "excluded",
    f1: "excluded",
  });
  assert.deepEqual(made.rollout, {
    replaced: 3,
    drainPercent: 25,
    atOnce: { floor: 0, ceiling: 1 },
    serviceTasksMoved: 2,
    standaloneTasksStopped: 0,
  });
  assert.deepEqual(made.providers, [{ name: "mi", isKnown: true, instances: 3, running: 2, without: 1 }]);
  const [row] = made.types;
  assert.deepEqual(
    [row?.type, row?.isNominal, row?.share, row?.fits],
    ["t3.small", false, { cpu: 12.5, memory: 26.9 }, true],
  );
});

test("another capacity provider has its instances replaced, too, and its standalone tasks stopped", () => {
  const both = [arn("capacity-provider/mi"), arn("capacity-provider/batch")];
  const made = preview({ daemon: { capacityProviderArns: both } });
  assert.equal(verdicts(made).b1, "replace");
  assert.deepEqual([made.rollout.replaced, made.rollout.standaloneTasksStopped], [4, 1]);
});

test("what runs the revision is kept, what lacks a non-critical daemon goes on without it", () => {
  const same = { daemonTaskDefinitionArn: arn("daemon-task-definition/agent:1") };
  const { a1, a2, a3 } = verdicts(preview({ daemon: same }));
  assert.deepEqual([a1, a2, a3], ["keep", "keep", "without"]);
  const critical = verdicts(preview({ daemon: { ...same, critical: true } }));
  assert.equal(critical.a3, "replace");
});

test("a daemon that is larger than an instance, or than what other daemons leave, is blocked", () => {
  const made = preview({ memory: "2048", daemon: { critical: true } });
  const [first] = made.instances;
  assert.equal(first?.verdict, "blocked");
  assert.match(first?.reasons[0] ?? "", /1900 MiB and the daemon takes 2048.*never becomes active/);
  assert.equal(made.types.find((it) => it.type === "t3.small")?.fits, false);
  const crowded = {
    ...snapshot,
    tasks: [...snapshot.tasks, task("a1", "daemon:other", "other:1", { cpu: "512", memory: "1500" })],
  };
  assert.equal(verdicts(preview({}, crowded)).a1, "blocked");
});

test("running and without make up the active instances, and nothing is replaced twice", () => {
  const one = fc.record({
    provider: fc.constantFrom("mi", "batch", undefined),
    status: fc.constantFrom("ACTIVE", "DRAINING", "INACTIVE"),
    runs: fc.constantFrom("agent:1", "agent:2", undefined),
    memory: fc.integer({ min: 100, max: 4000 }),
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), (all) => {
      const made = preview(
        {},
        {
          capacityProviders: [provider("mi"), provider("batch")],
          containerInstances: all.map((it, index) =>
            instance(`i${index}`, it.provider, it.status, it.memory),
          ),
          tasks: all.flatMap(({ runs }, index) =>
            runs === undefined ? [] : [task(`i${index}`, "daemon:agent", runs)],
          ),
        },
      );
      for (const it of made.providers) assert.equal(it.running + it.without, it.instances);
      assert.ok(made.rollout.replaced <= (made.providers[0]?.instances ?? 0));
      assert.ok(made.rollout.atOnce.floor <= made.rollout.atOnce.ceiling);
      assert.equal(made.instances.length, all.length);
    }),
    { numRuns: 300, seed: 2026 },
  );
});

test("requirements admit types by size, name, maker and burst; what cannot be checked is named", () => {
  const names = (requirements: object) => admittedTypes({ ...requirements }).map((it) => it.type.name);
  const small = { vCpuCount: { min: 1, max: 2 }, memoryMiB: { min: 2048, max: 4096 } };
  assert.deepEqual(names({ ...small, cpuManufacturers: ["intel"] }), ["c5.large"]);
  assert.deepEqual(names({ ...small, cpuManufacturers: ["intel"], burstablePerformance: "included" }), [
    "t3.small",
    "t3.medium",
    "c5.large",
  ]);
  assert.deepEqual(names({ allowedInstanceTypes: ["c7g*"] }), ["c7g.large", "c7g.xlarge"]);
  assert.deepEqual(names({ allowedInstanceTypes: ["m5.*"], excludedInstanceTypes: ["*.xlarge"] }), [
    "m5.large",
    "m5.2xlarge",
  ]);
  assert.ok(names({ acceleratorCount: { min: 1 } }).includes("g5.xlarge"));
  assert.ok(!names({}).includes("g5.xlarge"));
  assert.deepEqual(admittedTypes({ localStorage: "required" })[0]?.unchecked, ["localStorage"]);
});
