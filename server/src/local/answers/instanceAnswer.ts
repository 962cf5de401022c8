// A container instance as DescribeContainerInstances answers it.

import { type Call, definedOnly, seconds } from "../operation";
import type { JsonObject } from "../request/input";
import { providerOfInstance } from "../scheduling/groupProviders";
import { remainingResources } from "../state/instanceView";
import type { InstanceRecord, ResourceRecord } from "../state/records";
import { taskBucket, tasksOn, type World } from "../state/world";
import { instanceHealth } from "./instanceHealth";

interface Include {
  readonly tags: boolean;
  readonly health: boolean;
}

function resourceList(resources: ResourceRecord, gpus: boolean): readonly JsonObject[] {
  const integer = (name: string, integerValue: number) => ({
    name,
    type: "INTEGER",
    doubleValue: 0,
    longValue: 0,
    integerValue,
  });
  const set = (name: string, values: readonly (string | number)[]) => ({
    name,
    type: "STRINGSET",
    doubleValue: 0,
    longValue: 0,
    integerValue: 0,
    stringSetValue: values.map(String),
  });
  return [
    integer("CPU", resources.cpu),
    integer("MEMORY", resources.memory),
    set("PORTS", resources.tcpPorts),
    set("PORTS_UDP", resources.udpPorts),
    ...(gpus ? [set("GPU", resources.gpus)] : []),
  ];
}

export function instanceAnswer(
  world: World,
  instance: InstanceRecord,
  call: Call,
  include: Include = { tags: false, health: false },
): JsonObject {
  const hasGpus = instance.registered.gpus.length > 0;
  const count = (status: string) => world.taskCounts.count(taskBucket("instance", instance.id, status));
  return definedOnly({
    containerInstanceArn: call.arns.instance(instance.cluster, instance.id),
    ec2InstanceId: instance.ec2InstanceId,
    capacityProviderName: providerOfInstance(world, instance),
    version: instance.version,
    versionInfo: {
      agentVersion: instance.agentVersion,
      agentHash: "00000000",
      dockerVersion: `DockerVersion: ${instance.dockerVersion}`,
    },
    remainingResources: resourceList(remainingResources(instance, tasksOn(world, instance.id)), hasGpus),
    registeredResources: resourceList(instance.registered, hasGpus),
    status: instance.status,
    agentConnected: instance.agentConnected,
    runningTasksCount: count("RUNNING"),
    pendingTasksCount: count("PENDING"),
    attributes: instance.attributes,
    registeredAt: seconds(instance.registeredAt),
    attachments: [],
    tags: include.tags ? instance.tags : [],
    healthStatus: include.health ? instanceHealth(world, instance) : undefined,
  });
}
