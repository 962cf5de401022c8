// The panel as a whole: keeps what its parts share, and draws it.

import type { ApplicableRemedy, ClusterChange } from "../../../server/src/lsp/protocol/protocol";
import type { Against, ClauseReference, PanelAction } from "../../src/preview/messages";
import { setChildren } from "../dom/dom";
import { vscode } from "../dom/host";
import { listenForParts } from "../dom/parts";
import { createRedraw } from "../dom/redraw";
import type { ShownMoment } from "../fleetMap/overview";
import { emptyClusterState, failureState, loadingState } from "../header/emptyStates";
import { createManagedView, type ManagedView } from "../managed/managedView";
import { createExplanations } from "../model/explanations";
import type { Row } from "../model/instanceRecords";
import { Answers } from "../model/placementAnswers";
import { finished, type Steps } from "../model/steps";
import { type ViewOptions, visibleInSteps } from "../model/visibleRows";
import { type Detail, type DetailActions, detailOf } from "../table/detail";
import { type ExportFormat, exportText, formatNames } from "../table/exportText";
import { nameOf } from "../table/row";
import { timeWords } from "../time/timeWords";
import { type PanelMemory, storedState } from "./panelMemory";
import { createPanelParts, type PanelControls, type PanelParts } from "./panelParts";
import { viewOfMoment, withKnownFacts } from "./shownMoment";

/** Pixels from which on the rail is beside the list, as in the styles. */
export const wide = 900;
/** More rows than these are drawn over some frames. */
const fewRows = 500;

const act = (action: PanelAction) => vscode.postMessage({ kind: "action", action });

export class Panel {
  readonly memory: PanelMemory;
  readonly answers = new Answers();
  readonly explanations = createExplanations();
  readonly parts: PanelParts;
  /** The rows that pass the filters, in order. */
  visible: readonly Row[] = [];
  /** The preview of a managed daemon, in place of the list. */
  readonly managed: ManagedView;
  private readonly root: HTMLElement;
  private readonly redraw = createRedraw(() => this.draw());
  private readonly detailActions: DetailActions;
  /** A simulated step, which list and map show in place of what is. */
  private moment: ShownMoment | undefined;
  /** The map outlines the chosen instances: one alone is the row that the list shows. */
  private outlinesSeveral = false;

  constructor(root: HTMLElement, memory: PanelMemory) {
    this.root = root;
    this.memory = memory;
    this.managed = createManagedView(root, vscode.postMessage);
    this.detailActions = this.createDetailActions();
    this.parts = createPanelParts(this.createControls());
    const { layout, table, toolbar } = this.parts;
    new ResizeObserver(([entry]) => table.showDetailsBeside((entry?.contentRect.width ?? 0) >= wide)).observe(
      root,
    );
    listenForParts([layout.head, layout.main, layout.rail], () => toolbar.focus());
  }

  private createControls(): PanelControls {
    return {
      post: vscode.postMessage,
      act,
      change: (changed) => {
        this.memory.view = { ...this.memory.view, ...changed };
        this.drawSoon();
      },
      clearFilters: () => this.clearFilters(),
      reveal: (id) => this.reveal(id),
      choose: (id, mode, order) => {
        if (this.visible.some((it) => it.id === id)) this.parts.table.choose(id, mode, order);
      },
      choiceChanged: (size) => {
        this.drawWhatIf();
        if (size > 1 || this.outlinesSeveral) this.drawMap();
      },
      opened: (instance) => {
        if (this.moment === undefined) vscode.postMessage({ kind: "explain", instance });
      },
      detailOf: (row) => this.detailOf(row),
      drawDetailPane: () => this.drawDetailPane(),
      drawMap: () => this.drawMap(),
      drawWhatIf: () => this.drawWhatIf(),
      showMoment: (shown) => {
        this.moment = shown && withKnownFacts(shown, this.answers.result);
        this.parts.overview.showMoment(shown);
        this.parts.header.showMoment(shown?.caption);
        this.drawSoon();
      },
      nameOf: (id) => nameOf({ id, facts: this.answers.factsOf(id) }),
      tried: { changes: () => this.memory.changes, madeOn: () => this.memory.madeOn },
      makeChanges: (changes) => this.makeChanges(changes),
      keep: () => this.keep(),
      keepOpen: (open) => {
        this.memory.sections = { ...this.memory.sections, ...open };
        this.keep();
      },
    };
  }

  private createDetailActions(): DetailActions {
    return {
      revealClause: (clause: ClauseReference) => {
        const { start, end } = clause.span;
        if (clause.from === "trial") this.parts.expression.select(start, end);
        else vscode.postMessage({ kind: "revealClause", clause });
      },
      applyRemedy: (instance: string, remedy: ApplicableRemedy) =>
        vscode.postMessage({ kind: "remedy", instance, remedy }),
      canPutAttributes: () => {
        const { result } = this.answers;
        return result?.cluster.kind !== "file" && result?.simulated !== true;
      },
    };
  }

  keep(): void {
    const state = storedState(this.memory, this.parts);
    if (state !== undefined) vscode.setState(state);
  }

  clearFilters(): void {
    const { view } = this.memory;
    this.memory.view = {
      ...view,
      hiddenVerdicts: [],
      text: "",
      stage: undefined,
      onlyChanged: false,
      onlyMatching: false,
    };
    this.drawSoon();
  }

  makeChanges(changes: readonly ClusterChange[]): void {
    const { memory } = this;
    // As long as there are some, they belong to where the first was made.
    memory.madeOn = changes.length === 0 ? undefined : (memory.madeOn ?? this.answers.result?.cluster.label);
    memory.changes = changes;
    this.keep();
    vscode.postMessage({ kind: "whatIf", changes });
  }

