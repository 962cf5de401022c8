// What the host has told the page of the placement, and the rows that follow from it. No DOM here.

import type {
  Failure,
  InstanceFacts,
  PackedPreview,
  PreviewResult,
} from "../../../server/src/lsp/protocol/protocol";
import type { Against, HostMessage } from "../../src/preview/messages";
import { createComparison } from "./comparison";
import { type Row, rowsInSteps, whatIfRowsInSteps } from "./instanceRecords";
import { finished, type Steps } from "./steps";
import { knownFleetInSteps, previewInSteps, type UnpackedFleet } from "./unpackPreview";

/** The clause selected in the editor, and the ids of the instances that it matches. */
export interface Selection {
  readonly clause: string;
  readonly matched: ReadonlySet<string>;
}

export class Answers {
  result: PreviewResult | undefined;
  /** With a result: why that is out of date. */
  error: Failure["error"] | undefined;
  rows: readonly Row[] = [];
  selection: Selection | undefined;
  private readonly comparison = createComparison();
  private fleet: UnpackedFleet | undefined;

  /** Why there is nothing to compare with. */
  get problem(): string | undefined {
    return this.comparison.problem;
  }

  /** What is known of an instance of the newest result. */
  factsOf(id: string): InstanceFacts | undefined {
    const { facts = {} } = this.result ?? {};
    return Object.hasOwn(facts, id) ? facts[id] : undefined;
  }

  /** False where it names a fleet that went with the page of before: then the whole answer is on its way. */
  takeResult(told: PreviewResult | PackedPreview, isSaved: boolean, against: Against): boolean {
    return finished(this.takeInSteps(told, isSaved, against));
  }

  /** As `takeResult`; until the last step everything is as before. */
  *takeInSteps(told: PreviewResult | PackedPreview, isSaved: boolean, against: Against): Steps<boolean> {
    const now = yield* this.unpacked(told);
    if (now === undefined) return false;
    const { label, kind } = now.cluster;
    const isSameCluster = label === this.result?.cluster.label && kind === this.result.cluster.kind;
    if (!now.simulated) yield* this.comparison.takeResult(now, { isSaved, isSameCluster });
    const rows = yield* this.compared(now, against);
    this.result = now;
    this.error = undefined;
    this.rows = rows;
    return true;
  }

  takeFailure(told: Failure["error"], keepsLast: boolean): void {
    this.error = told;
    if (!keepsLast) this.result = undefined;
  }

  takeBaseline(told: Extract<HostMessage, { readonly kind: "baseline" }>): void {
    this.comparison.takeBaseline(told);
    this.compare(told.against);
  }

  takeSelection(clause: string | undefined, matched: readonly string[]): void {
    this.selection = clause === undefined ? undefined : { clause, matched: new Set(matched) };
  }

  /** Until the host has told it, there is nothing of git HEAD or of what is deployed to compare with. */
  compareWith(against: Against): void {
    this.comparison.forgetBaseline();
    this.compare(against);
  }

  private *unpacked(told: PreviewResult | PackedPreview): Steps<PreviewResult | undefined> {
    if (!("outcomes" in told)) return told;
    const now = yield* knownFleetInSteps(told, this.fleet);
    this.fleet = now ?? this.fleet;
    return now && (yield* previewInSteps(told, now));
  }

  private compare(against: Against): void {
    if (this.result !== undefined) this.rows = finished(this.compared(this.result, against));
  }

  /** What if is compared with the cluster as it is, and leaves every other comparison for later. */
  private compared(result: PreviewResult, against: Against): Steps<readonly Row[]> {
    return result.simulated
      ? whatIfRowsInSteps(result)
      : rowsInSteps(result, this.comparison.baseline(against));
  }
}
