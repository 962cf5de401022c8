// What the nodes of several views have in common: ids, marks, failures with their next steps. Pure.

import { counted, countText } from "../../core/text/counts";
import { nextSteps } from "../protocol/clusterState";
import type { ClusterStep, ClusterSummary, Failure, ViewNode } from "../protocol/protocol";

/** Ids are what they name, as JSON: a node is found again after a restart of the server. */
export function idOf(...parts: readonly unknown[]): string {
  return JSON.stringify(parts);
}

/** The parts of an id; none for the root, and for what is no id. */
export function partsOf(id: string | undefined): readonly unknown[] {
  if (id === undefined) return [];
  try {
    const parts: unknown = JSON.parse(id);
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}

/** What stands in place of what could not be read: why, and a node for each thing that helps. */
export function failureNodes(
  parent: string,
  { code, message, remedy, ...more }: Failure["error"],
): readonly ViewNode[] {
  return [
    {
      id: idOf(parent, "failure"),
      label: message,
      icon: "warning",
      tone: "failing",
      tooltip: remedy === undefined ? message : `${message}\n\n${remedy}`,
    },
    ...stepNodes(parent, nextSteps({ code, message, ...more })),
  ];
}

const stepTitles: Readonly<Record<ClusterStep, string>> = {
  start: "Start Local Cluster",
  choose: "Select Cluster…",
  retry: "Try Again",
  signIn: "Sign In…",
  manageTrust: "Manage Workspace Trust",
  showLog: "Show Log",
};

/** Nodes that are buttons. */
export function stepNodes(parent: string, steps: readonly ClusterStep[]): readonly ViewNode[] {
  return steps.map((step) => ({ id: idOf(parent, step), label: stepTitles[step], step, context: "step" }));
}

type StateMark = Pick<ViewNode, "icon" | "tone">;

const stateMarks: Readonly<Record<string, StateMark>> = {
  missing: { icon: "error", tone: "missing" },
  failing: { icon: "warning", tone: "failing" },
  "crash-looping": { icon: "warning", tone: "failing" },
  unhealthy: { icon: "warning", tone: "failing" },
  unexpected: { icon: "warning", tone: "failing" },
  unknown: { icon: "question", tone: "unknown" },
  stale: { icon: "debug-disconnect", tone: "unknown" },
  updating: { icon: "sync", tone: "updating" },
  starting: { icon: "sync", tone: "updating" },
  replacing: { icon: "sync", tone: "updating" },
  covered: { icon: "pass", tone: "good" },
};

/** The mark of a state: a shape, and a tone that repeats it. */
export function markOf(state: string): StateMark {
  return stateMarks[state] ?? { icon: "circle-outline", tone: "quiet" };
}

/** How a cluster is covered, in a few words. */
export function coverageText(summary: ClusterSummary): string {
  const { state, lacking, daemons, wanted, running, states } = summary;
  switch (state) {
    case "unread":
      return summary.isReading ? "reading…" : "not read yet";
    case "empty":
      return "no container instances";
    case "none":
      return "no daemon services";
    case "unknown":
      return summary.problem?.message ?? "not everything could be read";
    case "covered":
      return `${counted(daemons, "daemon")} covered`;
    case "stale":
      if (summary.problem !== undefined) return summary.problem.message;
      return `${percentText(running, wanted)}, ${countText(states.stale ?? 0)} stale`;
    case "missing":
    case "failing":
      return `${percentText(running, wanted)}, ${countText(lacking)} ${state}`;
    case "updating":
      return `${percentText(running, wanted)}, updating`;
  }
}

/** Rounded down: what is not complete never reads 100 %. Two digits only where they say more. */
export function percentText(running: number, wanted: number): string {
  if (wanted === 0) return "not applicable";
  const percent = (100 * running) / wanted;
  const digits = percent > 99 ? 100 : 10;
  return `${Math.floor(percent * digits) / digits} %`;
}

/** A path below its workspace folder, as people read it; of several folders the name of its own comes first. */
export function relativeTo(path: string, folders: readonly string[]): string {
  const above = folders.filter((it) => path.startsWith(`${it}/`));
  const [folder] = above.sort((left, right) => right.length - left.length);
  if (folder === undefined) return path;
  const start = folders.length > 1 ? folder.lastIndexOf("/") : folder.length;
  return path.slice(start + 1);
}

export function fileNameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
