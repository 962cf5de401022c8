// Many tasks at once: every choice is what it would be if everything were looked at again, and it is not.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { arnsOf } from "../../server/src/local/arns";
import { addFleetInstances } from "../../server/src/local/newInstances";
import { createCluster } from "../../server/src/local/operations/clusters";
import { registerTaskDefinition } from "../../server/src/local/operations/taskDefinitions";
import { type Choice, InstanceChooser } from "../../server/src/local/scheduling/chooseInstance";
import { additionalTask, subnetsOfCluster } from "../../server/src/local/scheduling/placementNeed";
import { startTask } from "../../server/src/local/scheduling/taskLife";
import { createWorld, type World } from "../../server/src/local/state/world";
import "../support/sameSequences";

const group = "service:a";

function worldOf(instances: number): World {
  const world = createWorld(() => 0, { start: 0, stop: 0 });
  const call = { arns: arnsOf("us-east-1") };
  createCluster(world, {}, call);
  addFleetInstances(world, "default", { count: instances });
  const containerDefinitions = [{ name: "a", image: "b", memory: 1500, cpu: 16 }];
  registerTaskDefinition(world, { family: "a", containerDefinitions }, call);
  return world;
}

function choiceIn(world: World, strategy: Choice["strategy"], isDistinct: boolean): Choice {
  const definition = world.taskDefinitions.get("a:1");
  assert.ok(definition);
  return {
    need: additionalTask(definition, isDistinct ? [{ type: "distinctInstance" }] : [], undefined),
    known: subnetsOfCluster(world, "default", undefined),
    strategy,
    group,
  };
}

function start(world: World, instance: string): void {
  const definition = world.taskDefinitions.get("a:1");
  assert.ok(definition);
  startTask(world, { cluster: "default", instance, definition, group, launchType: "EC2" });
}

const strategies: fc.Arbitrary<Choice["strategy"]> = fc.array(
  fc.constantFrom(
    { type: "spread", field: "attribute:ecs.availability-zone" },
    { type: "spread", field: "instanceId" },
    { type: "spread", field: "attribute:no.such" },
    { type: "binpack", field: "memory" },
    { type: "binpack", field: "CPU" },
    { type: "random" },
  ),
  { maxLength: 3 },
);

test("one chooser for many tasks chooses as a new one for each", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 7 }),
      strategies,
      fc.boolean(),
      (instances, strategy, isDistinct) => {
        const world = worldOf(instances);
        const ids = world.instancesOfCluster.sorted("default");
        const choice = choiceIn(world, strategy, isDistinct);
        const chooser = new InstanceChooser(world, ids, choice);
        for (;;) {
          const { instance, refused } = chooser.next();
          const anew = new InstanceChooser(world, ids, choice).next();
          assert.deepEqual([instance?.id, refused], [anew.instance?.id, anew.refused]);
          if (instance === undefined) return;
          start(world, instance.id);
          chooser.started(instance.id);
        }
      },
    ),
    { seed: 2026, numRuns: 60 },
  );
});

test("a task more is a look at one instance more, not at all of them", () => {
  const world = worldOf(50);
  let looks = 0;
  const counting: World = {
    ...world,
    view: (id) => {
      looks += 1;
      return world.view(id);
    },
  };
  const ids = world.instancesOfCluster.sorted("default");
  const chooser = new InstanceChooser(counting, ids, choiceIn(world, [], false));
  for (let number = 0; number < 100; number += 1) {
    const { instance } = chooser.next();
    assert.ok(instance);
    start(world, instance.id);
    chooser.started(instance.id);
  }
  assert.equal(looks, 50 + 100);
});
