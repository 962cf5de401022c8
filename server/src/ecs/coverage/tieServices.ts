// Ties replica services to daemons: with a placement constraint on the daemon's task group their tasks start only where
// the daemon is.

import { prepareDaemon, wantsInstance } from "../../core/scheduler/preparedDaemon";
import type { EcsPort, JsonObject, ServiceState } from "../port";
import type { RoomTarget } from "./planInstances";
import { placements, seeTasks } from "./readRoom";

export interface TiedService {
  readonly service: string;
  /** The expression that is added. */
  readonly expression: string;
  /** The service as it was. */
  readonly before: ServiceState;
  /** Input of UpdateService. */
  readonly update: JsonObject;
}

/** ECS takes at most this many constraints. */
const mostConstraints = 10;

/** The replica services with tasks on those instances that may start there without the missing daemons. */
export async function tieServices(
  ecs: EcsPort,
  cluster: string,
  targets: readonly RoomTarget[],
  signal?: AbortSignal,
): Promise<readonly TiedService[]> {
  const replicas = await ecs.listReplicaServices(cluster, signal);
  const placed = await placements(ecs, replicas, signal);
  const open = new Map<string, Set<string>>();
  for (const { instance: id, missing } of targets) {
    const instance = await seeTasks(ecs, cluster, id, signal);
    const groups = new Set(instance.tasks?.map((it) => it.group));
    for (const { name } of replicas) {
      const service = placed.get(name)?.service;
      if (service === undefined || !groups.has(`service:${name}`)) continue;
      const prepared = prepareDaemon({ ...service, name: "" });
      const all = [...(instance.taskGroups ?? []), ...missing.map((it) => `service:${it}`)];
      for (const daemon of missing) {
        const taskGroups = all.filter((it) => it !== `service:${daemon}`);
        if (wantsInstance(prepared, { ...instance, taskGroups }) === false) continue;
        open.set(name, (open.get(name) ?? new Set()).add(daemon));
      }
    }
  }
  return replicas.flatMap((service) => {
    const daemons = [...(open.get(service.name) ?? [])].sort();
    const isFull = service.placementConstraints.length >= mostConstraints;
    if (daemons.length === 0 || isFull) return [];
    const expression = daemons.map((it) => `task:group == service:${it}`).join(" and ");
    const placementConstraints = [...service.placementConstraints, { type: "memberOf", expression }];
    return [
      {
        service: service.name,
        expression,
        before: service,
        update: { cluster, service: service.name, placementConstraints },
      },
    ];
  });
}
