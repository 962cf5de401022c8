// The port, made of single calls: pages are followed, descriptions are asked for in batches, answers are read into our
// words.

import { placedTaskReader } from "../../core/cluster/instanceContext";
import { clusterWithTasks, snapshotFromValue } from "../../core/cluster/snapshot";
import { append } from "../../core/text/lists";
import { objectsOf } from "../../core/text/plainValue";
import { coverageCalls } from "../coverage/coverageCalls";
import { roomCalls } from "../coverage/roomCalls";
import { daemonCalls, managedParts, providersOf } from "../managed/daemonCalls";
import type { AttributeChange, ContainerInstanceAttribute, EcsPort, JsonObject, OnRead } from "../port";
import { answered, describeListed } from "./answers";
import { lastPart, plain, type SdkTask, taskState } from "./awsShapes";
import { capturedInstance, capturedTask } from "./capturedData";
import { definitionCalls } from "./definitionCalls";
import { type EcsCalls, reasonsOf } from "./ecsCalls";
import { inBatches, pages } from "./paging";
import { serviceCalls } from "./serviceCalls";

export function portOf(calls: EcsCalls): EcsPort {
  const clusters = clusterCalls(calls);
  return {
    ...definitionCalls(calls),
    ...serviceCalls(calls),
    ...clusters,
    captureCluster: async (cluster, signal) => {
      const snapshot = await clusters.captureCluster(cluster, signal);
      const isManaged = objectsOf(snapshot.containerInstances).some((it) => it.capacityProviderName);
      return isManaged ? { ...snapshot, ...(await managedParts(calls, cluster, signal)) } : snapshot;
    },
    ...attributeCalls(calls),
    ...coverageCalls(calls),
    ...roomCalls(calls),
    ...daemonCalls(calls, clusters.captureCluster),
    listServiceTasks: async (cluster, serviceName, desiredStatus, signal) => {
      return describeTasks(calls, { cluster, serviceName, desiredStatus }, signal, taskState);
    },
    close: calls.close,
  };
}

// Clusters and their instances ---------------------------------------------------------------------------------

type ClusterCalls = Pick<
  EcsPort,
  | "listClusters"
  | "createCluster"
  | "readCluster"
  | "readServiceCluster"
  | "readInstances"
  | "captureCluster"
  | "filterContainerInstances"
>;

function clusterCalls(calls: EcsCalls): ClusterCalls {
  const { send } = calls;
  /** Nothing is kept of a task but what is computed with: a large cluster has a hundred thousand. */
  const read = async (selection: TaskSelection, signal?: AbortSignal, onRead?: OnRead) => {
    const { cluster } = selection;
    const [containerInstances, tasks] = await Promise.all([
      describeInstances(calls, cluster, signal, onRead),
      describeTasks(calls, selection, signal, placedTaskReader()),
    ]);
    const providers = await providersOf(calls, cluster, containerInstances, signal);
    const placed = tasks.filter((it) => it !== undefined);
    return clusterWithTasks({ containerInstances, ...providers }, placed, lastPart(cluster));
  };
  return {
    listClusters: async (signal) => {
      const arns = await pages(async (nextToken) => {
        const answer = await send("ListClusters", { nextToken }, signal);
        const items = answered(answer.clusterArns, "ListClusters", "list of clusters");
        return { items, nextToken: answer.nextToken };
      });
      return arns.map((arn) => ({ arn, name: lastPart(arn) }));
    },
    createCluster: async (name, signal) => {
      const { cluster } = await send("CreateCluster", { clusterName: name }, signal);
      const arn = answered(cluster?.clusterArn, "CreateCluster", "ARN of the cluster");
      return { name: cluster?.clusterName ?? name, arn };
    },
    // A snapshot is passed on; what is computed with stays what it is.
    captureCluster: async (cluster, signal) => {
      const [containerInstances, tasks] = await Promise.all([
        describeInstances(calls, cluster, signal),
        describeTasks(calls, { cluster }, signal, (it) => capturedTask(plain(it))),
      ]);
      return {
        capturedAt: new Date().toISOString(),
        containerInstances: containerInstances.map(capturedInstance),
        tasks,
      };
    },
    readCluster: (cluster, signal, onRead) => read({ cluster }, signal, onRead),
    readInstances: async (cluster, signal) => {
      const containerInstances = await describeInstances(calls, cluster, signal);
      const providers = await providersOf(calls, cluster, containerInstances, signal);
      return snapshotFromValue({ containerInstances, ...providers }, lastPart(cluster)).cluster;
    },
    readServiceCluster: (cluster, serviceName, signal) => read({ cluster, serviceName }, signal),
    filterContainerInstances: async (cluster, expression, signal) =>
      (await listInstances(calls, { cluster, filter: expression }, signal)).map(lastPart).sort(),
  };
}

function describeInstances(
  calls: EcsCalls,
  cluster: string,
  signal: AbortSignal | undefined,
  onRead: OnRead = () => {},
): Promise<readonly JsonObject[]> {
  return describeListed({
    what: "container instances",
    list: () => listInstances(calls, { cluster }, signal),
    describe: async (arns) => {
      let read = 0;
      onRead(read, arns.length);
      const answers = await inBatches(arns, 100, async (containerInstances) => {
        const answer = await calls.send(
          "DescribeContainerInstances",
          { cluster, containerInstances },
          signal,
        );
        read += containerInstances.length;
        onRead(read, arns.length);
        return [answer];
      });
      return {
        items: answers.flatMap((it) => it.containerInstances ?? []).map(plain),
        reasons: reasonsOf(answers),
      };
    },
    arnOf: (it) => String(it.containerInstanceArn ?? ""),
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
    const items = answered(
      answer.containerInstanceArns,
      "ListContainerInstances",
      "list of container instances",
    );
    return { items, nextToken: answer.nextToken };
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
    return { items: answered(answer.taskArns, "ListTasks", "list of tasks"), nextToken: answer.nextToken };
  });
}

/** What `read` keeps of each task, taken out of each answer at once. */
async function describeTasks<T>(
  calls: EcsCalls,
  selection: TaskSelection,
  signal: AbortSignal | undefined,
  read: (task: SdkTask) => T,
): Promise<readonly T[]> {
  const { cluster } = selection;
  const found = await describeListed({
    what: "tasks",
    list: () => listTasks(calls, selection, signal),
    describe: async (arns) => {
      const reasons: string[] = [];
      const items = await inBatches(arns, 100, async (tasks) => {
        const answer = await calls.send("DescribeTasks", { cluster, tasks }, signal);
        append(reasons, reasonsOf([answer]));
        return (answer.tasks ?? []).map((it) => ({ arn: it.taskArn, kept: read(it) }));
      });
      return { items, reasons };
    },
    arnOf: (it) => it.arn,
  });
  return found.map((it) => it.kept);
}

// Attributes ---------------------------------------------------------------------------------------------------

type AttributeCalls = Pick<EcsPort, "putAttributes" | "deleteAttributes" | "listAttributes">;

function attributeCalls({ send }: EcsCalls): AttributeCalls {
  const inTens =
    (operation: "PutAttributes" | "DeleteAttributes"): EcsPort["putAttributes"] =>
    async (cluster, changes, signal) => {
      await inBatches(changes, 10, async (batch) => {
        const input = { cluster, attributes: batch.map(attributeInput) };
        const { attributes } = await send(operation, input, signal);
        answered(attributes, operation, "list of attributes");
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
        const items = answered(answer.attributes, "ListAttributes", "list of attributes").map(
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
