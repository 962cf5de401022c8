// The requests about the cluster itself: choose one, list its container instances, put attributes on them.

import type { ContainerInstance } from "../../core/cluster/containerInstance";
import type { AttributeChange } from "../../ecs/port";
import { onAsk, signalOf } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { isFailure } from "../base/failure";
import { ecsChanged, withEcs } from "../clusters/ecsTarget";
import { instanceFacts } from "../preview/previewResult";
import { requests } from "../protocol/customRequests";
import type {
  ListedInstance,
  ListInstancesAnswer,
  ListInstancesParams,
  ListServicesAnswer,
  ListServicesParams,
  PutAttributesAnswer,
  PutAttributesParams,
} from "../protocol/protocol";
import { loadCluster, pathsOf } from "../workspace/workspace";

export function registerClusterRequests(context: ServerContext): void {
  onAsk(context, requests.chooseCluster, async ({ cluster }) => {
    context.clusters.choose(cluster ?? undefined);
    await loadCluster(context);
    context.surroundingsChanged();
    return null;
  });
  onAsk(context, requests.listInstances, (params) => listInstances(context, params ?? {}));
  onAsk(context, requests.listServices, (params, token) =>
    listServices(context, params ?? {}, signalOf(token)),
  );
  onAsk(context, requests.putAttributes, (params, token) => putAttributes(context, params, signalOf(token)));
}

async function listInstances(
  { clusters, index }: ServerContext,
  { cluster }: ListInstancesParams,
): Promise<ListInstancesAnswer> {
  const found = await clusters.resolve(cluster, pathsOf(index.folders()));
  return isFailure(found) ? found : { instances: found.cluster.instances.map(listed) };
}

async function listServices(
  context: ServerContext,
  { cluster: choice }: ListServicesParams,
  signal: AbortSignal,
): Promise<ListServicesAnswer> {
  return withEcs(context, choice, async (ecs, { cluster }) => {
    const services = await ecs.listDaemonServices(cluster, signal);
    return {
      services: services.map(({ name, taskDefinitionArn, runningCount, desiredCount }) => ({
        name,
        taskDefinition: taskDefinitionArn.slice(taskDefinitionArn.lastIndexOf("/") + 1),
        running: runningCount,
        desired: desiredCount,
      })),
    };
  });
}

function listed(instance: ContainerInstance): ListedInstance {
  const attributes = [...instance.attributes].map(([name, value]) => [name, value ?? null] as const);
  return { id: instance.id, ...instanceFacts(instance), attributes: Object.fromEntries(attributes) };
}

async function putAttributes(
  context: ServerContext,
  { cluster: choice, instances, attributes }: PutAttributesParams,
  signal: AbortSignal,
): Promise<PutAttributesAnswer> {
  return withEcs(context, choice, async (ecs, { cluster }) => {
    const changes: readonly AttributeChange[] = instances.flatMap((instance) =>
      attributes.map((attribute) => ({ instance, ...attribute })),
    );
    await ecs.putAttributes(cluster, changes, signal);
    await loadCluster(context);
    ecsChanged(context);
    return { changed: changes.length };
  });
}
