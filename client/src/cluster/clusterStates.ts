// The state of the chosen and of the local cluster, as the server decides it; before it runs, what is known without it.

import { commands, type Event, EventEmitter, type ExtensionContext, workspace } from "vscode";
import { clusterState } from "../../../server/src/lsp/protocol/clusterState";
import type { ClusterStates, LocalClusterState } from "../../../server/src/lsp/protocol/protocol";
import type { Server } from "../server";
import type { ClusterStore } from "./clusterStore";

export interface ClusterStateStore {
  readonly current: ClusterStates;
  readonly onDidChange: Event<ClusterStates>;
}

/** Nothing can be deployed to a file: the palette leaves those commands out. */
function showPlace({ chosen }: ClusterStates): void {
  void commands.executeCommand("setContext", "ecsDaemon.clusterPlace", chosen.place);
}

const notRunning: LocalClusterState = { condition: "notRunning", isKept: false };

export function createClusterStates(
  context: ExtensionContext,
  server: Server,
  clusters: ClusterStore,
): ClusterStateStore {
  const changed = new EventEmitter<ClusterStates>();
  const guessed = (): ClusterStates => ({
    chosen: clusterState({
      choice: clusters.current,
      isTrusted: workspace.isTrusted,
      // It ran when the window was closed, or it does not: the server will know.
      local: clusters.current === "local" && workspace.isTrusted ? "starting" : "notRunning",
    }),
    local: notRunning,
  });
  // The settings are read when somebody asks: that takes longer than all the rest of activation.
  let current: ClusterStates | undefined;
  const known = (): ClusterStates => {
    current ??= guessed();
    return current;
  };
  setImmediate(() => showPlace(known()));
  const take = (now: ClusterStates) => {
    current = now;
    const isRunning = now.local.condition === "running";
    void commands.executeCommand("setContext", "ecsDaemon.localRunning", isRunning);
    showPlace(now);
    changed.fire(now);
  };
  context.subscriptions.push(
    changed,
    server.onClusterState(take),
    server.onLost(() => take(guessed())),
    clusters.onDidChange(() => {
      if (!server.isStarted) take(guessed());
    }),
  );
  return {
    get current() {
      return known();
    },
    onDidChange: changed.event,
  };
}
