// What the panel shows where there is no placement to show: each state says why, and has a button that helps on.

import type { Failure, PreviewResult } from "../../../server/src/lsp/protocol/protocol";
import type { PanelAction } from "../../src/preview/messages";
import { button, element, richText } from "../dom/dom";

type Act = (action: PanelAction) => void;

export function loadingState(documentName: string): HTMLElement {
  return element("section", { class: "state loading", attributes: { role: "status", "aria-busy": "true" } }, [
    element("div", { class: "bar", attributes: { "aria-hidden": "true" } }),
    element("h1", { text: documentName === "" ? "Opening the preview…" : `Previewing ${documentName}…` }),
  ]);
}

interface Help {
  readonly title: string;
  /** What else there is to know. */
  readonly note?: string;
  readonly actions: readonly PanelAction[];
}

const labels: Readonly<Record<PanelAction, string>> = {
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
  showLog: "Show Log",
};

const noCluster: Help = {
  title: "No cluster is chosen",
  note: "With one, this panel shows where the daemon lands and why not elsewhere, and has a field to try expressions in. An expression alone, without a cluster, is taken apart by the command “ECS Daemon: Show Truth Table of an Expression”.",
  actions: ["selectCluster", "startLocalCluster"],
};
const badDocument: Help = { title: "There is no placement to preview", actions: ["openDocument", "refresh"] };
const helps: Readonly<Record<string, Help>> = {
  "no-cluster": noCluster,
  "no-local-cluster": {
    title: "The local cluster does not run",
    actions: ["startLocalCluster", "selectCluster"],
  },
  "unreadable-cluster": { title: "The cluster cannot be read", actions: ["selectCluster", "refresh"] },
  "untrusted-workspace": {
    title: "This workspace is not trusted",
    actions: ["selectCluster", "refresh"],
  },
  "not-a-task-definition": badDocument,
  "no-task-definition": badDocument,
  "ambiguous-task-definition": {
    title: "Several task definitions could be meant",
    actions: ["chooseService", "openDocument"],
  },
  "not-a-service": {
    title: "The chosen file is no service",
    actions: ["chooseService", "openDocument"],
  },
  "server-away": { title: "The language server ended", actions: ["showLog"] },
  "server-gone": { title: "The language server does not run", actions: ["refresh", "showLog"] },
  "broken-document": badDocument,
  "broken-expression": badDocument,
};
const otherHelp: Help = {
  title: "The preview could not be made",
  actions: ["refresh", "selectCluster", "showLog"],
};

/** No result was ever there, and now there is a failure. */
export function failureState(error: Failure["error"], act: Act): HTMLElement {
  const help = helps[error.code] ?? otherHelp;
  return element("section", { class: "state failure", attributes: { role: "alert" } }, [
    element("h1", { text: help.title }),
    // The title may have said it already.
    error.message === `${help.title}.` ? undefined : element("p", {}, richText(error.message)),
    error.remedy === undefined ? undefined : element("p", { class: "muted" }, richText(error.remedy)),
    help.note === undefined ? undefined : element("p", { class: "muted", text: help.note }),
    actionButtons(help.actions, act),
  ]);
}

/** The cluster is there, and empty, as the sentence at the top has said. */
export function emptyClusterState({ cluster }: PreviewResult, act: Act): HTMLElement {
  const actions: readonly PanelAction[] =
    cluster.kind === "local" ? ["addLocalInstances", "selectCluster"] : ["selectCluster", "refresh"];
  return element("section", { class: "state empty" }, [
    element("p", {
      text:
        cluster.kind === "file"
          ? "A daemon service starts a task as soon as a container instance joins. What if, below, adds some."
          : `A daemon service starts a task as soon as a container instance joins ${cluster.label}.`,
    }),
    actionButtons(actions, act),
  ]);
}

/** Every instance is filtered away; the button shows them again. */
export function nothingShownState(text: string, label: string, clear: () => void): HTMLElement {
  return element("section", { class: "state empty" }, [
    element("p", { text }),
    button(label, clear, "primary"),
  ]);
}

function actionButtons(actions: readonly PanelAction[], act: Act): HTMLElement {
  return element(
    "div",
    { class: "actions" },
    actions.map((it, index) => button(labels[it], () => act(it), index === 0 ? "primary" : "secondary")),
  );
}
