// A service as DescribeServices answers it.

import { account } from "../arns";
import { type Call, definedOnly, seconds } from "../operation";
import type { JsonObject } from "../request/input";
import { desiredCountOf } from "../scheduling/desiredCount";
import type { DeploymentRecord, ServiceRecord } from "../state/records";
import { keyOfService, rowsOf, taskBucket, type World } from "../state/world";

export function serviceAnswer(
  world: World,
  service: ServiceRecord,
  call: Call,
  withTags = false,
): JsonObject {
  const key = keyOfService(service);
  const [primary] = service.deployments;
  const running = service.status !== "INACTIVE";
  const count = (status: string) => world.taskCounts.count(taskBucket("service", key, status));
  return definedOnly({
    serviceArn: call.arns.service(key),
    serviceName: service.name,
    clusterArn: call.arns.cluster(service.cluster),
    loadBalancers: [],
    serviceRegistries: [],
    status: service.status,
    desiredCount: desiredCountOf(world, service),
    runningCount: count("RUNNING"),
    pendingCount: count("PENDING"),
    ...capacityOf(service),
    taskDefinition: primary === undefined ? undefined : call.arns.taskDefinition(primary.taskDefinition),
    deploymentConfiguration: service.deploymentConfiguration,
    deployments: running ? service.deployments.map((it) => deploymentAnswer(world, service, it, call)) : [],
    events: eventAnswers(world, key),
    createdAt: seconds(service.createdAt),
    currentServiceDeployment:
      primary === undefined ? undefined : call.arns.serviceDeployment(key, primary.serviceDeploymentId),
    currentServiceRevisions: running
      ? service.deployments.map((it) => revisionSummary(world, service, it, call))
      : [],
    placementConstraints: service.placementConstraints,
    placementStrategy: service.placementStrategy,
    schedulingStrategy: service.schedulingStrategy,
    createdBy: `arn:aws:iam::${account}:root`,
    enableECSManagedTags: false,
    propagateTags: "NONE",
    enableExecuteCommand: false,
    deploymentController: { type: "ECS" },
    availabilityZoneRebalancing: "DISABLED",
    ...shownDetails(service),
    tags: withTags ? service.tags : undefined,
  });
}

/** ECS answers a strategy or a launch type. */
function capacityOf({ capacityProviderStrategy, launchType }: ServiceRecord): JsonObject {
  return capacityProviderStrategy === undefined ? { launchType } : { capacityProviderStrategy };
}

const withDeployments: ReadonlySet<string> = new Set([
  "serviceConnectConfiguration",
  "volumeConfigurations",
  "vpcLatticeConfigurations",
  "monitoring",
]);

/** Everything but what ECS shows with the deployments, or with the service revisions alone. */
function shownDetails({ details }: ServiceRecord): JsonObject {
  const shown = Object.entries(details).filter(([name]) => !withDeployments.has(name));
  return Object.fromEntries(shown);
}

function counts(world: World, service: ServiceRecord, deployment: DeploymentRecord) {
  const count = (status: string) => world.taskCounts.count(taskBucket("deployment", deployment.id, status));
  return {
    // Only the newest deployment wants tasks; an older one is left with those it still has.
    desired: deployment.status === "PRIMARY" ? desiredCountOf(world, service) : 0,
    pending: count("PENDING"),
    running: count("RUNNING"),
  };
}

function deploymentAnswer(
  world: World,
  service: ServiceRecord,
  deployment: DeploymentRecord,
  call: Call,
): JsonObject {
  const { desired, pending, running } = counts(world, service, deployment);
  // Each deployment shows what it was made with, so that two of them can be compared.
  const { details } = world.serviceRevisions.get(deployment.revisionId) ?? service;
  return definedOnly({
    id: deployment.id,
    status: deployment.status,
    taskDefinition: call.arns.taskDefinition(deployment.taskDefinition),
    desiredCount: desired,
    pendingCount: pending,
    runningCount: running,
    failedTasks: deployment.failedTasks,
    createdAt: seconds(deployment.createdAt),
    updatedAt: seconds(deployment.updatedAt),
    ...capacityOf(service),
    networkConfiguration: details.networkConfiguration,
    serviceConnectConfiguration: details.serviceConnectConfiguration,
    volumeConfigurations: details.volumeConfigurations,
    vpcLatticeConfigurations: details.vpcLatticeConfigurations,
    rolloutState: deployment.rolloutState,
    rolloutStateReason: deployment.rolloutStateReason,
  });
}

function revisionSummary(
  world: World,
  service: ServiceRecord,
  deployment: DeploymentRecord,
  call: Call,
): JsonObject {
  const { desired, pending, running } = counts(world, service, deployment);
  return {
    arn: call.arns.serviceRevision(keyOfService(service), deployment.revisionId),
    requestedTaskCount: desired,
    runningTaskCount: running,
    pendingTaskCount: pending,
  };
}

/** Newest first. */
function eventAnswers(world: World, key: string): readonly JsonObject[] {
  return rowsOf(world.serviceEvents, world.eventsOfService.members(key))
    .toSorted((a, b) => b.number - a.number)
    .map((it) => ({ id: it.id, createdAt: seconds(it.createdAt), message: it.message }));
}
