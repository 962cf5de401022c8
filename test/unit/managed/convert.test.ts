// Every property of a DAEMON service and its definition is in exactly one list of the conversion's report.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import model from "../../../schemas/api-model.json";
import { convertToManaged } from "../../../server/src/core/managed/convert/convert";
import { pathText } from "../../../server/src/core/managed/convert/convertedFiles";
import type { Conversion } from "../../../server/src/core/managed/convert/report";
import { conversionJson } from "../../../server/src/core/managed/convert/reportJson";
import { convertToService, type ServiceConversion } from "../../../server/src/core/managed/convert/toService";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";
import "../../support/sameSequences";

type Path = readonly (string | number)[];

function convert(definition: object, service?: object): Conversion {
  const result = convertToManaged({ ...definition }, service && { ...service });
  assert.ok(!("refused" in result), "refused" in result ? result.refused : "");
  return result;
}

/** Fails unless each property is named itself, is inside one that is named, or has all its parts named. */
function assertCovered(value: unknown, path: Path, named: ReadonlyMap<string, readonly string[]>): void {
  const text = pathText(path);
  const lists = named.get(text) ?? [];
  const below = [...named.keys()].filter((it) => it.startsWith(`${text}.`) || it.startsWith(`${text}[`));
  if (lists.length > 0) {
    assert.equal(lists.length, 1, `${text} is in ${lists.join(" and ")}`);
    assert.deepEqual(below, [], `${text} is named, and so are parts of it`);
    return;
  }
  assert.ok(typeof value === "object" && value !== null, `${text} is not named`);
  const parts = Object.entries(value);
  assert.ok(parts.length > 0, `${text} is empty and not named`);
  for (const [key, part] of parts)
    assertCovered(part, [...path, Array.isArray(value) ? Number(key) : key], named);
}

/** Each property of both input files is in exactly one list of what the command line writes. */
function assertWhole(definition: object, settings: object, conversion: Conversion | ServiceConversion): void {
  const { carried, changed, lost, ask } = conversionJson(conversion);
  const named = new Map<string, string[]>();
  for (const [list, entries] of Object.entries({ carried, changed, lost, ask })) {
    for (const it of entries) {
      const path = typeof it === "string" ? it : it.path;
      named.set(path, [...(named.get(path) ?? []), list]);
    }
  }
  for (const [name, value] of Object.entries(definition)) assertCovered(value, [name], named);
  const file = "daemon" in conversion ? "service" : "daemon";
  const ofSettings = new Map([...named].map(([path, lists]) => [path.replace(`${file}:`, ""), lists]));
  for (const [name, value] of Object.entries(settings))
    assertCovered(value, [name], Object.hasOwn(definition, name) ? onlyOf(named, `${file}:`) : ofSettings);
}

function onlyOf<T>(named: ReadonlyMap<string, T>, prefix: string): ReadonlyMap<string, T> {
  return new Map(
    [...named].flatMap(([path, it]) => (path.startsWith(prefix) ? [[path.slice(prefix.length), it]] : [])),
  );
}

const anything = fc.oneof(fc.string({ maxLength: 3 }), fc.boolean(), fc.constant([]), fc.constant({}));
const choices: Readonly<Record<string, readonly unknown[]>> = {
  pidMode: ["host", "task", "none"],
  networkMode: ["host", "bridge", "awsvpc", "none"],
  propagateTags: ["SERVICE", "TASK_DEFINITION", "NONE"],
  cluster: ["prod", "arn:aws:ecs:eu-west-1:123456789012:cluster/prod"],
  portMappings: [[], [{ containerPort: 80, hostPort: 0 }], "80"],
  linuxParameters: [{}, { maxSwap: 1 }, { initProcessEnabled: true, swappiness: 1 }, 1],
  logConfiguration: [{ logDriver: "awslogs" }, { logDriver: "journald" }, "x"],
  placementConstraints: [
    [],
    [{ type: "distinctInstance" }, { type: "memberOf", expression: "attribute:ecs.instance-type =~ m5.*" }],
  ],
  deploymentConfiguration: [
    {},
    { maximumPercent: 100, minimumHealthyPercent: 0, deploymentCircuitBreaker: { enable: true } },
    { alarms: { alarmNames: ["a"], enable: true, rollback: true }, bakeTimeInMinutes: 3 },
    { alarms: {} },
    { alarms: { rollback: false } },
    { strategy: "ROLLING", lifecycleHooks: [] },
  ],
  host: [{ sourcePath: "/var/run/docker.sock" }, { sourcePath: "/var/lib/docker/containers" }, {}],
};

/** Some of the properties of a shape, with values that matter, or any. */
function some(names: readonly string[], values: (name: string) => fc.Arbitrary<unknown>) {
  return fc.subarray([...names]).chain((chosen) => {
    return fc.record(Object.fromEntries(chosen.map((name) => [name, values(name)])));
  });
}

const anyValue = (name: string) => (choices[name] ? fc.constantFrom(...choices[name]) : anything);
const names = (shape: { readonly members: object }) => Object.keys(shape.members);
const { shapes } = model;
const withoutRefusals = (all: readonly string[]) =>
  all.filter((it) => !["runtimePlatform", "resourceRequirements", "loadBalancers"].includes(it));
