// What the Clusters view reads when a node is opened: names of clusters, container instances. Asked again only when what was
// read is a while old.

import type { ContainerInstance } from "../../core/cluster/containerInstance";
import { isLoopbackEndpoint } from "../../core/text/loopbackEndpoint";
import type { ServerContext } from "../base/context";
import { failureOf, isFailure, untrusted } from "../base/failure";
import { isFile } from "../clusters/clusterSource";
import { withEcs } from "../clusters/ecsTarget";
import type { ClusterChoice, CoverageTarget, Failure } from "../protocol/protocol";
import { pathsOf } from "../workspace/workspace";

/** Milliseconds that an answer of an account serves the nodes below it. */
const freshFor = 15_000;

/** The names of the clusters of an account that somebody opened. */
export async function requestedClusters(
  { environment, options }: ServerContext,
  target: CoverageTarget,
): Promise<{ readonly names: readonly string[] } | Failure> {
  if (options().trusted === false || target === "local") return untrusted;
  try {
    const ecs = await environment.connectEcs(target);
    try {
      return { names: (await ecs.listClusters()).map((it) => it.name).sort() };
    } finally {
      ecs.close();
    }
  } catch (error) {
    return failureOf(error);
  }
}

interface Read {
  readonly at: number;
  readonly instances: Promise<readonly ContainerInstance[] | Failure>;
}

const reads = new WeakMap<ServerContext, Map<string, Read>>();

/** The container instances of a cluster, without their tasks where an account is asked. */
export function instancesOf(
  context: ServerContext,
  choice: ClusterChoice,
): Promise<readonly ContainerInstance[] | Failure> {
  if (choice === "local" || isFile(choice)) return resolved(context, choice);
  const known = reads.get(context) ?? new Map<string, Read>();
  reads.set(context, known);
  const key = JSON.stringify(choice);
  const last = known.get(key);
  const isLocal = typeof choice === "object" && isLoopbackEndpoint(choice.endpointUrl);
  if (last !== undefined && Date.now() - last.at < (isLocal ? 1_000 : freshFor)) return last.instances;
  const instances = askAccount(context, choice);
  known.clear();
  known.set(key, { at: Date.now(), instances });
  return instances;
}

async function resolved({ clusters, index }: ServerContext, choice: ClusterChoice) {
  const found = await clusters.resolve(choice, pathsOf(index.folders()));
  return isFailure(found) ? found : found.cluster.instances;
}

async function askAccount(context: ServerContext, choice: ClusterChoice) {
  const found = await withEcs(context, choice, async (ecs, { cluster }) => ecs.readInstances(cluster));
  return isFailure(found) ? found : found.instances;
}

/** What was read of accounts is old. */
export function forgetInstances(context: ServerContext): void {
  reads.delete(context);
}
