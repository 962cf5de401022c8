// Lets the server look at coverage while somebody sees it, and tells of gaps that came meanwhile.

import { commands, type Disposable, type Event, EventEmitter, type ExtensionContext } from "vscode";
import type { CoverageAlert, CoverageChanged } from "../../../server/src/lsp/protocol/protocol";
import type { AccountStore } from "../cluster/accountStore";
import type { ClusterStore } from "../cluster/clusterStore";
import { commandId } from "../commands/commandIds";
import { notify } from "../notify";
import type { Server } from "../server";

export interface CoverageWatch {
  /** A view or panel begins or ends to show coverage. */
  see(viewer: object, isVisible: boolean): void;
  /** Looks again at once, where somebody sees it. */
  refresh(): Promise<void>;
  readonly onDidChange: Event<CoverageChanged>;
}

export function createCoverageWatch(
  context: ExtensionContext,
  server: Server,
  accounts: AccountStore,
  clusters: ClusterStore,
): CoverageWatch {
  const viewers = new Set<object>();
  const changed = new EventEmitter<CoverageChanged>();
  const tell = async (isFresh = false) => {
    const isVisible = viewers.size > 0;
    // Nothing is started only to say that nobody looks.
    if (!isVisible && !server.isStarted) return;
    await server.request("watchCoverage", { targets: accounts.watched, isVisible, isFresh });
  };
  const tellQuietly = () => void tell().catch(() => undefined);
  const subscriptions: readonly Disposable[] = [
    changed,
    server.onCoverage((now) => {
      changed.fire(now);
      for (const alert of now.alerts) showAlert(alert);
    }),
    server.onReturned(tellQuietly),
    accounts.onDidChange(tellQuietly),
    clusters.onDidChange(tellQuietly),
  ];
  context.subscriptions.push(...subscriptions);
  return {
    see: (viewer, isVisible) => {
      const before = viewers.size;
      if (isVisible) viewers.add(viewer);
      else viewers.delete(viewer);
      if (before > 0 !== viewers.size > 0) tellQuietly();
    },
    refresh: () => tell(true),
    onDidChange: changed.event,
  };
}

/** Once for each gap: one that goes and comes back is another. */
function showAlert({ message, choice, daemons, instances, lacksRoom }: CoverageAlert): void {
  const [show, room] = ["Show Coverage", "Make Room…"];
  void notify.warning(message, ...(lacksRoom ? [room, show] : [show])).then((picked) => {
    if (picked === show) void commands.executeCommand(commandId("showCoverage"), { cluster: choice });
    if (picked === room)
      void commands.executeCommand(commandId("makeRoom"), {
        ...{ cluster: choice, daemon: daemons[0], instances },
      });
  });
}
