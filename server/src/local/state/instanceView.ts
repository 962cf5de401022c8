// A container instance of the endpoint as the scheduler and the query language see it.

import type {
  ContainerInstance,
  InstanceResources,
  InstanceTask,
} from "../../core/cluster/containerInstance";
import { holdsRoom } from "../../core/cluster/taskRoom";
import { arnsOf } from "../arns";
import type { InstanceRecord, PortRecord, ResourceRecord, TaskRecord } from "./records";

/** ARNs inside the endpoint mean nothing but the ids in them: they are written for one region, whatever a request's is. */
const arns = arnsOf("us-east-1");

/** ECS reserves the host ports that a definition names; one that Docker chooses it does not know of (API model, hostPort). */
const isReserved = (port: PortRecord): boolean => port.dynamic !== true;

/** What is left of an instance's resources while those of `tasks` hold theirs of which `holds` says so. */
export function remainingResources(
  instance: InstanceRecord,
  tasks: readonly TaskRecord[],
  holds: (task: TaskRecord) => boolean = holdsRoom,
): ResourceRecord {
  const holding = tasks.filter(holds);
  if (holding.length === 0) return instance.registered;
  const ports = (protocol: "tcp" | "udp") =>
    holding.flatMap((it) =>
      it.ports.filter((port) => port.protocol === protocol && isReserved(port)).map((port) => port.hostPort),
    );
  const gpus = new Set(holding.flatMap((it) => it.gpus));
  return {
    cpu: instance.registered.cpu - holding.reduce((sum, it) => sum + it.cpu, 0),
    memory: instance.registered.memory - holding.reduce((sum, it) => sum + it.memory, 0),
    tcpPorts: [...instance.registered.tcpPorts, ...ports("tcp")],
    udpPorts: [...instance.registered.udpPorts, ...ports("udp")],
    gpus: instance.registered.gpus.filter((it) => !gpus.has(it)),
  };
}

function viewResources(resources: ResourceRecord): InstanceResources {
  return {
    cpu: resources.cpu,
    memory: resources.memory,
    usedTcpPorts: new Set(resources.tcpPorts),
    usedUdpPorts: new Set(resources.udpPorts),
    gpus: resources.gpus,
  };
}

export function viewTask(task: TaskRecord): InstanceTask {
  return {
    arn: arns.task(task.cluster, task.id),
    group: task.group,
    taskDefinitionArn:
      task.daemon === undefined
        ? arns.taskDefinition(task.taskDefinition)
        : arns.daemonTaskDefinition(task.taskDefinition),
    lastStatus: task.lastStatus,
    desiredStatus: task.desiredStatus,
    cpu: task.cpu,
    memory: task.memory,
    ports: task.ports.filter(isReserved).map((it) => ({ port: it.hostPort, protocol: it.protocol })),
    gpus: task.gpus,
    enis: task.enis,
  };
}

/** Attributes change rarely and tasks often: the map of a list of attributes is made once. */
const attributeMaps = new WeakMap<InstanceRecord["attributes"], ReadonlyMap<string, string | undefined>>();

function attributeMap(attributes: InstanceRecord["attributes"]): ReadonlyMap<string, string | undefined> {
  const known = attributeMaps.get(attributes);
  if (known !== undefined) return known;
  const fresh = new Map(attributes.map((it) => [it.name, it.value]));
  attributeMaps.set(attributes, fresh);
  return fresh;
}

/** `tasks` are those of the instance; stopped ones are left out, as they are in a snapshot of the cluster. */
export function viewInstance(
  record: InstanceRecord,
  tasks: readonly TaskRecord[],
  holds?: (task: TaskRecord) => boolean,
): ContainerInstance {
  const live = tasks.filter((it) => it.lastStatus !== "STOPPED");
  return {
    id: record.id,
    arn: arns.instance(record.cluster, record.id),
    status: record.status,
    ...(record.managed === undefined
      ? {}
      : { isManagedInstance: true as const, capacityProvider: record.managed.capacityProvider }),
    agentConnected: record.agentConnected,
    agentVersion: record.agentVersion,
    ec2InstanceId: record.ec2InstanceId,
    registeredAt: record.registeredAt,
    attributes: attributeMap(record.attributes),
    registered: viewResources(record.registered),
    remaining: viewResources(remainingResources(record, live, holds)),
    runningTasksCount: live.filter((it) => it.lastStatus === "RUNNING").length,
    taskGroups: [...new Set(live.map((it) => it.group))],
    tasks: live.map(viewTask),
  };
}
