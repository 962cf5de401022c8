import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import {
  isWithin,
  registrationInput,
  sameDefinition,
} from "../../../../server/src/ecs/deploy/sameDefinition";
import type { JsonObject } from "../../../../server/src/ecs/port";
import { sampleWorkspace } from "../../../support/paths";

const minimal = { family: "agent", containerDefinitions: [{ name: "agent", image: "agent:1", memory: 64 }] };

/** As ECS answers: defaults filled in, members of its own added. */
const described = {
  taskDefinitionArn: "arn:aws:ecs:us-east-1:123456789012:task-definition/agent:7",
  family: "agent",
  revision: 7,
  status: "ACTIVE",
  networkMode: "bridge",
  requiresAttributes: [{ name: "com.amazonaws.ecs.capability.docker-remote-api.1.18" }],
  compatibilities: ["EC2"],
  registeredAt: "2026-01-01T00:00:00.000Z",
  registeredBy: "arn:aws:iam::123456789012:user/someone",
  volumes: [],
  placementConstraints: [],
  containerDefinitions: [
    {
      name: "agent",
      image: "agent:1",
      cpu: 0,
      memory: 64,
      essential: true,
      portMappings: [],
      environment: [],
      mountPoints: [],
      volumesFrom: [],
      systemControls: [],
    },
  ],
};

function withContainer(members: object): JsonObject {
  return { ...minimal, containerDefinitions: [{ ...minimal.containerDefinitions[0], ...members }] };
}

test("the defaults that ECS fills in make no difference", () => {
  assert.ok(sameDefinition(minimal, described));
});

test("the sample definition equals itself and its copy from an answer", () => {
  const input = JSON.parse(readFileSync(join(sampleWorkspace, "datadog-agent.taskdef.json"), "utf8"));
  const answer = { ...input, revision: 3, status: "ACTIVE", compatibilities: ["EXTERNAL", "EC2"] };
  assert.ok(sameDefinition(input, answer));
  assert.deepEqual(registrationInput(answer), input);
});

const differences: readonly (readonly [string, JsonObject])[] = [
  ["another image", withContainer({ image: "agent:2" })],
  ["a container that is not essential", withContainer({ essential: false })],
  ["a port", withContainer({ portMappings: [{ containerPort: 80 }] })],
  ["a variable", withContainer({ environment: [{ name: "A", value: "1" }] })],
  ["another network mode", { ...minimal, networkMode: "host" }],
  ["a size of the task", { ...minimal, cpu: "256" }],
  [
    "a constraint",
    { ...minimal, placementConstraints: [{ type: "memberOf", expression: "attribute:a exists" }] },
  ],
  ["tags", { ...minimal, tags: [{ key: "team", value: "ops" }] }],
];
for (const [what, input] of differences) {
  test(`${what} makes another revision`, () => {
    assert.ok(!sameDefinition(input, described));
  });
}

test("sizes are compared by what they mean, not by how they are written", () => {
  const written = { ...minimal, cpu: "1 vCPU", memory: "2GB" };
  assert.ok(sameDefinition(written, { ...described, cpu: "1024", memory: "2048" }));
  assert.ok(!sameDefinition(written, { ...described, cpu: "1025", memory: "2048" }));
});

test("the order of variables is of no importance, that of a command is", () => {
  const one = withContainer({
    environment: [
      { name: "A", value: "1" },
      { name: "B", value: "2" },
    ],
    command: ["a", "b"],
  });
  const other = withContainer({
    environment: [
      { name: "B", value: "2" },
      { name: "A", value: "1" },
    ],
    command: ["a", "b"],
  });
  const swapped = withContainer({
    environment: [
      { name: "B", value: "2" },
      { name: "A", value: "1" },
    ],
    command: ["b", "a"],
  });
  assert.ok(sameDefinition(one, other));
  assert.ok(!sameDefinition(one, swapped));
});

test("in host mode the host port is the container port, in bridge mode 0 means any", () => {
  const ports = (mapping: object, networkMode: string) => ({
    ...withContainer({ portMappings: [mapping] }),
    networkMode,
  });
  assert.ok(
    sameDefinition(
      ports({ containerPort: 80 }, "host"),
      ports({ containerPort: 80, hostPort: 80, protocol: "tcp" }, "host"),
    ),
  );
  assert.ok(
    sameDefinition(
      ports({ containerPort: 80 }, "bridge"),
      ports({ containerPort: 80, hostPort: 0, protocol: "tcp" }, "bridge"),
    ),
  );
  assert.ok(
    !sameDefinition(
      ports({ containerPort: 80 }, "bridge"),
      ports({ containerPort: 80, hostPort: 80 }, "bridge"),
    ),
  );
});

test("a member called __proto__ is a member like any other", () => {
  const input = JSON.parse('{"family":"agent","containerDefinitions":[],"__proto__":{"essential":true}}');
  assert.ok(!sameDefinition(input, { family: "agent", containerDefinitions: [] }));
  assert.equal(({} as { essential?: boolean }).essential, undefined);
});

test("what a service file leaves out may have any value", () => {
  const found = {
    deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 0 },
    enableExecuteCommand: false,
  };
  assert.ok(isWithin({ deploymentConfiguration: { maximumPercent: 100 } }, found));
  assert.ok(isWithin({ placementConstraints: [], enableExecuteCommand: false }, found));
  assert.ok(!isWithin({ deploymentConfiguration: { maximumPercent: 50 } }, found));
  assert.ok(!isWithin({ placementConstraints: [{ type: "distinctInstance" }] }, found));
});
