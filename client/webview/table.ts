// The table of container instances: sortable, one tab stop, the arrow keys walk over the rows, Enter opens one.

import type { RevealClause } from "./clauseTree";
import { element, setChildren } from "./dom";
import type { Row, SortKey, ViewOptions } from "./model";
import { drawRow, rowId } from "./row";
import { createVirtualList, type ListItem } from "./virtualList";

export interface Table {
  readonly element: HTMLElement;
  update(visible: readonly Row[], view: ViewOptions): void;
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

/** Pixels, before a row is measured: a line for the row, and one for each reason after the first. */
const lineHeight = 22;

/** `activated` is told which row the user is on. */
export function createTable(
  change: (view: Partial<ViewOptions>) => void,
  revealClause: RevealClause,
  activated: (id: string) => void,
): Table {
  const list = createVirtualList();
  const heads = columns.map((column) => createHead(column, change));
  const head = element(
    "div",
    { class: "head", attributes: { role: "row", "aria-rowindex": "1" } },
    heads.map((it) => it.element),
  );
  const headGroup = element("div", { class: "head-group", attributes: { role: "rowgroup" } }, [head]);
  const grid = element(
    "div",
    { class: "table", attributes: { role: "treegrid", tabindex: "0", "aria-label": "Container instances" } },
    [headGroup, list.element],
  );
  const open = new Set<string>();
  let rows: readonly Row[] = [];
  let activeId: string | undefined;

  const show = () =>
    list.show(rows.map((row) => item(row, open.has(row.id), row.id === activeId, revealClause)));
  const activate = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    activeId = row.id;
    show();
    list.scrollTo(index, headGroup.getBoundingClientRect().height + stickyTop(headGroup));
    grid.setAttribute("aria-activedescendant", rowId(row.id));
    activated(row.id);
  };
  const toggle = (index: number) => {
    const row = rows[index];
    if (row === undefined) return;
    if (!open.delete(row.id)) open.add(row.id);
    activate(index);
  };
  grid.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const id = target?.closest<HTMLElement>(".row")?.dataset.id;
    // A selection of text is no click, and an opened row is read, not closed, by clicking into it.
    if (id === undefined || target?.closest(".detail") || getSelection()?.isCollapsed === false) return;
    toggle(rows.findIndex((it) => it.id === id));
  });
  grid.addEventListener("keydown", (event) => {
    if (event.target !== grid) return;
    const index = rows.findIndex((it) => it.id === activeId);
    if (event.key === "Enter" || event.key === " ") toggle(Math.max(0, index));
    else if (event.key === "Escape" && activeId !== undefined) {
      open.delete(activeId);
      activate(index);
    } else {
      const next = moved(event.key, index, rows.length);
      if (next === undefined) return;
      activate(next);
    }
    event.preventDefault();
  });
  return {
    element: grid,
    update: (visible, view) => {
      rows = visible;
      if (!rows.some((it) => it.id === activeId)) {
        activeId = undefined;
        grid.removeAttribute("aria-activedescendant");
      }
      grid.setAttribute("aria-rowcount", String(rows.length + 1));
      grid.style.setProperty("--id-characters", String(longestId(rows)));
      for (const it of heads) it.update(view);
      show();
    },
    reveal: (id) => {
      const index = rows.findIndex((it) => it.id === id);
      if (index < 0) return;
      open.add(id);
      activate(index);
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

function item(row: Row, isOpen: boolean, isActive: boolean, revealClause: RevealClause): ListItem {
  return {
    key: row.id,
    get signature() {
      return JSON.stringify([row.verdict, row.before, row.reasons, row.facts, isOpen, isActive]);
    },
    guessedHeight: lineHeight * Math.max(1, row.reasons.length) + 9 + (isOpen ? 300 : 0),
    draw: () => {
      const drawn = drawRow(row, isOpen, revealClause);
      drawn.classList.toggle("active", isActive);
      drawn.setAttribute("aria-selected", String(isActive));
      return drawn;
    },
  };
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
