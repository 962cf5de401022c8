// CreateService, DAEMON and REPLICA.

import { serviceAnswer } from "../answers/serviceAnswer";
import { invalidParameter, unsupportedFeature } from "../errors";
import type { Operation } from "../operation";
import { canonicalJson } from "../request/canonicalJson";
import { clusterToUse, tagsOf, usableTaskDefinition } from "../request/findRecords";
import {
  type JsonObject,
  member,
  objectList,
  optionalInteger,
  optionalObject,
  optionalText,
  requiredText,
  schedulingStrategyWord,
} from "../request/input";
import { knownInput } from "../request/knownMembers";
import { rejectAsEcs } from "../request/rejectAsEcs";
import {
  checkDesiredCount,
  constraintsIn,
  deploymentConfigurationOf,
  detailsOf,
  launchTypeIn,
  strategyIn,
} from "../request/serviceInput";
import { launchTypeOf, strategyOf } from "../request/strategyInput";
import { beginDeployment } from "../scheduling/deployments";
import type { ClusterRecord, ServiceRecord } from "../state/records";
import { serviceKey, taskDefinitionKey, type World } from "../state/world";

export const createService: Operation = (world, given, call) => {
  const input = knownInput("createService", given);
  const cluster = clusterToUse(world, input);
  const name = requiredText(input, "serviceName", "Service name");
  const requestKey = canonicalJson({ ...input, cluster: cluster.name });
  const twin = sameRequest(world, cluster.name, input, requestKey);
  if (twin !== undefined) return { service: serviceAnswer(world, twin, call, true) };
  refuseDaemonStrategy(cluster, input);
  rejectAsEcs(world, "createService", input);
  refuseMissingNamespace(cluster, input);
  refuseOtherControllers(input);
  const reference = requiredText(input, "taskDefinition", "TaskDefinition");
  const definition = usableTaskDefinition(world, reference);
  refuseKnownName(world.services.get(serviceKey(cluster.name, name)));
  const service = newService(world, input, cluster, { cluster: cluster.name, name, requestKey });
  const created = beginDeployment(world, service, taskDefinitionKey(definition.family, definition.revision));
  return { service: serviceAnswer(world, created, call, true) };
};

/** The service that an earlier call with the same client token made. */
function sameRequest(
  world: World,
  cluster: string,
  input: JsonObject,
  requestKey: string,
): ServiceRecord | undefined {
  const token = optionalText(input, "clientToken");
  if (token === undefined || token === "") return undefined;
  for (const key of world.servicesOfCluster.members(cluster)) {
    const service = world.services.get(key);
    if (service?.clientToken !== token || service.status === "INACTIVE") continue;
    if (service.requestKey === requestKey) return service;
    throw invalidParameter("Creation of service was not idempotent.");
  }
  return undefined;
}

/** Service Connect takes the cluster's namespace where the service has none. */
export function refuseMissingNamespace(cluster: ClusterRecord, input: JsonObject): void {
  const connect = optionalObject(input, "serviceConnectConfiguration");
  if (connect?.enabled !== true || optionalText(connect, "namespace")) return;
  if (!cluster.serviceConnectDefaults?.namespace) throw invalidParameter("Namespace is missing");
}

/** Throws for a controller other than ECS; that a daemon service cannot have one is a rule of its own. */
function refuseOtherControllers(input: JsonObject): void {
  const type = optionalText(optionalObject(input, "deploymentController") ?? {}, "type");
  if ((type !== "EXTERNAL" && type !== "CODE_DEPLOY") || input.schedulingStrategy === "DAEMON") return;
  throw unsupportedFeature(
    `The local endpoint does not support the deployment controller ${type}. Use the deployment controller ECS.`,
  );
}

function refuseKnownName(known: ServiceRecord | undefined): void {
  if (known?.status === "ACTIVE") throw invalidParameter("Creation of service was not idempotent.");
  if (known?.status === "DRAINING") {
    throw invalidParameter("Unable to Start a service that is still Draining.");
  }
}

/**
 * A daemon service cannot have a capacity provider strategy, whatever is in it; a cluster's default strategy counts as
 * if the input had it.
 */
function refuseDaemonStrategy(cluster: ClusterRecord, input: JsonObject): void {
  if (input.schedulingStrategy !== "DAEMON") return;
  const own = objectList(input, "capacityProviderStrategy");
  const inherited = member(input, "launchType") === undefined ? cluster.defaultCapacityProviderStrategy : [];
  if (own.length === 0 && inherited.length === 0) return;
  throw invalidParameter(
    "Specifying a capacity provider strategy is not supported when you create a service using the DAEMON scheduling strategy.",
  );
}

function newService(
  world: World,
  input: JsonObject,
  cluster: ClusterRecord,
  names: { readonly cluster: string; readonly name: string; readonly requestKey: string },
): ServiceRecord {
  const schedulingStrategy = schedulingStrategyWord(input) ?? "REPLICA";
  const strategy = strategyOf(world, cluster, input);
  const launchType = strategy === undefined ? launchTypeIn(input) : launchTypeOf(world, strategy);
  const desiredCount = optionalInteger(input, "desiredCount");
  if (schedulingStrategy === "REPLICA" && desiredCount === undefined) {
    throw invalidParameter("DesiredCount is missing");
  }
  checkDesiredCount(desiredCount ?? 0);
  const clientToken = optionalText(input, "clientToken") || undefined;
  return {
    ...names,
    status: "ACTIVE",
    schedulingStrategy,
    launchType,
    ...(strategy === undefined ? { createdLaunchType: launchType } : { capacityProviderStrategy: strategy }),
    desiredCount: desiredCount ?? 0,
    placementConstraints: constraintsIn(input) ?? [],
    placementStrategy: strategyIn(input) ?? [],
    deploymentConfiguration: deploymentConfigurationOf(input, schedulingStrategy),
    createdAt: world.now(),
    deployments: [],
    details: detailsOf(input, { availabilityZoneRebalancing: zoneRebalancing(input, schedulingStrategy) }),
    tags: tagsOf(input),
    ...(clientToken === undefined ? {} : { clientToken }),
    steady: false,
    eventCount: forgetEvents(world, serviceKey(names.cluster, names.name)),
  };
}

/** The default (API model): ENABLED, or DISABLED where the deployment may not exceed the desired count; never for daemons. */
function zoneRebalancing(input: JsonObject, strategy: ServiceRecord["schedulingStrategy"]): string {
  const most = optionalObject(input, "deploymentConfiguration")?.maximumPercent;
  return strategy === "DAEMON" || (typeof most === "number" && most <= 100) ? "DISABLED" : "ENABLED";
}

/** A service that takes the name of a deleted one begins with an empty log. */
function forgetEvents(world: World, key: string): number {
  for (const event of [...world.eventsOfService.members(key)]) world.serviceEvents.delete(event);
  return 0;
}
