// The room that replica services and tasks without a service may take. ECS reserves for daemons (documentation of
// service schedulers): what a daemon's task gives up for its successor on the same instance is kept for it.

import type { ContainerInstance, InstanceTask } from "../../core/cluster/containerInstance";
import { holdsRoom } from "../../core/cluster/taskRoom";
import { viewInstance } from "../state/instanceView";
import { serviceKey, tasksOn, type World } from "../state/world";

/** The instance as a task sees it that is no daemon's. */
export function viewForReplicas(world: World, id: string): ContainerInstance | undefined {
  const view = world.view(id);
  const record = world.instances.get(id);
  if (view === undefined || record === undefined) return view;
  const returning = (view.tasks ?? []).filter((it) => isReplaced(world, record.cluster, id, it));
  if (returning.length === 0) return view;
  const kept = new Set(returning.map((it) => it.arn.slice(it.arn.lastIndexOf("/") + 1)));
  return viewInstance(record, tasksOn(world, id), (it) => holdsRoom(it) || kept.has(it.id));
}

/** A task that stops, of a daemon service that goes on wanting the instance. */
function isReplaced(world: World, cluster: string, instance: string, task: InstanceTask): boolean {
  if (holdsRoom(task) || task.group?.startsWith("service:") !== true) return false;
  const key = serviceKey(cluster, task.group.slice("service:".length));
  const service = world.services.get(key);
  return (
    service?.status === "ACTIVE" &&
    service.schedulingStrategy === "DAEMON" &&
    world.wanted.get(key)?.has(instance) === true
  );
}
