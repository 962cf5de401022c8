// Clicks and keys in the list: choose, open, walk, copy, change, show the menu.

import { type ChoiceMode, choiceMode } from "../model/selectedInstances";
import type { Point } from "./rowMenu";
import type { TableEntry } from "./tableEntries";

/** The list, as far as clicks and keys need it. */
export interface RowControls {
  indexOf(key: string | undefined): number;
  entry(index: number): TableEntry | undefined;
  count(): number;
  activeKey(): string | undefined;
  isOpen(key: string): boolean;
  toggle(index: number): void;
  activate(index: number, mode?: ChoiceMode): void;
  close(key: string): void;
  chooseAll(): void;
  copy(key: string): void;
  /** What Enter does. */
  enter(index: number): void;
  /** Makes the first change that would help the row; where its changes are not on view, opens it. */
  makeFirstChange(index: number): void;
  /** At the row itself where there is no point. */
  showMenu(index: number, at?: Point): void;
}

export function listenToRows(grid: HTMLElement, controls: RowControls): void {
  grid.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    const { id, key = id } = target?.closest<HTMLElement>(".row, .reason-group, .show-more")?.dataset ?? {};
    // A selection of text is no click, and an opened row is read, not closed, by clicking into it.
    if (key === undefined || target?.closest(".detail") || getSelection()?.isCollapsed === false) return;
    const index = controls.indexOf(key);
    const mode = choiceMode(event);
    if (mode === "one" || controls.entry(index)?.kind !== "row") controls.toggle(index);
    else controls.activate(index, mode);
  });
  grid.addEventListener("mousedown", (event) => {
    // A stretch of rows is chosen, not a stretch of text.
    if (event.shiftKey) event.preventDefault();
  });
  grid.addEventListener("contextmenu", (event) => {
    const target = event.target instanceof Element ? event.target : undefined;
    // What is selected, and what is read in an opened row, has the menu of text.
    if (target?.closest(".detail") || getSelection()?.isCollapsed === false) return;
    event.preventDefault();
    const index = controls.indexOf(target?.closest<HTMLElement>(".row")?.dataset.id);
    // The keyboard's own event comes where the focus is, which is no row: its key has done the work.
    if (index >= 0) controls.showMenu(index, { x: event.clientX, y: event.clientY });
  });
  grid.addEventListener("keydown", (event) => {
    if (event.target === grid && press(event, controls)) event.preventDefault();
  });
}

/** Whether the key means something here. */
function press(event: KeyboardEvent, controls: RowControls): boolean {
  const activeKey = controls.activeKey();
  const index = controls.indexOf(activeKey);
  const mode = choiceMode(event);
  const isRow = controls.entry(index)?.kind === "row";
  const isOpen = activeKey !== undefined && controls.isOpen(activeKey);
  if (event.key === " " && mode === "toggle") controls.activate(Math.max(0, index), mode);
  else if (event.key === "a" && mode === "toggle") controls.chooseAll();
  else if (event.key === "c" && mode === "toggle" && isRow && activeKey !== undefined)
    controls.copy(activeKey);
  else if (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey)) controls.showMenu(index);
  else if (event.key === "Enter" && mode === "toggle" && isRow) controls.makeFirstChange(index);
  else if ((event.key === "ArrowRight" || event.key === "ArrowLeft") && activeKey !== undefined) {
    if (isOpen === (event.key === "ArrowLeft")) controls.toggle(index);
  } else if (event.key === "Enter") controls.enter(Math.max(0, index));
  else if (event.key === " ") controls.toggle(Math.max(0, index));
  else if (event.key === "Escape" && activeKey !== undefined) {
    controls.close(activeKey);
    controls.activate(index);
  } else {
    const next = moved(event.key, index, controls.count());
    if (next === undefined) return false;
    controls.activate(next, mode === "range" ? mode : "one");
  }
  return true;
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
