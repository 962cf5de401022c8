// The Clusters view: the local cluster, cluster files and accounts; below each cluster its daemon services and its container
// instances with their attributes. An account is asked only when its node is opened.

import { isDeepStrictEqual } from "node:util";
import { traitsOf } from "../../core/resources/kinds/registry";
import { nameOfResource } from "../../core/resources/openResources";
import { isFailure } from "../base/failure";
import { pathOfUri, uriKey } from "../base/uris";
import { choiceOf, placeKey, targetOf } from "../coverage/coverageEntry";
import type {
  ClusterChoice,
  ClustersViewParams,
  CoverageTarget,
  ViewAnswer,
  ViewNode,
} from "../protocol/protocol";
import { pathsOf } from "../workspace/workspace";
import { requestedClusters } from "./clusterLists";
import { daemonNodes, instanceNodes, reasonNodes } from "./coverageNodes";
import { targetText } from "./coverageView";
import { agentNodes, attributeNodes, instancesBelow } from "./instanceNodes";
import type { ViewNeeds } from "./viewNeeds";
import { failureNodes, fileNameOf, idOf, partsOf, relativeTo, stepNodes } from "./viewNodes";

export async function clustersView(
  needs: ViewNeeds,
  { parent, ...roots }: ClustersViewParams,
): Promise<ViewAnswer> {
  return { nodes: await nodesBelow(needs, parent, roots) };
}

async function nodesBelow(
  needs: ViewNeeds,
  parent: string | undefined,
  roots: Omit<ClustersViewParams, "parent">,
): Promise<readonly ViewNode[]> {
  const [kind, subject, name, more] = partsOf(parent);
  switch (kind) {
    case undefined:
      return rootNodes(needs, roots);
    case "local":
      return localNodes(needs);
    case "account":
      return accountNodes(needs, subject as CoverageTarget);
    case "cluster":
      return clusterNodes(subject as CoverageTarget, String(name));
    case "services":
      return serviceNodes(needs, subject as CoverageTarget, String(name));
    case "daemon":
      return withEntry(needs, subject, (entry) => reasonNodes(entry, String(name)));
    case "reason":
      return withEntry(needs, subject, (entry) => instanceNodes(entry, String(name), String(more)));
    case "instances":
    case "zone":
      return instancesBelow(needs, subject as ClusterChoice, typeof name === "string" ? name : undefined);
    case "instance":
      return attributeNodes(needs, subject as ClusterChoice, String(name));
    case "agent":
      return agentNodes(needs, subject as ClusterChoice, String(name));
    default:
      return [];
  }
}

function withEntry(
  { store }: ViewNeeds,
  key: unknown,
  nodes: (entry: NonNullable<ReturnType<ViewNeeds["store"]["find"]>>) => readonly ViewNode[],
): readonly ViewNode[] {
  const entry = typeof key === "string" ? store.find(key) : undefined;
  return entry === undefined ? [] : nodes(entry);
}

// Roots -----------------------------------------------------------------------------------------------------------

async function rootNodes(
  { context }: ViewNeeds,
  { accounts = [], snapshots = [] }: Omit<ClustersViewParams, "parent">,
): Promise<readonly ViewNode[]> {
  const { index, clusters, options } = context;
  await index.ready();
  const chosen = clusters.target();
  const { trusted, inBrowser } = options();
  const reachesOut = trusted !== false && inBrowser !== true;
  const fleets = index
    .workspace()
    .documents.filter((it) => traitsOf(it).isCluster === true && traitsOf(it).isOfAnswers !== true)
    .map(nameOfResource);
  const folders = pathsOf(index.folders());
  const files = [
    ...fleets.map((uri) => ({ uri, noun: "fleet file" })),
    ...snapshots.map((uri) => ({ uri, noun: "snapshot" })),
  ];
  return [
    ...(reachesOut ? localRoot(context, chosen) : []),
    ...files.map(({ uri, noun }) => fileNode(uri, noun, isChosenFile(context, uri), folders)),
    ...(reachesOut ? accountRoots(chosen, accounts) : []),
  ];
}

function localRoot({ local }: ViewNeeds["context"], chosen: ClusterChoice | undefined): readonly ViewNode[] {
  const condition = local.condition();
  const isKept = local.isKept();
  if (condition === "notRunning" && !isKept && chosen !== "local") return [];
  const url = local.running()?.url;
  const words = {
    running: url ?? "running",
    starting: "starting…",
    notRunning: isKept ? "not running, state kept" : "not running",
  };
  return [
    {
      // VS Code keeps a node as closed as it was: one that runs is another one, and begins open.
      id: condition === "running" ? idOf("local") : idOf("local", "stopped"),
      label: "Local cluster",
      description: described(words[condition], chosen === "local"),
      icon: "vm",
      context: condition === "running" ? "localCluster" : "stoppedCluster",
      arguments: { cluster: "local", ...(url !== undefined && { copied: url }) },
      below: condition === "running" ? "open" : "closed",
    },
  ];
}

