// A task as ECS sends it while it holds neither a port nor a GPU nor a network interface of its own, which most tasks of a
// large cluster do: read without a place for each value. Any other is left to the reader that reports.

import { asObject } from "../text/plainValue";
import { lastPart, type SnapshotTask } from "./placedTask";

/** A described task, which may be anything. */
type Item = Readonly<Record<string, unknown>>;

const none: readonly never[] = [];

/** `undefined` for a task that is not as most are. `shared` gives one string for all that are equal. */
export function usualTask(item: Item, shared: (text: string) => string): SnapshotTask | undefined {
  const { taskArn, containerInstanceArn, clusterArn, group, taskDefinitionArn } = item;
  const { lastStatus, desiredStatus, cpu, memory } = item;
  if (
    !isFilled(taskArn) ||
    !isFilled(containerInstanceArn) ||
    !isFilled(clusterArn) ||
    !isFilled(group) ||
    !isFilled(taskDefinitionArn) ||
    !isFilled(lastStatus) ||
    !isFilled(desiredStatus) ||
    !isUnits(cpu) ||
    !isUnits(memory) ||
    !isEmpty(item.attachments) ||
    !areUsual(item.containers)
  )
    return undefined;
  return {
    task: {
      arn: taskArn,
      group: shared(group),
      taskDefinitionArn: shared(taskDefinitionArn),
      lastStatus,
      desiredStatus,
      cpu: Number(cpu),
      memory: Number(memory),
      ports: none,
      gpus: none,
      enis: 0,
    },
    instanceId: shared(lastPart(containerInstanceArn)),
    clusterName: shared(lastPart(clusterArn)),
    isGroupUnknown: false,
  };
}

const isFilled = (value: unknown): value is string => typeof value === "string" && value !== "";

const isEmpty = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.length === 0);

/** DescribeTasks prints sizes as text. */
function isUnits(value: unknown): value is string {
  return typeof value === "string" && /^\d{1,9}$/.test(value);
}

const areUnits = (value: unknown): boolean => value === undefined || isUnits(value);

/** Containers without ports and GPUs, whose sizes can be read. */
function areUsual(containers: unknown): boolean {
  if (!Array.isArray(containers)) return false;
  for (let index = 0; index < containers.length; index += 1) {
    const it = asObject(containers[index]);
    if (it === undefined || !isEmpty(it.networkBindings) || !isEmpty(it.gpuIds)) return false;
    if (!areUnits(it.cpu) || !areUnits(it.memory) || !areUnits(it.memoryReservation)) return false;
  }
  return true;
}
