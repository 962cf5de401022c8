// What the preview panels and a single one of them agree on.

import type { Uri } from "vscode";
import type {
  ClusterChange,
  ClusterChoice,
  TrialConstraint,
} from "../../../server/src/lsp/protocol/protocol";
import type { ClusterStateStore } from "../cluster/clusterStates";
import type { ClusterStore } from "../cluster/clusterStore";
import type { Server } from "../server";
import type { GivenTexts, PreviewedDocument } from "./messages";

/** What a panel needs of its surroundings. */
export interface PanelHost {
  readonly extensionUri: Uri;
  readonly server: Server;
  readonly clusters: ClusterStore;
  readonly states: ClusterStateStore;
}

/** A panel also says when its title buttons may differ. */
export interface SinglePanelHost extends PanelHost {
  readonly changed: () => void;
}

/** What a preview is of. */
export interface Previewed {
  readonly document: PreviewedDocument;
  /** One that a caller named for this panel alone. */
  readonly cluster?: ClusterChoice;
  readonly changes?: readonly ClusterChange[];
  readonly trial?: TrialConstraint;
  readonly values?: GivenTexts;
  /** URIs of files with such values. */
  readonly valuesFiles?: readonly string[];
}

export interface PreviewOptions {
  readonly cluster?: ClusterChoice;
  /** URI of the service file, `null` for a new service; without it what the workspace decides. */
  readonly service?: string | null;
}
