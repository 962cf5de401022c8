// Silence where a template does not say a value: with a function of CloudFormation in the place of any value of a service or
// of its task definition, a fixture has no diagnostic that it does not have with the value. What a function comes to may be
// that value.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "jsonc-parser";
import { cloudFormationHostNames, inHostNames } from "../../../server/src/core/resources/hosts/hostNames";
import { openResources } from "../../../server/src/core/resources/openResources";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";
import type { NewValue } from "../../../server/src/core/source/change";
import { readFixture } from "../../support/markers";
import { validationFixtures } from "../../support/validationFixtures";

/** Codes that are true of every value, each with the one that a fixture has for its own. */
const alike: Readonly<Record<string, string>> = {
  "expression-empty": "distinct-instance-expression",
  "memory-missing": "fargate-memory-missing",
  "unused-volume": "unmounted-launch-volume",
};

type Json = Readonly<Record<string, unknown>>;
interface Pair {
  readonly taskDefinition: Json;
  readonly service: Json;
}

const shapes = { taskDefinition: "RegisterTaskDefinitionRequest", service: "CreateServiceRequest" } as const;

/** The task definition and the service of a fixture, one of which lies beside the other: as they are, and mended. */
function pairsOf(source: string): readonly Pair[] {
  const { fileName, text, beside, after, right } = readFixture(source, "agent.taskdef.json");
  const others = beside.map(({ name, text }) => openResource(name, text));
  return [text, ...after.values(), ...(right === undefined ? [] : [right])].flatMap((it) => {
    const found: Partial<Record<string, Json>> = {};
    for (const { kind, source } of [openResource(fileName, it), ...others]) {
      if (kind === undefined || source.problems.length > 0 || source.placeholders.length > 0) return [];
      found[kind] ??= parse(source.text);
    }
    const { taskDefinition, service } = found;
    return taskDefinition === undefined || service === undefined ? [] : [{ taskDefinition, service }];
  });
}

function templateOf({ taskDefinition, service }: Pair) {
  const { service: _, ...created } = service;
  const properties = (input: Json, kind: keyof typeof shapes) =>
    inHostNames(input as NewValue, shapes[kind], cloudFormationHostNames) as Record<string, unknown>;
  return {
    Parameters: { Given: { Type: "String" } },
    Resources: {
      Task: { Type: "AWS::ECS::TaskDefinition", Properties: properties(taskDefinition, "taskDefinition") },
      Service: {
        Type: "AWS::ECS::Service",
        Properties: { ...properties(created, "service"), TaskDefinition: { Ref: "Task" } },
      },
    },
  };
}

function codesOf(template: unknown): ReadonlySet<string> {
  const all = openResources("stack.template.json", JSON.stringify(template));
  const ofKind = (kind: string) => all.filter((it) => it.kind === kind);
  const context = {
    findTaskDefinition: () => ofKind("taskDefinition")[0],
    findServices: () => ofKind("service"),
    onRuleFault: (codes: readonly string[], fault: unknown) => assert.fail(`${codes}: ${String(fault)}`),
  };
  return new Set(all.flatMap((it) => validateDocument(it, context)).map((it) => it.code));
}

/** Calls back with each value in the place of which `instead` stands, and puts it back. */
function replacing(value: unknown, instead: unknown, work: () => void): void {
  if (typeof value !== "object" || value === null) return;
  const holder = value as Record<string, unknown>;
  for (const name of Object.keys(holder)) {
    const own = holder[name];
    holder[name] = instead;
    work();
    holder[name] = own;
    replacing(own, instead, work);
  }
}

const functions = [{ "Fn::GetAtt": ["Other", "Arn"] }, { Ref: "Given" }, { "Fn::Sub": "a-${Given}" }];

