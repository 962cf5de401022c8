// The requests about what could be: a daemon service acted out step by step, a changed cluster as a file, and changes
// made real on the local cluster.

import { documentValue } from "../../core/resources/documentValue";
import { clusterAsFleet } from "../../core/simulation/clusterAsFleet";
import { clusterAsSnapshot } from "../../core/simulation/clusterAsSnapshot";
import { applyChanges } from "../../core/simulation/clusterChanges";
import { minimumHealthyPercentOf } from "../../core/simulation/deploymentPercents";
import { readChanges } from "../../core/simulation/readChanges";
import { scenarioNames, scriptOf } from "../../core/simulation/scenarios";
import { simulate } from "../../core/simulation/timeline";
import { onAsk } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { failure, isFailure } from "../base/failure";
import { readPreviewed, searchFolders } from "../preview/preview";
import { asTried } from "../preview/previewTrial";
import { requests } from "../protocol/customRequests";
import type {
  SaveClusterAnswer,
  SaveClusterParams,
  TimelineAnswer,
  TimelineParams,
} from "../protocol/protocol";
import { timelineResult } from "../protocol/timelineResult";
import { pathsOf } from "../workspace/workspace";
import { applyLocally } from "./applyLocally";

export function registerSimulation(context: ServerContext): void {
  onAsk(context, requests.timeline, (params) => timeline(context, params));
  onAsk(context, requests.saveCluster, (params) => saveCluster(context, params));
  onAsk(context, requests.applyLocal, ({ changes }) => applyLocally(context, changes));
}

async function timeline(context: ServerContext, params: TimelineParams): Promise<TimelineAnswer> {
  const scenario = scenarioNames.find((it) => it === params.scenario);
  if (scenario === undefined)
    return failure(
      "unknown-scenario",
      `'${String(params.scenario)}' is not a scenario.`,
      `Use one of ${scenarioNames.join(", ")}.`,
    );
  const found = await readPreviewed(context, params);
  if (isFailure(found)) return found;
  const tried = asTried(found, params);
  if (isFailure(tried)) return tried;
  const {
    daemon,
    cluster: { cluster },
  } = tried;
  const { script, problem } = scriptOf(scenario, daemon, cluster);
  if (script === undefined)
    return failure("nothing-to-simulate", problem, "Choose another scenario or another cluster.");
  const minimumHealthyPercent =
    percentIn(params.minimumHealthyPercent) ??
    minimumHealthyPercentOf(found.service === undefined ? undefined : documentValue(found.service)).percent;
  const simulated = simulate({ daemon, cluster, script, minimumHealthyPercent });
  return timelineResult(simulated, scenario, minimumHealthyPercent);
}

function percentIn(value: unknown): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 100
    ? value
    : undefined;
}

async function saveCluster(
  context: ServerContext,
  { textDocument, cluster: choice, changes: written, as }: SaveClusterParams,
): Promise<SaveClusterAnswer> {
  const document = textDocument === undefined ? undefined : context.documents.get(textDocument.uri);
  const folders =
    document === undefined ? pathsOf(context.index.folders()) : searchFolders(context, document);
  const found = await context.clusters.resolve(choice, folders);
  if (isFailure(found)) return found;
  const { cluster } = applyChanges(found.cluster, readChanges(written).changes);
  const name = found.label
    .replace(/(\.ecs-(fleet|cluster))?\.jsonc?$/i, "")
    .replace(/[^\w.]+/g, "-")
    .replace(/^-|-$/g, "");
  if (as === "snapshot")
    return {
      text: asText(clusterAsSnapshot(cluster)),
      fileName: `${name}-what-if.ecs-cluster.json`,
      lost: [],
    };
  const { fleet, lost } = clusterAsFleet(cluster);
  return { text: asText(fleet), fileName: `${name}-what-if.ecs-fleet.json`, lost };
}

function asText(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
