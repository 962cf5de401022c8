// What the panel shows where there is no placement to show: each state says why, and has the next button.

import { countText, instanceCount } from "../../../server/src/core/text/counts";
import type {
  ClusterState,
  ClusterStep,
  Failure,
  PreviewResult,
} from "../../../server/src/lsp/protocol/protocol";
import type { PanelAction } from "../../src/preview/messages";
import { button, element, richText } from "../dom/dom";
import { vscode } from "../dom/host";
import { type StateIcon, stateIcon } from "./stateIcon";

type Act = (action: PanelAction) => void;

export const actionLabels: Readonly<Record<PanelAction, string>> = {
  selectCluster: "Select Cluster…",
  startLocalCluster: "Start Local Cluster",
  addLocalInstances: "Add Instances…",
  openDocument: "Open File",
  openService: "Open Service File",
  chooseService: "Choose…",
  refresh: "Try Again",
  retryCluster: "Try Again",
  signIn: "Sign In…",
  manageTrust: "Manage Workspace Trust",
  showProblems: "Show Problems",
  selectFile: "Select File…",
  showTruthTable: "Show Truth Table of an Expression",
  cancel: "Cancel",
  copyIamPolicy: "Copy IAM Policy",
  showLog: "Show Log",
};

/** What the steps of a cluster's state are in the panel. */
export const stepActions: Readonly<Record<ClusterStep, PanelAction>> = {
  start: "startLocalCluster",
  choose: "selectCluster",
  retry: "retryCluster",
  signIn: "signIn",
  manageTrust: "manageTrust",
  showLog: "showLog",
};

/** The first answer is on its way. `cluster`: the chosen one, with how far it is read where that is known. */
export function loadingState(documentName: string, cluster: ClusterState | undefined, act: Act): HTMLElement {
  return element("section", { class: "state loading", attributes: { role: "status", "aria-busy": "true" } }, [
    element("div", { class: "bar", attributes: { "aria-hidden": "true" } }),
    element("h1", { text: loadingText(documentName, cluster) }),
    documentName === "" ? undefined : actionButtons(["cancel"], act),
  ]);
}

/** "Reading prod: 1,200 of 5,000 container instances" */
function loadingText(documentName: string, cluster: ClusterState | undefined): string {
  const { reading } = cluster ?? {};
  if (reading !== undefined)
    return `Reading ${cluster?.name ?? ""}: ${countText(reading.read)} of ${instanceCount(reading.total)}`;
  return documentName === "" ? "Opening the preview…" : `Previewing ${documentName}…`;
}

interface Help {
  readonly title: string;
  readonly icon?: StateIcon;
  /** Whether the failure's own words are no more than the title. */
  readonly saysAll?: true;
  /** In place of the failure's own words. */
  readonly text?: string;
  /** Where the failure is not about the cluster. */
  readonly actions?: readonly PanelAction[];
  readonly link?: PanelAction;
}

const badDocument: Help = { title: "Nothing to preview", actions: ["showProblems", "openDocument"] };
const helps: Readonly<Record<string, Help>> = {
  "no-cluster": {
    title: "Select a cluster",
    icon: "cluster",
    text: "The preview shows where the daemon will start, and why not elsewhere.",
    link: "showTruthTable",
  },
  "no-local-cluster": { title: "The local cluster is not running", icon: "cluster", saysAll: true },
  "unreadable-cluster": { title: "The cluster file can't be read", icon: "warning" },
  "untrusted-workspace": {
    title: "Not available in Restricted Mode",
    icon: "shield",
    text: "Trust this workspace to start the local cluster or read an AWS account. Files can be previewed.",
  },
  "not-a-task-definition": badDocument,
  "no-task-definition": { title: "No task definition", actions: ["openDocument", "refresh"] },
  "ambiguous-task-definition": {
    title: "Which task definition?",
    actions: ["chooseService", "openDocument"],
  },
  "not-a-service": { title: "Not a service file", actions: ["chooseService", "openDocument"] },
  cancelled: { title: "The preview was canceled", saysAll: true, actions: ["refresh", "selectCluster"] },
  "document-gone": { title: "The file was moved or deleted", icon: "warning", actions: ["selectFile"] },
  "server-away": { title: "The language server ended", actions: ["showLog"] },
  "server-gone": { title: "The language server is not running", actions: ["refresh", "showLog"] },
  "empty-document": { title: "The file is empty", actions: ["openDocument"] },
  "broken-document": {
    title: "The file has errors",
    icon: "warning",
    actions: ["showProblems", "openDocument"],
  },
  "broken-expression": {
    title: "The expression has an error",
    icon: "warning",
    actions: ["showProblems", "openDocument"],
  },
};

