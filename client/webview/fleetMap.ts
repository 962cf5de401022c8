// The whole fleet at a glance: one cell for each container instance, in groups, with a shape for its verdict.
// One tab stop; the arrow keys walk over the cells, Enter shows the instance in the table.

import { element, setChildren, setText } from "./dom";
import { type CellLook, createCell, drawCell, type MapCell, type VerdictWords } from "./mapCells";
import {
  type AttributeLookup,
  type Group,
  type GroupKey,
  groupKeys,
  groupsOf,
  type Row,
  type ViewOptions,
} from "./model";
import { createSlices } from "./slices";
import { verdictOrder } from "./words";

export type { VerdictWords } from "./mapCells";

export interface FleetMap {
  readonly element: HTMLElement;
  update(rows: readonly Row[], visible: readonly Row[], view: ViewOptions, words?: VerdictWords): void;
  /** What instances can be grouped by beside their facts. */
  attributes(names: readonly string[], lookup: AttributeLookup): void;
  /** Outlines the cells of these instances; `undefined`: none. */
  highlight(ids: ReadonlySet<string> | undefined): void;
}

export interface FleetMapActions {
  change(view: Partial<ViewOptions>): void;
  reveal(id: string): void;
}

const groupTitles: Readonly<Record<(typeof groupKeys)[number], string>> = {
  zone: "zone",
  type: "instance type",
  status: "status",
};

export function createFleetMap(actions: FleetMapActions): FleetMap {
  const select = groupSelect(actions);
  const groups = element("div", { class: "groups" });
  const made = new Map<string, MapGroup>();
  const cells = new Map<string, MapCell>();
  const slices = createSlices();
  let focusedId: string | undefined;
  let lookup: AttributeLookup = () => undefined;
  let highlighted: ReadonlySet<string> | undefined;

  const focusCell = (id: string | undefined) => {
    if (focusedId !== undefined) cells.get(focusedId)?.element.setAttribute("tabindex", "-1");
    focusedId = id;
    if (id !== undefined) cells.get(id)?.element.setAttribute("tabindex", "0");
  };
  groups.addEventListener("click", (event) => {
    const id = cellId(event.target);
    if (id === undefined) return;
    focusCell(id);
    actions.reveal(id);
  });
  groups.addEventListener("keydown", (event) => {
    const id = cellId(event.target);
    if (id === undefined) return;
    if (event.key === "Enter" || event.key === " ") actions.reveal(id);
    else {
      const next = neighbor(cellsIn(groups), event.target as HTMLElement, event.key);
      if (next === undefined) return;
      focusCell(next.dataset.id);
      next.focus();
    }
    event.preventDefault();
  });
  groups.addEventListener("pointerover", ({ target }) => {
    // 5,000 tooltips that nobody asked for are as many writes for each keystroke.
    if (target instanceof HTMLElement && cellId(target) !== undefined)
      target.title = target.getAttribute("aria-label") ?? "";
  });
  /** Every cell in its place, drawn; stops now and then for others to do something. */
  function* fill(drawn: readonly Group[], look: CellLook): Generator<void, void> {
    for (const group of drawn) yield* made.get(group.name)?.fill(group.rows, look, cells) ?? [];
    const present = new Set(drawn.flatMap((group) => group.rows.map((it) => it.id)));
    for (const id of cells.keys()) if (!present.has(id)) cells.delete(id);
    focusCell(focusedId !== undefined && cells.has(focusedId) ? focusedId : drawn[0]?.rows[0]?.id);
  }
  return {
    element: element("section", { class: "map", attributes: { "aria-label": "Fleet map" } }, [
      select.element,
      groups,
    ]),
    update: (rows, visible, view, words = {}) => {
      select.element.hidden = rows.length === 0;
      select.update(view.groupBy);
      groups.classList.toggle("few", rows.length <= 40);
      groups.classList.toggle("many", rows.length > 300);
      groups.classList.toggle("very-many", rows.length > 1500);
      const shown = visible.length === rows.length ? undefined : new Set(visible.map((it) => it.id));
      const drawn = groupsOf(rows, view.groupBy, lookup);
      const boxes = drawn.map((group) => {
        const box = made.get(group.name) ?? createGroup();
        made.set(group.name, box);
        box.caption(group, words);
        return box.element;
      });
      setChildren(groups, boxes);
      slices.run(fill(drawn, { shown, words, highlighted }), rows.length > 500 ? "long" : "short");
    },
    attributes: (names, now) => {
      lookup = now;
      select.offer(names);
    },
    highlight: (ids) => {
      highlighted = ids;
    },
  };
}

