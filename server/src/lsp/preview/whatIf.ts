// The preview of a cluster with changes that touch nothing real, or with a constraint that stands in no file, compared
// with the preview without them.

import { applyChanges, changedDaemon } from "../../core/simulation/clusterChanges";
import { compareVerdicts } from "../../core/simulation/compareVerdicts";
import { describeChange } from "../../core/simulation/describeChange";
import { namesOf } from "../../core/simulation/instanceNames";
import { readChanges } from "../../core/simulation/readChanges";
import { readTrial } from "../../core/simulation/trialConstraint";
import { isFailure } from "../base/failure";
import type { Failure, PreviewResult } from "../protocol/protocol";
import { type Previewed, resultOf } from "./previewResult";
import { triedDaemon } from "./previewTrial";

/** Changes and trial are as the client sent them; without any the preview is of what is. */
export function whatIf(
  found: Previewed,
  asked: { readonly changes?: unknown; readonly trial?: unknown },
): PreviewResult | Failure {
  const { changes, problems } = readChanges(asked.changes);
  const trial = readTrial(asked.trial);
  const before = resultOf(found);
  if (changes.length + problems.length === 0 && trial === undefined) return before;
  const tried = triedDaemon(found, trial);
  if (isFailure(tried)) return tried;
  const changed = applyChanges(found.cluster.cluster, changes);
  const nameOf = namesOf([...found.cluster.cluster.instances, ...changed.cluster.instances]);
  const now = resultOf({
    ...tried,
    daemon: changedDaemon(tried.daemon, changes),
    cluster: { ...found.cluster, cluster: changed.cluster },
  });
  return {
    ...now,
    simulated: true,
    whatIf: {
      changes: changes.map((change, index) => ({
        change,
        text: describeChange(change, nameOf),
        problems: changed.problems.filter((it) => it.change === index).map((it) => it.message),
      })),
      problems,
      ...(trial !== undefined && { trial }),
      added: changed.added,
      verdicts: compareVerdicts(before, now),
      sentenceBefore: before.sentence,
    },
  };
}
