// The whole fleet at a glance: one cell for each container instance, in groups, with a shape for its verdict. A picture
// for the eye, and a list box for the keyboard and for screen readers: one tab stop, the arrow keys walk over the cells,
// Enter shows the instance in the table.

import { element } from "../dom/dom";
import type { Row } from "../model/instanceRecords";
import { type ChoiceMode, choiceMode } from "../model/selectedInstances";
import { type Steps, visitInSteps } from "../model/steps";
import type { ViewOptions } from "../model/visibleRows";
import type { VerdictWords } from "../model/words";
import { type AttributeLookup, groupsInSteps } from "./groups";
import { createMapCursor, createMapPointer, type MapCursor } from "./mapCursor";
import { createGroupSelect } from "./mapGrouping";
import { MapPicture } from "./mapPicture";

export interface FleetMap {
  readonly element: HTMLElement;
  /** Chooses what it is grouped by. */
  readonly grouping: HTMLElement;
  update(rows: readonly Row[], visible: readonly Row[], view: ViewOptions, words: VerdictWords): Steps<void>;
  /** What instances can be grouped by beside their facts. */
  attributes(names: readonly string[], lookup: AttributeLookup): void;
  /** Outlines the cells of these instances; `undefined`: none. */
  highlight(ids: ReadonlySet<string> | undefined): void;
}

export interface FleetMapActions {
  change(view: Partial<ViewOptions>): void;
  reveal(id: string): void;
  /** One more instance, or a stretch of them in the order of the map. */
  choose(id: string, mode: ChoiceMode, order: readonly string[]): void;
}

export function createFleetMap(actions: FleetMapActions): FleetMap {
  const select = createGroupSelect(actions.change);
  const list = element("div", {
    class: "groups",
    attributes: { role: "listbox", tabindex: "0", "aria-label": "Fleet map" },
  });
  const cursor = createMapCursor(list);
  const pointer = createMapPointer();
  const picture: MapPicture = new MapPicture(list, () => {
    pointer.leave();
    cursor.keep(picture);
  });
  let lookup: AttributeLookup = () => undefined;
  let highlighted: ReadonlySet<string> | undefined;

  listenToCells(list, { cursor, pointer, picture }, actions);
  return {
    element: element("section", { class: "map", attributes: { "aria-label": "Fleet map" } }, [list]),
    grouping: select.element,
    *update(rows, visible, view, words) {
      select.element.hidden = rows.length === 0;
      select.update(view.groupBy);
      const shown = visible.length === rows.length ? undefined : yield* idsInSteps(visible);
      const groups = yield* groupsInSteps(rows, view.groupBy, lookup);
      yield;
      picture.show({ groups, look: { shown, highlighted }, words });
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

function* idsInSteps(rows: readonly Row[]): Steps<ReadonlySet<string>> {
  const ids = new Set<string>();
  yield* visitInSteps(rows, (it) => ids.add(it.id));
  return ids;
}

interface MapCells {
  readonly cursor: MapCursor;
  readonly pointer: ReturnType<typeof createMapPointer>;
  readonly picture: MapPicture;
}

function listenToCells(
  list: HTMLElement,
  { cursor, pointer, picture }: MapCells,
  actions: FleetMapActions,
): void {
  const take = (event: MouseEvent | KeyboardEvent) => {
    const { instance } = cursor;
    const mode = choiceMode(event);
    if (instance === undefined) return;
    if (mode === "one") return actions.reveal(instance);
    const order = picture.shown.groups.flatMap((group) => group.rows.map((it) => it.id));
    actions.choose(instance, mode, order);
  };
  list.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") take(event);
    else if (!cursor.press(event.key, picture)) return;
    event.preventDefault();
  });
  list.addEventListener("click", (event) => {
    const place = picture.placeBelow(event);
    if (place === undefined) return;
    cursor.moveTo(place, picture);
    take(event);
  });
  list.addEventListener("pointermove", (event) => pointer.moveTo(picture.placeBelow(event), picture));
  list.addEventListener("pointerleave", pointer.leave);
}
