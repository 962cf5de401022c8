// The port, made of single calls: pages are followed, descriptions are asked for in batches, answers are read into our
// words.

import { snapshotFromValue } from "../core/cluster/snapshot";
import { lastPart, plain, registered, type SdkTask, serviceState, taskState } from "./awsShapes";
import { capturedInstance, capturedTask } from "./capturedData";
import type { EcsCalls } from "./ecsCalls";
import { inBatches, pages } from "./paging";
import {
  type AttributeChange,
  type ContainerInstanceAttribute,
  EcsError,
  type EcsPort,
  type JsonObject,
} from "./port";

export function portOf(calls: EcsCalls): EcsPort {
  return {
    ...definitionCalls(calls),
    ...serviceCalls(calls),
    ...clusterCalls(calls),
    ...attributeCalls(calls),
    listServiceTasks: async (cluster, serviceName, desiredStatus, signal) => {
      const arns = await listTasks(calls, { cluster, serviceName, desiredStatus }, signal);
      return (await describeTasks(calls, cluster, arns, signal)).map(taskState);
    },
    close: calls.close,
  };
}

// Task definitions ---------------------------------------------------------------------------------------------

function definitionCalls({
  send,
}: EcsCalls): Pick<EcsPort, "registerTaskDefinition" | "describeTaskDefinition"> {
  return {
    registerTaskDefinition: async (input, signal) => {
      const { taskDefinition, tags } = await send("RegisterTaskDefinition", input, signal);
      return registered(taskDefinition, tags);
    },
    describeTaskDefinition: async (reference, signal) => {
      try {
        const input = { taskDefinition: reference, include: ["TAGS"] };
        const { taskDefinition, tags } = await send("DescribeTaskDefinition", input, signal);
        return registered(taskDefinition, tags);
      } catch (error) {
        // ECS has no exception of its own for it.
        if (error instanceof EcsError && /unable to describe task definition/i.test(error.message))
          return undefined;
        throw error;
      }
    },
  };
}

// Services -----------------------------------------------------------------------------------------------------

type ServiceCalls = Pick<
  EcsPort,
  "createService" | "updateService" | "deleteService" | "describeService" | "listDaemonServices"
>;

function serviceCalls({ send }: EcsCalls): ServiceCalls {
  return {
    createService: async (input, signal) =>
      serviceState((await send("CreateService", input, signal)).service),
    updateService: async (input, signal) =>
      serviceState((await send("UpdateService", input, signal)).service),
    deleteService: async (cluster, service, signal) =>
      serviceState((await send("DeleteService", { cluster, service, force: true }, signal)).service),
    describeService: async (cluster, service, signal) => {
      const { services } = await send("DescribeServices", { cluster, services: [service] }, signal);
      const found = services?.[0];
      return found === undefined ? undefined : serviceState(found);
    },
    listDaemonServices: async (cluster, signal) => {
      const arns = await pages(async (nextToken) => {
        const input = { cluster, schedulingStrategy: "DAEMON", maxResults: 100, nextToken };
        const answer = await send("ListServices", input, signal);
        return { items: answer.serviceArns ?? [], nextToken: answer.nextToken };
      });
      return inBatches(arns, 10, async (services) => {
        const answer = await send("DescribeServices", { cluster, services }, signal);
        return (answer.services ?? []).map(serviceState);
      });
    },
  };
}

// Clusters and their instances ---------------------------------------------------------------------------------

type ClusterCalls = Pick<
  EcsPort,
  "listClusters" | "createCluster" | "readCluster" | "captureCluster" | "filterContainerInstances"
>;

