// The table of container instances: sortable, one tab stop, the arrow keys walk over the rows, Enter opens one.

import { element, setChildren } from "../dom/dom";
import { createVirtualList } from "../dom/virtualList";
import type { Row } from "../model/instanceRecords";
import { type ChoiceMode, choiceMode, createChoice } from "../model/selectedInstances";
import type { SortKey, ViewOptions } from "../model/visibleRows";
import {
  elementId,
  entriesByReason,
  reasonItem,
  reasonKeyOf,
  rowItem,
  type TableEntry,
} from "./tableEntries";

export interface Table {
  readonly element: HTMLElement;
  /** `matching` are the ids that the selection in the editor matches. */
  update(visible: readonly Row[], view: ViewOptions, matching?: ReadonlySet<string>): void;
  /** Ids of the opened rows that are on view. */
  opened(): readonly string[];
  /** Draws anew what is drawn otherwise now. */
  redraw(): void;
  /** Ids of the chosen instances. */
  readonly chosen: ReadonlySet<string>;
  /** Chooses an instance from elsewhere, where `order` is the order there. */
  choose(id: string, mode: ChoiceMode, order: readonly string[]): void;
  /** Makes the instance the active row, opens it and scrolls to it. */
  reveal(id: string): void;
}

interface Column {
  readonly key: SortKey | "why";
  readonly title: string;
  readonly description?: string;
}

const columns: readonly Column[] = [
  { key: "verdict", title: "Verdict" },
  { key: "id", title: "Container instance" },
  { key: "zone", title: "Zone" },
  { key: "type", title: "Type" },
  { key: "cpu", title: "CPU left", description: "CPU units, 1024 per vCPU" },
  { key: "memory", title: "MiB left", description: "Memory in MiB" },
  { key: "why", title: "Why" },
];

/** What the table asks of its surroundings. */
export interface TableActions {
  change(view: Partial<ViewOptions>): void;
  /** These instances are chosen now. */
  chosen(ids: ReadonlySet<string>): void;
  /** The user opened this row: its explanation is wanted. */
  opened(id: string): void;
  /** What an opened row holds; `version` changes when it would be drawn otherwise. */
  detail(row: Row): { readonly version: number; draw(): HTMLElement };
}

