// What a change of attributes does to the daemon services of a cluster, before it is made: ECS starts and stops their
// tasks by itself as soon as an instance matches or no longer matches.

import type { Cluster, ContainerInstance } from "../core/cluster/containerInstance";
import { daemonServiceOf } from "../core/scheduler/daemonServiceOf";
import type { DaemonService } from "../core/scheduler/placement";
import { countText, instanceCount } from "../core/text/counts";
import { placementDiff } from "./deploy/placementDiff";
import type { AttributeChange, EcsPort, JsonObject, ServiceState } from "./port";
import type { PlacementDiff } from "./report";

export interface AttributeRequest {
  readonly cluster: string;
  readonly put?: readonly AttributeChange[];
  readonly remove?: readonly AttributeChange[];
}

/** What happens to one daemon service of the cluster. */
export interface AttributeEffect extends Pick<PlacementDiff, "gains" | "loses" | "blocked"> {
  readonly service: string;
}

export interface AttributeEffects {
  /** Only services to which something happens, by name. */
  readonly services: readonly AttributeEffect[];
  /** Daemon services that were looked at. */
  readonly examined: number;
  /** Daemon services whose task definition ECS does not describe: nothing is known of them. */
  readonly unknown?: readonly string[];
}

/**
 * The effect of putting and deleting attributes on every ACTIVE daemon service of the cluster; what ECS is about to do
 * anyway is no effect. Reads only.
 */
export async function attributeEffects(
  ecs: EcsPort,
  request: AttributeRequest,
  signal?: AbortSignal,
): Promise<AttributeEffects> {
  const services = (await ecs.listDaemonServices(request.cluster, signal)).filter(
    (it) => it.status === "ACTIVE",
  );
  if (services.length === 0) return { services: [], examined: 0 };
  const before = await ecs.readCluster(request.cluster, signal);
  const after = changedCluster(before, request);
  const definitions = await definitionsOf(ecs, services, signal);
  const effects = services.flatMap((it) => {
    const definition = definitions.get(it.taskDefinitionArn);
    return definition === undefined ? [] : effectOn(daemonOf(it, definition), before, after);
  });
  const unknown = services.filter((it) => !definitions.has(it.taskDefinitionArn)).map((it) => it.name);
  return {
    services: effects
      .filter((it) => it.gains.length + it.loses.length + it.blocked.length > 0)
      .sort((left, right) => (left.service < right.service ? -1 : 1)),
    examined: services.length,
    ...(unknown.length === 0 ? {} : { unknown }),
  };
}

/** One line for each service, for a confirmation. */
export function effectLines({ services, examined, unknown = [] }: AttributeEffects): readonly string[] {
  if (examined === 0) return ["The cluster has no daemon services."];
  const open = unknown.map(
    (it) => `${it}: ECS does not describe its task definition, so the effect is not known.`,
  );
  if (services.length === 0 && open.length === 0)
    return [
      `The placement of the cluster's ${examined === 1 ? "daemon service" : `${examined} daemon services`} stays as it is.`,
    ];
  const lines = services.map(({ service, gains, loses, blocked }) => {
    const parts = [
      ...(gains.length > 0 ? [`gains ${named(gains)}`] : []),
      ...(loses.length > 0 ? [`loses ${named(loses)}`] : []),
      ...(blocked.length > 0
        ? [`is expected on ${named(blocked.map((it) => it.id))}, but cannot run there`]
        : []),
    ];
    return `${service} ${parts.join("; ")}.`;
  });
  return [...lines, ...open];
}

/** The cluster as it would be. The attributes of instances that nothing changes are shared with the one given. */
function changedCluster(cluster: Cluster, { put = [], remove = [] }: AttributeRequest): Cluster {
  const changes = new Map<string, { put: AttributeChange[]; remove: AttributeChange[] }>();
  const of = (instance: string) => {
    const id = instance.slice(instance.lastIndexOf("/") + 1);
    const found = changes.get(id) ?? { put: [], remove: [] };
    changes.set(id, found);
    return found;
  };
  for (const it of remove) of(it.instance).remove.push(it);
  for (const it of put) of(it.instance).put.push(it);
  return {
    ...cluster,
    instances: cluster.instances.map((instance): ContainerInstance => {
      const change = changes.get(instance.id);
      if (change === undefined) return instance;
      const attributes = new Map(instance.attributes);
      for (const it of change.remove)
        if (it.value === undefined || attributes.get(it.name) === it.value) attributes.delete(it.name);
      for (const it of change.put) attributes.set(it.name, it.value);
      return { ...instance, attributes };
    }),
  };
}

async function definitionsOf(
  ecs: EcsPort,
  services: readonly ServiceState[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, JsonObject>> {
  const found = new Map<string, JsonObject>();
  // One after the other: the bucket of these reads is small, and clusters have few daemon services.
  for (const arn of new Set(services.map((it) => it.taskDefinitionArn))) {
    const described = await ecs.describeTaskDefinition(arn, signal);
    if (described !== undefined) found.set(arn, described.definition);
  }
  return found;
}

function daemonOf(service: ServiceState, definition: JsonObject): DaemonService {
  return daemonServiceOf(definition, {
    serviceName: service.name,
    placementConstraints: service.placementConstraints,
    launchType: service.described?.launchType,
    networkConfiguration: service.described?.networkConfiguration,
  });
}

function effectOn(daemon: DaemonService, before: Cluster, after: Cluster): AttributeEffect {
  const now = placementDiff(daemon.name, daemon, before);
  const then = placementDiff(daemon.name, daemon, after);
  const without = (ids: readonly string[], known: readonly string[]) => {
    const set = new Set(known);
    return ids.filter((it) => !set.has(it));
  };
  const blockedNow = new Set(now.blocked.map((it) => it.id));
  // A task that has not started yet is lost too: the instance would have gained it.
  const notGained = without(now.gains, [...then.gains, ...then.keeps]);
  return {
    service: daemon.name,
    gains: without(then.gains, now.gains),
    loses: [...without(then.loses, now.loses), ...notGained],
    blocked: then.blocked.filter((it) => !blockedNow.has(it.id)),
  };
}

function named(ids: readonly string[]): string {
  const most = 5;
  const more = ids.length > most ? ` and ${countText(ids.length - most)} more` : "";
  return `${instanceCount(ids.length)} (${ids.slice(0, most).join(", ")}${more})`;
}
