// Service deployments and service revisions: what was deployed when, and how it went.

import { parseArn } from "../arns";
import { invalidParameter } from "../errors";
import { type Call, definedOnly, type Operation, seconds } from "../operation";
import { clusterOf, serviceOf } from "../request/findRecords";
import {
  identifierList,
  isObject,
  type JsonObject,
  member,
  optionalObject,
  requiredText,
  wordList,
} from "../request/input";
import { pageOf, pageSize } from "../request/paging";
import { breakerThreshold } from "../scheduling/failedStarts";
import { imageDigest, newContainers } from "../scheduling/taskParts";
import type { ServiceDeploymentRecord, ServiceRevisionRecord } from "../state/records";
import { keyOfService, rowsOf, taskBucket, type World } from "../state/world";

const optionalSeconds = (time: number | undefined) => (time === undefined ? undefined : seconds(time));

/** `cluster/service` from the key of a deployment's service. */
const clusterName = (service: string): string => service.slice(0, service.indexOf("/"));

/** `ServiceDeploymentStatus` of the API model. */
const statuses = [
  "PENDING",
  "SUCCESSFUL",
  "STOPPED",
  "STOP_REQUESTED",
  "IN_PROGRESS",
  "ROLLBACK_REQUESTED",
  "ROLLBACK_IN_PROGRESS",
  "ROLLBACK_SUCCESSFUL",
  "ROLLBACK_FAILED",
] as const;

export const listServiceDeployments: Operation = (world, input, call) => {
  const cluster = clusterOf(world, input);
  const service = serviceOf(world, cluster.name, requiredText(input, "service", "Service"));
  const wanted: readonly string[] = wordList(input, "status", statuses);
  const created = optionalObject(input, "createdAt") ?? {};
  const within = (time: number) =>
    bound(created, "after", Number.NEGATIVE_INFINITY) <= seconds(time) &&
    seconds(time) <= bound(created, "before", Number.POSITIVE_INFINITY);
  const all = rowsOf(world.serviceDeployments, world.deploymentsOfService.members(keyOfService(service)))
    .filter((it) => (wanted.length === 0 || wanted.includes(it.status)) && within(it.createdAt))
    .toSorted((a, b) => newestFirst(pageKey(a), pageKey(b)));
  const page = pageOf(
    all,
    pageKey,
    { operation: "ListServiceDeployments", input },
    pageSize(input, 100, 20),
    newestFirst,
  );
  return { serviceDeployments: page.items.map((it) => brief(it, call)), nextToken: page.nextToken };
};

const pageKey = (it: ServiceDeploymentRecord): string => `${String(it.createdAt).padStart(16, "0")} ${it.id}`;
const newestFirst = (a: string, b: string): number => (a < b ? 1 : a > b ? -1 : 0);

const bound = (range: JsonObject, name: string, otherwise: number): number =>
  (member(range, name) as number | undefined) ?? otherwise;

function brief(record: ServiceDeploymentRecord, call: Call): JsonObject {
  return definedOnly({
    serviceDeploymentArn: call.arns.serviceDeployment(record.service, record.id),
    serviceArn: call.arns.service(record.service),
    clusterArn: call.arns.cluster(clusterName(record.service)),
    createdAt: seconds(record.createdAt),
    startedAt: seconds(record.createdAt),
    finishedAt: optionalSeconds(record.finishedAt),
    targetServiceRevisionArn: call.arns.serviceRevision(record.service, record.targetRevision),
    status: record.status,
    statusReason: record.statusReason,
  });
}

/** The last part of an ARN of the given type. */
function lastPart(arn: string, type: string): string {
  const parsed = parseArn(arn);
  if (parsed?.type !== type) throw invalidParameter(`Invalid ARN: ${arn}`);
  return parsed.path.at(-1) ?? "";
}

export const describeServiceDeployments: Operation = (world, input, call) => {
  const arns = identifierList(input, "serviceDeploymentArns", "Service deployment ARNs", 20);
  const serviceDeployments: JsonObject[] = [];
  const failures: JsonObject[] = [];
  for (const arn of arns) {
    const record = world.serviceDeployments.get(lastPart(arn, "service-deployment"));
    if (record === undefined) failures.push({ arn, reason: "MISSING" });
    else serviceDeployments.push(deploymentAnswer(world, record, call));
  }
  return { serviceDeployments, failures };
};

