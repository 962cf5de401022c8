// The panel as a whole: keeps what its parts share, and draws it.

import type {
  ApplicableRemedy,
  ClusterChange,
  ManagedPanel,
} from "../../../server/src/lsp/protocol/protocol";
import type { Against, ClauseReference } from "../../src/preview/messages";
import { setChildren } from "../dom/dom";
import { vscode } from "../dom/host";
import { listenForParts } from "../dom/parts";
import { createRedraw } from "../dom/redraw";
import { emptyClusterState, failureState, loadingState } from "../header/emptyStates";
import { drawManaged } from "../managed/managedView";
import { createExplanations } from "../model/explanations";
import type { Row } from "../model/instanceRecords";
import { Answers } from "../model/placementAnswers";
import { visibleInSteps } from "../model/visibleRows";
import { type DetailActions, drawDetail } from "../table/detail";
import { type ExportFormat, exportText } from "../table/exportText";
import type { Detail } from "../table/table";
import { type PanelMemory, storedState } from "./panelMemory";
import { createPanelParts, type PanelControls, type PanelParts } from "./panelParts";

/** Pixels from which on the rail is beside the list, as in the styles. */
export const wide = 900;
/** More rows than these are drawn over some frames. */
const fewRows = 500;

export class Panel {
  readonly memory: PanelMemory;
  readonly answers = new Answers();
  readonly explanations = createExplanations();
  readonly parts: PanelParts;
  /** The rows that pass the filters, in order. */
  visible: readonly Row[] = [];
  /** The preview of a managed daemon, which is drawn in place of the list. */
  managed: ManagedPanel | undefined;
  private readonly root: HTMLElement;
  private readonly redraw = createRedraw(() => this.draw());
  private readonly detailActions: DetailActions;
  /** The map outlines the chosen instances: one alone is the row that the list shows. */
  private outlinesSeveral = false;

  constructor(root: HTMLElement, memory: PanelMemory) {
    this.root = root;
    this.memory = memory;
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
      act: (action) => vscode.postMessage({ kind: "action", action }),
      change: (changed) => {
        this.memory.view = { ...this.memory.view, ...changed };
        this.drawSoon();
      },
      clearFilters: () => this.clearFilters(),
      reveal: (id) => this.reveal(id),
      choose: (id, mode, order) => {
        // In a moment of a story there is nothing to choose: its instances are not those of the list.
        if (this.visible.some((it) => it.id === id)) this.parts.table.choose(id, mode, order);
      },
      choiceChanged: (size) => {
        this.drawWhatIf();
        if (size > 1 || this.outlinesSeveral) this.drawMap();
      },
      detailOf: (row) => this.detailOf(row),
      drawDetailPane: () => this.drawDetailPane(),
      drawMap: () => this.drawMap(),
      drawWhatIf: () => this.drawWhatIf(),
      showMoment: (shown) => {
        this.parts.overview.showMoment(shown);
        this.parts.header.showMoment(shown?.caption);
        this.drawMap();
      },
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
    const what = { markdown: "Markdown", csv: "CSV", json: "JSON" }[format];
    const text = exportText(this.visible, format, this.answers.result?.sentence ?? "");
    vscode.postMessage({ kind: "copy", text, what });
  }

  /** A cell of the map may be filtered away in the list: then the filters go. A simulated one is in no list. */
  private reveal(id: string): void {
    if (!this.answers.rows.some((it) => it.id === id)) return;
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

  setBusy(isBusy: boolean): void {
    this.root.classList.toggle("busy", isBusy);
  }

  private *draw(): Generator<void, void> {
    const { result, error } = this.answers;
    this.keep();
    if (this.managed !== undefined) return setChildren(this.root, [drawManaged(this.managed)]);
    this.root.classList.toggle("stale", error !== undefined && result !== undefined);
    if (result === undefined) return setChildren(this.root, [this.stateWithoutResult()]);
    this.drawHead();
    if (this.answers.rows.length === 0) return this.drawEmpty();
    this.visible = yield* visibleInSteps(
      this.answers.rows,
      this.memory.view,
      this.answers.selection?.matched,
    );
    yield;
    this.drawMain();
    yield;
    this.drawWhatIf();
    yield;
    yield* this.parts.table.update(this.visible, this.memory.view, this.answers.selection?.matched);
    yield;
    this.drawMap();
  }

  private stateWithoutResult(): HTMLElement {
    const { error } = this.answers;
    const { document, next } = this.memory;
    if (error === undefined) return loadingState(document?.name ?? "");
    return failureState(error, next, (action) => vscode.postMessage({ kind: "action", action }));
  }

  private drawHead(): void {
    const { result, error } = this.answers;
    if (result === undefined) return;
    const { banner, header, expression, whatIf, funnel, layout } = this.parts;
    const { document, next, clusterState } = this.memory;
    const name = document?.name ?? "";
    banner.update(error, next, clusterState?.staleSince ?? result.cluster.seen?.at);
    header.update(result, !name.endsWith(".ecsquery"), clusterState);
    expression.update(result, name);
    this.drawWhatIf();
    layout.notes.dataset.shown = error !== undefined ? "stale" : whatIf.note.hidden ? "trial" : "simulated";
    setChildren(this.root, [layout.head, layout.body]);
    funnel.element.hidden = this.answers.rows.length === 0;
  }

  private drawEmpty(): void {
    const { result } = this.answers;
    const { detailPane, layout } = this.parts;
    if (result === undefined) return;
    this.visible = [];
    detailPane.update(undefined, 0, () => this.root);
    const act = (action: Parameters<PanelControls["act"]>[0]) =>
      vscode.postMessage({ kind: "action", action });
    setChildren(layout.main, [emptyClusterState(result, act)]);
  }

  private drawMain(): void {
    const { answers, parts } = this;
    const { view } = this.memory;
    const { rows, selection, problem } = answers;
    const isSimulated = answers.result?.simulated === true;
    parts.toolbar.update(rows, this.visible.length, view, {
      isSimulated,
      problem,
      selection: selection && { clause: selection.clause, matched: selection.matched.size },
    });
    parts.funnel.update(rows, view);
    const isCompared = problem === undefined || isSimulated;
    const list = this.visible.length > 0 ? parts.table.element : parts.filteredAway(view, isCompared);
    setChildren(parts.layout.main, [parts.toolbar.element, list]);
  }

  private detailOf(row: Row): Detail {
    const { version, told } = this.explanations.of(row.id);
    return { version, draw: () => drawDetail(row, told, this.detailActions) };
  }

  private drawDetailPane(): void {
    const row = this.parts.table.detailed;
    const shown = row === undefined ? undefined : this.detailOf(row);
    this.parts.detailPane.update(row, shown?.version ?? 0, shown?.draw ?? (() => this.root));
  }

  private drawMap(): void {
    const { table, overview } = this.parts;
    this.outlinesSeveral = table.chosen.size > 1;
    const outlined = this.outlinesSeveral ? table.chosen : this.answers.selection?.matched;
    overview.updateMap(this.answers.rows, this.visible, this.memory.view, outlined);
  }

  private drawWhatIf(): void {
    const { result } = this.answers;
    if (result !== undefined) this.parts.whatIf.update(result, this.visible, this.parts.table.chosen);
  }
}