function clusterCalls(calls: EcsCalls): ClusterCalls {
  const { send } = calls;
  const capture = async (cluster: string, signal?: AbortSignal) => {
    const [containerInstances, tasks] = await Promise.all([
      describeInstances(calls, cluster, signal),
      listTasks(calls, { cluster }, signal).then((arns) => describeTasks(calls, cluster, arns, signal)),
    ]);
    return { capturedAt: new Date().toISOString(), containerInstances, tasks: tasks.map(plain) };
  };
  return {
    listClusters: async (signal) => {
      const arns = await pages(async (nextToken) => {
        const answer = await send("ListClusters", { nextToken }, signal);
        return { items: answer.clusterArns ?? [], nextToken: answer.nextToken };
      });
      return arns.map((arn) => ({ arn, name: lastPart(arn) }));
    },
    createCluster: async (name, signal) => {
      const { cluster } = await send("CreateCluster", { clusterName: name }, signal);
      return { name: cluster?.clusterName ?? name, arn: cluster?.clusterArn ?? "" };
    },
    // A snapshot is passed on; what is computed with stays what it is.
    captureCluster: async (cluster, signal) => {
      const { containerInstances, tasks, ...found } = await capture(cluster, signal);
      return {
        ...found,
        containerInstances: containerInstances.map(capturedInstance),
        tasks: tasks.map(capturedTask),
      };
    },
    readCluster: async (cluster, signal) =>
      snapshotFromValue(await capture(cluster, signal), lastPart(cluster)).cluster,
    filterContainerInstances: async (cluster, expression, signal) =>
      (await listInstances(calls, { cluster, filter: expression }, signal)).map(lastPart).sort(),
  };
}

async function describeInstances(
  calls: EcsCalls,
  cluster: string,
  signal: AbortSignal | undefined,
): Promise<readonly JsonObject[]> {
  const arns = await listInstances(calls, { cluster }, signal);
  return inBatches(arns, 100, async (containerInstances) => {
    const input = { cluster, containerInstances };
    const answer = await calls.send("DescribeContainerInstances", input, signal);
    return (answer.containerInstances ?? []).map(plain);
  });
}

/** Without a status ECS lists the instances of every status but INACTIVE. */
function listInstances(
  { send }: EcsCalls,
  input: { readonly cluster: string; readonly filter?: string },
  signal: AbortSignal | undefined,
) {
  return pages(async (nextToken) => {
    const answer = await send("ListContainerInstances", { ...input, nextToken }, signal);
    return { items: answer.containerInstanceArns ?? [], nextToken: answer.nextToken };
  });
}

// Tasks --------------------------------------------------------------------------------------------------------

interface TaskSelection {
  readonly cluster: string;
  readonly serviceName?: string;
  readonly desiredStatus?: "RUNNING" | "STOPPED";
}

function listTasks({ send }: EcsCalls, selection: TaskSelection, signal: AbortSignal | undefined) {
  return pages(async (nextToken) => {
    const answer = await send("ListTasks", { ...selection, nextToken }, signal);
    return { items: answer.taskArns ?? [], nextToken: answer.nextToken };
  });
}

function describeTasks(
  { send }: EcsCalls,
  cluster: string,
  arns: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly SdkTask[]> {
  return inBatches(arns, 100, async (tasks) => {
    const answer = await send("DescribeTasks", { cluster, tasks }, signal);
    return answer.tasks ?? [];
  });
}

// Attributes ---------------------------------------------------------------------------------------------------

type AttributeCalls = Pick<EcsPort, "putAttributes" | "deleteAttributes" | "listAttributes">;

function attributeCalls({ send }: EcsCalls): AttributeCalls {
  const inTens =
    (operation: "PutAttributes" | "DeleteAttributes"): EcsPort["putAttributes"] =>
    async (cluster, changes, signal) => {
      await inBatches(changes, 10, async (batch) => {
        await send(operation, { cluster, attributes: batch.map(attributeInput) }, signal);
        return [];
      });
    };
  return {
    putAttributes: inTens("PutAttributes"),
    deleteAttributes: inTens("DeleteAttributes"),
    listAttributes: (cluster, attributeName, signal) =>
      pages(async (nextToken) => {
        const input = { cluster, targetType: "container-instance", attributeName, nextToken };
        const answer = await send("ListAttributes", input, signal);
        const items = (answer.attributes ?? []).map(
          ({ name, value, targetId }): ContainerInstanceAttribute => ({
            instance: lastPart(targetId ?? ""),
            name: name ?? "",
            ...(value === undefined ? {} : { value }),
          }),
        );
        return { items, nextToken: answer.nextToken };
      }),
  };
}

function attributeInput({ instance, name, value }: AttributeChange): JsonObject {
  // A long ARN says what it is of; a bare id needs the type beside it.
  const target = instance.startsWith("arn:")
    ? { targetId: instance }
    : { targetId: instance, targetType: "container-instance" };
  return { name, ...(value === undefined ? {} : { value }), ...target };
}
