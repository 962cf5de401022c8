// The page of the preview panel: takes what the host sends, keeps the user's filters, and draws.

import "./webview.css";
import "./picture.css";
import "./table.css";
import "./narrow.css";
import type { Failure, PreviewResult } from "../../server/src/lsp/protocol";
import type {
  HostMessage,
  PanelAction,
  PanelMessage,
  PanelState,
  PreviewedDocument,
} from "../src/preview/messages";
import { element, setChildren } from "./dom";
import { type ExportFormat, exportText } from "./exportText";
import { createFleetMap } from "./fleetMap";
import { createFunnel } from "./funnel";
import { createHeader, createStaleBanner } from "./header";
import { type Baseline, defaultView, type Row, rowsOf, type ViewOptions, visibleRows } from "./model";
import { emptyClusterState, failureState, loadingState, nothingShownState } from "./states";
import { createTable } from "./table";
import { createToolbar } from "./toolbar";

interface VsCode {
  postMessage(message: PanelMessage): void;
  getState(): unknown;
  setState(state: StoredState): void;
}
interface StoredState extends PanelState {
  readonly view: ViewOptions;
}
declare function acquireVsCodeApi(): VsCode;

const vscode = acquireVsCodeApi();
const stored = (vscode.getState() ?? {}) as Partial<StoredState>;
let documentShown: PreviewedDocument | undefined = stored.document;
let view: ViewOptions = { ...defaultView, ...stored.view };
let result: PreviewResult | undefined;
let error: Failure["error"] | undefined;
let baseline: Baseline | undefined;
let rows: readonly Row[] = [];
let visible: readonly Row[] = [];

const act = (action: PanelAction) => vscode.postMessage({ kind: "action", action });
const change = (changed: Partial<ViewOptions>) => {
  view = { ...view, ...changed };
  draw();
};
const clear = () => change({ hiddenVerdicts: [], text: "", stage: undefined, onlyChanged: false });

const panel = document.getElementById("panel") ?? document.body;
const banner = createStaleBanner(act);
const header = createHeader(act);
const toolbar = createToolbar({ change, clear, copy });
const funnel = createFunnel(change);
const table = createTable(change, (clause) => vscode.postMessage({ kind: "revealClause", clause }));
const fleetMap = createFleetMap({ change, reveal });
const picture = element("section", { class: "picture", attributes: { "aria-label": "Overview" } }, [
  funnel.element,
  fleetMap.element,
]);
const nothing = nothingShownState(clear);

/** A cell of the map may be filtered away in the table: then the filters go. */
function reveal(id: string): void {
  if (!visible.some((it) => it.id === id)) clear();
  table.reveal(id);
}

function copy(format: ExportFormat): void {
  const what = { markdown: "Markdown", csv: "CSV", json: "JSON" }[format];
  vscode.postMessage({ kind: "copy", text: exportText(visible, format, result?.sentence ?? ""), what });
}

function draw(): void {
  if (documentShown !== undefined) vscode.setState({ document: documentShown, view });
  panel.classList.toggle("stale", error !== undefined && result !== undefined);
  if (result === undefined) {
    const state = error === undefined ? loadingState(documentShown?.name ?? "") : failureState(error, act);
    setChildren(panel, [state]);
    return;
  }
  banner.update(error);
  header.update(result, documentShown?.name.endsWith(".ecsquery") !== true);
  if (rows.length === 0) {
    setChildren(panel, [banner.element, header.element, emptyClusterState(result, act)]);
    return;
  }
  visible = visibleRows(rows, view);
  toolbar.update(rows, visible.length, view);
  funnel.update(rows, view);
  fleetMap.update(rows, visible, view);
  const body = visible.length === 0 ? nothing : table.element;
  setChildren(panel, [banner.element, header.element, picture, toolbar.element, body]);
  // The heads of the table stay below the banner, which stays in sight.
  panel.style.setProperty("--sticky-top", `${banner.element.offsetHeight}px`);
  table.update(visible, view);
}

function takeResult(now: PreviewResult, saved: boolean): void {
  // Another cluster has other instances, or others of the same name: nothing there to compare with.
  const isSameCluster = JSON.stringify(now.cluster) === JSON.stringify(result?.cluster);
  result = now;
  error = undefined;
  if (saved) baseline = new Map(now.instances.map(({ id, verdict }) => [id, verdict]));
  else if (!isSameCluster) baseline = undefined;
  rows = rowsOf(now, baseline);
}

function receive(message: HostMessage): void {
  documentShown = message.document;
  panel.classList.toggle("busy", message.kind === "loading");
  switch (message.kind) {
    case "loading":
      // What is on view stays until the answer is here.
      if (result !== undefined || error !== undefined) return;
      break;
    case "failure":
      error = message.error;
      if (!message.keepsLast) result = undefined;
      break;
    case "result":
      takeResult(message.result, message.saved);
  }
  draw();
}

addEventListener("message", (event: MessageEvent<HostMessage>) => receive(event.data));
draw();
vscode.postMessage({ kind: "ready" });
