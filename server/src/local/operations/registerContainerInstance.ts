// RegisterContainerInstance: what a container agent calls when its instance joins the cluster.

import { instanceTypes, registeredMemory } from "../../core/cluster/instanceTypes";
import { instanceAnswer } from "../answers/instanceAnswer";
import { clusterNameOf } from "../arns";
import { invalidParameter } from "../errors";
import { newEc2InstanceId, newId } from "../ids";
import type { Operation } from "../operation";
import { clusterOf, findInstance, tagsOf } from "../request/findRecords";
import {
  type JsonObject,
  objectList,
  optionalInteger,
  optionalObject,
  optionalText,
  textList,
} from "../request/input";
import type { AttributeRecord, InstanceRecord, ResourceRecord } from "../state/records";
import type { World } from "../state/world";
import { checkedAttribute } from "./attributes";
import { createCluster } from "./clusters";
import { builtInAttributes, identityDocumentIn, textIn } from "./identityDocument";

/** An agent that names no resources runs on a machine of its instance type's size; of an m5.large's where that is not known. */
const usualSize = { cpu: 2048, memory: 7680 };

function sizeOf(document: JsonObject | undefined): { readonly cpu: number; readonly memory: number } {
  const type = instanceTypes.get(textIn(document, "instanceType") ?? "");
  return type === undefined
    ? usualSize
    : { cpu: type.vcpus * 1024, memory: registeredMemory(type.memoryGiB) };
}

const usualPorts = [22, 2375, 2376, 51678, 51679];

export const registerContainerInstance: Operation = (world, input, call) => {
  const name = clusterNameOf(optionalText(input, "cluster"));
  // An agent may come before anybody created the default cluster; ECS creates that one.
  if (name === "default" && world.clusters.get(name)?.status !== "ACTIVE") {
    createCluster(world, { clusterName: name }, call);
  }
  const cluster = clusterOf(world, input);
  const known = knownInstance(world, cluster.name, input);
  const document = identityDocumentIn(input);
  const instance: InstanceRecord = {
    id: known?.id ?? newId(),
    cluster: cluster.name,
    ec2InstanceId: known?.ec2InstanceId ?? textIn(document, "instanceId") ?? newEc2InstanceId(),
    status: known?.status === "DRAINING" ? "DRAINING" : "ACTIVE",
    agentConnected: true,
    registeredAt: known?.registeredAt ?? world.now(),
    version: (known?.version ?? 0) + 1,
    ...versionsOf(input),
    registered: resourcesOf(input, sizeOf(document)),
    attributes: attributesOf(input, known, document),
    tags: known?.tags ?? tagsOf(input),
  };
  world.instances.put(instance.id, instance);
  return { containerInstance: instanceAnswer(world, instance, call, { tags: true, health: false }) };
};

/** An agent that starts again names the instance it was. */
function knownInstance(world: World, cluster: string, input: JsonObject): InstanceRecord | undefined {
  const reference = optionalText(input, "containerInstanceArn");
  if (reference === undefined || reference === "") return undefined;
  const known = findInstance(world, cluster, reference);
  if (known === undefined || known.status === "INACTIVE") {
    throw invalidParameter("Referenced container instance was not found.");
  }
  return known;
}

function versionsOf(input: JsonObject): Pick<InstanceRecord, "agentVersion" | "dockerVersion"> {
  const info = optionalObject(input, "versionInfo") ?? {};
  return {
    agentVersion: optionalText(info, "agentVersion") ?? "1.97.1",
    dockerVersion: (optionalText(info, "dockerVersion") ?? "25.0.8").replace(/^DockerVersion: /, ""),
  };
}

function resourcesOf(input: JsonObject, size: typeof usualSize): ResourceRecord {
  const resources = new Map(
    objectList(input, "totalResources").map((it) => [optionalText(it, "name") ?? "", it]),
  );
  const integer = (name: string, otherwise: number) => {
    const value = optionalInteger(resources.get(name) ?? {}, "integerValue") ?? otherwise;
    if (value < 0) throw invalidParameter(`The resource ${name} can not be negative: it is ${value}.`);
    return value;
  };
  const ports = (name: string, otherwise: readonly number[]) => {
    const resource = resources.get(name);
    return resource === undefined ? otherwise : textList(resource, "stringSetValue").map(portOf);
  };
  return {
    cpu: integer("CPU", size.cpu),
    memory: integer("MEMORY", size.memory),
    tcpPorts: ports("PORTS", usualPorts),
    udpPorts: ports("PORTS_UDP", []),
    gpus: textList(resources.get("GPU") ?? {}, "stringSetValue"),
  };
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535)
    throw invalidParameter(`${text} is not a port: it is a number from 1 to 65535.`);
  return port;
}

/** ECS's own attributes under the agent's; those that were put on the instance since stay. */
function attributesOf(
  input: JsonObject,
  known: InstanceRecord | undefined,
  document: JsonObject | undefined,
): readonly AttributeRecord[] {
  const given = objectList(input, "attributes").map(checkedAttribute);
  const byName = new Map(
    [...builtInAttributes(document), ...(known?.attributes ?? []), ...given].map((it) => [it.name, it]),
  );
  return [...byName.values()];
}
