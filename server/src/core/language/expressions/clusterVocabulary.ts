// What a cluster's container instances really have, counted, so that expressions can be completed and explained
// with it.

import { attributeStatistics } from "../../cluster/attributeStatistics";
import type { Cluster, ContainerInstance } from "../../cluster/containerInstance";
import type { FieldName } from "../../query/syntax";

/** A value and how many container instances have it. */
export interface CountedValue {
  readonly value: string;
  readonly count: number;
}

/** The values of an attribute, the most frequent first; a name-only attribute has none. */
export function attributeValues(cluster: Cluster | undefined, name: string): readonly CountedValue[] {
  const counted = cluster === undefined ? undefined : attributeStatistics(cluster).get(name);
  return counted === undefined ? [] : sorted(counted).filter((it) => it.value !== "");
}

/** How many container instances have the attribute, with or without a value. */
export function attributeCount(cluster: Cluster | undefined, name: string): number {
  const counted = cluster === undefined ? undefined : attributeStatistics(cluster).get(name);
  let sum = 0;
  for (const count of counted?.values() ?? []) sum += count;
  return sum;
}

/** Whether the attribute is one that instances have without a value: a capability. */
export function isNameOnly(cluster: Cluster | undefined, name: string): boolean {
  const counted = cluster === undefined ? undefined : attributeStatistics(cluster).get(name);
  if (counted !== undefined) return counted.size === 1 && counted.has("");
  return /^(?:com\.amazonaws\.)?ecs\.capability\./.test(name);
}

/** The values that a field has on the instances of the cluster, the most frequent first. */
export function fieldValues(cluster: Cluster | undefined, field: FieldName): readonly CountedValue[] {
  const counts = new Map<string, number>();
  for (const instance of cluster?.instances ?? [])
    for (const value of new Set(valuesOf(instance, field))) counts.set(value, (counts.get(value) ?? 0) + 1);
  return sorted(counts);
}

function valuesOf(instance: ContainerInstance, field: FieldName): readonly string[] {
  switch (field) {
    case "agentConnected":
      return [String(instance.agentConnected)];
    case "agentVersion":
      return instance.agentVersion === undefined ? [] : [instance.agentVersion];
    case "ec2InstanceId":
      return instance.ec2InstanceId === undefined ? [] : [instance.ec2InstanceId];
    case "registeredAt":
      return dayOf(instance.registeredAt);
    case "runningTasksCount":
      return instance.runningTasksCount === undefined ? [] : [String(instance.runningTasksCount)];
    case "task:group":
      return instance.taskGroups ?? [];
  }
}

/** The day in UTC as an expression writes it; none for a number that is no date. */
function dayOf(milliseconds: number | undefined): readonly string[] {
  const date = new Date(milliseconds ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? [] : [date.toISOString().slice(0, "2018-06-18".length)];
}

function sorted(counts: ReadonlyMap<string, number>): readonly CountedValue[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((left, right) => right.count - left.count || (left.value < right.value ? -1 : 1));
}
