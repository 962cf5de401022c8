// The nodes of container instances and their attributes.

import type { ContainerInstance } from "../../core/cluster/containerInstance";
import { counted, cpuText, memoryText } from "../../core/text/counts";
import type { ClusterChoice, Failure, ViewNode } from "../protocol/protocol";
import { instancesOf } from "./clusterLists";
import type { ViewNeeds } from "./viewNeeds";
import { failureNodes, idOf } from "./viewNodes";

/** More than these are shown by zone. */
const fewInstances = 100;

export async function instancesBelow(
  { context }: ViewNeeds,
  choice: ClusterChoice,
  zone: string | undefined,
): Promise<readonly ViewNode[]> {
  const instances = await instancesOf(context, choice);
  const id = idOf("instances", choice);
  if (isFailed(instances)) return failureNodes(id, instances.error);
  if (instances.length === 0)
    return [{ id: idOf(id, "none"), label: "No container instances", icon: "circle-outline", tone: "quiet" }];
  if (zone !== undefined)
    return instances.filter((it) => zoneOf(it) === zone).map((it) => instanceNode(choice, it));
  return instances.length <= fewInstances
    ? instances.map((it) => instanceNode(choice, it))
    : zoneNodes(choice, instances);
}

const isFailed = (answer: readonly ContainerInstance[] | Failure): answer is Failure => "error" in answer;

function zoneNodes(choice: ClusterChoice, instances: readonly ContainerInstance[]): readonly ViewNode[] {
  const counts = new Map<string, number>();
  for (const it of instances) counts.set(zoneOf(it), (counts.get(zoneOf(it)) ?? 0) + 1);
  return [...counts].sort().map(([zone, count]) => ({
    id: idOf("zone", choice, zone),
    label: zone,
    description: counted(count, "instance"),
    icon: "globe",
    below: "closed",
  }));
}

function zoneOf({ attributes }: ContainerInstance): string {
  return attributes.get("ecs.availability-zone") ?? "unknown zone";
}

function instanceNode(choice: ClusterChoice, instance: ContainerInstance): ViewNode {
  const { id, ec2InstanceId, status, agentConnected, attributes, remaining } = instance;
  const type = attributes.get("ecs.instance-type");
  const isWell = status === "ACTIVE" && agentConnected !== false;
  const own = [...attributes].filter(([name]) => isOwn(name));
  const words = [
    ...(status === "ACTIVE" ? [] : [status]),
    ...(agentConnected === false ? ["agent disconnected"] : []),
    ...(type === undefined ? [] : [type]),
    zoneOf(instance),
  ];
  return {
    id: idOf("instance", choice, id),
    label: ec2InstanceId ?? id,
    description: words.join(" · "),
    tooltip: [
      `Container instance ${id}`,
      words.join(", "),
      `${cpuText(remaining.cpu)} and ${memoryText(remaining.memory)} remaining`,
      own.map(attributeText).join(", "),
    ].join("\n\n"),
    ...(isWell ? { icon: "vm" } : { icon: "vm-outline", tone: "unknown" as const }),
    context: isFileChoice(choice) ? "fileInstance" : "instance",
    arguments: { cluster: choice, instances: [id], copied: ec2InstanceId ?? id },
    below: "closed",
  };
}

/** What a person put there, not what the agent registers. */
const isOwn = (name: string): boolean => !/^(?:ecs|com\.amazonaws)\./.test(name);

const isFileChoice = (choice: ClusterChoice): boolean => typeof choice === "string" && choice !== "local";

type Attribute = readonly [name: string, value: string | undefined];

const attributeText = ([name, value]: Attribute): string => (value === undefined ? name : `${name}=${value}`);

export async function attributeNodes(
  needs: ViewNeeds,
  choice: ClusterChoice,
  id: string,
): Promise<readonly ViewNode[]> {
  const all = await attributesOf(needs, choice, id);
  const own = all.filter(([name]) => isOwn(name));
  const agents = all.length - own.length;
  return [
    ...own.map((it) => attributeNode(choice, id, it, isFileChoice(choice) ? "fileAttribute" : "attribute")),
    ...(agents === 0
      ? []
      : [
          {
            id: idOf("agent", choice, id),
            label: "Registered by the agent",
            description: counted(agents, "attribute"),
            icon: "list-flat",
            tone: "quiet" as const,
            below: "closed" as const,
          },
        ]),
  ];
}

export async function agentNodes(
  needs: ViewNeeds,
  choice: ClusterChoice,
  id: string,
): Promise<readonly ViewNode[]> {
  const all = await attributesOf(needs, choice, id);
  return all.filter(([name]) => !isOwn(name)).map((it) => attributeNode(choice, id, it, "agentAttribute"));
}

async function attributesOf(
  { context }: ViewNeeds,
  choice: ClusterChoice,
  id: string,
): Promise<readonly Attribute[]> {
  const instances = await instancesOf(context, choice);
  if (isFailed(instances)) return [];
  const found = instances.find((it) => it.id === id);
  return [...(found?.attributes ?? [])].sort(([left], [right]) => (left < right ? -1 : 1));
}

function attributeNode(
  choice: ClusterChoice,
  id: string,
  [name, value]: Attribute,
  context: string,
): ViewNode {
  return {
    id: idOf("attribute", choice, id, name),
    label: name,
    ...(value !== undefined && { description: value }),
    icon: "tag",
    context,
    arguments: {
      ...{ cluster: choice, instances: [id], copied: attributeText([name, value]) },
      names: [name],
    },
  };
}
