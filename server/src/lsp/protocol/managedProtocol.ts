// Requests about managed daemons: what one takes and replaces, and the conversion to and from one.

import type { ManagedPreview } from "../../core/managed/preview";
import type { Story } from "../../core/managed/stories";
import type { ManagedTrial } from "../../core/managed/trial";
import type { ManagedPart, ManagedReport, ManagedVerification } from "../../ecs/managed/managedReport";
import type { PreviewedValue, PreviewedValuesFile } from "./previewProtocol";
import type { ClusterChoice, Failure, TextDocumentReference } from "./protocolBasics";

export type { ManagedTrial } from "../../core/managed/trial";
export type { ManagedPart } from "../../ecs/managed/managedReport";

/** How many instances of a capacity provider run a daemon. */
export interface DaemonCoverage {
  readonly daemon: string;
  /** By capacity provider; absent: the daemon does not run there. */
  readonly providers: Readonly<Record<string, { readonly running: number; readonly without: number }>>;
}

export interface ManagedPanel {
  readonly preview: ManagedPreview;
  readonly isNew: boolean;
  readonly cluster: string;
  /** No cluster is selected: capacity providers are known from files alone. */
  readonly isWithoutCluster?: true;
  /** What other daemons of the cluster take, and where they run; the previewed one is first. */
  readonly daemons: readonly DaemonCoverage[];
  /** What is not documented and matters here. */
  readonly unknowns: readonly string[];
  readonly daemonFile: string | null;
  readonly definitionFile: string | null;
  /** What the preview is with that is in no file; empty: it is as written. */
  readonly trial: ManagedTrial;
  /** Sizes and settings as the files have them, and what a deployment of them replaces. */
  readonly written: {
    readonly cpu: number;
    readonly memory: number;
    readonly critical: boolean;
    readonly drainPercent: number;
    readonly providers: readonly string[];
    readonly replaced: number;
  };
  readonly stories: readonly Story[];
  /** Names of the template or module that it depends on, and all for which the request gave a value. */
  readonly values?: readonly PreviewedValue[];
  /** The files of values of the request; absent without one. */
  readonly valuesFiles?: readonly PreviewedValuesFile[];
}

export interface ManagedPreviewParams extends TextDocumentReference {
  readonly trial?: ManagedTrial;
}
export type ManagedPreviewAnswer = ManagedPanel | Failure;

export interface ConvertParams {
  readonly textDocument: { readonly uri: string };
  readonly service?: string | null;
}

export interface ConvertedFiles {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** Markdown: what was carried, changed and lost, and what is to be decided. */
  readonly report: string;
}
export type ConvertAnswer = ConvertedFiles | Failure;

export interface ManagedPlanParams extends TextDocumentReference {
  /** `all` without it. */
  readonly part?: ManagedPart;
  readonly despiteErrors?: boolean;
}

export interface ManagedPlanned {
  /** For the question; names how many instances are replaced. */
  readonly sentence: string;
  readonly lines: readonly string[];
  /** Goes into the request that deploys: another state, another plan. */
  readonly seen: string;
  /** What the AWS CLI would have to do. */
  readonly commands: readonly string[];
  /** Shell variables that stand in them for values that look like secrets. */
  readonly variables: readonly string[];
  /** `3 errors in agent.daemon.json`, where the files have errors. */
  readonly errors?: string;
}
export type ManagedPlanAnswer = ManagedPlanned | Failure;

export interface ManagedDeployParams extends ManagedPlanParams {
  /** The `seen` of the plan that somebody agreed to. */
  readonly agreed?: string;
  readonly timeoutSeconds?: number;
  readonly workDoneToken?: string | number;
}

export type ManagedDeployReport = Omit<ManagedReport, "newPlan"> & {
  /** What was agreed to no longer holds: nothing was done, and another plan has to be made. */
  readonly isOutdated: boolean;
};
export type ManagedDeployAnswer = ManagedDeployReport | Failure;

/** A managed daemon by its name, or by one of its files. */
export interface NamedManagedParams {
  readonly daemonName?: string;
  readonly textDocument?: { readonly uri: string };
  readonly cluster?: ClusterChoice;
}

export interface ManagedVerifyParams extends NamedManagedParams {
  readonly timeoutSeconds?: number;
  readonly workDoneToken?: string | number;
}
export type ManagedVerifyAnswer = ({ readonly name: string } & ManagedVerification) | Failure;

export type ManagedDeletePlanAnswer =
  | {
      readonly name: string;
      /** For the question; names how many instances are replaced. */
      readonly sentence: string;
      readonly replaced: number;
      /** Goes into the request that deletes. */
      readonly seen: string;
    }
  | Failure;

export interface ManagedDeleteParams extends NamedManagedParams {
  readonly agreed: string;
}
/** `isOutdated`: what was agreed to no longer holds, and nothing was deleted. */
export type ManagedDeleteAnswer = { readonly name: string; readonly isOutdated: boolean } | Failure;
