// The page of the coverage panel: all clusters, or one of them.

import "../webview.css";
import "../narrow.css";
import "./coverage.css";
import type { CoverageOverview } from "../../../server/src/lsp/protocol/protocol";
import type { CoverageHostMessage } from "../../src/coverage/coverageMessages";
import { storedValues } from "../../src/storedValues";
import { button, setChildren } from "../dom/dom";
import { listenForParts } from "../dom/parts";
import { ClusterView } from "./cluster";
import { emptyState, stepButtons } from "./controls";
import { FleetView } from "./fleet";
import { vscode } from "./host";

const panel = document.getElementById("panel") ?? document.body;
/** Another version or a hand may have kept anything. */
const { key } = storedValues(vscode.getState());
const fleet = new FleetView(open);
const cluster = new ClusterView(() => open(undefined));

/** What F6 goes through. */
const parts: HTMLElement[] = [];
let overview: CoverageOverview | undefined;
/** The cluster that is shown; `undefined`: all of them. */
let shown = typeof key === "string" ? key : undefined;
let hasDetail = false;
/** Milliseconds that the clock of the host is ahead. */
let ahead = 0;

function open(key: string | undefined): void {
  shown = key;
  hasDetail = false;
  cluster.reset();
  vscode.setState({ version: 1, ...(key !== undefined && { key }) });
  vscode.postMessage({ kind: "open", ...(key !== undefined && { key }) });
  draw();
}

/** One cluster needs no list of clusters. */
function settle({ clusters }: CoverageOverview): void {
  const [only] = clusters;
  const isKnown = clusters.some((it) => it.key === shown);
  if (only !== undefined && clusters.length === 1 && shown !== only.key) open(only.key);
  else if (shown !== undefined && !isKnown && clusters.length > 0) open(undefined);
}

function draw(): void {
  if (overview === undefined) {
    setChildren(panel, []);
    return;
  }
  const { condition, next, clusters, problems } = overview;
  if (condition === "restricted" || condition === "nowhere") {
    setChildren(panel, [noCluster(condition, next)]);
    return;
  }
  if (clusters.length === 0 && problems.length === 0) {
    setChildren(panel, [emptyState("Reading the clusters…", "", [])]);
    return;
  }
  const view = shown !== undefined && hasDetail ? cluster : fleet;
  parts.splice(0, parts.length, ...view.parts);
  setChildren(panel, [view.head, view.body]);
}

function noCluster(condition: "restricted" | "nowhere", next: CoverageOverview["next"]): HTMLElement {
  if (condition === "restricted")
    return emptyState(
      "Not available in Restricted Mode",
      "No account is read before the workspace is trusted.",
      stepButtons(next),
    );
  const select = button("All Clusters of an Account…", () => vscode.postMessage({ kind: "select" }));
  return emptyState(
    "No cluster selected",
    "Coverage shows which container instance lacks which daemon, and why. Select the local cluster or an AWS account; a file has no running tasks to cover.",
    [...stepButtons(next), select],
  );
}

function receive(message: CoverageHostMessage): void {
  switch (message.kind) {
    case "overview":
      overview = message.overview;
      ahead = message.now - Date.now();
      settle(overview);
      fleet.update(overview, ahead);
      break;
    case "cluster":
      if (message.key !== shown) return;
      if ("error" in message.detail) {
        open(undefined);
        return;
      }
      hasDetail = true;
      cluster.update(message.detail, ahead, overview?.clusters.length ?? 1);
      break;
    case "map":
      if (message.key === shown) cluster.takeMap(message.map);
      return;
    case "plan":
      cluster.takePlan(message.instance, message.plan);
      return;
    case "show":
      open(message.key);
      return;
  }
  draw();
}

listenForParts(parts, () => (shown !== undefined && hasDetail ? cluster : fleet).focusFilter());
addEventListener("message", (event: MessageEvent<CoverageHostMessage>) => receive(event.data));
setInterval(() => {
  fleet.drawContext();
  cluster.drawContext();
}, 5_000);
vscode.postMessage({ kind: "ready" });
if (shown !== undefined) vscode.postMessage({ kind: "open", key: shown });