interface MapGroup {
  readonly element: HTMLElement;
  caption(group: Group, words: VerdictWords): void;
  fill(rows: readonly Row[], look: CellLook, cells: Map<string, MapCell>): Iterable<void>;
}

function createGroup(): MapGroup {
  const name = element("span", { class: "name" });
  const counts = element("span", { class: "muted" });
  const list = element("div", { class: "cells", attributes: { role: "group" } });
  return {
    element: element("div", { class: "group" }, [element("div", { class: "caption" }, [name, counts]), list]),
    caption: (group, words) => {
      setText(name, group.name);
      const said = verdictOrder
        .filter((it) => group.counts[it] > 0)
        .map((it) => `${group.counts[it]} ${words[it] ?? it}`);
      setText(counts, ` ${said.join(", ")}`);
      list.setAttribute("aria-label", `${group.name}: ${said.join(", ")}`);
    },
    *fill(rows, look, cells) {
      let place = list.firstElementChild;
      for (const [index, row] of rows.entries()) {
        const cell = cells.get(row.id) ?? createCell(row.id);
        cells.set(row.id, cell);
        if (cell.element === place) place = place.nextElementSibling;
        else list.insertBefore(cell.element, place);
        drawCell(cell, row, look);
        if (index % 50 === 49) yield;
      }
      while (list.childElementCount > rows.length) list.lastElementChild?.remove();
    },
  };
}

function cellsIn(groups: HTMLElement): readonly HTMLElement[] {
  return [...groups.querySelectorAll<HTMLElement>(".cell")];
}

function cellId(target: EventTarget | null): string | undefined {
  return target instanceof HTMLElement ? target.dataset.id : undefined;
}

/** Up and down look for the nearest cell of the next line, wherever a group ends. */
function neighbor(cells: readonly HTMLElement[], from: HTMLElement, key: string): HTMLElement | undefined {
  const index = cells.indexOf(from);
  switch (key) {
    case "ArrowRight":
      return cells[index + 1];
    case "ArrowLeft":
      return cells[index - 1];
    case "Home":
      return cells[0];
    case "End":
      return cells.at(-1);
    case "ArrowDown":
      return inNextLine(cells.slice(index + 1), from);
    case "ArrowUp":
      return inNextLine(cells.slice(0, index).reverse(), from);
    default:
      return undefined;
  }
}

function inNextLine(cells: readonly HTMLElement[], from: HTMLElement): HTMLElement | undefined {
  const start = from.getBoundingClientRect();
  let line: number | undefined;
  let nearest: { readonly cell: HTMLElement; readonly distance: number } | undefined;
  for (const cell of cells) {
    const { top, left } = cell.getBoundingClientRect();
    if (Math.abs(top - start.top) < start.height / 2) continue;
    line ??= top;
    if (Math.abs(top - line) > start.height / 2) break;
    const distance = Math.abs(left - start.left);
    if (nearest === undefined || distance < nearest.distance) nearest = { cell, distance };
  }
  return nearest?.cell;
}

function groupSelect(actions: FleetMapActions) {
  const select = element("select", { attributes: { "aria-label": "Group the map by" } });
  const facts = groupKeys.map((key) => option(key, groupTitles[key]));
  const attributes = element("optgroup", { attributes: { label: "Attributes" } });
  select.append(...facts, attributes);
  let offered: readonly string[] = [];
  select.addEventListener("change", () => actions.change({ groupBy: select.value as GroupKey }));
  return {
    element: element("label", { class: "group-by muted" }, ["Grouped by ", select]),
    /** An attribute that no instance has any more stays on offer as long as the map is grouped by it. */
    update: (key: GroupKey) => {
      if (select.value === key) return;
      select.value = key;
      if (select.value === key) return;
      attributes.append(option(key, key.slice("attribute:".length)));
      select.value = key;
    },
    offer: (names: readonly string[]) => {
      attributes.hidden = names.length === 0;
      if (names.length === offered.length && names.every((it, index) => it === offered[index])) return;
      offered = names;
      const chosen = select.value;
      setChildren(
        attributes,
        names.map((it) => option(`attribute:${it}`, it)),
      );
      select.value = chosen;
    },
  };
}

function option(key: GroupKey, text: string): HTMLOptionElement {
  return element("option", { text, attributes: { value: key } });
}
