// The preview of a cluster with changes that touch nothing real, compared with the preview without them.

import { applyChanges, changedDaemon } from "../core/simulation/clusterChanges";
import { compareVerdicts } from "../core/simulation/compareVerdicts";
import { describeChange } from "../core/simulation/describeChange";
import { readChanges } from "../core/simulation/readChanges";
import { type Previewed, resultOf } from "./previewResult";
import type { PreviewResult } from "./protocol";

/** `written` is the list of changes as the client sent it; without any the preview is of the cluster itself. */
export function whatIf(found: Previewed, written: unknown): PreviewResult {
  const { changes, problems } = readChanges(written);
  const before = resultOf(found);
  if (changes.length + problems.length === 0) return before;
  const changed = applyChanges(found.cluster.cluster, changes);
  const now = resultOf({
    ...found,
    daemon: changedDaemon(found.daemon, changes),
    cluster: { ...found.cluster, cluster: changed.cluster },
  });
  return {
    ...now,
    simulated: true,
    whatIf: {
      changes: changes.map((change, index) => ({
        change,
        text: describeChange(change),
        problems: changed.problems.filter((it) => it.change === index).map((it) => it.message),
      })),
      problems,
      added: changed.added,
      verdicts: compareVerdicts(before, now),
      sentenceBefore: before.sentence,
    },
  };
}
