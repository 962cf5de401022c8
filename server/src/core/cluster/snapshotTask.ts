// One task of DescribeTasks, as far as a container instance cares: what it holds, and to whom it belongs.

import { member } from "../text/plainValue";
import type { InstanceTask } from "./containerInstance";
import { lastPart, type SnapshotTask } from "./placedTask";
import {
  choiceAt,
  isGiven,
  type Place,
  placesAt,
  reportWrong,
  textAt,
  textsAt,
  unitsAt,
} from "./snapshotValues";
import { usualTask } from "./usualTask";

/**
 * `undefined` for a task that runs on no container instance (Fargate), or of which nobody can tell where it runs. `shared`
 * gives one string for all that are equal.
 */
export function readTask(place: Place, shared: (text: string) => string): SnapshotTask | undefined {
  return usualTask(place.object, shared) ?? readUnusual(place, shared);
}

function readUnusual(place: Place, shared: (text: string) => string): SnapshotTask | undefined {
  const instanceArn = textAt(place, "containerInstanceArn");
  const arn = textAt(place, "taskArn");
  if (arn === undefined && !isGiven(place, "taskArn")) {
    place.problems.add({
      severity: "error",
      isWrongValue: true,
      path: place.path,
      message: "A task has no 'taskArn' and is left out. Save the answer of describe-tasks.",
    });
  }
  if (instanceArn === undefined || arn === undefined) return undefined;
  const containers = placesAt(place, "containers") ?? [];
  const group = textAt(place, "group");
  const taskDefinitionArn = textAt(place, "taskDefinitionArn");
  const task: InstanceTask = {
    arn,
    group: group && shared(group),
    taskDefinitionArn: taskDefinitionArn && shared(taskDefinitionArn),
    lastStatus: textAt(place, "lastStatus") ?? (isGiven(place, "lastStatus") ? "UNKNOWN" : "RUNNING"),
    desiredStatus: textAt(place, "desiredStatus") ?? "RUNNING",
    ...readSize(place, containers),
    ports: containers.flatMap(hostPorts),
    gpus: containers.flatMap((it) => textsAt(it, "gpuIds") ?? []),
    enis: (placesAt(place, "attachments") ?? []).filter(
      (it) => textAt(it, "type")?.toLowerCase() === "elasticnetworkinterface",
    ).length,
  };
  const clusterArn = textAt(place, "clusterArn");
  return {
    task,
    instanceId: shared(lastPart(instanceArn)),
    clusterName: clusterArn && shared(lastPart(clusterArn)),
    isGroupUnknown: group === undefined && isGiven(place, "group") && member(place.object, "group") !== "",
  };
}

function readSize(
  place: Place,
  containers: readonly Place[],
): { readonly cpu: number | undefined; readonly memory: number | undefined } {
  const cpus = containers.map((it) => unitsAt(it, "cpu"));
  const memories = containers.map((it) => {
    const hard = unitsAt(it, "memory");
    return unitsAt(it, "memoryReservation") ?? hard;
  });
  return {
    cpu: unitsAt(place, "cpu") ?? (isGiven(place, "cpu") ? undefined : sumOf(cpus)),
    memory: unitsAt(place, "memory") ?? (isGiven(place, "memory") ? undefined : sumOf(memories)),
  };
}

function sumOf(sizes: readonly (number | undefined)[]): number | undefined {
  const known = sizes.filter((it) => it !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, it) => sum + it, 0);
}

function hostPorts(container: Place): InstanceTask["ports"] {
  return (placesAt(container, "networkBindings") ?? []).flatMap((binding) => {
    const port = member(binding.object, "hostPort");
    const protocol = choiceAt(binding, "protocol", ["tcp", "udp"]) ?? "tcp";
    if (port === undefined || port === null || port === 0) return [];
    if (typeof port === "number" && Number.isInteger(port) && port > 0 && port <= 65_535)
      return [{ port, protocol }];
    reportWrong(binding, "hostPort", "a port from 0 to 65535", port);
    return [];
  });
}
