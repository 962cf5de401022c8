// The requests about the local endpoint: start, stop, add container instances.

import { onAsk } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { failureOf, untrusted } from "../base/failure";
import { candidatePaths } from "../base/uris";
import { noLocalCluster } from "../clusters/ecsTarget";
import { requests } from "../protocol/customRequests";
import type {
  AddLocalInstancesAnswer,
  AddLocalInstancesParams,
  StartLocalAnswer,
  StartLocalParams,
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
  try {
    const endpoint = await context.local.start(await withFleetPath(context, params));
    return {
      url: endpoint.url,
      cluster: endpoint.clusterName,
      instances: endpoint.cluster().instances.length,
    };
  } catch (error) {
    return { error: { ...failureOf(error).error, code: "local-not-started" } };
  }
}

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
