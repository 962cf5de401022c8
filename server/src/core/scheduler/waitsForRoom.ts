// Whether a task that was placed can start: ECS counts the room of stopping tasks as free, the container agent does not.

import type { ContainerInstance, InstanceTask } from "../cluster/containerInstance";
import { holdsRoom, isLeaving } from "../cluster/taskRoom";
import { networkInterfaces } from "./filters/eni";

/** Whether a PENDING task of the instance has to wait there until tasks that are being stopped are gone. */
export function waitsForRoom(instance: ContainerInstance, task: InstanceTask): boolean {
  const { tasks = [], remaining } = instance;
  const leaving = tasks.filter(isLeaving);
  if (leaving.length === 0) return false;
  const waiting = tasks.filter((it) => holdsRoom(it) && it.lastStatus !== "RUNNING");
  const isTaken = leaving.some(
    (it) =>
      it.ports.some((held) =>
        task.ports.some(({ port, protocol }) => port === held.port && protocol === held.protocol),
      ) || it.gpus?.some((gpu) => task.gpus?.includes(gpu)) === true,
  );
  if (isTaken) return true;
  const left = (free: number, size: (it: InstanceTask) => number | undefined) =>
    free + sum(waiting, size) - sum(leaving, size);
  if (left(remaining.cpu, (it) => it.cpu) < (task.cpu ?? 0)) return true;
  if (left(remaining.memory, (it) => it.memory) < (task.memory ?? 0)) return true;
  const interfaces = networkInterfaces({ instance, free: { remaining, unknown: [], givenBack: [] } });
  return interfaces !== undefined && left(interfaces.available, (it) => it.enis) < (task.enis ?? 0);
}

function sum(tasks: readonly InstanceTask[], size: (it: InstanceTask) => number | undefined): number {
  return tasks.reduce((total, it) => total + (size(it) ?? 0), 0);
}
