// Container instances, clusters and daemon services with sensible defaults, so that a test states only what matters.

import { completeCapabilities } from "../../server/src/core/cluster/capabilities";
import type {
  Cluster,
  ContainerInstance,
  InstanceResources,
  InstanceTask,
} from "../../server/src/core/cluster/containerInstance";
import { reservedTcpPorts } from "../../server/src/core/cluster/reservedPorts";
import { daemonServiceOf } from "../../server/src/core/scheduler/daemonServiceOf";
import type { DaemonService } from "../../server/src/core/scheduler/placement";

export interface InstanceOptions
  extends Partial<Omit<ContainerInstance, "attributes" | "registered" | "remaining">> {
  /** Custom attributes, put over the built-in ones of an m5.large; null: name only. */
  readonly attributes?: Readonly<Record<string, string | null>>;
  /** Nothing but `attributes`: no built-in ones, no capabilities. */
  readonly bare?: boolean;
  /** Capabilities that this instance lacks. */
  readonly without?: readonly string[];
  readonly registered?: Partial<InstanceResources>;
  /** What is left; by default everything registered. */
  readonly remaining?: Partial<InstanceResources>;
}

const m5Large: InstanceResources = {
  cpu: 2048,
  memory: 7816,
  usedTcpPorts: reservedTcpPorts("LINUX"),
  usedUdpPorts: new Set(),
  gpus: [],
};

/** An ACTIVE, connected m5.large running nothing. */
export function containerInstance(options: InstanceOptions = {}): ContainerInstance {
  const { attributes = {}, bare = false, without = [], registered, remaining, ...rest } = options;
  const id = rest.id ?? "i-1";
  const all = new Map<string, string | undefined>(bare ? [] : builtIn());
  for (const [name, value] of Object.entries(attributes)) all.set(name, value ?? undefined);
  for (const name of without) all.delete(name);
  const whole = { ...m5Large, ...registered };
  return {
    arn: `arn:aws:ecs:us-east-1:123456789012:container-instance/test/${id}`,
    status: "ACTIVE",
    agentConnected: true,
    agentVersion: "1.97.1",
    ec2InstanceId: `i-0${id}`,
    registeredAt: Date.UTC(2026, 0, 1),
    runningTasksCount: 0,
    tasks: [],
    taskGroups: rest.tasks?.map((it) => it.group).filter((it) => it !== undefined) ?? [],
    ...rest,
    id,
    attributes: all,
    registered: whole,
    remaining: { ...whole, ...remaining },
  };
}

function builtIn(): readonly (readonly [string, string | undefined])[] {
  return [
    ["ecs.instance-type", "m5.large"],
    ["ecs.availability-zone", "us-east-1a"],
    ["ecs.os-type", "linux"],
    ["ecs.os-family", "LINUX"],
    ["ecs.cpu-architecture", "x86_64"],
    ...completeCapabilities("LINUX").map((it) => [it, undefined] as const),
  ];
}

/** A cluster in the order of ids, as every reader makes it. */
export function cluster(instances: readonly ContainerInstance[], name = "test"): Cluster {
  return { name, instances: [...instances].sort((left, right) => (left.id < right.id ? -1 : 1)) };
}

/** Instances i-1, i-2, … with the same options. */
export function instances(count: number, options: InstanceOptions = {}): readonly ContainerInstance[] {
  return Array.from({ length: count }, (_, index) => containerInstance({ ...options, id: `i-${index + 1}` }));
}

/** A running task; `group` is by default that of the daemon service `agent`. */
export function instanceTask(options: Partial<InstanceTask> = {}): InstanceTask {
  return {
    arn: "arn:aws:ecs:us-east-1:123456789012:task/test/t-1",
    group: "service:agent",
    taskDefinitionArn: "arn:aws:ecs:us-east-1:123456789012:task-definition/agent:1",
    lastStatus: "RUNNING",
    desiredStatus: "RUNNING",
    cpu: 128,
    memory: 256,
    ports: [],
    ...options,
  };
}

/** A task definition with one container of 128 CPU units and 256 MiB. */
export function taskDefinition(
  task: Readonly<Record<string, unknown>> = {},
  container: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  return {
    family: "agent",
    containerDefinitions: [{ name: "agent", image: "agent:1", cpu: 128, memory: 256, ...container }],
    ...task,
  };
}

/** The daemon service `agent` of that task definition, with these memberOf expressions of the service. */
export function daemonService(
  expressions: readonly string[] = [],
  definition: Readonly<Record<string, unknown>> = taskDefinition(),
): DaemonService {
  return daemonServiceOf(definition, {
    serviceName: "agent",
    placementConstraints: expressions.map((expression) => ({ type: "memberOf", expression })),
  });
}