const container = some([...withoutRefusals(names(shapes.ContainerDefinition)), "unknown"], anyValue);
const volume = some(names(shapes.Volume), anyValue);
const definition = some([...withoutRefusals(names(shapes.RegisterTaskDefinitionRequest)), "stray"], (name) =>
  name === "containerDefinitions"
    ? fc.array(fc.oneof(container, anything), { maxLength: 2 })
    : name === "volumes"
      ? fc.array(volume, { maxLength: 2 })
      : anyValue(name),
);
const service = some(
  [
    ...withoutRefusals(names(shapes.CreateServiceRequest)),
    ...["forceNewDeployment", "critical", "capacityProviderArns", "stray", "a.b"],
  ].filter((it) => it !== "schedulingStrategy"),
  anyValue,
);

test("every property is in exactly one of carried, changed, lost and ask", () => {
  fc.assert(
    fc.property(definition, service, (task, own) => {
      const daemonService = { ...own, schedulingStrategy: "DAEMON" };
      const conversion = convert(task, daemonService);
      assertWhole(task, daemonService, conversion);
    }),
    { numRuns: 1_000, seed: 2026 },
  );
});

const managedDefinition = some(
  [...names(shapes.RegisterDaemonTaskDefinitionRequest), "networkMode", "stray"],
  (name) =>
    name === "volumes"
      ? fc.oneof(fc.array(fc.oneof(volume, anything), { maxLength: 2 }), anything)
      : anyValue(name),
);
const managedDaemon = some(
  [...names(shapes.CreateDaemonRequest), "daemonArn", "placementConstraints", "networkMode", "a.b"],
  anyValue,
);

test("so is every property on the way back", () => {
  fc.assert(
    fc.property(managedDefinition, managedDaemon, (task, own) => {
      const conversion = convertToService(task, own);
      assertWhole(task, own, conversion);
    }),
    { numRuns: 1_000, seed: 2026 },
  );
});

const datadog = {
  family: "datadog",
  networkMode: "host",
  pidMode: "host",
  requiresCompatibilities: ["EC2"],
  placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.instance-type =~ m5.*" }],
  containerDefinitions: [
    {
      name: "agent",
      image: "public.ecr.aws/datadog/agent:7",
      memory: 512,
      portMappings: [{ containerPort: 8126, hostPort: 8126 }],
      dockerLabels: { team: "x" },
      mountPoints: [
        { sourceVolume: "sock", containerPath: "/var/run/docker.sock", readOnly: true },
        { sourceVolume: "cgroup", containerPath: "/host/sys/fs/cgroup", readOnly: true },
      ],
    },
  ],
  volumes: [
    { name: "sock", host: { sourcePath: "/var/run/docker.sock" } },
    { name: "cgroup", host: { sourcePath: "/cgroup/" } },
  ],
};

test("the new files have no finding that is an error", () => {
  const { taskDefinition, daemon, lost, changed } = convert(datadog, {
    serviceName: "datadog",
    cluster: "prod",
    taskDefinition: "datadog",
    schedulingStrategy: "DAEMON",
    propagateTags: "SERVICE",
    enableExecuteCommand: true,
    deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 0 },
  });
  assert.deepEqual(
    lost.map((it) => it.path.join(".")),
    ["containerDefinitions.0.dockerLabels"],
  );
  assert.match(
    changed.find((it) => it.path[0] === "placementConstraints")?.why ?? "",
    /allowedInstanceTypes \["m5\.\*"\]/,
  );
  assert.equal(taskDefinition.pidMode, "shared");
  assert.deepEqual(
    { ...daemon, capacityProviderArns: undefined, daemonTaskDefinitionArn: undefined, clusterArn: undefined },
    {
      daemonName: "datadog",
      critical: true,
      propagateTags: "DAEMON",
      enableExecuteCommand: true,
      deploymentConfiguration: { drainPercent: 25 },
      capacityProviderArns: undefined,
      daemonTaskDefinitionArn: undefined,
      clusterArn: undefined,
    },
  );
  for (const [name, value] of [
    ["a.daemon-taskdef.json", taskDefinition],
    ["a.daemon.json", daemon],
  ] as const) {
    const found = validateDocument(openResource(name, JSON.stringify(value)));
    assert.deepEqual(
      found.filter((it) => it.severity === "error").map((it) => it.message),
      [],
    );
  }
});

test("what cannot be a managed daemon is refused with the reason", () => {
  for (const [task, own, reason] of [
    [{ runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" } }, undefined, /Windows/],
    [{}, { schedulingStrategy: "REPLICA" }, /REPLICA/],
    [{}, { serviceName: "a" }, /REPLICA/],
    [{}, { schedulingStrategy: "DAEMON", loadBalancers: [{}] }, /load balancer/],
    [{ containerDefinitions: [{ resourceRequirements: [{ type: "GPU", value: "1" }] }] }, undefined, /GPU/],
  ] as const) {
    const result = convertToManaged(task, own);
    assert.ok("refused" in result);
    assert.match(result.refused, reason);
  }
});
