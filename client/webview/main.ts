// The page of the preview panel: takes what the host sends, keeps the user's filters, and draws.

import "./styles";
import type {
  ApplicableRemedy,
  ClusterChange,
  ClusterState,
  ClusterStep,
} from "../../server/src/lsp/protocol/protocol";
import type {
  Against,
  ClauseReference,
  HostMessage,
  PanelAction,
  PreviewedDocument,
} from "../src/preview/messages";
import { setChildren } from "./dom/dom";
import { type StoredState, vscode } from "./dom/host";
import { createLayout } from "./dom/layout";
import { listenForParts } from "./dom/parts";
import { createRedraw } from "./dom/redraw";
import { createExpressionBox } from "./expression/expressionBox";
import { createOverview } from "./fleetMap/overview";
import { createFilteredAway, emptyClusterState, failureState, loadingState } from "./header/emptyStates";
import { createFunnel } from "./header/funnel";
import { createHeader } from "./header/header";
import { createStaleNote } from "./header/notes";
import { createExplanations } from "./model/explanations";
import type { Row } from "./model/instanceRecords";
import { createAnswers } from "./model/placementAnswers";
import type { ChoiceMode } from "./model/selectedInstances";
import { defaultView, type ViewOptions, visibleRows } from "./model/visibleRows";
import { drawDetail } from "./table/detail";
import { createDetailPane } from "./table/detailPane";
import { type ExportFormat, exportText } from "./table/exportText";
import { createTable } from "./table/table";
import { createToolbar } from "./table/toolbar";
import { createTime, timeWords } from "./time/time";
import { createWhatIf } from "./whatIf/whatIf";

/** Pixels from which on the rail is beside the list, as in the styles. */
const wide = 900;
const stored = (vscode.getState() ?? {}) as Partial<StoredState>;
let documentShown: PreviewedDocument | undefined = stored.document;
let view: ViewOptions = { ...defaultView, ...stored.view };
const answers = createAnswers();
const explanations = createExplanations();
let visible: readonly Row[] = [];
let changes: readonly ClusterChange[] = stored.changes ?? [];
let madeOn = stored.madeOn;
let outlinesSeveral = false;
let sections = { map: innerWidth >= wide, whatIf: false, time: false, ...stored.open };
let clusterState: ClusterState | undefined;
let next: readonly ClusterStep[] = [];

const act = (action: PanelAction) => vscode.postMessage({ kind: "action", action });
const change = (changed: Partial<ViewOptions>) => {
  view = { ...view, ...changed };
  drawSoon();
};
const clear = () =>
  change({ hiddenVerdicts: [], text: "", stage: undefined, onlyChanged: false, onlyMatching: false });

