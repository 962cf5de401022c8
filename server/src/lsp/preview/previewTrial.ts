// What a preview is of, with the changes of What if and the constraint that is tried out.

import { applyChanges, changedDaemon } from "../../core/simulation/clusterChanges";
import { readChanges } from "../../core/simulation/readChanges";
import { readTrial, withTrial } from "../../core/simulation/trialConstraint";
import { failure, isFailure } from "../base/failure";
import type { Failure, PreviewParams } from "../protocol/protocol";
import type { Previewed } from "./previewResult";

/** The daemon service and the cluster as they would be; nothing of it is real. */
export function asTried(
  found: Previewed,
  params: Pick<PreviewParams, "changes" | "trial">,
): Previewed | Failure {
  const { changes } = readChanges(params.changes);
  const tried = triedDaemon(found, params.trial);
  if (isFailure(tried)) return tried;
  const cluster =
    changes.length === 0 ? found.cluster.cluster : applyChanges(found.cluster.cluster, changes).cluster;
  return { ...tried, daemon: changedDaemon(tried.daemon, changes), cluster: { ...found.cluster, cluster } };
}

/** Only the constraint; a text that is none of the language selects nothing that could be shown. */
export function triedDaemon(found: Previewed, written: unknown): Previewed | Failure {
  const trial = readTrial(written);
  if (trial === undefined) return found;
  const daemon = withTrial(found.daemon, trial);
  if (daemon !== undefined) return { ...found, daemon };
  return failure(
    "broken-expression",
    `The expression that is tried out, '${trial.expression}', is not in the cluster query language.`,
    "Correct it in the panel.",
  );
}
