// The pane of the map: a cell for each container instance, of now or of a moment of a story.

import type { PreviewResult } from "../../../server/src/lsp/protocol/protocol";
import { createDisclosure } from "../dom/disclosure";
import { element, setChildren } from "../dom/dom";
import type { Row } from "../model/instanceRecords";
import type { Steps } from "../model/steps";
import type { ViewOptions } from "../model/visibleRows";
import type { VerdictWords } from "../model/words";
import { createFleetMap, type FleetMapActions } from "./fleetMap";
import { attributeLookup } from "./groups";
import { variantOf, verdictShape } from "./shapes";

/** A moment that is not now, which the map shows in place of what is. */
export interface ShownMoment {
  readonly rows: readonly Row[];
  readonly caption: string;
}

export interface Overview {
  readonly element: HTMLElement;
  readonly isOpen: boolean;
  open(isOpen: boolean): void;
  takeResult(result: PreviewResult): void;
  /** `matching` are the ids that the selection in the editor matches. */
  updateMap(
    rows: readonly Row[],
    visible: readonly Row[],
    view: ViewOptions,
    matching: ReadonlySet<string> | undefined,
  ): Steps<void>;
  /** `undefined`: what is, again. Seen with the next `updateMap`. */
  showMoment(moment: ShownMoment | undefined): void;
}

/** A closed map of no more instances shows them as marks beside its title. */
const mostMarks = 40;

/** "1a ○ ○ 1b ● ○": the zones in order, with the marks of their instances. The counts above the list say the same. */
function marksByZone(rows: readonly Row[]): readonly HTMLElement[] {
  const zones = new Map<string, Row[]>();
  for (const it of rows) {
    const zone = it.facts?.zone ?? "–";
    zones.set(zone, [...(zones.get(zone) ?? []), it]);
  }
  return [...zones]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([zone, all]) =>
      element("span", { class: "zone-marks", attributes: { "aria-hidden": "true" } }, [
        `${zone.slice(zone.lastIndexOf("-") + 1)} `,
        ...all.map((it) => verdictShape(it.verdict, variantOf(it))),
      ]),
    );
}

/** `momentWords` is what the map calls the verdicts of a moment. */
export function createOverview(
  actions: FleetMapActions & { toggled(isOpen: boolean): void },
  momentWords: VerdictWords,
): Overview {
  const fleetMap = createFleetMap(actions);
  const mapHint = document.createTextNode("One cell for each container instance.");
  const hint = element("span", { class: "muted" });
  const pane = createDisclosure(
    { id: "map", class: "map-pane", title: "Map", hint },
    [fleetMap.element],
    actions.toggled,
  );
  let moment: ShownMoment | undefined;
  return {
    element: pane.element,
    get isOpen() {
      return pane.isOpen;
    },
    open: pane.open,
    takeResult: (result) =>
      fleetMap.attributes(result.attributes?.map((it) => it.name) ?? [], attributeLookup(result)),
    *updateMap(rows, visible, view, matching) {
      const closed = rows.length > mostMarks ? [mapHint] : marksByZone(rows);
      setChildren(hint, pane.isOpen ? [fleetMap.grouping] : closed);
      if (!pane.isOpen) return;
      fleetMap.highlight(matching);
      yield* fleetMap.update(rows, visible, view, moment === undefined ? {} : momentWords);
    },
    showMoment: (now) => {
      moment = now;
    },
  };
}
