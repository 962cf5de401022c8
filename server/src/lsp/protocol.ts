// The custom requests between client and server: everything that LSP itself has no word for.
// Types only on both sides; the client draws what it gets and decides nothing about ECS.

import type { Placement } from "../core/scheduler/placement";
import type { DeployReport, DeployStepName } from "../ecs/report";

export type { DeployReport, DeployStepName, VerifyReport } from "../ecs/report";

/**
 * Which cluster to look at. A string is a path or URI of a snapshot or fleet file (a relative path is looked for beside
 * the document and in the workspace folders), `local`, or `aws`: the account of the settings `ecsDaemon.aws`.
 */
export type ClusterChoice =
  | string
  | {
      readonly kind: "aws";
      readonly cluster: string;
      readonly profile?: string;
      readonly region?: string;
      readonly endpointUrl?: string;
    };

export interface InitializationOptions {
  readonly cluster?: ClusterChoice;
  /** Report JSON syntax errors as diagnostics; for editors without a JSON language of their own. */
  readonly reportSyntaxErrors?: boolean;
  /** False in a workspace that is not trusted: nothing is started, no account is asked. */
  readonly trusted?: boolean;
}

export interface TextDocumentReference {
  readonly textDocument: { readonly uri: string };
  /** URI of the service file; without one the paired service of the workspace, if there is exactly one. */
  readonly service?: string;
  readonly cluster?: ClusterChoice;
}

/** A failure the user can act on. */
export interface Failure {
  readonly error: { readonly code: string; readonly message: string; readonly remedy?: string };
}

// ecsDaemon/preview ------------------------------------------------------------------------------------------

export const previewMethod = "ecsDaemon/preview";
export type PreviewParams = TextDocumentReference;

export interface PreviewResult extends Placement {
  /** "Lands on 5 of 5 container instances." */
  readonly sentence: string;
  readonly cluster: { readonly label: string; readonly kind: "file" | "local" | "aws" };
  readonly service: { readonly name: string; readonly uri?: string };
  /** Every placement constraint that counts, with its text. */
  readonly constraints: readonly {
    readonly from: "taskDefinition" | "service";
    readonly expression: string;
  }[];
  /** Columns of the table beside verdict and reasons, by instance id. */
  readonly facts: Readonly<Record<string, InstanceFacts>>;
}

export interface InstanceFacts {
  readonly status: string;
  readonly instanceType: string | undefined;
  readonly zone: string | undefined;
  /** CPU units and MiB left. */
  readonly remainingCpu: number;
  readonly remainingMemory: number;
}

/**
 * Codes: `no-cluster`, `unreadable-cluster`, `no-local-cluster`, `untrusted-workspace`, `not-a-task-definition`,
 * `no-task-definition`, `not-a-service`, `broken-document`, `broken-expression`, and the names of ECS's exceptions. An
 * `*.ecsquery` document is previewed as a daemon service that asks for nothing but its expression.
 */
export type PreviewAnswer = PreviewResult | Failure;

// ecsDaemon/previewChanged: server → client, when a preview asked before would come out differently. ----------

export const previewChangedMethod = "ecsDaemon/previewChanged";

// ecsDaemon/cluster: chooses the cluster for everything that follows. -----------------------------------------

export const chooseClusterMethod = "ecsDaemon/cluster";
export interface ChooseClusterParams {
  /** `null`: none. */
  readonly cluster: ClusterChoice | null;
}

/** Its container instances, for quick picks. */
export const listInstancesMethod = "ecsDaemon/instances";
export interface ListInstancesParams {
  readonly cluster?: ClusterChoice;
}
export interface ListedInstance extends InstanceFacts {
  readonly id: string;
  readonly attributes: Readonly<Record<string, string | null>>;
}
export type ListInstancesAnswer = { readonly instances: readonly ListedInstance[] } | Failure;

// ecsDaemon/deploy: register, create or update, verify, or a part of it. Progress through workDoneToken. --------

export const deployMethod = "ecsDaemon/deploy";
export interface DeployParams extends TextDocumentReference {
  readonly steps: readonly DeployStepName[];
  /** For a verification of a service by name alone. */
  readonly serviceName?: string;
  readonly timeoutSeconds?: number;
  readonly workDoneToken?: string | number;
}
export type DeployAnswer = DeployReport | Failure;

/** What a deploy would touch, asked before the confirmation; reads only. */
export const describeTargetMethod = "ecsDaemon/target";
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

export const deleteServiceMethod = "ecsDaemon/deleteService";
export interface DeleteServiceParams {
  readonly serviceName: string;
  readonly cluster?: ClusterChoice;
}
export type DeleteServiceAnswer = { readonly service: string; readonly status: string } | Failure;

export const putAttributesMethod = "ecsDaemon/putAttributes";
export interface PutAttributesParams {
  readonly cluster?: ClusterChoice;
  readonly instances: readonly string[];
  readonly attributes: readonly { readonly name: string; readonly value?: string }[];
}
export type PutAttributesAnswer = { readonly changed: number } | Failure;

// The local endpoint lives in the server process. ---------------------------------------------------------------

export const startLocalMethod = "ecsDaemon/local/start";
export interface StartLocalParams {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** A fleet file to start with; without one five m5.large over three zones. */
  readonly fleet?: string;
}
export type StartLocalAnswer =
  | { readonly url: string; readonly cluster: string; readonly instances: number }
  | Failure;

export const stopLocalMethod = "ecsDaemon/local/stop";

export const addLocalInstancesMethod = "ecsDaemon/local/addInstances";
export interface AddLocalInstancesParams {
  readonly count: number;
  readonly instanceType?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}
export type AddLocalInstancesAnswer =
  | { readonly added: readonly string[]; readonly instances: number }
  | Failure;
