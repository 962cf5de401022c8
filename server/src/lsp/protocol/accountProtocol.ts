// The custom requests about an account: what would change before it is changed, who is asked for a code, what is written
// down of a cluster. Part of protocol.ts, in a file of its own because it is read by people who deploy.

import type { AttributeEffect } from "../../ecs/attributeEffects";
import type { ExpressionComparison } from "../../ecs/compareExpression";
import type {
  DeployStepName,
  DeployStepReport,
  FailureAction,
  PlanSummary,
  RecoveryStepName,
} from "../../ecs/report";
import type { ClusterChoice, Failure, TextDocumentReference } from "./protocolBasics";

export type { ExpressionComparison } from "../../ecs/compareExpression";
export type { FailureAction, PlanSection, PlanSummary, SeenState } from "../../ecs/report";

// ecsDaemon/plan: what `ecsDaemon/deploy` with the same steps would change; reads only. --------------------------

export interface PlanParams extends TextDocumentReference {
  readonly steps: readonly DeployStepName[];
  readonly onFailure?: FailureAction;
  /** As in `ecsDaemon/deploy`. */
  readonly despiteErrors?: boolean;
}
/** `seen` goes into `agreed` of the deployment: it stops where the plan no longer holds, and has a new one. */
export type PlanAnswer = PlanSummary | Failure;

// ecsDaemon/undo: undoes the last deployment of a service, whose verification failed; see `undo` of its answer. ----

export interface UndoParams {
  readonly service: string;
  readonly action: RecoveryStepName;
  readonly cluster?: ClusterChoice;
  readonly workDoneToken?: string | number;
}
/** The step that was carried out: `skipped` where there is nothing to undo. */
export type UndoAnswer = DeployStepReport | Failure;

// ecsDaemon/deletePlan: what deleting a service stops, and where; reads only. -----------------------------------

export interface DeletePlanParams {
  readonly serviceName: string;
  readonly cluster?: ClusterChoice;
}
export type DeletePlanAnswer =
  | {
      readonly service: string;
      /** Ids of the container instances that run a task of it. */
      readonly stops: readonly string[];
      readonly tasks: number;
      readonly lines: readonly string[];
    }
  | Failure;

// ecsDaemon/attributeEffects: what a change of attributes does to the daemon services; reads only. --------------

export interface AttributeChangeParams {
  readonly cluster?: ClusterChoice;
  /** Ids of container instances. */
  readonly instances: readonly string[];
  readonly attributes: readonly { readonly name: string; readonly value?: string }[];
}
export interface AttributeEffectsParams extends AttributeChangeParams {
  /** The attributes are deleted, not put. */
  readonly remove?: boolean;
}
export type AttributeEffectsAnswer =
  | {
      readonly services: readonly AttributeEffect[];
      /** Daemon services that were looked at. */
      readonly examined: number;
      readonly lines: readonly string[];
    }
  | Failure;

/** Takes attributes off container instances. */
export type DeleteAttributesAnswer = { readonly changed: number } | Failure;

// ecsDaemon/capture: the cluster as the text of a snapshot file. ------------------------------------------------

export interface CaptureParams {
  readonly cluster?: ClusterChoice;
  /** 000000000000 in the place of every account. */
  readonly maskAccounts?: boolean;
}
export type CaptureAnswer =
  | {
      readonly text: string;
      /** A name for the file, without a folder. */
      readonly fileName: string;
      readonly instances: number;
      readonly tasks: number;
    }
  | Failure;

// ecsDaemon/compare: expressions through ECS's own filter and through ours. --------------------------------------

export interface CompareParams {
  readonly cluster?: ClusterChoice;
  /** Without it: every expression of the document. */
  readonly expression?: string;
  readonly textDocument?: { readonly uri: string };
  /** Of the product, for a bug report. */
  readonly version?: string;
}
export type CompareAnswer = { readonly comparisons: readonly ExpressionComparison[] } | Failure;

// ecsDaemon/awsCli: the commands of the AWS CLI that do what a deployment would. ---------------------------------

export interface AwsCliParams extends TextDocumentReference {
  readonly steps: readonly DeployStepName[];
}
export type AwsCliAnswer =
  | {
      /** One line of a POSIX shell each, words quoted. */
      readonly commands: readonly string[];
      /** Shell variables that stand in them for values that look like secrets. */
      readonly variables: readonly string[];
      /** `3 errors in agent.taskdef.json`, where the files have errors. */
      readonly errors?: string;
    }
  | Failure;

// ecsDaemon/clusters: the clusters of an account, for quick picks. -----------------------------------------------

export interface ListClustersParams {
  readonly profile?: string;
  readonly region?: string;
  readonly endpointUrl?: string;
}
export type ListClustersAnswer =
  | { readonly clusters: readonly { readonly name: string; readonly arn: string }[] }
  | Failure;

// ecsDaemon/mfaCode: server → client, where a profile needs the code of a device. ---------------------------------

export const mfaCodeMethod = "ecsDaemon/mfaCode";
export interface MfaCodeParams {
  /** Serial number or ARN. */
  readonly device: string;
}
/** `null`: the person gave none. */
export interface MfaCodeAnswer {
  readonly code: string | null;
}
