// The one line below the head that says what to mind: an error, else that the answer is out of date. What if and the
// expression that is tried have their own, shown where there is none of these.

import type { ClusterStep, Failure } from "../../../server/src/lsp/protocol/protocol";
import type { PanelAction } from "../../src/preview/messages";
import { button, element, richText, setChildren } from "../dom/dom";
import { actionLabels, placeButtons, stepActions } from "./emptyStates";

export interface StaleNote {
  readonly element: HTMLElement;
  /** Hidden where nothing is out of date. `readAt`: when the answer on view was read, in milliseconds since 1970. */
  update(stale: Failure["error"] | undefined, next: readonly ClusterStep[], readAt: number | undefined): void;
}

/** Says that what is shown is out of date, why, and what helps. */
export function createStaleNote(act: (action: PanelAction) => void): StaleNote {
  const note = element("div", { class: "note warning banner", attributes: { role: "status" } });
  note.hidden = true;
  return {
    element: note,
    update: (stale, next, readAt) => {
      note.hidden = stale === undefined;
      if (stale === undefined) return setChildren(note, []);
      const isCluster = next.length > 0;
      note.classList.toggle("error", isCluster);
      const actions = isCluster ? next.map((it) => stepActions[it]) : [actionOf(stale.code)];
      setChildren(note, [
        element("span", { class: "note-text" }, [
          element("strong", { text: "Out of date. " }),
          ...richText(stale.message),
          ...(readAt === undefined || !isCluster
            ? []
            : [` Showing the answer of ${new Date(readAt).toLocaleTimeString()}.`]),
        ]),
        ...placeButtons(stale, "link"),
        ...actions
          .slice(0, stale.places === undefined ? 2 : 0)
          .map((it) => button(actionLabels[it], () => act(it), "link")),
      ]);
    },
  };
}

/** What helps where the failure is not about the cluster: mostly the text is wrong. */
function actionOf(code: string): PanelAction {
  if (/^AccessDenied/.test(code)) return "copyIamPolicy";
  return noteActions[code] ?? "showProblems";
}

const noteActions: Readonly<Record<string, PanelAction>> = {
  "server-gone": "refresh",
  "server-away": "showLog",
  "document-gone": "selectFile",
  cancelled: "refresh",
  unexpected: "refresh",
  internal: "showLog",
};
