// Daemon services keep off Managed Instances, in snapshots as at the endpoint.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readFleet } from "../../../server/src/core/cluster/fleet";
import { readSnapshot } from "../../../server/src/core/cluster/snapshot";
import { requirementsOf } from "../../../server/src/core/requirements/requirementsOf";
import { describePlacement } from "../../../server/src/core/scheduler/describePlacement";
import { placeDaemon } from "../../../server/src/core/scheduler/placeDaemon";

const instance = (id: string, capacityProviderName: string) => ({
  containerInstanceArn: `arn:aws:ecs:us-east-1:123456789012:container-instance/c/${id}`,
  status: "ACTIVE",
  agentConnected: true,
  capacityProviderName,
  registeredResources: [
    { name: "CPU", type: "INTEGER", integerValue: 2048 },
    { name: "MEMORY", type: "INTEGER", integerValue: 7000 },
  ],
  remainingResources: [
    { name: "CPU", type: "INTEGER", integerValue: 2048 },
    { name: "MEMORY", type: "INTEGER", integerValue: 7000 },
  ],
  attributes: [],
});

test("an instance of a Managed Instances capacity provider is excluded, one of an Auto Scaling group is not", () => {
  const { cluster } = readSnapshot(
    JSON.stringify({
      containerInstances: [instance("a", "group"), instance("b", "mi"), instance("c", "mi")],
      capacityProviders: [
        { name: "group", autoScalingGroupProvider: {} },
        { name: "mi", managedInstancesProvider: {} },
      ],
    }),
  );
  const definition = { family: "d", containerDefinitions: [{ name: "d", image: "d", memory: 64 }] };
  const daemon = { name: "d", requirements: requirementsOf(definition), constraints: [] };
  const placement = placeDaemon(daemon, cluster);
  assert.deepEqual(
    placement.instances.map((it) => [it.id, it.verdict, it.reasons[0]?.code]),
    [
      ["a", "place", undefined],
      ["b", "excluded", "managed-instance"],
      ["c", "excluded", "managed-instance"],
    ],
  );
  assert.match(JSON.stringify(describePlacement(placement, daemon)), /2 are Managed Instances/);
});

test("a group of a fleet with a capacity provider has Managed Instances", () => {
  const groups = [
    { count: 1, instanceType: "m5.large" },
    { count: 2, instanceType: "m5.large", capacityProvider: "mi" },
  ];
  const { cluster } = readFleet(JSON.stringify({ groups }));
  assert.deepEqual(cluster.instances.map((it) => it.isManagedInstance === true).sort(), [false, true, true]);
});
