// A cluster as DescribeClusters answers it.

import { type Call, definedOnly } from "../operation";
import type { JsonObject } from "../request/input";
import type { ClusterRecord } from "../state/records";
import { rowsOf, taskBucket, type World } from "../state/world";

export function clusterAnswer(
  world: World,
  cluster: ClusterRecord,
  call: Call,
  include: ReadonlySet<string> = new Set(),
): JsonObject {
  const count = (status: string) => world.taskCounts.count(taskBucket("cluster", cluster.name, status));
  const services = rowsOf(world.services, world.servicesOfCluster.members(cluster.name));
  const active = services.filter((it) => it.status === "ACTIVE").length;
  return definedOnly({
    clusterArn: call.arns.cluster(cluster.name),
    clusterName: cluster.name,
    status: cluster.status,
    registeredContainerInstancesCount: rowsOf(
      world.instances,
      world.instancesOfCluster.members(cluster.name),
    ).filter((it) => it.status === "ACTIVE" || it.status === "DRAINING").length,
    runningTasksCount: count("RUNNING"),
    pendingTasksCount: count("PENDING"),
    activeServicesCount: active,
    statistics: include.has("STATISTICS")
      ? statistics(count, active, services.filter((it) => it.status === "DRAINING").length)
      : [],
    tags: include.has("TAGS") ? cluster.tags : [],
    settings: include.has("SETTINGS") ? cluster.settings : [],
    configuration: include.has("CONFIGURATIONS") ? cluster.configuration : undefined,
    serviceConnectDefaults: cluster.serviceConnectDefaults,
    capacityProviders: [...cluster.capacityProviders, ...managedProvidersOf(world, cluster.name)],
    defaultCapacityProviderStrategy: cluster.defaultCapacityProviderStrategy,
  });
}

/** Managed Instances capacity providers belong to the cluster that they were created in. */
export function managedProvidersOf(world: World, cluster: string): readonly string[] {
  return [...world.capacityProviders.values()]
    .filter((it) => it.cluster === cluster && it.status !== "INACTIVE")
    .map((it) => it.name);
}

/** ECS gives the numbers as text. */
function statistics(
  count: (status: string) => number,
  active: number,
  draining: number,
): readonly JsonObject[] {
  const numbers: readonly (readonly [string, number])[] = [
    ["runningEC2TasksCount", count("RUNNING")],
    ["runningFargateTasksCount", 0],
    ["pendingEC2TasksCount", count("PENDING")],
    ["pendingFargateTasksCount", 0],
    ["activeEC2ServiceCount", active],
    ["activeFargateServiceCount", 0],
    ["drainingEC2ServiceCount", draining],
    ["drainingFargateServiceCount", 0],
  ];
  return numbers.map(([name, value]) => ({ name, value: String(value) }));
}
