// What the host has told the page of the placement, and the rows that follow from it. No DOM here.

import type { Failure, PackedPreview, PreviewResult } from "../../../server/src/lsp/protocol/protocol";
import type { Against, HostMessage } from "../../src/preview/messages";
import { createComparison } from "./comparison";
import { type Row, rowsOf, whatIfRows } from "./instanceRecords";
import { fleetOf, type UnpackedFleet, unpackPreview } from "./unpackPreview";

/** The clause selected in the editor, and the ids of the instances that it matches. */
export interface Selection {
  readonly clause: string;
  readonly matched: ReadonlySet<string>;
}

export interface Answers {
  readonly result: PreviewResult | undefined;
  /** With a result: why that is out of date. */
  readonly error: Failure["error"] | undefined;
  readonly rows: readonly Row[];
  readonly selection: Selection | undefined;
  /** Why there is nothing to compare with. */
  readonly problem: string | undefined;
  /** False where it names a fleet that went with the page of before: then the whole answer is on its way. */
  takeResult(told: PreviewResult | PackedPreview, isSaved: boolean, against: Against): boolean;
  takeFailure(told: Failure["error"], keepsLast: boolean): void;
  takeBaseline(told: Extract<HostMessage, { readonly kind: "baseline" }>): void;
  takeSelection(clause: string | undefined, matched: readonly string[]): void;
  /** Until the host has told it, there is nothing of git HEAD or of what is deployed to compare with. */
  compareWith(against: Against): void;
}

export function createAnswers(): Answers {
  const comparison = createComparison();
  let fleet: UnpackedFleet | undefined;
  let result: PreviewResult | undefined;
  let error: Failure["error"] | undefined;
  let rows: readonly Row[] = [];
  let selection: Selection | undefined;

  const unpacked = (told: PreviewResult | PackedPreview): PreviewResult | undefined => {
    if (!("outcomes" in told)) return told;
    const now = fleetOf(told, fleet);
    fleet = now ?? fleet;
    return now && unpackPreview(told, now);
  };
  // What if is compared with the cluster as it is, and leaves every other comparison for later.
  const compare = (against: Against) => {
    if (result !== undefined)
      rows = result.simulated ? whatIfRows(result) : rowsOf(result, comparison.baseline(against));
  };
  return {
    get result() {
      return result;
    },
    get error() {
      return error;
    },
    get rows() {
      return rows;
    },
    get selection() {
      return selection;
    },
    get problem() {
      return comparison.problem;
    },
    takeResult: (told, isSaved, against) => {
      const now = unpacked(told);
      if (now === undefined) return false;
      const { label, kind } = now.cluster;
      const isSameCluster = label === result?.cluster.label && kind === result.cluster.kind;
      result = now;
      error = undefined;
      if (!now.simulated) comparison.takeResult(now, { isSaved, isSameCluster });
      compare(against);
      return true;
    },
    takeFailure: (told, keepsLast) => {
      error = told;
      if (!keepsLast) result = undefined;
    },
    takeBaseline: (told) => {
      comparison.takeBaseline(told);
      compare(told.against);
    },
    takeSelection: (clause, matched) => {
      selection = clause === undefined ? undefined : { clause, matched: new Set(matched) };
    },
    compareWith: (against) => {
      comparison.forgetBaseline();
      compare(against);
    },
  };
}