/** "Go to Line 9": where the failure has its cause. */
export function placeButtons(
  { places: [first] = [] }: Failure["error"],
  kind: "primary" | "link",
): readonly HTMLButtonElement[] {
  if (first === undefined) return [];
  return [
    button(
      `Go to Line ${countText(first.range.start.line + 1)}`,
      () => vscode.postMessage({ kind: "showPlace", place: first }),
      kind,
    ),
  ];
}

/** No result was ever there, and now there is a failure. `next`: what helps where it is about the cluster. */
export function failureState(error: Failure["error"], next: readonly ClusterStep[], act: Act): HTMLElement {
  const help = helps[error.code] ?? titleOf(error, next);
  const own = help.actions ?? next.map((it) => stepActions[it]);
  const actions: readonly PanelAction[] = own.length > 0 ? own : ["refresh", "selectCluster", "showLog"];
  const { text, link } = help;
  return element("section", { class: "state failure", attributes: { role: "alert" } }, [
    help.icon === undefined ? undefined : stateIcon(help.icon),
    element("h1", { text: help.title }),
    text !== undefined || help.saysAll
      ? element("p", { text: text ?? "" })
      : element("p", {}, richText(error.message)),
    text !== undefined || error.remedy === undefined
      ? undefined
      : element("p", { class: "muted" }, richText(error.remedy)),
    actionButtons(actions, act, placeButtons(error, "primary")),
    link === undefined ? undefined : button(actionLabels[link], () => act(link), "link"),
  ]);
}

function titleOf(error: Failure["error"], next: readonly ClusterStep[]): Help {
  if (error.signIn !== undefined)
    return { title: `Sign-in of profile ${error.signIn.profile} expired`, icon: "plug" };
  if (/^AccessDenied/.test(error.code))
    return {
      title: "The cluster can't be read",
      icon: "shield",
      actions: ["copyIamPolicy", "selectCluster", "refresh"],
      link: "showLog",
    };
  return next.length > 0
    ? { title: "The cluster can't be reached", icon: "plug" }
    : { title: "The preview failed", icon: "warning" };
}

/** The cluster is there, and empty. */
export function emptyClusterState({ cluster }: PreviewResult, act: Act): HTMLElement {
  const actions: readonly PanelAction[] =
    cluster.kind === "local" ? ["addLocalInstances", "selectCluster"] : ["selectCluster", "refresh"];
  return element("section", { class: "state empty" }, [
    element("h2", { text: `No container instances in ${cluster.label}` }),
    element("p", {
      text: `A daemon starts a task on each container instance that joins and matches.${
        cluster.kind === "file" ? " What if can add some." : ""
      }`,
    }),
    actionButtons(actions, act),
  ]);
}

/** What is in place of the list where every instance is filtered away; the button shows them again. */
export function createFilteredAway(
  clear: () => void,
): (view: { readonly onlyChanged: boolean }, isCompared: boolean) => HTMLElement {
  const state = (text: string, label: string) =>
    element("section", { class: "state empty" }, [element("p", { text }), button(label, clear, "primary")]);
  const nothing = state("No container instance passes the filters.", "Clear Filters");
  const unchanged = state("No container instance changes its state.", "Show All");
  const incomparable = state("There is nothing to compare with.", "Show All");
  return ({ onlyChanged }, isCompared) => (onlyChanged ? (isCompared ? unchanged : incomparable) : nothing);
}

/** The first button is the one to press. */
function actionButtons(
  actions: readonly PanelAction[],
  act: Act,
  before: readonly HTMLButtonElement[] = [],
): HTMLElement {
  return element("div", { class: "actions" }, [
    ...before,
    ...actions.map((it, index) =>
      button(actionLabels[it], () => act(it), index + before.length === 0 ? "primary" : "secondary"),
    ),
  ]);
}
