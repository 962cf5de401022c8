// The requests about coverage, and the notification that it changed. One store serves the panel and the views.

import { isDeepStrictEqual } from "node:util";
import { counted } from "../../core/text/counts";
import { onAsk } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { failure } from "../base/failure";
import { nextSteps } from "../protocol/clusterState";
import { requests } from "../protocol/customRequests";
import {
  type ClusterCoverageAnswer,
  type CoverageAlert,
  type CoverageChanged,
  type CoverageMapAnswer,
  type CoverageOverview,
  type CoverageTarget,
  coverageChangedMethod,
} from "../protocol/protocol";
import { forgetInstances } from "../views/clusterLists";
import { clustersView } from "../views/clustersView";
import { coverageView, targetText } from "../views/coverageView";
import type { ViewNeeds } from "../views/viewNeeds";
import { workspaceView } from "../views/workspaceView";
import type { NamedCell } from "./coverageAlerts";
import { detailOf, mapOf } from "./coverageDetail";
import { type CoverageEntry, choiceOf } from "./coverageEntry";
import { lookAtAll } from "./coverageLook";
import { createCoverageStore } from "./coverageStore";
import { summaryOf, worstFirst } from "./coverageSummary";
import { registerRoomRequests } from "./roomRequests";

export function registerCoverage(context: ServerContext): void {
  const store = createCoverageStore(context, alertOf);
  const needs: ViewNeeds = { context, store };
  let isOpen = false;
  context.onInitialized(async () => {
    isOpen = true;
  });
  context.onShutdown(() => {
    isOpen = false;
  });
  store.onChanged((alerts) => {
    if (!isOpen) return;
    const lacking = store.entries().reduce((sum, it) => sum + summaryOf(it).lacking, 0);
    // Of other clusters the view and the panel tell, without a message.
    const chosen = context.clusters.target();
    const own = alerts.filter((it) => isDeepStrictEqual(it.choice, chosen));
    const changed: CoverageChanged = { alerts: own, lacking };
    void context.connection.sendNotification(coverageChangedMethod, changed);
  });
  onAsk(context, requests.watchCoverage, async (params) => {
    const { isVisible, isFresh } = params ?? {};
    // Looks are made by a timer: there, a fault would end the process.
    const given: unknown = params?.targets;
    const targets = Array.isArray(given) ? given.filter(isTarget) : [];
    if (isFresh === true) forgetInstances(context);
    store.watch({ targets, isVisible: isVisible === true, isFresh: isFresh === true });
    return null;
  });
  onAsk(context, requests.coverage, async () => overviewOf(needs));
  onAsk(context, requests.clusterCoverage, async ({ key }) => clusterOf(needs, key));
  onAsk(context, requests.coverageMap, ({ key }) => mapOfCluster(needs, key));
  onAsk(context, requests.clustersView, (params) => clustersView(needs, params ?? {}));
  onAsk(context, requests.workspaceView, (params) => workspaceView(context, params ?? {}));
  onAsk(context, requests.coverageView, async (params) => coverageView(store, params ?? {}));
  registerRoomRequests(needs);
}

function isTarget(value: unknown): value is CoverageTarget {
  return value === "local" || (typeof value === "object" && value !== null);
}

function overviewOf({ context, store }: ViewNeeds): CoverageOverview {
  const clusters = worstFirst(store.entries().map(summaryOf));
  const problems = store.problems().map(({ target, error }) => ({ place: targetText(target), error }));
  const isTrusted = context.options().trusted !== false;
  const isNowhere = clusters.length === 0 && problems.length === 0 && !store.isLooking();
  const next = store.nextLook();
  return {
    condition: !isTrusted ? "restricted" : isNowhere ? "nowhere" : store.isLooking() ? "looking" : "ready",
    clusters,
    problems,
    next: !isTrusted
      ? ["manageTrust"]
      : isNowhere
        ? ["start", "choose"]
        : [...new Set(problems.flatMap((it) => nextSteps(it.error)))],
    ...(next !== undefined && { nextLook: Math.max(0, next - Date.now()) }),
  };
}

const unknownCluster = failure("no-cluster", "The cluster is no longer watched.", "Select it again.");

function clusterOf({ store }: ViewNeeds, key: string): ClusterCoverageAnswer {
  const entry = store.find(key);
  if (entry === undefined) return unknownCluster;
  const empty = {
    cluster: entry.cluster,
    region: "",
    account: "",
    at: "",
    depth: "why",
    daemons: [],
    incomplete: [],
  } as const;
  return detailOf(entry, entry.look ?? empty);
}

async function mapOfCluster({ context, store }: ViewNeeds, key: string): Promise<CoverageMapAnswer> {
  const entry = store.find(key);
  if (entry === undefined) return unknownCluster;
  const look = await lookAtAll({ context, definitions: store.definitions }, entry);
  return "error" in look ? look : mapOf(look);
}

/** One message for all gaps of a cluster that are news. */
function alertOf(entry: CoverageEntry, cells: readonly NamedCell[]): CoverageAlert {
  const instances = [...new Set(cells.map((it) => it.cell.instance))];
  const daemons = [...new Set(cells.map((it) => it.service))];
  const [first] = cells;
  const [name = ""] = instances;
  const where =
    instances.length === 1
      ? (first?.cell.ec2InstanceId ?? name)
      : counted(instances.length, "container instance");
  const reason = first?.cell.reasons[0]?.message;
  return {
    key: entry.key,
    choice: choiceOf(entry),
    message: `${daemons.join(", ")} ${daemons.length === 1 ? "is" : "are"} missing on ${where} of ${entry.cluster} for more than 5 minutes.${reason === undefined ? "" : ` ${reason}`}`,
    daemons,
    instances,
    lacksRoom: cells.some((it) => it.cell.remedy === "make-room"),
  };
}
