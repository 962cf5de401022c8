// The requests about the cluster itself: choose one, list its container instances, put attributes on them.

import type { ContainerInstance } from "../core/cluster/containerInstance";
import type { AttributeChange } from "../ecs/port";
import type { ServerContext } from "./context";
import { onAsk, signalOf } from "./customRequest";
import { ecsChanged, withEcs } from "./ecsTarget";
import { isFailure } from "./failure";
import { instanceFacts } from "./previewResult";
import {
  type ChooseClusterParams,
  chooseClusterMethod,
  type ListedInstance,
  type ListInstancesAnswer,
  type ListInstancesParams,
  listInstancesMethod,
  type PutAttributesAnswer,
  type PutAttributesParams,
  putAttributesMethod,
} from "./protocol";
import { loadCluster, pathsOf } from "./workspace";

export function registerClusterRequests(context: ServerContext): void {
  onAsk(context, chooseClusterMethod, async ({ cluster }: ChooseClusterParams) => {
    context.clusters.choose(cluster ?? undefined);
    await loadCluster(context);
    context.surroundingsChanged();
    return null;
  });
  onAsk(context, listInstancesMethod, (params: ListInstancesParams | null) =>
    listInstances(context, params ?? {}),
  );
  onAsk(context, putAttributesMethod, (params: PutAttributesParams, token) =>
    putAttributes(context, params, signalOf(token)),
  );
}

async function listInstances(
  { clusters, index }: ServerContext,
  { cluster }: ListInstancesParams,
): Promise<ListInstancesAnswer> {
  const found = await clusters.resolve(cluster, pathsOf(index.folders()));
  return isFailure(found) ? found : { instances: found.cluster.instances.map(listed) };
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
