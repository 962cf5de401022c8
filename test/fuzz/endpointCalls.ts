// Calls of the endpoint for fuzzing: every operation, with members that mostly mean something in a cluster with one
// daemon service, and values that are wrong in every way a client can be wrong.

import fc, { type Arbitrary } from "fast-check";
import {
  ecsOperations,
  ecsTarget,
  localOperations,
  localTarget,
  unsupportedOperations,
} from "../../server/src/local/operations";
import { anyJson, apiValues, type Json } from "./apiValues";
import { grammarExpressions } from "./expressions";
import { anyText } from "./texts";

export interface Call {
  readonly target: string;
  /** `$i0` … stand for what the cluster had at its start: see endpointTarget. */
  readonly input: Json;
  readonly [member: string]: Json;
}

const words = (text: string): Arbitrary<Json> => fc.constantFrom<Json>(...text.split(" "));
const listOf = (items: Arbitrary<Json>): Arbitrary<Json> => fc.array(items, { maxLength: 3 });

const instance = words("$i0 $i1 $i2 $a0 i-nothing __proto__");
const definition = words("agent agent:1 agent:2 agent:9 $d nothing constructor agent:-1 agent:1e9");
const service = words("agent web $s nothing __proto__");
const cluster = words("default $c other constructor arn:aws:ecs:eu-west-1:123456789012:cluster/default");
const task = words("$t0 $t1 nothing");
const tag: Arbitrary<Json> = fc.record({ key: words("team aws:x __proto__"), value: words("a b") });
const attribute: Arbitrary<Json> = fc.record(
  {
    name: words("env stack ecs.os-type __proto__ a/b"),
    value: fc.oneof(words("prod dev"), anyText),
    targetId: instance,
    targetType: words("container-instance task"),
  },
  { requiredKeys: ["name"] },
);
const resource: Arbitrary<Json> = fc.record({
  name: words("CPU MEMORY PORTS PORTS_UDP GPU"),
  type: words("INTEGER STRINGSET"),
  integerValue: fc.constantFrom<Json>(1024, 0, -1, 1e9, 1.5),
  stringSetValue: listOf(words("22 80 x 70000")),
});
const number = fc.constantFrom<Json>(0, 1, 2, 5, 100, -1, 1e6, 1.5, 2 ** 53, 1e300);

/** What members are called and what they usually hold, whatever the operation. */
const usual: Readonly<Record<string, Arbitrary<Json>>> = {
  cluster,
  clusters: listOf(cluster),
  clusterName: cluster,
  service,
  serviceName: service,
  services: listOf(service),
  task,
  tasks: listOf(task),
  taskDefinition: definition,
  taskDefinitions: listOf(definition),
  family: words("agent web a__proto__"),
  familyPrefix: words("agent a"),
  containerInstance: instance,
  containerInstances: listOf(instance),
  containerInstanceArn: instance,
  attributes: fc.oneof(listOf(attribute), fc.dictionary(fc.constantFrom("env", "__proto__"), words("a b"))),
  removedAttributes: listOf(words("env __proto__")),
  attributeName: words("env __proto__"),
  attributeValue: words("prod"),
  targetType: words("container-instance"),
  filter: grammarExpressions,
  status: words("ACTIVE DRAINING INACTIVE REGISTERING"),
  desiredStatus: words("RUNNING STOPPED PENDING"),
  include: listOf(words("TAGS CONTAINER_INSTANCE_HEALTH STATISTICS")),
  maxResults: number,
  nextToken: words("YWZ0ZXIgYQ YWZ0ZXIg nonsense"),
  sort: words("ASC DESC"),
  tags: listOf(tag),
  tagKeys: listOf(words("team __proto__")),
  resourceArn: words("$c $s $d $a0 arn:aws:ecs:::"),
  count: fc.constantFrom<Json>(1, 2, 10, 11, 0, -1, 1e9),
  desiredCount: fc.constantFrom<Json>(0, 1, 7, 1e9, -1),
  seconds: number,
  effect: words("throttle serverError reset"),
  failure: words("exit CannotPullContainerError"),
  exitCode: number,
  clear: fc.boolean(),
  remove: fc.boolean(),
  force: fc.boolean(),
  agentConnected: fc.boolean(),
  forceNewDeployment: fc.boolean(),
  schedulingStrategy: words("DAEMON REPLICA"),
  launchType: words("EC2 EXTERNAL FARGATE"),
  placementConstraints: listOf(
    fc.record({ type: words("memberOf distinctInstance"), expression: grammarExpressions }),
  ),
  deploymentConfiguration: fc.record(
    { minimumHealthyPercent: number, maximumPercent: number },
    { requiredKeys: [] },
  ),
  startedBy: words("me"),
  group: words("service:agent g"),
  reason: anyText,
  name: words("serviceLongArnFormat containerInsights __proto__ constructor"),
  value: words("enabled disabled"),
  principalArn: words("arn:aws:iam::123456789012:root"),
  totalResources: listOf(resource),
  instanceType: words("m5.large nonsense __proto__"),
  zones: listOf(words("us-east-1a us-east-1b")),
};

