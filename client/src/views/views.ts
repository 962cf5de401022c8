// The three views of the activity bar. Each follows what changes what it shows; nothing is asked before it is visible.

import type { ExtensionContext } from "vscode";
import { counted } from "../../../server/src/core/text/counts";
import type { AccountStore } from "../cluster/accountStore";
import { snapshotFiles } from "../cluster/clusterFiles";
import type { ClusterStateStore } from "../cluster/clusterStates";
import type { ClusterStore } from "../cluster/clusterStore";
import type { CoverageWatch } from "../coverage/coverageWatch";
import type { Server } from "../server";
import { createServerView, type ServerView } from "./treeView";

export interface Views {
  /** Asks again for all that is shown. */
  refresh(): void;
}

export interface ViewsHost {
  readonly server: Server;
  readonly clusters: ClusterStore;
  readonly states: ClusterStateStore;
  readonly accounts: AccountStore;
  readonly coverage: CoverageWatch;
}

/** Events come in bursts: a keystroke, a folder that is copied. Milliseconds. */
const pause = 300;

export function createViews(context: ExtensionContext, host: ViewsHost): Views {
  const { server, accounts, coverage, clusters, states } = host;
  const clustersView = createServerView("ecsDaemon.clusters", async (parent) =>
    server.request(
      "clustersView",
      parent === undefined
        ? { accounts: accounts.selected, snapshots: (await snapshotFiles()).map(String).sort() }
        : { parent },
    ),
  );
  const workspaceView = createServerView("ecsDaemon.workspace", (parent) =>
    server.request("workspaceView", { ...(parent !== undefined && { parent }) }),
  );
  const coverageView = createServerView("ecsDaemon.coverage", (parent) =>
    server.request("coverageView", { ...(parent !== undefined && { parent }) }),
  );
  const all = [clustersView, workspaceView, coverageView];
  const refreshFiles = together([clustersView, workspaceView]);
  const refreshClusters = together([clustersView]);
  const refreshCoverage = together([coverageView]);
  const refreshAll = together(all);
  context.subscriptions.push(
    ...all.map((it) => it.view),
    server.onPreviewChanged(refreshFiles),
    server.onReturned(refreshAll),
    accounts.onDidChange(refreshClusters),
    clusters.onDidChange(refreshAll),
    states.onDidChange(refreshClusters),
    coverageView.view.onDidChangeVisibility(({ visible }) => coverage.see(coverageView, visible)),
    coverage.onDidChange(({ lacking }) => {
      refreshCoverage();
      const tooltip = `${counted(lacking, "container instance")} without a working daemon`;
      coverageView.view.badge = lacking === 0 ? undefined : { value: lacking, tooltip };
    }),
  );
  if (coverageView.view.visible) coverage.see(coverageView, true);
  return { refresh: refreshAll };
}

/** Refreshes them once for a burst of calls. */
function together(views: readonly ServerView[]): () => void {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      for (const it of views) it.refresh();
    }, pause);
  };
}