  compare(against: Against): void {
    vscode.postMessage({ kind: "compare", against });
    const onlyChanged = against === "head" || against === "deployed";
    this.memory.view = { ...this.memory.view, against, onlyChanged };
    this.answers.compareWith(against);
    this.drawNow();
  }

  copy(format: ExportFormat): void {
    const text = exportText(this.visible, format, this.answers.result?.sentence ?? "");
    vscode.postMessage({ kind: "copy", text, what: formatNames[format], isJson: format === "json" });
  }

  /** A cell of the map may be filtered away in the list: then the filters go. */
  private reveal(id: string): void {
    if (!this.shownRows().some((it) => it.id === id)) return;
    if (!this.visible.some((it) => it.id === id)) {
      this.clearFilters();
      this.drawNow();
    }
    this.parts.table.reveal(id);
  }

  drawNow(): void {
    this.redraw.now();
  }

  drawSoon(): void {
    this.redraw.soon(this.answers.rows.length <= fewRows ? "short" : "long");
  }

  setBusy(isBusy: boolean, isOfOther: boolean): void {
    this.root.classList.toggle("busy", isBusy);
    this.root.classList.toggle("of-other", isOfOther);
  }

  private *draw(): Steps<void> {
    const { result, error } = this.answers;
    this.keep();
    if (this.managed.draw()) return;
    this.root.classList.toggle("stale", error !== undefined && result !== undefined);
    if (result === undefined) return setChildren(this.root, [this.stateWithoutResult()]);
    this.drawHead();
    if (this.answers.rows.length === 0) return this.drawEmpty();
    this.visible = yield* visibleInSteps(this.shownRows(), this.shownView(), this.answers.selection?.matched);
    yield;
    yield* this.drawMain();
    yield;
    this.drawWhatIf();
    yield;
    yield* this.parts.table.update(this.visible, this.shownView(), {
      matching: this.answers.selection?.matched,
      asked: result.asks,
    });
    yield;
    yield* this.drawMapInSteps();
  }

  private stateWithoutResult(): HTMLElement {
    const { error } = this.answers;
    const { document, next, clusterState } = this.memory;
    if (error === undefined) return loadingState(document?.name ?? "", clusterState, act);
    return failureState(error, next, act);
  }

  private drawHead(): void {
    const { result, error } = this.answers;
    if (result === undefined) return;
    const { banner, header, values, expression, whatIf, funnel, layout } = this.parts;
    const { document, next, clusterState } = this.memory;
    const name = document?.name ?? "";
    banner.update(error, next, clusterState?.staleSince ?? result.cluster.seen?.at);
    header.update(result, !name.endsWith(".ecsquery"), clusterState);
    values.update(result, document?.uri.split("#")[0] ?? "");
    expression.update(result, name);
    this.drawWhatIf();
    layout.notes.dataset.shown = this.shownNote(error !== undefined, whatIf.note.hidden === true);
    setChildren(this.root, [layout.head, layout.body]);
    // A step of a simulation has no funnel of its own.
    funnel.element.hidden = this.answers.rows.length === 0 || this.moment !== undefined;
  }

  private drawEmpty(): void {
    const { result } = this.answers;
    const { detailPane, layout } = this.parts;
    if (result === undefined) return;
    this.visible = [];
    detailPane.update(undefined, 0, () => this.root);
    setChildren(layout.main, [emptyClusterState(result, act)]);
  }

  private *drawMain(): Steps<void> {
    const { answers, parts, moment } = this;
    const view = this.shownView();
    const { selection, problem } = answers;
    const rows = this.shownRows();
    const isSimulated = answers.result?.simulated === true;
    parts.toolbar.update(rows, this.visible.length, view, {
      words: moment === undefined ? {} : timeWords,
      isSimulated,
      problem,
      selection:
        moment === undefined && selection !== undefined
          ? { clause: selection.clause, matched: selection.matched.size }
          : undefined,
    });
    yield;
    if (moment === undefined) parts.funnel.update(rows, view);
    const isCompared = problem === undefined || isSimulated;
    const list = this.visible.length > 0 ? parts.table.element : parts.filteredAway(view, isCompared);
    setChildren(parts.layout.main, [parts.toolbar.element, list]);
  }

  private shownRows(): readonly Row[] {
    return this.moment?.rows ?? this.answers.rows;
  }

  private shownView(): ViewOptions {
    return this.moment === undefined ? this.memory.view : viewOfMoment(this.memory.view);
  }

  private shownNote(isStale: boolean, isAsItIs: boolean): string {
    if (isStale) return "stale";
    if (this.moment !== undefined) return "moment";
    return isAsItIs ? "trial" : "simulated";
  }

  private detailOf(row: Row): Detail {
    return detailOf(row, this.explanations.of(row.id), this.detailActions);
  }

  private drawDetailPane(): void {
    const row = this.parts.table.detailed;
    const shown = row === undefined ? undefined : this.detailOf(row);
    this.parts.detailPane.update(row, shown?.version ?? 0, shown?.draw ?? (() => this.root));
  }

  private drawMap(): void {
    finished(this.drawMapInSteps());
  }

  private *drawMapInSteps(): Steps<void> {
    const { table, overview } = this.parts;
    this.outlinesSeveral = table.chosen.size > 1;
    const outlined = this.outlinesSeveral ? table.chosen : this.answers.selection?.matched;
    yield* overview.updateMap(this.shownRows(), this.visible, this.memory.view, outlined);
  }

  private drawWhatIf(): void {
    const { result } = this.answers;
    // Changes are made to the cluster as it is, whatever step of a simulation is on view.
    const rows = this.moment === undefined ? this.visible : this.answers.rows;
    if (result !== undefined) this.parts.whatIf.update(result, rows, this.parts.table.chosen);
  }
}
