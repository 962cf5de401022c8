// The table of container instances: sortable, one tab stop, the arrow keys walk over the rows, Enter opens one.

import { element } from "../dom/dom";
import { createVirtualList } from "../dom/virtualList";
import type { Row } from "../model/instanceRecords";
import { type ChoiceMode, createChoice } from "../model/selectedInstances";
import { isByReason, type ViewOptions } from "../model/visibleRows";
import { nameOf } from "./row";
import { listenToRows } from "./rowKeys";
import {
  elementId,
  entriesByReason,
  moreItem,
  reasonItem,
  reasonKeyOf,
  restKeyOf,
  rowItem,
  type TableEntry,
} from "./tableEntries";
import { createHeads } from "./tableHead";

export interface Table {
  readonly element: HTMLElement;
  /** `matching` are the ids that the selection in the editor matches. */
  update(visible: readonly Row[], view: ViewOptions, matching?: ReadonlySet<string>): void;
  /** Ids of the opened rows that are on view. */
  opened(): readonly string[];
  /** The row whose detail is shown beside the list; `undefined` where details are in the list. */
  readonly detailed: Row | undefined;
  /** Whether details are shown beside the list, of one row at a time. */
  showDetailsBeside(isBeside: boolean): void;
  /** Closes the detail and gives the list the focus. */
  closeDetail(): void;
  /** Draws anew what is drawn otherwise now. */
  redraw(): void;
  /** Ids of the chosen instances. */
  readonly chosen: ReadonlySet<string>;
  /** Chooses an instance from elsewhere, where `order` is the order there. */
  choose(id: string, mode: ChoiceMode, order: readonly string[]): void;
  /** Makes the instance the active row, opens it and scrolls to it. */
  reveal(id: string): void;
}

/** What the table asks of its surroundings. */
export interface TableActions {
  change(view: Partial<ViewOptions>): void;
  /** These instances are chosen now. */
  chosen(ids: ReadonlySet<string>): void;
  /** The user opened this row: its explanation is wanted. */
  opened(id: string): void;
  /** What an opened row holds; `version` changes when it would be drawn otherwise. */
  detail(row: Row): { readonly version: number; draw(): HTMLElement };
  /** The row whose detail is shown beside the list, or what it says, may differ now. */
  drawn(): void;
  /** The focus goes to the detail beside the list. */
  enterDetail(): void;
  copy(text: string): void;
}

