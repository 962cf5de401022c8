// The Coverage view: profile and Region, cluster, daemon, reason, instance. It shows what was looked at so far.

import { counted } from "../../core/text/counts";
import { type CoverageEntry, isOnThisMachine, placeKey } from "../coverage/coverageEntry";
import type { CoverageStore } from "../coverage/coverageStore";
import { summaryOf, worstFirst } from "../coverage/coverageSummary";
import { hostOf } from "../protocol/clusterState";
import type { ClusterSummary, CoverageTarget, ViewAnswer, ViewNode, ViewParams } from "../protocol/protocol";
import { daemonNodes, instanceNodes, isIll, reasonNodes } from "./coverageNodes";
import { coverageText, failureNodes, idOf, markOf, partsOf } from "./viewNodes";

/** Clusters where all is well are counted; with few there is nothing to gain. */
const fewClusters = 5;
const wellStates: readonly string[] = ["covered", "none", "empty"];

export function coverageView(store: CoverageStore, { parent }: ViewParams): ViewAnswer {
  return { nodes: nodesBelow(store, parent) };
}

function nodesBelow(store: CoverageStore, parent: string | undefined): readonly ViewNode[] {
  const [level, key, service, group] = partsOf(parent);
  if (level === undefined) return rootNodes(store);
  if (typeof key !== "string") return [];
  if (level === "place") return placeNodes(store, key);
  if (level === "well") return wellNodes(store, key);
  const entry = store.find(key);
  if (entry === undefined) return [];
  if (level === "cluster") return clusterNodes(entry);
  if (level === "coveredDaemons") return daemonsWhere(entry, false);
  if (typeof service !== "string") return [];
  if (level === "daemon") return reasonNodes(entry, service);
  return level === "reason" && typeof group === "string" ? instanceNodes(entry, service, group) : [];
}

function rootNodes(store: CoverageStore): readonly ViewNode[] {
  const entries = store.entries();
  const places = new Map(entries.map((it) => [placeKey(it.target), it.target]));
  for (const { target } of store.problems()) places.set(placeKey(target), target);
  // One place needs no name above its clusters.
  if (places.size < 2) return [...places.keys()].flatMap((it) => placeNodes(store, it));
  return [...places].map(([key, target]) => placeNode(target, key, entries));
}

function placeNode(target: CoverageTarget, key: string, entries: readonly CoverageEntry[]): ViewNode {
  const own = entries.filter((it) => placeKey(it.target) === key).map(summaryOf);
  const ill = own.filter((it) => it.lacking > 0).length;
  return {
    id: idOf("place", key),
    label: targetText(target),
    description: [counted(own.length, "cluster"), ...(ill > 0 ? [`${ill} with gaps`] : [])].join(", "),
    icon: isOnThisMachine(target) ? "vm" : "cloud",
    below: "open",
  };
}

/** `production, us-east-1`; what nobody named is left to the AWS configuration. */
export function targetText(target: CoverageTarget): string {
  if (target === "local") return "Local cluster";
  const { profile = "default profile", region = "default Region", endpointUrl } = target;
  return endpointUrl === undefined ? `${profile}, ${region}` : hostOf(endpointUrl);
}

function placeNodes(store: CoverageStore, key: string): readonly ViewNode[] {
  const problem = store.problems().find((it) => placeKey(it.target) === key);
  const summaries = summariesOf(store, key);
  const isCounted = summaries.length > fewClusters;
  const shown = isCounted ? summaries.filter((it) => !wellStates.includes(it.state)) : summaries;
  const well = summaries.length - shown.length;
  return [
    ...(problem === undefined ? [] : failureNodes(idOf("place", key), problem.error)),
    ...shown.map(clusterNode),
    ...(well === 0 ? [] : [wellNode(key, well)]),
  ];
}

function summariesOf(store: CoverageStore, key: string): readonly ClusterSummary[] {
  const own = store.entries().filter((it) => placeKey(it.target) === key);
  return worstFirst(own.map(summaryOf));
}

function wellNode(key: string, count: number): ViewNode {
  return {
    id: idOf("well", key),
    label: counted(count, "cluster"),
    description: "covered",
    ...markOf("covered"),
    below: "closed",
  };
}

function wellNodes(store: CoverageStore, key: string): readonly ViewNode[] {
  return summariesOf(store, key)
    .filter((it) => wellStates.includes(it.state))
    .map(clusterNode);
}

function clusterNode(summary: ClusterSummary): ViewNode {
  const { key, cluster, state, reason, more, choice, place, account, problem, readAt } = summary;
  const lines = [
    `${cluster} (${[account, place].filter((it) => it !== undefined).join(", ")})`,
    ...(reason === undefined ? [] : [more > 0 ? `${reason} +${more} more` : reason]),
    ...summary.incomplete,
    ...(problem === undefined
      ? []
      : [problem.message, ...(problem.remedy === undefined ? [] : [problem.remedy])]),
    ...(readAt === undefined ? [] : [`Read at ${new Date(readAt).toISOString().slice(11, 19)} UTC.`]),
  ];
  const isLeaf = state === "none" || state === "empty" || state === "unread";
  return {
    // VS Code keeps a node closed that had nothing below it: with something it is another one.
    id: isLeaf ? idOf("cluster", key, "leaf") : idOf("cluster", key),
    label: cluster,
    description: coverageText(summary),
    tooltip: lines.join("\n\n"),
    ...markOf(state),
    context: "watchedCluster",
    arguments: { cluster: choice },
    ...(isLeaf ? {} : { below: state === "covered" ? ("closed" as const) : ("open" as const) }),
  };
}

function clusterNodes(entry: CoverageEntry): readonly ViewNode[] {
  const { look, problem, key } = entry;
  const covered = (look?.daemons ?? []).filter((it) => !isIll(it)).length;
  return [
    ...(problem === undefined ? [] : failureNodes(idOf("cluster", key), problem)),
    ...(look?.incomplete ?? []).map((line) => ({
      id: idOf("incomplete", key, line),
      label: line,
      tooltip: line,
      ...markOf("unknown"),
    })),
    ...daemonsWhere(entry, true),
    ...(covered === 0 ? [] : [coveredNode(key, covered, look?.incomplete.length === 0)]),
  ];
}

function coveredNode(key: string, count: number, isSure: boolean): ViewNode {
  return {
    id: idOf("coveredDaemons", key),
    label: counted(count, "daemon"),
    description: isSure ? "covered" : "no gap seen",
    ...markOf(isSure ? "covered" : "unknown"),
    below: "closed",
  };
}

function daemonsWhere(entry: CoverageEntry, ill: boolean): readonly ViewNode[] {
  return daemonNodes(entry, (it) => isIll(it) === ill);
}
