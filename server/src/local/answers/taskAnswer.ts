// A task as DescribeTasks answers it.

import { type Call, definedOnly, seconds } from "../operation";
import { type JsonObject, objectList } from "../request/input";
import { definitionOfTask } from "../scheduling/definitionOfTask";
import { containerHealth, taskHealth } from "../scheduling/taskHealth";
import { gpusOfContainers, imageDigest } from "../scheduling/taskParts";
import type { ContainerRecord, TaskRecord } from "../state/records";
import type { World } from "../state/world";

const optionalSeconds = (time: number | undefined) => (time === undefined ? undefined : seconds(time));

/** The attributes of its instance that a task shows. */
const shownAttributes = new Set(["ecs.cpu-architecture"]);

export function taskAnswer(world: World, task: TaskRecord, call: Call, withTags = false): JsonObject {
  const instance = world.instances.get(task.instance);
  const attributes = instance?.attributes ?? [];
  const definition = definitionOfTask(world, task);
  const gpus = gpusOfContainers(definition, task.gpus);
  return definedOnly({
    attachments: attachments(task),
    attributes: attributes.filter((it) => shownAttributes.has(it.name)),
    availabilityZone: attributes.find((it) => it.name === "ecs.availability-zone")?.value,
    clusterArn: call.arns.cluster(task.cluster),
    connectivity: task.startedAt === undefined ? undefined : "CONNECTED",
    connectivityAt: optionalSeconds(task.startedAt),
    capacityProviderName: task.capacityProvider,
    containerInstanceArn:
      task.lastStatus === "PROVISIONING" ? undefined : call.arns.instance(task.cluster, task.instance),
    containers: task.containers.map((it) => ({
      ...containerAnswer(task, it, call, containerHealth(definition, task, it.name)),
      // The API has the list where there is something in it.
      ...(gpus.has(it.name) ? { gpuIds: gpus.get(it.name) } : {}),
    })),
    cpu: String(task.cpu),
    createdAt: seconds(task.createdAt),
    desiredStatus: task.desiredStatus,
    enableExecuteCommand: task.enableExecuteCommand,
    executionStoppedAt: task.startedAt === undefined ? undefined : optionalSeconds(task.stoppedAt),
    group: task.group,
    healthStatus: taskHealth(definition, task),
    lastStatus: task.lastStatus,
    launchType: task.launchType,
    memory: String(task.memory),
    overrides: overridesOf(task),
    pullStartedAt: optionalSeconds(task.startedAt),
    pullStoppedAt: optionalSeconds(task.startedAt),
    startedAt: optionalSeconds(task.startedAt),
    startedBy: task.startedBy,
    stopCode: task.stopCode,
    stoppedAt: optionalSeconds(task.stoppedAt),
    stoppedReason: task.stoppedReason,
    stoppingAt: optionalSeconds(task.stoppingAt),
    // Stopping a task deletes its tags.
    tags: withTags && task.desiredStatus === "RUNNING" ? task.tags : [],
    taskArn: call.arns.task(task.cluster, task.id),
    taskDefinitionArn:
      task.daemon === undefined
        ? call.arns.taskDefinition(task.taskDefinition)
        : call.arns.daemonTaskDefinition(task.taskDefinition),
    version: task.version,
  });
}

/** Every container is named, the ones without an override too, whatever RunTask was given. */
function overridesOf({ containers, overrides }: TaskRecord): JsonObject {
  const given = overrides === undefined ? [] : objectList(overrides, "containerOverrides");
  return {
    ...overrides,
    containerOverrides: containers.map(({ name }) => given.find((it) => it.name === name) ?? { name }),
    inferenceAcceleratorOverrides: overrides?.inferenceAcceleratorOverrides ?? [],
  };
}

const attachmentStatus = {
  PROVISIONING: "PRECREATED",
  PENDING: "ATTACHING",
  RUNNING: "ATTACHED",
  STOPPED: "DELETED",
} as const;

function attachments({ network, lastStatus }: TaskRecord): readonly JsonObject[] {
  if (network === undefined) return [];
  const { attachment, id, address, mac, subnet } = network;
  const details = {
    subnetId: subnet,
    networkInterfaceId: id,
    macAddress: mac,
    privateDnsName: `ip-${address.replaceAll(".", "-")}.ec2.internal`,
    privateIPv4Address: address,
  };
  return [
    {
      id: attachment,
      type: "ElasticNetworkInterface",
      status: attachmentStatus[lastStatus],
      details: Object.entries(details).flatMap(([name, value]) =>
        value === undefined ? [] : [{ name, value }],
      ),
    },
  ];
}

function interfaces({ network }: TaskRecord): readonly JsonObject[] {
  return network === undefined
    ? []
    : [{ attachmentId: network.attachment, privateIpv4Address: network.address }];
}

function containerAnswer(
  task: TaskRecord,
  container: ContainerRecord,
  call: Call,
  healthStatus: string,
): JsonObject {
  const ports = task.ports.filter((it) => it.container === container.name);
  const started = task.startedAt !== undefined;
  const text = (value: number | undefined) => (value === undefined ? undefined : String(value));
  return definedOnly({
    containerArn: call.arns.container(task.cluster, task.id, container.id),
    taskArn: call.arns.task(task.cluster, task.id),
    name: container.name,
    image: container.image,
    imageDigest: started ? imageDigest(container.image) : undefined,
    runtimeId: started ? container.runtimeId : undefined,
    lastStatus: task.lastStatus,
    exitCode: container.exitCode,
    reason: container.reason,
    networkBindings:
      task.lastStatus === "RUNNING"
        ? ports.map((it) => ({
            bindIP: "0.0.0.0",
            containerPort: it.containerPort,
            hostPort: it.hostPort,
            protocol: it.protocol,
          }))
        : [],
    networkInterfaces: interfaces(task),
    healthStatus,
    cpu: String(container.cpu),
    memory: text(container.memory),
    memoryReservation: text(container.memoryReservation),
  });
}
