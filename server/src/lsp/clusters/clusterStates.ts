// Sends the state of the chosen and of the local cluster to a client that draws it, whenever it differs.

import { isDeepStrictEqual } from "node:util";
import { onAsk } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { createDebounce } from "../base/debounce";
import { clusterState } from "../protocol/clusterState";
import { requests } from "../protocol/customRequests";
import { type ClusterStates, clusterStateMethod } from "../protocol/protocol";
import { loadCluster } from "../workspace/workspace";

export function registerClusterStates(context: ServerContext): void {
  const { connection, clusters, local, fence } = context;
  let sent: ClusterStates | undefined;
  let isOpen = false;
  const send = () => {
    const states = statesOf(context);
    if (!isOpen || isDeepStrictEqual(states, sent)) return;
    sent = states;
    void connection.sendNotification(clusterStateMethod, states);
  };
  const sendSoon = createDebounce(10, async () => fence("cluster state", undefined, send));
  clusters.onOutcome(sendSoon);
  local.onChanged(sendSoon);
  context.onSurroundingsChanged(sendSoon);
  context.onShutdown(() => {
    isOpen = false;
  });
  context.onInitialized(async () => {
    isOpen = true;
    send();
  });
  onAsk(context, requests.retryCluster, async () => {
    clusters.forgetAccounts();
    await loadCluster(context);
    context.surroundingsChanged();
    return statesOf(context);
  });
}

export function statesOf({ clusters, local, options }: ServerContext): ClusterStates {
  const url = local.running()?.url;
  const condition = local.condition();
  return {
    chosen: clusterState({
      choice: clusters.target(),
      isTrusted: options().trusted !== false,
      local: condition,
      localUrl: url,
      outcome: clusters.outcome(),
    }),
    local: { condition, isKept: local.isKept(), ...(url !== undefined && { url }) },
  };
}
