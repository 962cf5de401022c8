// What verdicts are compared with: those of the last saved text, of git HEAD, or of what is deployed. No DOM here.

import type { Verdict } from "../../../server/src/core/scheduler/placement";
import type { PreviewResult } from "../../../server/src/lsp/protocol/protocol";
import type { Against, HostMessage } from "../../src/preview/messages";
import type { Baseline } from "./instanceRecords";
import { type Steps, visitInSteps } from "./steps";

export interface Comparison {
  /** The verdicts to compare with, as far as they are known. */
  baseline(against: Against): Baseline | undefined;
  /** In a sentence, why there are none of git HEAD or of what is deployed. */
  readonly problem: string | undefined;
  /** Verdicts of another cluster are nothing to compare with: it has other instances, or others of the same name. */
  takeResult(
    result: PreviewResult,
    now: { readonly isSaved: boolean; readonly isSameCluster: boolean },
  ): Steps<void>;
  takeBaseline(told: Extract<HostMessage, { readonly kind: "baseline" }>): void;
  /** Another baseline was asked for. */
  forgetBaseline(): void;
}

export function createComparison(): Comparison {
  let saved: Baseline | undefined;
  let other: { readonly verdicts?: Baseline; readonly problem?: string } | undefined;
  return {
    baseline: (against) => {
      if (against === "nothing") return undefined;
      return against === "saved" ? saved : other?.verdicts;
    },
    get problem() {
      return other?.problem;
    },
    *takeResult({ instances }, { isSaved, isSameCluster }) {
      if (isSaved) {
        const verdicts = new Map<string, Verdict>();
        yield* visitInSteps(instances, ({ id, verdict }) => verdicts.set(id, verdict));
        saved = verdicts;
      } else if (!isSameCluster) saved = undefined;
      if (!isSameCluster) other = undefined;
    },
    takeBaseline: ({ verdicts, problem }) => {
      other = {
        ...(verdicts !== undefined && { verdicts: new Map(Object.entries(verdicts)) }),
        ...(problem !== undefined && { problem }),
      };
    },
    forgetBaseline: () => {
      other = undefined;
    },
  };
}
