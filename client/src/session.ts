// What the parts of the client share: made once, and handed to every command.

import type { ExtensionContext } from "vscode";
import type { AccountStore } from "./cluster/accountStore";
import type { ClusterStateStore } from "./cluster/clusterStates";
import type { ClusterStore } from "./cluster/clusterStore";
import type { CoveragePanels } from "./coverage/coveragePanel";
import type { CoverageWatch } from "./coverage/coverageWatch";
import type { ReadableLog } from "./notify";
import type { PairStore } from "./pairing/pairStore";
import type { PreviewPanels } from "./preview/previewPanels";
import type { Server } from "./server";
import type { Views } from "./views/views";

/** What is there from activation on. */
export interface Surroundings {
  readonly context: ExtensionContext;
  readonly log: ReadableLog;
  readonly server: Server;
  readonly clusters: ClusterStore;
  readonly accounts: AccountStore;
  readonly coverage: CoverageWatch;
  readonly pairs: PairStore;
  readonly states: ClusterStateStore;
  readonly views: Views;
  /** Neither an account nor a local cluster can be reached. */
  readonly inBrowser: boolean;
}

/** The panels come with the first command, or with the first of them that is restored. */
export interface Session extends Surroundings {
  readonly previews: PreviewPanels;
  readonly coveragePanels: CoveragePanels;
}