function isChosenFile({ clusters }: ViewNeeds["context"], uri: string): boolean {
  const file = clusters.currentFile();
  return file !== undefined && uriKey(uri) === file;
}

function fileNode(uri: string, noun: string, isChosen: boolean, folders: readonly string[]): ViewNode {
  const path = pathOfUri(uri) ?? uri;
  const shown = relativeTo(path, folders);
  const within = shown.slice(0, Math.max(0, shown.lastIndexOf("/")));
  return {
    id: idOf("instances", uri),
    label: fileNameOf(path),
    description: described(within === "" ? noun : `${noun} · ${within}`, isChosen),
    tooltip: path,
    icon: "file",
    context: noun === "fleet file" ? "fleetFile" : "clusterFile",
    arguments: { uri, cluster: uri },
    below: "closed",
  };
}

/** Nobody is asked here: which clusters an account has is read when its node is opened. */
function accountRoots(
  chosen: ClusterChoice | undefined,
  accounts: readonly CoverageTarget[],
): readonly ViewNode[] {
  const own = targetOf(chosen);
  const all = own === undefined || own === "local" ? accounts : [own, ...accounts];
  const byPlace = new Map(all.filter((it) => it !== "local").map((it) => [placeKey(it), it]));
  return [...byPlace.values()].map((target) => ({
    id: idOf("account", target),
    label: targetText(target),
    ...(isDeepStrictEqual(target, own) && { description: described("", true) }),
    tooltip: "Reads the clusters of the account when it is opened.",
    icon: target.endpointUrl === undefined ? "cloud" : "plug",
    context: "account",
    arguments: { ...target },
    below: "closed" as const,
  }));
}

function described(words: string, isChosen: boolean): string {
  return [...(isChosen ? ["selected"] : []), ...(words === "" ? [] : [words])].join(" · ");
}

// Clusters --------------------------------------------------------------------------------------------------------

async function accountNodes(needs: ViewNeeds, target: CoverageTarget): Promise<readonly ViewNode[]> {
  const found = await requestedClusters(needs.context, target);
  const chosen = needs.context.clusters.target();
  const own =
    typeof chosen === "object" && isDeepStrictEqual(targetOf(chosen), target) ? [chosen.cluster] : [];
  const names = isFailure(found) ? own : found.names;
  return [
    ...(isFailure(found) ? failureNodes(idOf("account", target), found.error) : []),
    ...names.map((cluster) => ({
      id: idOf("cluster", target, cluster),
      label: cluster,
      description: described("", own.includes(cluster)),
      icon: "server-environment",
      context: "cluster",
      arguments: { cluster: choiceOf({ target, cluster }) },
      below: "closed" as const,
    })),
  ];
}

function localNodes({ context }: ViewNeeds): readonly ViewNode[] {
  const endpoint = context.local.running();
  if (endpoint === undefined)
    return context.local.condition() === "starting" ? [] : stepNodes(idOf("local"), ["start"]);
  return clusterNodes("local", endpoint.clusterName);
}

function clusterNodes(target: CoverageTarget, cluster: string): readonly ViewNode[] {
  const choice = choiceOf({ target, cluster });
  return [
    {
      id: idOf("services", target, cluster),
      label: "Daemon services",
      icon: "server-process",
      context: "services",
      arguments: { cluster: choice },
      below: target === "local" ? "open" : "closed",
    },
    {
      id: idOf("instances", choice),
      label: "Container instances",
      icon: "server",
      context: target === "local" ? "localInstances" : "instances",
      arguments: { cluster: choice },
      below: "closed",
    },
  ];
}

async function serviceNodes(
  { store }: ViewNeeds,
  target: CoverageTarget,
  cluster: string,
): Promise<readonly ViewNode[]> {
  const entry = await store.see(target, cluster);
  const id = idOf("services", target, cluster);
  if (entry.problem !== undefined) return failureNodes(id, entry.problem);
  const { look } = entry;
  if (look === undefined || look.daemons.length === 0)
    return [{ id: idOf(id, "none"), label: "No daemon services", icon: "circle-outline", tone: "quiet" }];
  return [
    ...look.incomplete.map((line) => ({
      ...{ id: idOf(id, line), label: line, tooltip: line, icon: "question" },
      tone: "unknown" as const,
    })),
    ...daemonNodes(entry),
  ];
}