function deploymentAnswer(world: World, record: ServiceDeploymentRecord, call: Call): JsonObject {
  const { rollbackReason, rollbackRevision } = record;
  return definedOnly({
    ...brief(record, call),
    targetServiceRevisionArn: undefined,
    updatedAt: seconds(record.updatedAt),
    sourceServiceRevisions: record.sourceRevisions.map((id) =>
      revisionSummary(world, record.service, id, call),
    ),
    targetServiceRevision: revisionSummary(world, record.service, record.targetRevision, call),
    deploymentConfiguration: record.deploymentConfiguration,
    rollback:
      rollbackRevision === undefined
        ? undefined
        : {
            reason: rollbackReason,
            startedAt: optionalSeconds(record.finishedAt),
            serviceRevisionArn: call.arns.serviceRevision(record.service, rollbackRevision),
          },
    deploymentCircuitBreaker: breakerAnswer(world, record),
    alarms: { status: "DISABLED" },
  });
}

function breakerAnswer(world: World, record: ServiceDeploymentRecord): JsonObject {
  const service = world.services.get(record.service);
  const deployment = service?.deployments.find((it) => it.serviceDeploymentId === record.id);
  const configured = record.deploymentConfiguration.deploymentCircuitBreaker;
  const enabled = isObject(configured) && configured.enable === true;
  const open = record.rollbackReason !== undefined || deployment?.rolloutState === "FAILED";
  const going = record.finishedAt === undefined ? "MONITORING" : "MONITORING_COMPLETE";
  return {
    status: enabled ? (open ? "TRIGGERED" : going) : "DISABLED",
    failureCount: record.failureCount ?? deployment?.breakerFailures ?? 0,
    threshold: (service === undefined ? undefined : breakerThreshold(world, service)) ?? 0,
  };
}

function revisionSummary(world: World, service: string, id: string, call: Call): JsonObject {
  const deployment = world.services.get(service)?.deployments.find((it) => it.revisionId === id);
  const count = (status: string) =>
    deployment === undefined ? 0 : world.taskCounts.count(taskBucket("deployment", deployment.id, status));
  return {
    arn: call.arns.serviceRevision(service, id),
    requestedTaskCount: count("PENDING") + count("RUNNING"),
    runningTaskCount: count("RUNNING"),
    pendingTaskCount: count("PENDING"),
  };
}

export const describeServiceRevisions: Operation = (world, input, call) => {
  const arns = identifierList(input, "serviceRevisionArns", "Service revision ARNs", 20);
  const serviceRevisions: JsonObject[] = [];
  const failures: JsonObject[] = [];
  for (const arn of arns) {
    const record = world.serviceRevisions.get(lastPart(arn, "service-revision"));
    if (record === undefined) failures.push({ arn, reason: "MISSING" });
    else {
      serviceRevisions.push(revisionAnswer(world, record, call));
    }
  }
  return { serviceRevisions, failures };
};

/** Of a revision that an earlier version of the endpoint recorded, its service's. */
function revisionCapacity(world: World, record: ServiceRevisionRecord): JsonObject {
  const { capacityProviderStrategy, launchType } = record;
  if (capacityProviderStrategy !== undefined) return { capacityProviderStrategy };
  return { launchType: launchType ?? world.services.get(record.service)?.launchType };
}

function revisionAnswer(world: World, record: ServiceRevisionRecord, call: Call): JsonObject {
  const { details } = record;
  const definition = world.taskDefinitions.get(record.taskDefinition);
  return definedOnly({
    serviceRevisionArn: call.arns.serviceRevision(record.service, record.id),
    serviceArn: call.arns.service(record.service),
    clusterArn: call.arns.cluster(clusterName(record.service)),
    taskDefinition: call.arns.taskDefinition(record.taskDefinition),
    ...revisionCapacity(world, record),
    loadBalancers: details.loadBalancers ?? [],
    serviceRegistries: details.serviceRegistries ?? [],
    networkConfiguration: details.networkConfiguration,
    containerImages:
      definition === undefined
        ? []
        : newContainers(definition).map(({ name, image }) => ({
            containerName: name,
            imageDigest: imageDigest(image),
            image,
          })),
    guardDutyEnabled: false,
    serviceConnectConfiguration: details.serviceConnectConfiguration ?? { enabled: false },
    volumeConfigurations: details.volumeConfigurations,
    vpcLatticeConfigurations: details.vpcLatticeConfigurations,
    monitoring: details.monitoring,
    createdAt: seconds(record.createdAt),
  });
}
