// Reads the chosen cluster again, and all that the views and the coverage show.

import type { ClusterStates, Failure } from "../../../server/src/lsp/protocol/protocol";
import { shown } from "../failures";
import { withProgress } from "../progress";
import type { Session } from "../session";

/** Returns the state of the chosen cluster. */
export async function refreshCluster(session: Session): Promise<ClusterStates | Failure> {
  const answer = await withProgress("Reading the cluster", (step) =>
    session.server.request("retryCluster", {}, step),
  );
  await session.coverage.refresh();
  session.views.refresh();
  return shown(answer);
}