export function createTable(actions: TableActions): Table {
  const scroller = element("div", { class: "list" });
  const list = createVirtualList(scroller);
  const { headGroup, heads } = createHeads(actions.change);
  const grid = element(
    "div",
    {
      class: "table",
      attributes: {
        role: "treegrid",
        tabindex: "0",
        "aria-label": "Container instances",
        "aria-multiselectable": "true",
      },
    },
    [headGroup, list.element],
  );
  /** Ids of instances and keys of reasons. */
  const open = new Set<string>();
  let rows: readonly Row[] = [];
  let byReason = false;
  let matching: ReadonlySet<string> | undefined;
  let entries: readonly TableEntry[] = [];
  let activeKey: string | undefined;
  let isBeside = false;
  const choice = createChoice();
  scroller.append(grid);
  let isNarrow = false;
  new ResizeObserver(([entry]) => {
    const now = (entry?.contentRect.width ?? 0) <= narrowWidth;
    if (now === isNarrow) return;
    isNarrow = now;
    show();
  }).observe(scroller);

  const show = () => {
    entries = byReason
      ? entriesByReason(rows, open)
      : rows.map((row) => ({ kind: "row", key: row.id, row, level: 1 }));
    grid.setAttribute("aria-rowcount", String(entries.length + 1));
    list.show(
      entries.map((it) => {
        const look = { isOpen: open.has(it.key), isActive: it.key === activeKey };
        if (it.kind === "reason") return reasonItem(it, look, rows.length);
        if (it.kind === "more") return moreItem(it, look);
        return rowItem(
          it,
          { ...look, isMatching: matching?.has(it.key) === true, isChosen: choice.ids.has(it.key) },
          { detail: isBeside ? undefined : actions.detail, isNarrow },
        );
      }),
    );
    actions.drawn();
  };
  /** Beside the list there is room for one. */
  const openRow = (id: string) => {
    if (isBeside) for (const { id: other } of rows) open.delete(other);
    open.add(id);
    actions.opened(id);
  };
  const order = () => entries.flatMap((it) => (it.kind === "row" ? [it.key] : []));
  const activate = (index: number, mode: ChoiceMode = "one") => {
    const entry = entries[index];
    if (entry === undefined) return;
    activeKey = entry.key;
    if (entry.kind === "row") choice.choose(entry.row.id, mode, order());
    show();
    const now = entries.findIndex((it) => it.key === activeKey);
    list.scrollTo(now, headGroup.getBoundingClientRect().height);
    grid.setAttribute("aria-activedescendant", elementId(entry));
    actions.chosen(choice.ids);
  };
  const toggle = (index: number) => {
    const entry = entries[index];
    if (entry === undefined) return;
    if (!open.delete(entry.key)) {
      if (entry.kind === "row") openRow(entry.key);
      else open.add(entry.key);
    }
    activate(index);
  };
  listenToRows(grid, {
    indexOf: (key) => entries.findIndex((it) => it.key === key),
    entry: (index) => entries[index],
    count: () => entries.length,
    activeKey: () => activeKey,
    isOpen: (key) => open.has(key),
    isBeside: () => isBeside,
    toggle,
    activate,
    close: (key) => open.delete(key),
    chooseAll: () => {
      choice.all(order());
      show();
      actions.chosen(choice.ids);
    },
    copy: (key) => actions.copy(list.drawn(key)?.innerText.replace(/\s+/g, " ") ?? ""),
    enterDetail: actions.enterDetail,
  });
  const detailed = () => (isBeside ? rows.find((it) => open.has(it.id)) : undefined);
  return {
    element: scroller,
    get detailed() {
      return detailed();
    },
    showDetailsBeside: (now) => {
      if (now === isBeside) return;
      isBeside = now;
      const kept = detailed();
      if (kept !== undefined) for (const { id } of rows) if (id !== kept.id) open.delete(id);
      show();
    },
    closeDetail: () => {
      const row = detailed();
      if (row !== undefined) open.delete(row.id);
      show();
      grid.focus({ preventScroll: true });
    },
    update: (visible, view, selection) => {
      rows = visible;
      byReason = isByReason(view, visible);
      matching = selection;
      grid.style.setProperty("--id-characters", String(longestName(rows)));
      for (const it of heads) it.update(view);
      choice.keep(new Set(rows.map((it) => it.id)));
      show();
      if (!entries.some((it) => it.key === activeKey)) {
        activeKey = undefined;
        grid.removeAttribute("aria-activedescendant");
      }
    },
    opened: () => rows.flatMap((it) => (open.has(it.id) ? [it.id] : [])),
    redraw: show,
    get chosen() {
      return choice.ids;
    },
    choose: (id, mode, from) => {
      choice.choose(id, mode, from);
      show();
      actions.chosen(choice.ids);
    },
    reveal: (id) => {
      const row = rows.find((it) => it.id === id);
      if (row === undefined) return;
      if (byReason && !entries.some((it) => it.key === id)) {
        open.add(reasonKeyOf(row));
        open.add(restKeyOf(reasonKeyOf(row)));
      }
      if (!open.has(id)) openRow(id);
      show();
      activate(entries.findIndex((it) => it.key === id));
      grid.focus({ preventScroll: true });
    },
  };
}

/** Pixels up to which a row has two lines, as in the styles. */
const narrowWidth = 560;

/** Characters of the longest name, so that its column is as wide as it must be and no wider. */
function longestName(rows: readonly Row[]): number {
  return rows.reduce((longest, row) => Math.max(longest, nameOf(row).length), 0);
}
