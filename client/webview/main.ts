// The page of the preview panel: takes what the host sends, keeps the user's filters, and draws.

import "./webview.css";
import "./picture.css";
import "./table.css";
import "./simulation.css";
import "./narrow.css";
import type { ClusterChange, Failure, PreviewResult } from "../../server/src/lsp/protocol";
import type {
  HostMessage,
  PanelAction,
  PanelMessage,
  PanelState,
  PreviewedDocument,
} from "../src/preview/messages";
import { element, setChildren, setText } from "./dom";
import { type ExportFormat, exportText } from "./exportText";
import { createFleetMap } from "./fleetMap";
import { createFunnel } from "./funnel";
import { createHeader, createStaleBanner } from "./header";
import {
  type Baseline,
  defaultView,
  type Row,
  rowsOf,
  type ViewOptions,
  visibleRows,
  whatIfRows,
} from "./model";
import { emptyClusterState, failureState, loadingState, nothingShownState } from "./states";
import { createTable } from "./table";
import { createTime, timeWords } from "./time";
import { createToolbar } from "./toolbar";
import { createWhatIf } from "./whatIf";

interface VsCode {
  postMessage(message: PanelMessage): void;
  getState(): unknown;
  setState(state: StoredState): void;
}
interface StoredState extends PanelState {
  readonly view: ViewOptions;
  readonly changes: readonly ClusterChange[];
  readonly open: Readonly<Record<"whatIf" | "time", boolean>>;
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
let changes: readonly ClusterChange[] = stored.changes ?? [];
let sections = { whatIf: false, time: false, ...stored.open };
let selected: string | undefined;
/** A step of a timeline, which the map shows in place of what is. */
let simulated: { readonly rows: readonly Row[]; readonly caption: string } | undefined;

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
const table = createTable(
  change,
  (clause) => vscode.postMessage({ kind: "revealClause", clause }),
  (id) => {
    selected = id;
    drawWhatIf();
  },
);
const whatIf = createWhatIf(() => changes, {
  change: makeChanges,
  save: (as) => vscode.postMessage({ kind: "saveCluster", as }),
  applyToLocal: () => vscode.postMessage({ kind: "applyToLocal" }),
  toggled: (isOpen) => keepOpen({ whatIf: isOpen }),
});
const time = createTime({
  ask: (scenario, percent) =>
    vscode.postMessage({
      kind: "timeline",
      scenario,
      ...(percent !== undefined && { minimumHealthyPercent: percent }),
    }),
  show: (shown) => {
    simulated = shown;
    drawMap();
  },
  toggled: (isOpen) => keepOpen({ time: isOpen }),
});
const fleetMap = createFleetMap({ change, reveal });
const mapCaption = element("p", { class: "map-caption", attributes: { role: "status" } });
const picture = element("section", { class: "picture", attributes: { "aria-label": "Overview" } }, [
  funnel.element,
  element("div", { class: "map-side" }, [mapCaption, fleetMap.element]),
]);
const nothing = nothingShownState(clear);

function makeChanges(now: readonly ClusterChange[]): void {
  changes = now;
  keep();
  vscode.postMessage({ kind: "whatIf", changes });
}

function keepOpen(open: Partial<StoredState["open"]>): void {
  sections = { ...sections, ...open };
  keep();
}

function keep(): void {
  if (documentShown !== undefined)
    vscode.setState({ document: documentShown, view, changes, open: sections });
}

/** A cell of the map may be filtered away in the table: then the filters go. A simulated one is in no table. */
function reveal(id: string): void {
  if (!rows.some((it) => it.id === id)) return;
  if (!visible.some((it) => it.id === id)) clear();
  table.reveal(id);
}

function copy(format: ExportFormat): void {
  const what = { markdown: "Markdown", csv: "CSV", json: "JSON" }[format];
  vscode.postMessage({ kind: "copy", text: exportText(visible, format, result?.sentence ?? ""), what });
}

function draw(): void {
  keep();
  panel.classList.toggle("stale", error !== undefined && result !== undefined);
  if (result === undefined) {
    const state = error === undefined ? loadingState(documentShown?.name ?? "") : failureState(error, act);
    setChildren(panel, [state]);
    return;
  }
  banner.update(error);
  header.update(result, documentShown?.name.endsWith(".ecsquery") !== true);
  if (rows.length === 0) {
    visible = [];
    drawWhatIf();
    setChildren(panel, [
      banner.element,
      header.element,
      whatIf.note,
      emptyClusterState(result, act),
      whatIf.element,
    ]);
    return;
  }
  visible = visibleRows(rows, view);
  toolbar.update(rows, visible.length, view, result.simulated ? "by what if" : "since the last save");
  funnel.update(rows, view);
  drawMap();
  drawWhatIf();
  const body = visible.length === 0 ? nothing : table.element;
  setChildren(panel, [
    banner.element,
    header.element,
    whatIf.note,
    picture,
    whatIf.element,
    time.element,
    toolbar.element,
    body,
  ]);
  // The heads of the table stay below the banner, which stays in sight.
  panel.style.setProperty("--sticky-top", `${banner.element.offsetHeight}px`);
  table.update(visible, view);
}

function drawMap(): void {
  if (simulated === undefined) fleetMap.update(rows, visible, view);
  else fleetMap.update(simulated.rows, simulated.rows, view, timeWords);
  mapCaption.hidden = simulated === undefined;
  setText(mapCaption, simulated?.caption ?? "");
}

function drawWhatIf(): void {
  if (selected !== undefined && !visible.some((it) => it.id === selected)) selected = undefined;
  if (result !== undefined) whatIf.update(result, visible, selected);
}

function takeResult(now: PreviewResult, saved: boolean): void {
  // Another cluster has other instances, or others of the same name: nothing there to compare with.
  const isSameCluster = JSON.stringify(now.cluster) === JSON.stringify(result?.cluster);
  result = now;
  error = undefined;
  // What if is compared with the cluster as it is, and leaves the comparison with the saved text for later.
  if (now.simulated) {
    rows = whatIfRows(now);
    return;
  }
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
      time.changed();
      break;
    case "timeline":
      time.take(message.answer);
      return;
    case "applied":
      makeChanges([]);
      return;
  }
  draw();
}

addEventListener("message", (event: MessageEvent<HostMessage>) => receive(event.data));
whatIf.open(sections.whatIf);
draw();
vscode.postMessage({ kind: "ready" });
// A page that was loaded anew goes on with what it had.
if (changes.length > 0) vscode.postMessage({ kind: "whatIf", changes });
time.open(sections.time);
