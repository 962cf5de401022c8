// What becomes of the instances of a managed daemon step by step, and what is tried out.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readManagedCluster } from "../../../server/src/core/managed/managedCluster";
import { previewManaged } from "../../../server/src/core/managed/preview";
import { managedStories } from "../../../server/src/core/managed/stories";
import { readTrial } from "../../../server/src/core/managed/trial";
import "../../support/sameSequences";

const resources = [
  { name: "CPU", integerValue: 2048 },
  { name: "MEMORY", integerValue: 3788 },
];
const definition = { family: "agent", cpu: "256", memory: "512", containerDefinitions: [{ name: "a" }] };

/** `running` of `count` instances have the daemon, and each has a task of the service web. */
function cluster(count: number, running = count) {
  const task = (on: number, group: string, size: readonly [string, string]) => ({
    taskArn: `x/${group}-${on}`,
    containerInstanceArn: `x/${on}`,
    group,
    taskDefinitionArn: "x/agent:1",
    lastStatus: "RUNNING",
    cpu: size[0],
    memory: size[1],
  });
  const numbers = Array.from({ length: count }, (_, index) => index);
  return readManagedCluster({
    capacityProviders: [{ name: "mi", managedInstancesProvider: {} }],
    containerInstances: numbers.map((it) => ({
      containerInstanceArn: `x/${it}`,
      capacityProviderName: "mi",
      status: "ACTIVE",
      agentConnected: true,
      registeredResources: resources,
      attributes: [{ name: "ecs.instance-type", value: "c5.large" }],
    })),
    tasks: numbers.flatMap((it) => [
      task(it, "service:web", ["512", "1024"]),
      ...(it < running ? [task(it, "daemon:agent", ["128", "256"])] : []),
    ]),
  });
}

const daemon = (deploymentConfiguration: object = {}) => ({ daemonName: "agent", deploymentConfiguration });

test("in no step are there more instances than there can be, and at the end all run the daemon", () => {
  const amounts = fc.record({ count: fc.nat({ max: 60 }), running: fc.nat({ max: 60 }) });
  fc.assert(
    fc.property(amounts, fc.integer({ min: 1, max: 100 }), ({ count, running }, drainPercent) => {
      const from = cluster(count, Math.min(count, running));
      const preview = previewManaged({ definition, daemon: daemon({ drainPercent }) }, from);
      for (const { name, steps } of managedStories(preview)) {
        for (const it of steps) {
          const all = [it.running, it.without, it.registering, it.draining];
          assert.ok(
            all.every((number) => Number.isInteger(number) && number >= 0),
            `${name}: ${JSON.stringify(it)}`,
          );
          const standing = it.running + it.without + it.draining;
          const most = Math.max(1, count) + (name === "tooSmall" ? 1 : 0);
          assert.ok(standing <= most, `${name}: ${JSON.stringify(it)}`);
        }
        if (name === "deploy") assert.equal(steps.at(-1)?.running, count);
      }
    }),
  );
});

test("batches are as large as drainPercent, and the bake time follows", () => {
  const written = daemon({ drainPercent: 50 });
  const [deploy] = managedStories(previewManaged({ definition, daemon: written }, cluster(4)), 10);
  assert.deepEqual(
    deploy?.steps.map((it) => [it.running, it.registering, it.draining]),
    [
      [4, 0, 0],
      [2, 2, 2],
      [4, 0, 0],
      [2, 2, 2],
      [4, 0, 0],
      [4, 0, 0],
      [4, 0, 0],
    ],
  );
  assert.match(deploy?.steps.at(-2)?.text ?? "", /10 minutes/);
});

test("the bill counts how many tasks of the application have room, before and after", () => {
  const preview = previewManaged({ definition, daemon: daemon() }, cluster(2));
  assert.deepEqual(preview.application, { name: "web", cpu: 512, memory: 1024 });
  const present = preview.types.find((it) => it.type === "c5.large");
  // (2048 − 128) / 512 and (3788 − 256) / 1024 before; (2048 − 256) / 512 and (3788 − 512) / 1024 after.
  assert.deepEqual(present?.copies, { before: 3, after: 3 });
  const large = previewManaged({ definition, daemon: daemon() }, cluster(2), { memory: 2000 });
  assert.deepEqual(large.types.find((it) => it.type === "c5.large")?.copies, { before: 3, after: 1 });
});

test("what is tried out counts in place of what is written, and what is no value is left out", () => {
  const subject = { definition, daemon: daemon() };
  const from = cluster(8);
  const tried = previewManaged(subject, from, {
    drainPercent: 50,
    critical: false,
    another: { cpu: 1000, memory: 100 },
  });
  assert.deepEqual(tried.rollout.atOnce, { floor: 4, ceiling: 4 });
  assert.equal(tried.daemon.critical, false);
  assert.equal(tried.types.find((it) => it.type === "c5.large")?.taken.cpu, 1256);
  assert.deepEqual(previewManaged(subject, from, { providers: ["other"] }).rollout.replaced, 0);
  assert.ok(
    !previewManaged(subject, from, { excludedTypes: ["c5.*"] }).types.some((it) => it.type === "c5.large"),
  );
  assert.deepEqual(
    readTrial({ cpu: "much", memory: -1, drainPercent: 101, critical: 1, excludedTypes: [1], other: 2 }),
    {},
  );
});

test("a type that nobody has started yet is billed for the other daemons as well", () => {
  const from = cluster(1);
  const [first] = from.instances;
  assert.ok(first);
  const sensor = { ...first.tasks[0], id: "s", group: "daemon:sensor", definition: "s:1", isRunning: true };
  const instances = [{ ...first, tasks: [...first.tasks, { ...sensor, cpu: 100, memory: 200 }] }];
  const { types } = previewManaged({ definition, daemon: daemon() }, { ...from, instances });
  const nominal = types.find((it) => it.type === "m5.large");
  assert.deepEqual(nominal?.taken, { cpu: 356, memory: 712 });
});

test("instances that are drained at fourteen days anyway are counted where the time is known", () => {
  const day = 24 * 3600 * 1000;
  const from = cluster(3);
  const ages = [13.5, 2, undefined];
  const instances = from.instances.map((it, index) => {
    const age = ages[index];
    return age === undefined ? it : { ...it, registeredAt: 100 * day - age * day };
  });
  const subject = { definition, daemon: daemon() };
  const { rollout } = previewManaged(subject, { ...from, instances }, {}, 100 * day);
  assert.equal(rollout.dueAnyway, 1);
  assert.equal(previewManaged(subject, { ...from, instances }).rollout.dueAnyway, undefined);
});
