// What the preview panel and its host say to each other. Plain data, one union for each direction.

import type { Failure, PreviewResult } from "../../../server/src/lsp/protocol";

/** The document that a panel follows. */
export interface PreviewedDocument {
  readonly uri: string;
  /** For a reader: the file's name. */
  readonly name: string;
}

export type HostMessage =
  /** An answer is on its way. */
  | { readonly kind: "loading"; readonly document: PreviewedDocument }
  | { readonly kind: "result"; readonly document: PreviewedDocument; readonly result: PreviewResult }
  /** The last result, if any, stays on view and is marked stale. */
  | { readonly kind: "failure"; readonly document: PreviewedDocument; readonly error: Failure["error"] };

/** What a button of the panel asks the host to do. */
export const panelActions = [
  "selectCluster",
  "startLocalCluster",
  "addLocalInstances",
  "openDocument",
  "openService",
  "refresh",
  "showLog",
] as const;
export type PanelAction = (typeof panelActions)[number];

export type PanelMessage =
  /** The panel can receive; sent once each time its page is loaded. */
  | { readonly kind: "ready" }
  | { readonly kind: "action"; readonly action: PanelAction }
  /** Put text on the clipboard. */
  | { readonly kind: "copy"; readonly text: string; readonly what: string };

/** What the panel keeps through a reload of the window. */
export interface PanelState {
  readonly document: PreviewedDocument;
}