export function createTable(actions: TableActions): Table {
  const list = createVirtualList();
  const heads = columns.map((column) => createHead(column, actions.change));
  const head = element(
    "div",
    { class: "head", attributes: { role: "row", "aria-rowindex": "1" } },
    heads.map((it) => it.element),
  );
  const headGroup = element("div", { class: "head-group", attributes: { role: "rowgroup" } }, [head]);
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
  const choice = createChoice();

  const show = () => {
    entries = byReason
      ? entriesByReason(rows, open)
      : rows.map((row) => ({ kind: "row", key: row.id, row, level: 1 }));
    grid.setAttribute("aria-rowcount", String(entries.length + 1));
    list.show(
      entries.map((it) => {
        const look = { isOpen: open.has(it.key), isActive: it.key === activeKey };
        return it.kind === "reason"
          ? reasonItem(it, look, rows.length)
          : rowItem(
              it,
              { ...look, isMatching: matching?.has(it.key) === true, isChosen: choice.ids.has(it.key) },
              actions.detail,
            );
      }),
    );
  };
  const order = () => entries.flatMap((it) => (it.kind === "row" ? [it.key] : []));
  const activate = (index: number, mode: ChoiceMode = "one") => {
    const entry = entries[index];
    if (entry === undefined) return;
    activeKey = entry.key;
    if (entry.kind === "row") choice.choose(entry.row.id, mode, order());
    show();
    const now = entries.findIndex((it) => it.key === activeKey);
    list.scrollTo(now, headGroup.getBoundingClientRect().height + stickyTop(headGroup));
    grid.setAttribute("aria-activedescendant", elementId(entry));
    actions.chosen(choice.ids);
  };
  const toggle = (index: number) => {
    const entry = entries[index];
    if (entry === undefined) return;
    if (!open.delete(entry.key)) {
      open.add(entry.key);
      if (entry.kind === "row") actions.opened(entry.row.id);
    }
    activate(index);
  };
  grid.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const { id, key = id } = target?.closest<HTMLElement>(".row, .reason-group")?.dataset ?? {};
    // A selection of text is no click, and an opened row is read, not closed, by clicking into it.
    if (key === undefined || target?.closest(".detail") || getSelection()?.isCollapsed === false) return;
    const index = entries.findIndex((it) => it.key === key);
    const mode = choiceMode(event);
    if (mode === "one" || entries[index]?.kind === "reason") toggle(index);
    else activate(index, mode);
  });
  grid.addEventListener("mousedown", (event) => {
    // A stretch of rows is chosen, not a stretch of text.
    if (event.shiftKey) event.preventDefault();
  });
  grid.addEventListener("keydown", (event) => {
    if (event.target !== grid) return;
    const index = entries.findIndex((it) => it.key === activeKey);
    const mode = choiceMode(event);
    if (event.key === " " && mode === "toggle") activate(Math.max(0, index), mode);
    else if (event.key === "a" && mode === "toggle") {
      choice.all(order());
      show();
      actions.chosen(choice.ids);
    } else if (event.key === "Enter" || event.key === " ") toggle(Math.max(0, index));
    else if (event.key === "Escape" && activeKey !== undefined) {
      open.delete(activeKey);
      activate(index);
    } else {
      const next = moved(event.key, index, entries.length);
      if (next === undefined) return;
      activate(next, mode === "range" ? mode : "one");
    }
    event.preventDefault();
  });
  return {
    element: grid,
    update: (visible, view, selection) => {
      rows = visible;
      byReason = view.byReason;
      matching = selection;
      grid.style.setProperty("--id-characters", String(longestId(rows)));
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
      if (byReason) open.add(reasonKeyOf(row));
      if (!open.has(id)) actions.opened(id);
      open.add(id);
      show();
      activate(entries.findIndex((it) => it.key === id));
      grid.focus({ preventScroll: true });
    },
  };
}

/** Characters of the longest id, so that its column is as wide as it must be and no wider. */
function longestId(rows: readonly Row[]): number {
  return rows.reduce((longest, { id }) => Math.max(longest, id.length), 0);
}

/** Pixels above which the heads do not scroll. */
function stickyTop(headGroup: HTMLElement): number {
  return Number.parseFloat(getComputedStyle(headGroup).top) || 0;
}

/** The row that a key leads to; `undefined` where the key is none of ours. */
function moved(key: string, index: number, count: number): number | undefined {
  const page = 15;
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: count - 1,
  };
  const target = Object.hasOwn(targets, key) ? targets[key] : undefined;
  return target === undefined ? undefined : Math.min(count - 1, Math.max(0, target));
}

function createHead(column: Column, change: (view: Partial<ViewOptions>) => void) {
  const { key, title, description } = column;
  const whole = element("div", { class: `cell-${key}`, attributes: { role: "columnheader" } });
  let sortBy: () => void = () => {};
  const arrow = element("span", { class: "arrow", attributes: { "aria-hidden": "true" } });
  const sorter = element(
    "button",
    {
      class: "sorter",
      attributes: { type: "button" },
      onClick: () => sortBy(),
      ...(description !== undefined && { title: description }),
    },
    [title, arrow],
  );
  setChildren(whole, [key === "why" ? document.createTextNode(title) : sorter]);
  return {
    element: whole,
    update: ({ sort }: ViewOptions) => {
      if (key === "why") return;
      const isSorted = sort.key === key;
      const descending = isSorted && sort.descending;
      whole.setAttribute("aria-sort", isSorted ? (descending ? "descending" : "ascending") : "none");
      arrow.textContent = isSorted ? (descending ? " ↓" : " ↑") : "";
      sortBy = () => change({ sort: { key, descending: isSorted && !sort.descending } });
    },
  };
}
