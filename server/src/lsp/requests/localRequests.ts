// The requests about the local endpoint: start, stop, add container instances.

import { onAsk } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { failure, failureOf, untrusted } from "../base/failure";
import { candidatePaths } from "../base/uris";
import { noLocalCluster } from "../clusters/ecsTarget";
import { requests } from "../protocol/customRequests";
import {
  type AddLocalInstancesAnswer,
  type AddLocalInstancesParams,
  localClusterExists,
  type StartLocalAnswer,
  type StartLocalParams,
} from "../protocol/protocol";
import { pathsOf } from "../workspace/workspace";

export function registerLocalRequests(context: ServerContext): void {
  const { local } = context;
  onAsk(context, requests.startLocal, (params) => startLocal(context, params ?? {}));
  onAsk(context, requests.stopLocal, async () => ({ stopped: await local.stop() }));
  onAsk(context, requests.addLocalInstances, async (params) => addInstances(context, params));
}

async function startLocal(context: ServerContext, params: StartLocalParams): Promise<StartLocalAnswer> {
  if (context.options().trusted === false) return untrusted;
  const { local } = context;
  try {
    const { replaces, ...asked } = await withFleetPath(context, params);
    await local.settled();
    if (replaces === false && (local.running() !== undefined || local.isKept())) return otherCluster;
    if (replaces === true) {
      // A fleet that cannot be read leaves the old cluster as it is.
      if (asked.fleet !== undefined) await context.environment.readFile(asked.fleet);
      await local.stop();
    }
    const endpoint = await local.start(asked);
    return {
      url: endpoint.url,
      cluster: endpoint.clusterName,
      instances: endpoint.cluster().instances.length,
    };
  } catch (error) {
    return { error: { ...failureOf(error).error, code: "local-not-started" } };
  }
}

const otherCluster = failure(
  localClusterExists,
  "There is a local cluster already.",
  "Stop it with the command 'ECS Daemon: Stop Local Cluster'.",
);

/** A fleet file may be named by URI, or relative to a workspace folder. */
async function withFleetPath(context: ServerContext, params: StartLocalParams): Promise<StartLocalParams> {
  if (params.fleet === undefined) return params;
  for (const path of candidatePaths(params.fleet, pathsOf(context.index.folders())))
    if ((await context.environment.fileStamp(path)) !== undefined) return { ...params, fleet: path };
  return params;
}

function addInstances({ local }: ServerContext, params: AddLocalInstancesParams): AddLocalInstancesAnswer {
  if (local.running() === undefined) return noLocalCluster;
  try {
    const added = local.addInstances(params);
    return { added, instances: local.read()?.instances.length ?? added.length };
  } catch (error) {
    return failureOf(error);
  }
}
