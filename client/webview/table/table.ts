// The table of container instances: sortable, one tab stop, the arrow keys walk over the rows, Enter opens one.

import { element } from "../dom/dom";
import { type ListItem, VirtualList } from "../dom/virtualList";
import type { Row } from "../model/instanceRecords";
import type { ChoiceMode } from "../model/selectedInstances";
import { type Steps, visitInSteps } from "../model/steps";
import { isByReason, type ViewOptions } from "../model/visibleRows";
import type { Detail } from "./detail";
import type { Asked } from "./roomWords";
import { nameOf } from "./row";
import { listenToRows, type RowControls } from "./rowKeys";
import { type Point, RowMenu } from "./rowMenu";
import { elementId, guessedHeight, moreItem, reasonItem, rowItem, type TableEntry } from "./tableEntries";
import { createHeads } from "./tableHead";
import { TableModel } from "./tableModel";

/** What the table asks of its surroundings. */
export interface TableActions {
  change(view: Partial<ViewOptions>): void;
  /** These instances are chosen now. */
  chosen(ids: ReadonlySet<string>): void;
  /** The user opened this row: its explanation is wanted. */
  opened(id: string): void;
  detail(row: Row): Detail;
  /** The row whose detail is shown beside the list, or what it says, may differ now. */
  drawn(): void;
  /** The focus goes to the detail beside the list. */
  enterDetail(): void;
  copy(text: string): void;
}

export class Table {
  readonly element = element("div", { class: "list" });
  private readonly actions: TableActions;
  private readonly list = new VirtualList<TableEntry>(this.element);
  private readonly head: ReturnType<typeof createHeads>;
  private readonly grid: HTMLElement;
  private readonly model = new TableModel();
  private readonly menu = new RowMenu(() => this.grid.focus({ preventScroll: true }));
  private matching: ReadonlySet<string> | undefined;
  private isNarrow = false;

  constructor(actions: TableActions) {
    this.actions = actions;
    this.head = createHeads(actions.change);
    this.grid = createGrid([this.head.headGroup, this.list.element]);
    this.element.append(this.grid, this.menu.element);
    new ResizeObserver(([entry]) => {
      const now = (entry?.contentRect.width ?? 0) <= narrowWidth;
      if (now === this.isNarrow) return;
      this.isNarrow = now;
      this.redraw();
    }).observe(this.element);
    listenToRows(this.grid, this.rowControls());
  }

  /** `matching`: the ids that the selection in the editor matches; `asked`: what one task reserves. */
  *update(
    visible: readonly Row[],
    view: ViewOptions,
    { matching, asked }: { readonly matching: ReadonlySet<string> | undefined; readonly asked: Asked },
  ): Steps<void> {
    const { grid, model } = this;
    let longest = 0;
    yield* visitInSteps(visible, (row) => {
      longest = Math.max(longest, nameOf(row).length);
    });
    yield* model.show(visible, isByReason(view, visible), asked);
    this.matching = matching;
    // The column of names is as wide as it must be and no wider.
    grid.style.setProperty("--id-characters", String(longest));
    for (const it of this.head.heads) it.update(view);
    if (model.activeKey === undefined) grid.removeAttribute("aria-activedescendant");
    this.draw();
  }

  /** Draws anew what is drawn otherwise now. */
  redraw(): void {
    this.model.layOut();
    this.draw();
  }

  private draw(): void {
    const { entries } = this.model;
    this.grid.setAttribute("aria-rowcount", String(entries.length + 1));
    this.list.show(entries, (it) => this.itemOf(it), guessedHeight(this.isNarrow));
    this.fillMenu();
    this.actions.drawn();
  }

  private itemOf(entry: TableEntry): ListItem {
    const { model, matching } = this;
    const { key } = entry;
    const look = { isOpen: model.isOpen(key), isActive: key === model.activeKey };
    if (entry.kind === "reason") return reasonItem(entry, look);
    if (entry.kind === "more") return moreItem(entry, look);
    return rowItem(
      entry,
      {
        ...look,
        isMatching: matching?.has(key) === true,
        isChosen: model.choice.ids.has(key),
        asked: model.asked,
      },
      model.isBeside ? undefined : this.actions.detail,
    );
  }

  /** Ids of the opened rows that are on view. */
  opened(): readonly string[] {
    return this.model.openRows();
  }

  /** The row whose detail is shown beside the list; `undefined` where details are in the list. */
  get detailed(): Row | undefined {
    return this.model.detailed();
  }

  /** Ids of the chosen instances. */
  get chosen(): ReadonlySet<string> {
    return this.model.choice.ids;
  }

  /** Whether details are shown beside the list, of one row at a time. */
  showDetailsBeside(isBeside: boolean): void {
    if (isBeside === this.model.isBeside) return;
    this.model.placeDetails(isBeside);
    this.redraw();
  }

