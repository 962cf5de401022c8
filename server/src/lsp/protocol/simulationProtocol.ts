// The requests about what is only simulated: a daemon service acted out in time, and a cluster with changes as a file.

import type { ClusterChange } from "../../core/simulation/clusterChanges";
import type { ScenarioName } from "../../core/simulation/scenarios";
import type { Coverage, InstanceState, Step, Timeline } from "../../core/simulation/steps";
import type { TrialConstraint } from "../../core/simulation/trialConstraint";
import type { ClusterChoice, Failure, TextDocumentReference } from "./protocolBasics";

// ecsDaemon/timeline: a daemon service acted out step by step. Everything in it is simulated. -------------------

export interface TimelineParams extends TextDocumentReference {
  readonly scenario: ScenarioName;
  readonly changes?: readonly ClusterChange[];
  readonly trial?: TrialConstraint;
  /** Instead of what the service's input says. */
  readonly minimumHealthyPercent?: number;
}

export interface TimelineStep extends Omit<Step, "instances"> {
  /** Instances whose state differs from the step before (in the first step: all of them); null for one that is gone. */
  readonly instances: Readonly<Record<string, InstanceState | null>>;
}

export interface TimelineResult extends Omit<Timeline, "steps" | "coverage" | "facts"> {
  readonly scenario: ScenarioName;
  readonly minimumHealthyPercent: number;
  readonly steps: readonly TimelineStep[];
  /** Only instances that were without their task at some time. */
  readonly coverage: Readonly<Record<string, Coverage>>;
  /** Of every instance that occurs in a step. */
  readonly facts: Readonly<Record<string, { readonly zone?: string; readonly instanceType?: string }>>;
}
/** Codes: those of `ecsDaemon/preview`, `unknown-scenario`, and `nothing-to-simulate`. */
export type TimelineAnswer = TimelineResult | Failure;

// ecsDaemon/saveCluster: the cluster, with changes or without, as the text of a file. ----------------------------

export interface SaveClusterParams {
  /** Relative paths of cluster files are looked for beside it. */
  readonly textDocument?: { readonly uri: string };
  readonly cluster?: ClusterChoice;
  readonly changes?: readonly ClusterChange[];
  readonly as: "fleet" | "snapshot";
}
export type SaveClusterAnswer =
  | {
      readonly text: string;
      /** A name for the file, without a folder. */
      readonly fileName: string;
      /** What a fleet cannot say of this cluster; a snapshot says it all. */
      readonly lost: readonly string[];
    }
  | Failure;
