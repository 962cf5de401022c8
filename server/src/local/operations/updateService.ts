// UpdateService: a change of what runs, or where, makes a new deployment.

import { serviceAnswer } from "../answers/serviceAnswer";
import { serviceNotActive } from "../errors";
import type { Operation } from "../operation";
import { clusterToUse, serviceOf, usableTaskDefinition } from "../request/findRecords";
import {
  type JsonObject,
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
import { strategyOf } from "../request/strategyInput";
import { beginDeployment } from "../scheduling/deployments";
import type { ConstraintRecord, ServiceRecord } from "../state/records";
import { keyOfService, taskDefinitionKey } from "../state/world";

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
  const wanted =
    definition === undefined ? current : taskDefinitionKey(definition.family, definition.revision);
  const constraints = constraintsIn(input);
  const strategy =
    input.capacityProviderStrategy === undefined
      ? service.capacityProviderStrategy
      : strategyOf(world, cluster, input);
  const changed: ServiceRecord = {
    ...withStrategy(service, strategy),
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
    changesTasks(input);
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

function withStrategy(
  service: ServiceRecord,
  strategy: ServiceRecord["capacityProviderStrategy"],
): ServiceRecord {
  if (strategy === service.capacityProviderStrategy) return service;
  const { capacityProviderStrategy: _, ...rest } = service;
  return strategy === undefined
    ? { ...rest, launchType: "EC2" }
    : { ...rest, launchType: "MANAGED_INSTANCES", capacityProviderStrategy: strategy };
}

function desiredCountIn(input: Parameters<Operation>[1], service: ServiceRecord): number {
  const count = optionalInteger(input, "desiredCount");
  if (count === undefined) return service.desiredCount;
  return checkDesiredCount(count);
}

function sameConstraints(left: readonly ConstraintRecord[], right: readonly ConstraintRecord[]): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
