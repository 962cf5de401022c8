// Instances of one kind share what is refused on them: each cell is what it is when it is judged alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readSnapshot } from "../../../server/src/core/cluster/snapshot";
import type { DaemonFacts } from "../../../server/src/core/coverage/daemonFacts";
import { instanceKinds } from "../../../server/src/core/coverage/instanceKinds";
import { judgeCell } from "../../../server/src/core/coverage/judgeCell";
import { daemonServiceOf } from "../../../server/src/core/scheduler/daemonServiceOf";

const now = Date.UTC(2026, 5, 1);
const arn = "arn:aws:ecs:us-east-1:123456789012";

interface Host {
  readonly status: string;
  readonly agentConnected: unknown;
  readonly env: string;
  readonly memory: number;
  readonly ports: readonly string[];
  /** Seconds. */
  readonly age: number;
  /** The service whose task has port 8126 and two network interfaces; of a number nobody knows which one it is. */
  readonly holder: unknown;
}

interface Asked {
  readonly memory: number;
  readonly port: number;
  readonly networkMode: string;
  readonly expression: string | undefined;
}

const host: fc.Arbitrary<Host> = fc.record({
  status: fc.constantFrom("ACTIVE", "ACTIVE", "DRAINING"),
  agentConnected: fc.constantFrom<unknown>(true, true, false, "yes"),
  env: fc.constantFrom("prod", "dev"),
  memory: fc.constantFrom(32, 600, 4000),
  ports: fc.constantFrom(["22"], ["22", "8126"], ["x"]),
  age: fc.constantFrom(10, 100_000),
  holder: fc.constantFrom<unknown>("api", "api", undefined, "web", 5),
});

const daemon: fc.Arbitrary<Asked> = fc.record({
  memory: fc.constantFrom(64, 512, 9000),
  port: fc.constantFrom(0, 8126),
  networkMode: fc.constantFrom("bridge", "awsvpc"),
  expression: fc.constantFrom(undefined, "attribute:env == prod", "not(task:group == service:web)"),
});

function instancesOf(hosts: readonly Host[]) {
  const idOf = (index: number) => `${arn}:container-instance/test/${100 + index}`;
  const resources = (memory: number, ports: readonly string[]) => [
    { name: "CPU", type: "INTEGER", integerValue: 2048 },
    { name: "MEMORY", type: "INTEGER", integerValue: memory },
    { name: "PORTS", type: "STRINGSET", stringSetValue: ports },
  ];
  const containerInstances = hosts.map(({ env, memory, ports, age, holder: _, ...it }, index) => ({
    containerInstanceArn: idOf(index),
    ...it,
    registeredAt: now / 1000 - age,
    attributes: [
      { name: "ecs.instance-type", value: "c5.large" },
      { name: "env", value: env },
    ],
    registeredResources: resources(7680, ["22"]),
    remainingResources: resources(memory, ports),
  }));
  const tasks = hosts.flatMap(({ holder }, index) =>
    holder === undefined
      ? []
      : [
          {
            taskArn: `${arn}:task/test/${index}`,
            containerInstanceArn: idOf(index),
            group: typeof holder === "string" ? `service:${holder}` : holder,
            containers: [{ networkBindings: [{ hostPort: 8126, protocol: "tcp" }] }],
            attachments: [{ type: "ElasticNetworkInterface" }, { type: "ElasticNetworkInterface" }],
          },
        ],
  );
  return readSnapshot(JSON.stringify({ containerInstances, tasks })).cluster.instances;
}

function factsOf({ memory, port, networkMode, expression }: Asked) {
  const placementConstraints = expression === undefined ? [] : [{ type: "memberOf", expression }];
  const portMappings = port === 0 ? [] : [{ containerPort: port, hostPort: port }];
  const containerDefinitions = [{ name: "agent", image: "agent", memory, portMappings }];
  const facts: DaemonFacts = {
    service: "agent",
    status: "ACTIVE",
    definitionArn: `${arn}:task-definition/agent:1`,
    launchType: "EC2",
    desired: 1,
    running: 0,
    pending: 0,
    rollout: { isInProgress: false, failure: undefined, olderRunning: 0, failedTasks: 0 },
    events: [],
    daemon: daemonServiceOf({ family: "agent", networkMode, placementConstraints, containerDefinitions }),
  };
  return facts;
}

test("a cell that is judged with others of its kind is the one that is judged alone", () => {
  const cases = fc.tuple(fc.array(host, { minLength: 2, maxLength: 12 }), daemon, fc.boolean());
  fc.assert(
    fc.property(cases, ([hosts, asked, ecsWants]) => {
      const facts = factsOf(asked);
      const kindOf = instanceKinds();
      const refusals = new Map();
      for (const instance of instancesOf(hosts)) {
        const input = { facts, instance, tasks: [], now, grace: 60_000, ...(ecsWants && { ecsWants }) };
        assert.deepEqual(judgeCell({ ...input, kind: kindOf(instance), refusals }), judgeCell(input));
      }
    }),
    { numRuns: 500 },
  );
});

test("what is refused on a hundred instances of a kind is one list of reasons", () => {
  const alike = Array.from({ length: 100 }, () => ({
    status: "ACTIVE",
    agentConnected: true,
    env: "prod",
    memory: 32,
    ports: ["22"],
    age: 100_000,
    holder: "web",
  }));
  const facts = factsOf({ memory: 512, port: 0, networkMode: "bridge", expression: undefined });
  const kindOf = instanceKinds();
  const refusals = new Map();
  const lists = instancesOf(alike).map(
    (instance) =>
      judgeCell({ facts, instance, tasks: [], now, grace: 0, kind: kindOf(instance), refusals }).reasons,
  );
  assert.equal(new Set(lists).size, 1);
  assert.match(lists[0]?.[0]?.message ?? "", /512 MiB of memory, and 32 are left/);
});
