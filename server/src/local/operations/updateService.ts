// UpdateService: a change of what runs, or where, makes a new deployment.

import { serviceAnswer } from "../answers/serviceAnswer";
import { invalidParameter, serviceNotActive } from "../errors";
import type { Operation } from "../operation";
import { canonicalJson } from "../request/canonicalJson";
import { clusterToUse, serviceOf, usableTaskDefinition } from "../request/findRecords";
import {
  type JsonObject,
  objectList,
  optionalBoolean,
  optionalInteger,
  optionalText,
  requiredText,
} from "../request/input";
import { knownInput } from "../request/knownMembers";
import { rejectAsEcs } from "../request/rejectAsEcs";
import {
  changesTasks,
  checkDesiredCount,
  constraintsIn,
  deploymentConfigurationOf,
  detailsOf,
  strategyIn,
} from "../request/serviceInput";
import { defaultStrategy, launchTypeOf, strategyOf } from "../request/strategyInput";
import { beginDeployment } from "../scheduling/deployments";
import type { ClusterRecord, ConstraintRecord, ServiceRecord } from "../state/records";
import { keyOfService, taskDefinitionKey, type World } from "../state/world";
import { refuseMissingNamespace } from "./createService";

export const updateService: Operation = (world, given, call) => {
  const input = knownInput("updateService", given);
  const cluster = clusterToUse(world, input);
  const service = serviceOf(world, cluster.name, requiredText(input, "service", "Service"));
  if (service.status !== "ACTIVE") throw serviceNotActive();
  const [primary] = service.deployments;
  const reference = optionalText(input, "taskDefinition");
  const definition = reference === undefined ? undefined : usableTaskDefinition(world, reference);
  const current = primary?.taskDefinition ?? "";
  rejectAsEcs(world, "updateService", afterwards(service, current, input));
  refuseMissingNamespace(cluster, input);
  if (service.launchType === "EC2" && optionalText(input, "platformVersion"))
    throw invalidParameter("The platform version must be null when specifying an EC2 launch type.");
  const wanted =
    definition === undefined ? current : taskDefinitionKey(definition.family, definition.revision);
  const constraints = constraintsIn(input);
  const strategy = strategyAfter(world, cluster, service, input);
  const changed: ServiceRecord = {
    ...withStrategy(world, service, strategy),
    desiredCount: desiredCountIn(input, service),
    deploymentConfiguration: deploymentConfigurationOf(
      input,
      service.schedulingStrategy,
      service.deploymentConfiguration,
    ),
    details: detailsOf(input, service.details),
    placementStrategy: strategyIn(input) ?? service.placementStrategy,
    placementConstraints:
      constraints === undefined || sameConstraints(constraints, service.placementConstraints)
        ? service.placementConstraints
        : constraints,
  };
  const redeploy =
    optionalBoolean(input, "forceNewDeployment") === true ||
    wanted !== current ||
    changed.placementConstraints !== service.placementConstraints ||
    strategy !== service.capacityProviderStrategy ||
    changesTasks(input, service.details);
  if (!redeploy) {
    world.services.put(keyOfService(service), changed);
    return { service: serviceAnswer(world, changed, call, true) };
  }
  return { service: serviceAnswer(world, beginDeployment(world, changed, wanted), call, true) };
};

/** What the tasks of a service depend on together with its task definition. */
const checkedWithDefinition = [
  "networkConfiguration",
  "loadBalancers",
  "serviceRegistries",
  "enableExecuteCommand",
];

/**
 * The input with what the service keeps: each is checked against the task definition that the tasks will have. The rules
 * speak about daemons only where they can see that the service is one.
 */
function afterwards(service: ServiceRecord, taskDefinition: string, input: JsonObject): JsonObject {
  const kept = checkedWithDefinition.flatMap((name) => {
    const value = service.details[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    taskDefinition,
    ...Object.fromEntries(kept),
    ...input,
    schedulingStrategy: service.schedulingStrategy,
  };
}

/** The strategy that the service has after the update: the very same where nothing changes. */
function strategyAfter(
  world: World,
  cluster: ClusterRecord,
  service: ServiceRecord,
  input: JsonObject,
): ServiceRecord["capacityProviderStrategy"] {
  const before = service.capacityProviderStrategy;
  if (input.capacityProviderStrategy === undefined) return before;
  const isRemoved = objectList(input, "capacityProviderStrategy").length === 0;
  if (isRemoved && before === undefined) return before;
  const after = isRemoved ? fallback(world, cluster, service) : strategyOf(world, cluster, input);
  if (canonicalJson({ strategy: after }) === canonicalJson({ strategy: before })) return before;
  // Seen in reproio/ecs_deploy#75 and pipe-cd/pipecd#6385.
  if (optionalBoolean(input, "forceNewDeployment") !== true)
    throw invalidParameter(
      "When switching from launch type to capacity provider strategy on an existing service, or making a change to a capacity provider strategy on a service that is already using one, you must force a new deployment.",
    );
  return after;
}

/** What an empty strategy goes back to: the launch type of the service, else the cluster's default (API model). */
function fallback(
  world: World,
  cluster: ClusterRecord,
  { createdLaunchType }: ServiceRecord,
): ServiceRecord["capacityProviderStrategy"] {
  if (createdLaunchType !== undefined) return undefined;
  const inherited = defaultStrategy(world, cluster);
  if (inherited !== undefined) return inherited;
  throw invalidParameter(
    "No launch type to fall back to for empty capacity provider strategy. Your service was not created with a launch type.",
  );
}

function withStrategy(
  world: World,
  service: ServiceRecord,
  strategy: ServiceRecord["capacityProviderStrategy"],
): ServiceRecord {
  if (strategy === service.capacityProviderStrategy) return service;
  const { capacityProviderStrategy: _, ...rest } = service;
  const createdLaunchType =
    service.createdLaunchType ??
    (service.capacityProviderStrategy === undefined ? service.launchType : undefined);
  const kept = createdLaunchType === undefined ? rest : { ...rest, createdLaunchType };
  return strategy === undefined
    ? { ...kept, launchType: createdLaunchType ?? "EC2" }
    : { ...kept, launchType: launchTypeOf(world, strategy), capacityProviderStrategy: strategy };
}

function desiredCountIn(input: Parameters<Operation>[1], service: ServiceRecord): number {
  const count = optionalInteger(input, "desiredCount");
  if (count === undefined) return service.desiredCount;
  return checkDesiredCount(count);
}

function sameConstraints(left: readonly ConstraintRecord[], right: readonly ConstraintRecord[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
