// One task of DescribeTasks, as far as a container instance cares: what it holds, and to whom it belongs.

import { asFilledText, asNumber, asText, member, objectsOf, type PlainObject } from "../text/plainValue";
import type { InstanceTask } from "./containerInstance";

export interface SnapshotTask {
  readonly task: InstanceTask;
  readonly instanceId: string;
  readonly clusterName: string | undefined;
}

/** `undefined` for a task that runs on no container instance (Fargate) or is no task at all. */
export function readTask(value: PlainObject): SnapshotTask | undefined {
  const instanceArn = asFilledText(member(value, "containerInstanceArn"));
  const arn = asFilledText(member(value, "taskArn"));
  if (instanceArn === undefined || arn === undefined) return undefined;
  const containers = objectsOf(member(value, "containers"));
  const task: InstanceTask = {
    arn,
    group: asFilledText(member(value, "group")),
    taskDefinitionArn: asFilledText(member(value, "taskDefinitionArn")),
    lastStatus: asText(member(value, "lastStatus")) ?? "RUNNING",
    desiredStatus: asText(member(value, "desiredStatus")) ?? "RUNNING",
    cpu: units(member(value, "cpu")) ?? sumOf(containers, (it) => units(member(it, "cpu"))),
    memory:
      units(member(value, "memory")) ??
      sumOf(containers, (it) => units(member(it, "memoryReservation")) ?? units(member(it, "memory"))),
    ports: containers.flatMap(hostPorts),
    gpus: containers.flatMap((it) => gpuIds(member(it, "gpuIds"))),
    enis: objectsOf(member(value, "attachments")).filter(
      (it) => asText(member(it, "type"))?.toLowerCase() === "elasticnetworkinterface",
    ).length,
  };
  const clusterArn = asFilledText(member(value, "clusterArn"));
  return { task, instanceId: lastPart(instanceArn), clusterName: clusterArn && lastPart(clusterArn) };
}

/** What follows the last slash: an ARN's id, in its short and its long form. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}

/** DescribeTasks prints sizes as text: "256". */
function units(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : asNumber(value);
  return number !== undefined && number >= 0 ? number : undefined;
}

function sumOf(
  containers: readonly PlainObject[],
  size: (container: PlainObject) => number | undefined,
): number | undefined {
  const sizes = containers.map(size).filter((it) => it !== undefined);
  return sizes.length === 0 ? undefined : sizes.reduce((sum, it) => sum + it, 0);
}

function hostPorts(container: PlainObject): InstanceTask["ports"] {
  return objectsOf(member(container, "networkBindings")).flatMap((binding) => {
    const port = asNumber(member(binding, "hostPort"));
    if (port === undefined || port <= 0) return [];
    return [{ port, protocol: asText(member(binding, "protocol")) === "udp" ? "udp" : "tcp" } as const];
  });
}

function gpuIds(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((it): it is string => typeof it === "string") : [];
}
