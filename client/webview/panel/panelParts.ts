// The parts of the panel, made once and laid out: head, list, rail. What happens in a part goes to the controls.

import type { ClusterChange } from "../../../server/src/lsp/protocol/protocol";
import type { PanelAction, PanelMessage } from "../../src/preview/messages";
import type { StoredState } from "../dom/host";
import { createLayout } from "../dom/layout";
import { ExpressionBox } from "../expression/expressionBox";
import { createOverview } from "../fleetMap/overview";
import { createFilteredAway } from "../header/emptyStates";
import { createFunnel } from "../header/funnel";
import { createHeader } from "../header/header";
import { createStaleNote } from "../header/notes";
import { createValueFields, valueActions } from "../header/valueFields";
import type { Row } from "../model/instanceRecords";
import type { ChoiceMode } from "../model/selectedInstances";
import type { ViewOptions } from "../model/visibleRows";
import type { Detail } from "../table/detail";
import { createDetailPane } from "../table/detailPane";
import { Table } from "../table/table";
import { createToolbar } from "../table/toolbar";
import { Time, type TimeActions } from "../time/time";
import { timeWords } from "../time/timeWords";
import { createWhatIf, type Tried } from "../whatIf/whatIf";

/** What the parts ask of the panel. */
export interface PanelControls {
  post(message: PanelMessage): void;
  act(action: PanelAction): void;
  change(view: Partial<ViewOptions>): void;
  clearFilters(): void;
  /** Shows an instance in the list, whatever the filters are. */
  reveal(id: string): void;
  choose(id: string, mode: ChoiceMode, order: readonly string[]): void;
  /** Other instances are chosen in the list now. */
  choiceChanged(size: number): void;
  /** The user opened an instance in the list. */
  opened(instance: string): void;
  detailOf(row: Row): Detail;
  drawDetailPane(): void;
  drawMap(): void;
  drawWhatIf(): void;
  showMoment: TimeActions["show"];
  nameOf: TimeActions["nameOf"];
  readonly tried: Tried;
  makeChanges(changes: readonly ClusterChange[]): void;
  keep(): void;
  keepOpen(open: Partial<StoredState["open"]>): void;
}

export type PanelParts = ReturnType<typeof createPanelParts>;

export function createPanelParts(controls: PanelControls) {
  const list = createListParts(controls);
  const headParts = createHeadParts(controls);
  const rail = createRailParts(controls, () => headParts.expression.clear());
  const { header, values, funnel, expression, banner } = headParts;
  const layout = createLayout({
    head: [header.element, values.element, funnel.element, expression.element],
    notes: [banner.element, rail.time.note, rail.whatIf.note, expression.note],
    belowNotes: expression.offers,
    rail: [list.detailPane.element, rail.overview.element, rail.whatIf.element, rail.time.element],
  });
  return { ...headParts, ...list, ...rail, layout };
}

function createHeadParts({ act, change, post, keep }: PanelControls) {
  return {
    banner: createStaleNote(act),
    header: createHeader(act, (service) => post({ kind: "chooseService", service })),
    values: createValueFields(valueActions(post)),
    funnel: createFunnel(change),
    expression: new ExpressionBox({
      post,
      copyJson: (text) => post({ kind: "copy", text, what: "JSON", isJson: true }),
      changed: keep,
    }),
  };
}

function createListParts(controls: PanelControls) {
  const { change, clearFilters, post } = controls;
  const detailPane = createDetailPane(() => table.closeDetail());
  const table: Table = new Table({
    change,
    chosen: ({ size }) => controls.choiceChanged(size),
    opened: controls.opened,
    detail: controls.detailOf,
    drawn: controls.drawDetailPane,
    enterDetail: () => detailPane.focus(),
    copy: (text) => post({ kind: "copy", text, what: "Row", isJson: false }),
  });
  return {
    toolbar: createToolbar({ change, clear: clearFilters }),
    table,
    detailPane,
    filteredAway: createFilteredAway(clearFilters),
  };
}

function createRailParts(controls: PanelControls, clearTrial: () => void) {
  const { change, post, keepOpen } = controls;
  const overview = createOverview(
    {
      change,
      reveal: controls.reveal,
      choose: controls.choose,
      toggled: (isOpen) => {
        keepOpen({ map: isOpen });
        controls.drawMap();
      },
    },
    timeWords,
  );
  const whatIf = createWhatIf(controls.tried, {
    change: controls.makeChanges,
    save: (as) => post({ kind: "saveCluster", as }),
    applyToLocal: () => post({ kind: "applyToLocal" }),
    clearTrial,
    toggled: (isOpen) => {
      keepOpen({ whatIf: isOpen });
      controls.drawWhatIf();
    },
  });
  const time = new Time({
    ask: (scenario, percent) =>
      post({
        kind: "timeline",
        scenario,
        ...(percent !== undefined && { minimumHealthyPercent: percent }),
      }),
    show: controls.showMoment,
    nameOf: controls.nameOf,
    toggled: (isOpen) => keepOpen({ time: isOpen }),
    changed: controls.keep,
  });
  return { overview, whatIf, time };
}
