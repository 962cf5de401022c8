// What the parts of the client share: one bundle, made once at activation and handed to every command.

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

export interface Session {
  readonly context: ExtensionContext;
  readonly log: ReadableLog;
  readonly server: Server;
  readonly clusters: ClusterStore;
  readonly accounts: AccountStore;
  readonly coverage: CoverageWatch;
  readonly coveragePanels: CoveragePanels;
  readonly pairs: PairStore;
  readonly states: ClusterStateStore;
  readonly previews: PreviewPanels;
  readonly views: Views;
  /** Neither an account nor a local cluster can be reached. */
  readonly inBrowser: boolean;
}
