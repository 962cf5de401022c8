// The page of the preview panel: takes what the host sends, keeps the user's filters, and draws.

import "./webview.css";
import "./picture.css";
import "./table.css";
import "./detail.css";
import "./simulation.css";
import "./expressionBox.css";
import "./narrow.css";
import type {
  ApplicableRemedy,
  ClusterChange,
  Failure,
  PackedPreview,
  PreviewResult,
} from "../../server/src/lsp/protocol";
import type {
  Against,
  ClauseReference,
  HostMessage,
  PanelAction,
  PreviewedDocument,
} from "../src/preview/messages";
import { createComparison } from "./comparison";
import { drawDetail } from "./detail";
import { element, setChildren, setText } from "./dom";
import { createExplanations } from "./explanations";
import { type ExportFormat, exportText } from "./exportText";
import { createExpressionBox } from "./expressionBox";
import { createFleetMap } from "./fleetMap";
import { createFunnel } from "./funnel";
import { attributeLookup } from "./groups";
import { createHeader, createStaleBanner } from "./header";
import { type StoredState, vscode } from "./host";
import { type Row, rowsOf, whatIfRows } from "./model";
import { createRedraw } from "./redraw";
import { emptyClusterState, failureState, loadingState, nothingShownState } from "./states";
import { createTable } from "./table";
import { createTime, timeWords } from "./time";
import { createToolbar } from "./toolbar";
import { fleetOf, type UnpackedFleet, unpackPreview } from "./unpackPreview";
import { defaultView, type ViewOptions, visibleRows } from "./view";
import { createWhatIf } from "./whatIf";

const stored = (vscode.getState() ?? {}) as Partial<StoredState>;
let documentShown: PreviewedDocument | undefined = stored.document;
let view: ViewOptions = { ...defaultView, ...stored.view };
let result: PreviewResult | undefined;
let fleet: UnpackedFleet | undefined;
let error: Failure["error"] | undefined;
const comparison = createComparison();
const explanations = createExplanations();
/** The clause selected in the editor. */
let selection: { readonly clause: string; readonly matched: ReadonlySet<string> } | undefined;
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
  drawSoon();
};
const clear = () =>
  change({ hiddenVerdicts: [], text: "", stage: undefined, onlyChanged: false, onlyMatching: false });

