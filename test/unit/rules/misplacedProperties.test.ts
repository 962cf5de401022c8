// A property one level too high or too low is one mistake: it is reported where it stands, and what it is missing from is
// not reported too.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { applyEdits } from "../../support/markers";

type Value = Record<string | number, unknown>;
type Path = readonly (string | number)[];

const account = "123456789012";
const definition = {
  family: "agent",
  executionRoleArn: `arn:aws:iam::${account}:role/execution`,
  containerDefinitions: [
    {
      name: "agent",
      image: "agent:1",
      memory: 256,
      portMappings: [{ containerPort: 8126, hostPort: 8126 }],
      mountPoints: [{ sourceVolume: "sock", containerPath: "/var/run/docker.sock" }],
      healthCheck: { command: ["CMD-SHELL", "agent health"] },
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": "/agent", "awslogs-region": "eu-west-1" },
      },
      linuxParameters: { swappiness: 60, maxSwap: 128, tmpfs: [{ containerPath: "/tmp", size: 64 }] },
      ulimits: [{ name: "nofile", softLimit: 1024, hardLimit: 4096 }],
      secrets: [{ name: "KEY", valueFrom: "/agent/key" }],
      resourceRequirements: [{ type: "GPU", value: "1" }],
    },
    {
      name: "probe",
      image: "probe:1",
      memory: 64,
      dependsOn: [{ containerName: "agent", condition: "HEALTHY" }],
    },
  ],
  volumes: [{ name: "sock", host: { sourcePath: "/var/run/docker.sock" } }],
  placementConstraints: [{ type: "memberOf", expression: "attribute:env == prod" }],
};
const service = {
  cluster: "main",
  serviceName: "web",
  taskDefinition: "web:3",
  desiredCount: 2,
  deploymentController: { type: "ECS" },
  networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-0123456789abcdef0"] } },
  placementStrategy: [{ type: "binpack", field: "memory" }],
  loadBalancers: [
    {
      targetGroupArn: `arn:aws:elasticloadbalancing:eu-west-1:${account}:targetgroup/web/0123456789abcdef`,
      containerName: "web",
      containerPort: 80,
    },
  ],
  deploymentConfiguration: { strategy: "LINEAR", linearConfiguration: { stepPercent: 20 } },
};
// Every strategy but ROLLING needs more of a load balancer, which is not what this is about.
const rolling = { ...service, deploymentConfiguration: { maximumPercent: 150 } };

const at = (value: unknown, path: Path) => path.reduce((it, step) => (it as Value)[step], value) as Value;

function pathsOf(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== "object" || value === null) return [];
  const steps = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  return steps.flatMap((it) => [[...path, it], ...pathsOf((value as Value)[it], [...path, it])]);
}

/** The input with the property moved into the object around its owner, or into the first object of its owner. */
function moved(input: object, path: Path, way: "up" | "down"): object | undefined {
  const copy = structuredClone(input);
  const name = path.at(-1);
  if (typeof name !== "string") return undefined;
  const owner = at(copy, path.slice(0, -1));
  const target = way === "up" ? ownerAround(copy, path) : firstObject(owner, name);
  if (target === undefined || name in target) return undefined;
  target[name] = owner[name];
  delete owner[name];
  return copy;
}

function ownerAround(input: object, path: Path): Value | undefined {
  const around = path.slice(0, -2);
  return path.length < 2
    ? undefined
    : at(input, typeof path.at(-2) === "number" ? around.slice(0, -1) : around);
}

function firstObject(owner: Value, name: string): Value | undefined {
  const other = Object.entries(owner).find(([key, it]) => key !== name && typeof it === "object")?.[1];
  const target = Array.isArray(other) ? other[0] : other;
  return typeof target === "object" ? target : undefined;
}

/** Names that the other level has, too: a container's command, the memory of a task, the name of a port, any option. */
const allowedThere = new Set([
  "containerDefinitions/0/healthCheck/command up",
  "containerDefinitions/0/memory up",
  "containerDefinitions/1/memory up",
  "containerDefinitions/0/name down",
  "containerDefinitions/0/logConfiguration/logDriver down",
]);

for (const [what, input] of Object.entries({ definition, rolling }))
  for (const way of ["up", "down"] as const)
    for (const path of pathsOf(input)) {
      const changed = moved(input, path, way);
      if (changed === undefined || allowedThere.has(`${path.join("/")} ${way}`)) continue;
      test(`${what}: ${path.join("/")} one level ${way}`, () => {
        const text = JSON.stringify(changed, null, 1);
        const name = what === "definition" ? "agent.taskdef.json" : "web.service.json";
        const found = validateDocument(openResource(name, text));
        assert.deepEqual(
          found.map((it) => text.slice(it.span.start, it.span.end)),
          [`"${path.at(-1)}"`],
          found.map((it) => it.message).join("\n"),
        );
        const move = found[0]?.fixes?.find((it) => it.title.startsWith("Move"));
        if (move === undefined) return;
        const mended = validateDocument(openResource(name, applyEdits(text, move.edits)));
        assert.deepEqual(
          mended.map((it) => it.message),
          [],
        );
      });
    }
