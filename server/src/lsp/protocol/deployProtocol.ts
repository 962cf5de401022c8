// The requests that change services of a cluster, and the one that says beforehand whose cluster that is.

import type { Undo } from "../../ecs/deploy/undoDeployment";
import type { DeployReport, DeployStepName, FailureAction, SeenState } from "../../ecs/report";
import type { ClusterChoice, Failure, TextDocumentReference } from "./protocolBasics";

// ecsDaemon/deploy: register, create or update, verify, or a part of it. Progress through workDoneToken. --------

export interface DeployParams extends TextDocumentReference {
  readonly steps: readonly DeployStepName[];
  /** For a verification of a service by name alone. */
  readonly serviceName?: string;
  readonly timeoutSeconds?: number;
  /** `seen` of the plan that was agreed to. Where it no longer holds nothing is done, and the report has a new plan. */
  readonly agreed?: SeenState;
  /** After a verification that failed; `keep` without it. */
  readonly onFailure?: FailureAction;
  /** Without it, errors in the files that are sent are a failure with the code `errors-in-files`. */
  readonly despiteErrors?: boolean;
  readonly workDoneToken?: string | number;
}
/** `undo`: what `ecsDaemon/undo` can do after a verification that failed, where nobody said what to do then. */
export type DeployAnswer = (DeployReport & { readonly undo?: Undo }) | Failure;

/** What a deploy would touch, asked before the confirmation; reads only. */
export interface DescribeTargetParams {
  readonly cluster?: ClusterChoice;
}
export type TargetAnswer =
  | {
      /** Loopback: no confirmation is asked. */
      readonly loopback: boolean;
      readonly account: string | undefined;
      readonly region: string | undefined;
      readonly cluster: string;
      readonly endpointUrl: string | undefined;
    }
  | Failure;

export interface DeleteServiceParams {
  readonly serviceName: string;
  readonly cluster?: ClusterChoice;
}
export type DeleteServiceAnswer = { readonly service: string; readonly status: string } | Failure;