const panel = document.getElementById("panel") ?? document.body;
const banner = createStaleNote(act);
const header = createHeader(act);
const funnel = createFunnel(change);
const toolbar = createToolbar({ change, clear });
const overview = createOverview(
  {
    change,
    reveal,
    choose,
    toggled: (isOpen) => {
      keepOpen({ map: isOpen });
      drawMap();
    },
  },
  timeWords,
);
const detailPane = createDetailPane(() => table.closeDetail());
const table = createTable({
  change,
  chosen: ({ size }) => {
    drawWhatIf();
    // One alone is not outlined in the map.
    if (size > 1 || outlinesSeveral) drawMap();
  },
  opened: (instance) => vscode.postMessage({ kind: "explain", instance }),
  detail: detailOf,
  drawn: drawDetailPane,
  enterDetail: () => detailPane.focus(),
  copy: (text) => vscode.postMessage({ kind: "copy", text, what: "Row" }),
});
const detailActions = {
  revealClause: (clause: ClauseReference) => {
    if (clause.from === "trial") expression.select(clause.span.start, clause.span.end);
    else vscode.postMessage({ kind: "revealClause", clause });
  },
  applyRemedy: (instance: string, remedy: ApplicableRemedy) =>
    vscode.postMessage({ kind: "remedy", instance, remedy }),
  canPutAttributes: () => answers.result?.cluster.kind !== "file" && answers.result?.simulated !== true,
};
const expression = createExpressionBox({
  post: vscode.postMessage,
  copy: (text, what) => vscode.postMessage({ kind: "copy", text, what }),
  changed: () => keep(),
});
const whatIf = createWhatIf(
  { changes: () => changes, madeOn: () => madeOn },
  {
    change: makeChanges,
    save: (as) => vscode.postMessage({ kind: "saveCluster", as }),
    applyToLocal: () => vscode.postMessage({ kind: "applyToLocal" }),
    clearTrial: () => expression.clear(),
    toggled: (isOpen) => keepOpen({ whatIf: isOpen }),
  },
);
const time = createTime({
  ask: (scenario, percent) =>
    vscode.postMessage({
      kind: "timeline",
      scenario,
      ...(percent !== undefined && { minimumHealthyPercent: percent }),
    }),
  show: (shown) => {
    overview.showMoment(shown);
    header.showMoment(shown?.caption);
    drawMap();
  },
  toggled: (isOpen) => keepOpen({ time: isOpen }),
  changed: keep,
});
const { head, main, rail, body, notes } = createLayout({
  head: [header.element, funnel.element, expression.element],
  notes: [banner.element, whatIf.note, expression.note],
  belowNotes: expression.offers,
  rail: [detailPane.element, overview.element, whatIf.element, time.element],
});
new ResizeObserver(([entry]) => table.showDetailsBeside((entry?.contentRect.width ?? 0) >= wide)).observe(
  panel,
);
const filteredAway = createFilteredAway(clear);

function makeChanges(now: readonly ClusterChange[]): void {
  // As long as there are some, they belong to where the first was made.
  madeOn = now.length === 0 ? undefined : (madeOn ?? answers.result?.cluster.label);
  changes = now;
  keep();
  vscode.postMessage({ kind: "whatIf", changes });
}

function keepOpen(open: Partial<StoredState["open"]>): void {
  sections = { ...sections, ...open };
  keep();
}

function keep(): void {
  if (documentShown === undefined) return;
  vscode.setState({
    version: 1,
    document: documentShown,
    view,
    changes,
    ...(madeOn !== undefined && { madeOn }),
    open: sections,
    expression: expression.kept,
    ...(expression.tried !== undefined && { trial: expression.tried }),
    time: time.kept,
  });
}

function compare(against: Against): void {
  vscode.postMessage({ kind: "compare", against });
  view = { ...view, against, onlyChanged: against === "head" || against === "deployed" };
  answers.compareWith(against);
  redraw.now();
}

/** A cell of the map may be filtered away in the table: then the filters go. A simulated one is in no table. */
function reveal(id: string): void {
  if (!answers.rows.some((it) => it.id === id)) return;
  if (!visible.some((it) => it.id === id)) {
    clear();
    redraw.now();
  }
  table.reveal(id);
}

/** In a moment of a story there is nothing to choose: its instances are not those of the table. */
function choose(id: string, mode: ChoiceMode, order: readonly string[]): void {
  if (visible.some((it) => it.id === id)) table.choose(id, mode, order);
}

function copy(format: ExportFormat): void {
  const what = { markdown: "Markdown", csv: "CSV", json: "JSON" }[format];
  vscode.postMessage({
    kind: "copy",
    text: exportText(visible, format, answers.result?.sentence ?? ""),
    what,
  });
}

/** More rows than these are drawn over some frames. */
const fewRows = 500;
const redraw = createRedraw(draw);
function drawSoon(): void {
  redraw.soon(answers.rows.length <= fewRows ? "short" : "long");
}

