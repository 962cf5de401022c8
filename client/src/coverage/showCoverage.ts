import { namedCluster } from "../commands/ask";
import type { CallArguments } from "../commands/callArguments";
import type { Session } from "../session";

/**
 * Shows the coverage panel. Options: `cluster` (shown first, where it is watched), `targets` (as in Select Accounts and
 * Regions for Coverage).
 */
export async function showCoverage(session: Session, call: CallArguments): Promise<void> {
  if (Array.isArray(call.options.targets)) {
    const { selectCoverage } = await import("./selectCoverage");
    await selectCoverage(session, call);
  }
  session.coveragePanels.show(namedCluster(call));
}
