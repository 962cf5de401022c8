// The picture of the whole fleet: how many instances are left after each stage, and a map with a cell for each.

import type { PreviewResult } from "../../../server/src/lsp/protocol/protocol";
import { element, setText } from "../dom/dom";
import { createFunnel } from "../header/funnel";
import type { Row } from "../model/instanceRecords";
import type { ViewOptions } from "../model/visibleRows";
import type { VerdictWords } from "../model/words";
import { createFleetMap, type FleetMapActions } from "./fleetMap";
import { attributeLookup } from "./groups";

/** A moment that is not now, which the map shows in place of what is. */
export interface ShownMoment {
  readonly rows: readonly Row[];
  readonly caption: string;
}

export interface Overview {
  readonly element: HTMLElement;
  takeResult(result: PreviewResult): void;
  updateFunnel(rows: readonly Row[], view: ViewOptions): void;
  /** `matching` are the ids that the selection in the editor matches. */
  updateMap(
    rows: readonly Row[],
    visible: readonly Row[],
    view: ViewOptions,
    matching: ReadonlySet<string> | undefined,
  ): void;
  /** `undefined`: what is, again. Seen with the next `updateMap`. */
  showMoment(moment: ShownMoment | undefined): void;
}

/** `momentWords` is what the map calls the verdicts of a moment. */
export function createOverview(actions: FleetMapActions, momentWords: VerdictWords): Overview {
  const funnel = createFunnel(actions.change);
  const fleetMap = createFleetMap(actions);
  const caption = element("p", { class: "map-caption", attributes: { role: "status" } });
  let moment: ShownMoment | undefined;
  return {
    element: element("section", { class: "picture", attributes: { "aria-label": "Overview" } }, [
      funnel.element,
      element("div", { class: "map-side" }, [caption, fleetMap.element]),
    ]),
    takeResult: (result) =>
      fleetMap.attributes(result.attributes?.map((it) => it.name) ?? [], attributeLookup(result)),
    updateFunnel: funnel.update,
    updateMap: (rows, visible, view, matching) => {
      fleetMap.highlight(matching);
      if (moment === undefined) fleetMap.update(rows, visible, view);
      else fleetMap.update(moment.rows, moment.rows, view, momentWords);
      caption.hidden = moment === undefined;
      setText(caption, moment?.caption ?? "");
    },
    showMoment: (now) => {
      moment = now;
    },
  };
}
