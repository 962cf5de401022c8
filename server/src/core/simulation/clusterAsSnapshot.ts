// Saves a cluster as a snapshot: the answer of DescribeContainerInstances, with that of DescribeTasks beside it, in the
// shape that `core/cluster/snapshot` reads.

import type {
  Cluster,
  ContainerInstance,
  InstanceResources,
  InstanceTask,
} from "../cluster/containerInstance";

type Json = Readonly<Record<string, unknown>>;

export interface WrittenSnapshot {
  readonly containerInstances: readonly Json[];
  /** Absent where the tasks of some instance are not known: an empty list would say that none run. */
  readonly tasks?: readonly Json[];
}

/** Reading the snapshot gives the same cluster, ids included. Sizes are in CPU units and MiB. */
export function clusterAsSnapshot({ instances }: Cluster): WrittenSnapshot {
  const tasksKnown = instances.every((it) => it.tasks !== undefined);
  return {
    containerInstances: instances.map(writeInstance),
    ...(tasksKnown
      ? { tasks: instances.flatMap((it) => (it.tasks ?? []).map((task) => writeTask(task, it))) }
      : {}),
  };
}

function writeInstance(instance: ContainerInstance): Json {
  const { agentVersion, ec2InstanceId, registeredAt, runningTasksCount } = instance;
  return {
    containerInstanceArn: instance.arn,
    ...(ec2InstanceId === undefined ? {} : { ec2InstanceId }),
    ...(agentVersion === undefined ? {} : { versionInfo: { agentVersion } }),
    status: instance.status,
    agentConnected: instance.agentConnected,
    ...(runningTasksCount === undefined ? {} : { runningTasksCount }),
    ...(registeredAt === undefined ? {} : { registeredAt: writeDate(registeredAt) }),
    registeredResources: writeResources(instance, instance.registered),
    remainingResources: writeResources(instance, instance.remaining),
    attributes: [...instance.attributes].map(([name, value]) =>
      value === undefined ? { name } : { name, value },
    ),
  };
}

/** The last instant that a Date can hold, in milliseconds. */
const lastInstant = 8.64e15;

/** ISO text as the AWS CLI prints it; a number that is no instant stays the number it was read from. */
function writeDate(milliseconds: number): string | number {
  return Math.abs(milliseconds) <= lastInstant ? new Date(milliseconds).toISOString() : milliseconds;
}

function writeResources(
  { unknownResources = [] }: ContainerInstance,
  resources: InstanceResources,
): readonly Json[] {
  const sizes = [
    ["CPU", "cpu"],
    ["MEMORY", "memory"],
  ] as const;
  return [
    ...sizes
      .filter(([, size]) => !unknownResources.includes(size))
      .map(([name, size]) => writeSize(name, resources[size])),
    writeSet("PORTS", [...resources.usedTcpPorts].map(String)),
    writeSet("PORTS_UDP", [...resources.usedUdpPorts].map(String)),
    ...(resources.gpus.length === 0 ? [] : [writeSet("GPU", resources.gpus)]),
  ];
}

function writeSize(name: string, value: number): Json {
  return Number.isInteger(value)
    ? { name, type: "INTEGER", integerValue: value }
    : { name, type: "DOUBLE", doubleValue: value };
}

function writeSet(name: string, values: readonly string[]): Json {
  return { name, type: "STRINGSET", stringSetValue: values };
}

function writeTask(task: InstanceTask, { arn }: ContainerInstance): Json {
  const { group, taskDefinitionArn, cpu, memory, ports, gpus = [], enis = 0 } = task;
  return {
    taskArn: task.arn,
    containerInstanceArn: arn,
    ...(group === undefined ? {} : { group }),
    ...(taskDefinitionArn === undefined ? {} : { taskDefinitionArn }),
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    ...(cpu === undefined ? {} : { cpu: writeUnits(cpu) }),
    ...(memory === undefined ? {} : { memory: writeUnits(memory) }),
    containers: [
      {
        networkBindings: ports.map(({ port, protocol }) => ({ hostPort: port, protocol })),
        ...(gpus.length === 0 ? {} : { gpuIds: gpus }),
      },
    ],
    attachments: Array.from({ length: enis }, () => ({ type: "ElasticNetworkInterface" })),
  };
}

/** DescribeTasks prints sizes as text. */
function writeUnits(value: number): string | number {
  return Number.isInteger(value) && value < 1e9 ? String(value) : value;
}