const arn = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:123456789012:${rest}`;
const role = (name: string) => `arn:aws:iam::123456789012:role/${name}`;

/** Whatever rules compare between a service and its task definition is right here. */
const agent = {
  name: "agent",
  image: "public.ecr.aws/datadog/agent:7",
  memory: 256,
  cpu: 64,
  portMappings: [{ containerPort: 8126, protocol: "tcp", name: "trace" }],
  secrets: [{ name: "DD_API_KEY", valueFrom: arn("secretsmanager", "secret:dd-AbCdEf") }],
  healthCheck: { command: ["CMD-SHELL", "agent health"], interval: 30 },
  mountPoints: [{ sourceVolume: "files", containerPath: "/files" }],
  logConfiguration: {
    logDriver: "awslogs",
    options: { "awslogs-group": "/agent", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "agent" },
  },
};
const whole: Pair = {
  taskDefinition: {
    family: "agent",
    networkMode: "bridge",
    taskRoleArn: role("task"),
    executionRoleArn: role("execution"),
    requiresCompatibilities: ["EC2"],
    runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: "X86_64" },
    volumes: [{ name: "files", host: { sourcePath: "/files" } }],
    placementConstraints: [{ type: "memberOf", expression: "attribute:env == prod" }],
    containerDefinitions: [agent],
  },
  service: {
    serviceName: "agent",
    cluster: "prod",
    launchType: "EC2",
    schedulingStrategy: "DAEMON",
    enableExecuteCommand: true,
    deploymentConfiguration: { minimumHealthyPercent: 0, maximumPercent: 100 },
    placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.instance-type =~ m5.*" }],
    propagateTags: "SERVICE",
    enableECSManagedTags: true,
  },
};
const ofNetwork: Pair = {
  taskDefinition: {
    ...whole.taskDefinition,
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    cpu: "256",
    memory: "512",
    placementConstraints: [],
    volumes: [{ name: "files", configuredAtLaunch: true }],
  },
  service: {
    serviceName: "web",
    cluster: "prod",
    capacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1, base: 1 }],
    desiredCount: 2,
    enableExecuteCommand: true,
    healthCheckGracePeriodSeconds: 60,
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ["subnet-0123456789abcdef0"], assignPublicIp: "DISABLED" },
    },
    loadBalancers: [
      {
        targetGroupArn: arn("elasticloadbalancing", "targetgroup/web/0123456789abcdef"),
        containerName: "agent",
        containerPort: 8126,
      },
    ],
    serviceRegistries: [
      { registryArn: arn("servicediscovery", "service/srv-0123456789abcdef"), containerName: "agent" },
    ],
    serviceConnectConfiguration: {
      enabled: true,
      namespace: "prod",
      services: [{ portName: "trace", clientAliases: [{ port: 8126 }] }],
    },
    vpcLatticeConfigurations: [
      {
        roleArn: role("lattice"),
        targetGroupArn: arn("vpc-lattice", "targetgroup/tg-0123456789abcdef0"),
        portName: "trace",
      },
    ],
    volumeConfigurations: [
      { name: "files", managedEBSVolume: { roleArn: role("volumes"), sizeInGiB: 20, volumeType: "gp3" } },
    ],
  },
};

function checkReplacing(pair: Pair): ReadonlySet<string> {
  const template = templateOf(pair);
  const before = codesOf(template);
  for (const { Properties } of Object.values(template.Resources))
    for (const instead of functions)
      replacing(Properties, instead, () => {
        const added = [...codesOf(template)].filter((it) => !before.has(it) && !before.has(alike[it] ?? it));
        assert.deepEqual(added, [], JSON.stringify(template));
      });
  return before;
}

for (const [name, pair] of Object.entries({ "a daemon on EC2": whole, "a service on Fargate": ofNetwork }))
  test(`${name} stays without diagnostics in a template whose values are not known`, () => {
    assert.deepEqual([...checkReplacing(pair)], []);
  });

for (const { name, source } of validationFixtures) {
  const pairs = pairsOf(source);
  if (pairs.length === 0) continue;
  test(`${name} says no more in a template whose values are not known`, () => {
    for (const pair of pairs) checkReplacing(pair);
  });
}