function* draw(): Generator<void, void> {
  const { result, error, rows, selection } = answers;
  keep();
  panel.classList.toggle("stale", error !== undefined && result !== undefined);
  if (result === undefined) {
    const state =
      error === undefined ? loadingState(documentShown?.name ?? "") : failureState(error, next, act);
    setChildren(panel, [state]);
    return;
  }
  banner.update(error, next, clusterState?.staleSince ?? result.cluster.seen?.at);
  header.update(result, documentShown?.name.endsWith(".ecsquery") !== true, clusterState);
  expression.update(result, documentShown?.name ?? "");
  drawWhatIf();
  notes.dataset.shown = error !== undefined ? "stale" : whatIf.note.hidden ? "trial" : "simulated";
  setChildren(panel, [head, body]);
  funnel.element.hidden = rows.length === 0;
  if (rows.length === 0) {
    visible = [];
    detailPane.update(undefined, 0, () => panel);
    setChildren(main, [emptyClusterState(result, act)]);
    return;
  }
  visible = visibleRows(rows, view, selection?.matched);
  toolbar.update(rows, visible.length, view, {
    isSimulated: result.simulated === true,
    problem: answers.problem,
    selection: selection && { clause: selection.clause, matched: selection.matched.size },
  });
  funnel.update(rows, view);
  const isCompared = answers.problem === undefined || result.simulated === true;
  setChildren(main, [toolbar.element, visible.length > 0 ? table.element : filteredAway(view, isCompared)]);
  yield;
  drawWhatIf();
  table.update(visible, view, selection?.matched);
  yield;
  drawMap();
}

function detailOf(row: Row) {
  const { version, told } = explanations.of(row.id);
  return { version, draw: () => drawDetail(row, told, detailActions) };
}

function drawDetailPane(): void {
  const row = table.detailed;
  const shown = row === undefined ? undefined : detailOf(row);
  detailPane.update(row, shown?.version ?? 0, shown?.draw ?? (() => panel));
}

function drawMap(): void {
  // One alone is the row that the table shows; several can be seen here.
  outlinesSeveral = table.chosen.size > 1;
  const outlined = outlinesSeveral ? table.chosen : answers.selection?.matched;
  overview.updateMap(answers.rows, visible, view, outlined);
}

function drawWhatIf(): void {
  if (answers.result !== undefined) whatIf.update(answers.result, visible, table.chosen);
}

function takeResult(message: Extract<HostMessage, { readonly kind: "result" }>): boolean {
  if (!answers.takeResult(message.result, message.saved, view.against)) return false;
  if (answers.result !== undefined) overview.takeResult(answers.result);
  // What was explained may be otherwise now; until the new words are here the old ones stay on view.
  for (const instance of table.opened()) vscode.postMessage({ kind: "explain", instance });
  time.changed();
  return true;
}

function receive(message: HostMessage): void {
  documentShown = message.document;
  panel.classList.toggle("busy", message.kind === "loading");
  switch (message.kind) {
    case "loading":
      // What is on view stays until the answer is here.
      if (answers.result !== undefined || answers.error !== undefined) return;
      break;
    case "failure":
      next = message.next;
      answers.takeFailure(message.error, message.keepsLast);
      break;
    case "cluster":
      clusterState = message.state;
      break;
    case "command":
      if (message.command === "copy") copy(message.format);
      else compare(message.against);
      return;
    case "result":
      if (!takeResult(message)) return;
      break;
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
      answers.takeBaseline(message);
      break;
    case "selection":
      answers.takeSelection(message.clause, message.matched);
      if (message.clause === undefined) view = { ...view, onlyMatching: false };
      break;
  }
  drawSoon();
}

listenForParts([head, main, rail], () => toolbar.focus());
addEventListener("message", (event: MessageEvent<HostMessage>) => receive(event.data));
vscode.postMessage({ kind: "ready" });
// A page that was loaded anew goes on with what it had.
overview.open(sections.map);
whatIf.open(sections.whatIf);
if (changes.length > 0) vscode.postMessage({ kind: "whatIf", changes });
if (view.against !== "saved") vscode.postMessage({ kind: "compare", against: view.against });
time.restore(stored.time);
time.open(sections.time);
expression.restore(stored.expression, stored.trial);
redraw.now();
