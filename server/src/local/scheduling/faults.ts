// Faults that somebody asked for with EcsDaemonLocal.SetFault.

import type { FaultRecord } from "../state/localRecords";
import type { TaskFailure } from "../state/records";
import type { World } from "../state/world";
import { serviceKey } from "../state/world";
import type { NewTask } from "./newTask";

/** Counts a use of a fault; a used-up one is gone. */
function use(world: World, fault: FaultRecord): void {
  if (fault.remaining === undefined) return;
  if (fault.remaining <= 1) world.faults.delete(fault.id);
  else world.faults.put(fault.id, { ...fault, remaining: fault.remaining - 1 });
}

/** What will go wrong with a task that starts now, if anything. */
export function takeTaskFault(world: World, task: NewTask): TaskFailure | undefined {
  for (const fault of world.faults.values()) {
    if (fault.kind !== "task") continue;
    if (fault.family !== undefined && fault.family !== task.definition.family) continue;
    if (fault.service !== undefined && serviceKey(task.cluster, fault.service) !== task.service) continue;
    if (fault.daemon !== undefined && serviceKey(task.cluster, fault.daemon) !== task.daemon) continue;
    if (fault.instance !== undefined && fault.instance !== task.instance) continue;
    use(world, fault);
    return fault.failure;
  }
  return undefined;
}

/** What will go wrong with a call of an operation, if anything. */
export function takeCallFault(
  world: World,
  operation: string,
): Extract<FaultRecord, { kind: "call" }> | undefined {
  for (const fault of world.faults.values()) {
    if (fault.kind !== "call") continue;
    if (fault.operation !== undefined && fault.operation !== operation) continue;
    use(world, fault);
    return fault;
  }
  return undefined;
}

/** Whether somebody asked for replica services to start their tasks before daemon services do. */
export function replicasAreFirst(world: World): boolean {
  return isOrdered(world, "replicasFirst");
}

/** Whether somebody asked for Managed Instances that are chosen as if no daemon ran there. */
export function typesAreChosenWithoutDaemons(world: World): boolean {
  return isOrdered(world, "typesWithoutDaemons");
}

function isOrdered(world: World, order: Extract<FaultRecord, { kind: "order" }>["order"]): boolean {
  for (const it of world.faults.values()) if (it.kind === "order" && it.order === order) return true;
  return false;
}

/** The names of the CloudWatch alarms that are in ALARM. */
export function alarmsInAlarm(world: World): ReadonlySet<string> {
  return new Set([...world.faults.values()].flatMap((it) => (it.kind === "alarm" ? [it.alarm] : [])));
}