  /** Closes the detail and gives the list the focus. */
  closeDetail(): void {
    const row = this.model.detailed();
    if (row !== undefined) this.model.close(row.id);
    this.redraw();
    this.grid.focus({ preventScroll: true });
  }

  /** Chooses an instance from elsewhere, where `order` is the order there. */
  choose(id: string, mode: ChoiceMode, order: readonly string[]): void {
    this.model.choice.choose(id, mode, order);
    this.redraw();
    this.actions.chosen(this.chosen);
  }

  /** Makes the instance the active row, opens it and scrolls to it. */
  reveal(id: string): void {
    const { model } = this;
    const row = model.rows.find((it) => it.id === id);
    if (row === undefined) return;
    model.openReasonOf(row);
    if (!model.isOpen(id)) {
      model.openRow(id);
      this.actions.opened(id);
    }
    model.layOut();
    this.activate(model.indexOf(id), "one");
    this.grid.focus({ preventScroll: true });
  }

  private activate(index: number, mode: ChoiceMode): void {
    const { model } = this;
    const entry = model.entries[index];
    if (entry === undefined) return;
    model.activate(entry, mode);
    this.redraw();
    this.list.scrollTo(model.indexOf(entry.key), this.head.headGroup.getBoundingClientRect().height);
    this.grid.setAttribute("aria-activedescendant", elementId(entry));
    this.actions.chosen(this.chosen);
  }

  private toggle(index: number): void {
    const entry = this.model.entries[index];
    if (entry === undefined) return;
    const opened = this.model.toggle(entry);
    if (opened !== undefined) this.actions.opened(opened);
    this.activate(index, "one");
  }

  /** As Enter does: its detail gets the focus, or the line opens or closes. */
  private enter(index: number): void {
    const { model } = this;
    const entry = model.entries[index];
    const goesBeside = model.isBeside && entry?.kind === "row";
    if (!goesBeside || !model.isOpen(entry.key)) this.toggle(index);
    if (goesBeside) this.actions.enterDetail();
  }

  /** Changes are made from where they are on view: where they are not, the row opens. */
  private makeFirstChange(index: number): void {
    const entry = this.model.entries[index];
    if (entry?.kind !== "row" || !this.model.isOpen(entry.key)) this.toggle(index);
    else this.actions.detail(entry.row).changes[0]?.make();
  }

  private showMenu(index: number, at?: Point): void {
    const { model, menu } = this;
    const entry = model.entries[index];
    if (entry?.kind !== "row") return;
    if (entry.key !== model.activeKey) this.activate(index, "one");
    // Its changes are known where it was explained.
    if (!model.isOpen(entry.key)) this.actions.opened(entry.key);
    const row = this.list.drawn(entry.key)?.getBoundingClientRect();
    menu.key = entry.key;
    this.fillMenu();
    menu.show(at ?? { x: (row?.left ?? 0) + 24, y: (row?.top ?? 0) + 22 });
  }

  private fillMenu(): void {
    const { model, menu } = this;
    if (menu.key === undefined) return;
    const index = model.indexOf(menu.key);
    const entry = model.entries[index];
    if (entry?.kind !== "row") {
      menu.close();
      return;
    }
    const isOpen = model.isOpen(entry.key);
    const { changes } = this.actions.detail(entry.row);
    menu.fill([
      {
        label: isOpen && !model.isBeside ? "Hide Detail" : "Show Detail",
        keys: "Enter",
        take: () => this.enter(index),
      },
      { label: "Copy Row", keys: "Ctrl+C", take: () => this.copy(entry.key) },
      ...changes.map(({ label, make }, at) => ({
        label,
        keys: isOpen && at === 0 ? "Ctrl+Enter" : "",
        take: make,
      })),
    ]);
  }

  private copy(key: string): void {
    this.actions.copy(this.list.drawn(key)?.innerText.replace(/\s+/g, " ") ?? "");
  }

  private rowControls(): RowControls {
    const { model, actions } = this;
    return {
      indexOf: (key) => model.indexOf(key),
      entry: (index) => model.entries[index],
      count: () => model.entries.length,
      activeKey: () => model.activeKey,
      isOpen: (key) => model.isOpen(key),
      toggle: (index) => this.toggle(index),
      activate: (index, mode = "one") => this.activate(index, mode),
      close: (key) => model.close(key),
      chooseAll: () => {
        model.choice.all(model.order());
        this.redraw();
        actions.chosen(this.chosen);
      },
      copy: (key) => this.copy(key),
      enter: (index) => this.enter(index),
      makeFirstChange: (index) => this.makeFirstChange(index),
      showMenu: (index, at) => this.showMenu(index, at),
    };
  }
}

function createGrid(children: readonly Node[]): HTMLElement {
  const attributes = {
    role: "treegrid",
    tabindex: "0",
    "aria-label": "Container instances",
    "aria-multiselectable": "true",
  };
  return element("div", { class: "table", attributes }, children);
}

/** Pixels up to which a row has two lines, as in the styles. */
const narrowWidth = 560;