const panel = document.getElementById("panel") ?? document.body;
const banner = createStaleBanner(act);
const header = createHeader(act);
const toolbar = createToolbar({ change, clear, copy, compare });
const funnel = createFunnel(change);
const table = createTable({
  change,
  activated: (id) => {
    selected = id;
    drawWhatIf();
  },
  opened: (instance) => vscode.postMessage({ kind: "explain", instance }),
  detail: (row) => {
    const { version, told } = explanations.of(row.id);
    return { version, draw: () => drawDetail(row, told, detailActions) };
  },
});
const detailActions = {
  revealClause: (clause: ClauseReference) => {
    if (clause.from === "trial") expression.select(clause.span.start, clause.span.end);
    else vscode.postMessage({ kind: "revealClause", clause });
  },
  applyRemedy: (instance: string, remedy: ApplicableRemedy) =>
    vscode.postMessage({ kind: "remedy", instance, remedy }),
  canPutAttributes: () => result?.cluster.kind !== "file" && result?.simulated !== true,
};
const expression = createExpressionBox({
  post: vscode.postMessage,
  copy: (text, what) => vscode.postMessage({ kind: "copy", text, what }),
  changed: () => keep(),
});
const whatIf = createWhatIf(() => changes, {
  change: makeChanges,
  save: (as) => vscode.postMessage({ kind: "saveCluster", as }),
  applyToLocal: () => vscode.postMessage({ kind: "applyToLocal" }),
  clearTrial: () => expression.clear(),
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
const nothing = nothingShownState("No container instance passes the filters.", "Clear filters", clear);
const unchanged = nothingShownState("No container instance gets another verdict.", "Show all", clear);

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
    vscode.setState({ document: documentShown, view, changes, open: sections, expression: expression.kept });
}

function compare(against: Against): void {
  comparison.forgetBaseline();
  vscode.postMessage({ kind: "compare", against });
  view = { ...view, against, onlyChanged: against === "head" || against === "deployed" };
  compareAgain();
  redraw.now();
}

function compareAgain(): void {
  if (result !== undefined && !result.simulated) rows = rowsOf(result, comparison.baseline(view.against));
}

/** A cell of the map may be filtered away in the table: then the filters go. A simulated one is in no table. */
function reveal(id: string): void {
  if (!rows.some((it) => it.id === id)) return;
  if (!visible.some((it) => it.id === id)) {
    clear();
    redraw.now();
  }
  table.reveal(id);
}

function copy(format: ExportFormat): void {
  const what = { markdown: "Markdown", csv: "CSV", json: "JSON" }[format];
  vscode.postMessage({ kind: "copy", text: exportText(visible, format, result?.sentence ?? ""), what });
}

/** More rows than these are drawn over some frames. */
const fewRows = 500;
const redraw = createRedraw(draw);
function drawSoon(): void {
  redraw.soon(rows.length <= fewRows ? "short" : "long");
}

function* draw(): Generator<void, void> {
  keep();
  panel.classList.toggle("stale", error !== undefined && result !== undefined);
  if (result === undefined) {
    const state = error === undefined ? loadingState(documentShown?.name ?? "") : failureState(error, act);
    setChildren(panel, [state]);
    return;
  }
  banner.update(error);
  header.update(result, documentShown?.name.endsWith(".ecsquery") !== true);
  expression.update(result, documentShown?.name ?? "");
  if (rows.length === 0) {
    visible = [];
    drawWhatIf();
    setChildren(panel, [
      banner.element,
      header.element,
      expression.element,
      whatIf.note,
      emptyClusterState(result, act),
      whatIf.element,
    ]);
    return;
  }
  visible = visibleRows(rows, view, selection?.matched);
  toolbar.update(rows, visible.length, view, {
    isSimulated: result.simulated === true,
    problem: comparison.problem,
    selection: selection && { clause: selection.clause, matched: selection.matched.size },
  });
  fleetMap.highlight(selection?.matched);
  funnel.update(rows, view);
  const isUnchanged = visible.length === 0 && view.onlyChanged;
  const body = visible.length > 0 ? table.element : isUnchanged ? unchanged : nothing;
  setChildren(panel, [
    banner.element,
    header.element,
    expression.element,
    whatIf.note,
    picture,
    whatIf.element,
    time.element,
    toolbar.element,
    body,
  ]);
  yield;
  drawWhatIf();
  // The heads of the table stay below the banner, which stays in sight. Its height costs a layout: only where it is.
  panel.style.setProperty("--sticky-top", error === undefined ? "0px" : `${banner.element.offsetHeight}px`);
  table.update(visible, view, selection?.matched);
  yield;
  drawMap();
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

function takeResult(now: PreviewResult, isSaved: boolean): void {
  const isSameCluster = JSON.stringify(now.cluster) === JSON.stringify(result?.cluster);
  result = now;
  error = undefined;
  fleetMap.attributes(now.attributes?.map((it) => it.name) ?? [], attributeLookup(now));
  // What was explained may be otherwise now; until the new words are here the old ones stay on view.
  for (const instance of table.opened()) vscode.postMessage({ kind: "explain", instance });
  // What if is compared with the cluster as it is, and leaves the comparison with the saved text for later.
  if (now.simulated) {
    rows = whatIfRows(now);
    return;
  }
  comparison.takeResult(now, { isSaved, isSameCluster });
  rows = rowsOf(now, comparison.baseline(view.against));
}

/** `undefined` where it names a fleet that went with the page of before: the whole answer is on its way. */
function unpacked(told: PreviewResult | PackedPreview): PreviewResult | undefined {
  if (!("outcomes" in told)) return told;
  const now = fleetOf(told, fleet);
  fleet = now ?? fleet;
  return now && unpackPreview(told, now);
}

function takeSelection(clause: string | undefined, matched: readonly string[]): void {
  selection = clause === undefined ? undefined : { clause, matched: new Set(matched) };
  if (selection === undefined) view = { ...view, onlyMatching: false };
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
    case "result": {
      const told = unpacked(message.result);
      if (told === undefined) return;
      takeResult(told, message.saved);
      time.changed();
      break;
    }
    case "timeline":
      time.take(message.answer);
      return;
    case "applied":
      makeChanges([]);
      return;
    case "expression":
      expression.take(message);
      return;
    case "trialAdded":
      expression.clear();
      return;
    case "explanation":
      explanations.take(message.explanation);
      if (visible.length > 0) table.redraw();
      return;
    case "baseline":
      if (message.against !== view.against) return;
      comparison.takeBaseline(message);
      compareAgain();
      break;
    case "selection":
      takeSelection(message.clause, message.matched);
      break;
  }
  drawSoon();
}

addEventListener("message", (event: MessageEvent<HostMessage>) => receive(event.data));
whatIf.open(sections.whatIf);
expression.restore(stored.expression);
redraw.now();
vscode.postMessage({ kind: "ready" });
// A page that was loaded anew goes on with what it had.
if (changes.length > 0) vscode.postMessage({ kind: "whatIf", changes });
if (view.against !== "saved") vscode.postMessage({ kind: "compare", against: view.against });
time.open(sections.time);
