// Watches the chosen cluster, so that hints follow it: its file, whoever changes it and wherever it lies, and the
// account, which tells nobody that something changed. The local endpoint says so by itself.

import { isLoopbackEndpoint } from "../../core/text/loopbackEndpoint";
import type { ServerContext } from "../base/context";
import { pathsOf } from "../workspace/workspace";
import type { ResolvedCluster } from "./chosenCluster";
import { isFile } from "./clusterSource";

/** Milliseconds between two looks. A file costs a stat; an account is asked only while a document of ours is open. */
const pause = { file: 1_000, loopback: 3_000, account: 60_000 } as const;

export function registerClusterWatch(context: ServerContext): void {
  const { fence } = context;
  let lastEnded = Date.now();
  let failedAt: ResolvedCluster | undefined;
  let isLooking = false;
  const look = async () => {
    const choice = context.clusters.chosen();
    if (choice === undefined || choice === "local") return;
    const { clusters, index } = context;
    if (!isFile(choice)) {
      // Credentials that are gone do not come back by asking: after a failure the next look is the user's.
      if (Date.now() - lastEnded < pauseOf(context)) return;
      // An endpoint on this machine needs none, and may be started again at any time.
      const isGivenUp = !isOnThisMachine(context) && clusters.current() === failedAt;
      if (isGivenUp || !isNeeded(context)) return;
    }
    const outcome = await clusters.refresh(pathsOf(index.folders()));
    // From the end of a look: one of a large cluster may take longer than the pause.
    lastEnded = Date.now();
    failedAt = outcome === "failed" ? clusters.current() : undefined;
    if (outcome === "changed") context.surroundingsChanged();
  };
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void fence.wait("cluster", undefined, look).finally(() => {
      isLooking = false;
    });
  }, pause.file);
  // The server ends when its client goes, not when the last look is over.
  timer.unref?.(); // A browser has no such method.
  context.onShutdown(() => clearInterval(timer));
}

function pauseOf(context: ServerContext): number {
  return isOnThisMachine(context) ? pause.loopback : pause.account;
}

function isOnThisMachine({ clusters }: ServerContext): boolean {
  const choice = clusters.target();
  return typeof choice === "object" && isLoopbackEndpoint(choice.endpointUrl);
}

function isNeeded(context: ServerContext): boolean {
  const { clusters, documents } = context;
  return (
    (clusters.current() !== undefined || isOnThisMachine(context)) &&
    documents.uris().some((uri) => documents.get(uri)?.kind !== undefined)
  );
}