/** A handful of members; now and then one of them is anything at all. */
const loose: Arbitrary<Json> = fc
  .subarray(Object.keys(usual), { minLength: 1, maxLength: 7 })
  .chain((names) =>
    fc
      .tuple(
        ...names.map((it) =>
          fc.oneof({ weight: 20, arbitrary: usual[it] ?? anyJson }, { weight: 1, arbitrary: anyJson }),
        ),
      )
      .map((values) => Object.fromEntries(names.map((it, index) => [it, values[index] ?? null]))),
  );

const shaped: Readonly<Record<string, string>> = {
  RegisterTaskDefinition: "RegisterTaskDefinitionRequest",
  CreateService: "CreateServiceRequest",
  UpdateService: "UpdateServiceRequest",
};

/** The members that an operation cannot do without, so that calls get past its first check. */
const needed: Readonly<Record<string, readonly string[]>> = {
  CreateService: ["serviceName", "taskDefinition", "schedulingStrategy"],
  UpdateService: ["service", "taskDefinition"],
  DeleteService: ["service", "force"],
  DescribeServices: ["services"],
  DescribeTasks: ["tasks"],
  StopTask: ["task"],
  RunTask: ["taskDefinition", "count"],
  StartTask: ["taskDefinition", "containerInstances"],
  PutAttributes: ["attributes"],
  DeleteAttributes: ["attributes"],
  ListAttributes: ["targetType", "attributeName"],
  DescribeContainerInstances: ["containerInstances"],
  UpdateContainerInstancesState: ["containerInstances", "status"],
  DeregisterContainerInstance: ["containerInstance", "force"],
  ListContainerInstances: ["filter"],
  AdvanceClock: ["seconds"],
  SetFault: ["effect", "count"],
  UpdateContainerInstance: ["containerInstance", "agentConnected", "attributes"],
  RegisterContainerInstance: ["totalResources", "attributes"],
};

function inputOf(operation: string): Arbitrary<Json> {
  const names = needed[operation] ?? [];
  const shape = shaped[operation];
  const base = fc.tuple(...names.map((it) => usual[it] ?? anyJson), loose, fc.boolean());
  const sensible = base.map((values): Json => {
    const all = values as readonly Json[];
    const required = Object.fromEntries(names.map((it, index) => [it, all[index] ?? null]));
    const more = all[names.length];
    return all[names.length + 1] === true ? { ...(more as object), ...required } : required;
  });
  return fc.oneof(
    { weight: 8, arbitrary: sensible },
    { weight: 2, arbitrary: shape === undefined ? loose : apiValues(shape) },
    { weight: 1, arbitrary: anyJson },
  );
}

const operations: readonly (readonly [string, string])[] = [
  ...[...ecsOperations.keys()].map((it) => [ecsTarget, it] as const),
  ...[...localOperations.keys()].map((it) => [localTarget, it] as const),
];

const known: Arbitrary<Call> = fc
  .constantFrom(...operations)
  .chain(([service_, operation]) =>
    inputOf(operation).map((input) => ({ target: `${service_}.${operation}`, input })),
  );

const unknown: Arbitrary<Call> = fc
  .constantFrom(...unsupportedOperations, "__proto__", "constructor", "", "a.b", "ListClusters.x")
  .map((it) => ({ target: `${ecsTarget}.${it}`, input: {} }));

/** A few calls, one after the other. */
export const endpointCalls: Arbitrary<{ readonly calls: readonly Call[] }> = fc.record({
  calls: fc.array(fc.oneof({ weight: 30, arbitrary: known }, { weight: 1, arbitrary: unknown }), {
    minLength: 1,
    maxLength: 12,
  }),
});
