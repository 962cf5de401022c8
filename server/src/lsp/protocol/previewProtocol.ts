// The preview as client and server speak of it: whole, and packed for a panel that asks with every keystroke.

import type { AttributeColumn } from "../../core/cluster/attributeColumns";
import type { ConstraintSource, Placement, Reason, Verdict } from "../../core/scheduler/placement";
import type { ClusterChange } from "../../core/simulation/clusterChanges";
import type { VerdictChange } from "../../core/simulation/compareVerdicts";
import type { TrialConstraint } from "../../core/simulation/trialConstraint";
import type { Pairing } from "../../core/workspace/pairing";
import type { Failure, TextDocumentReference } from "./protocolBasics";
export interface PreviewParams extends TextDocumentReference {
  /** What if: the preview is of the cluster with these changes, which touch nothing real. */
  readonly changes?: readonly ClusterChange[];
  /** A placement constraint that is tried out beside those of the files, or in place of the service's. */
  readonly trial?: TrialConstraint;
  /** Ask the account anew, however short ago that was. */
  readonly fresh?: boolean;
  /** False leaves the clauses out of the reasons; `ecsDaemon/explain` has them, and the answer is half as long. */
  readonly clauses?: boolean;
}

/** When a cluster was as it is shown: read from the account, captured in a snapshot, or written to a file that does not say. */
export interface ClusterSeen {
  readonly how: "read" | "captured" | "written";
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface PreviewResult extends Placement {
  /** "Lands on 5 of 5 container instances." */
  readonly sentence: string;
  readonly cluster: {
    readonly label: string;
    /** `endpoint`: reached by a URL of its own; `aws`: of an account. */
    readonly kind: "file" | "local" | "endpoint" | "aws";
    /** Absent where it is as it is now, or where nobody has seen it. */
    readonly seen?: ClusterSeen;
  };
  readonly service: { readonly name: string; readonly uri?: string };
  /** What one task reserves, in CPU units and MiB; absent where a value that is not known decides. */
  readonly asks?: { readonly cpu: number; readonly memory: number };
  /** Where several services, or several task definitions, could be meant: how this one was found. */
  readonly pairing?: {
    readonly by: Pairing["by"];
    readonly question: "taskDefinition" | "service";
    /** URIs of everything that could be chosen. */
    readonly candidates: readonly string[];
    readonly taskDefinition?: string;
  };
  /** Every placement constraint that counts, with its text. */
  readonly constraints: readonly {
    readonly from: ConstraintSource;
    readonly expression: string;
  }[];
  /** Columns of the table beside verdict and reasons, by instance id. */
  readonly facts: Readonly<Record<string, InstanceFacts>>;
  /** URIs of the documents that it was made from. */
  readonly documents?: readonly string[];
  /** What instances can be grouped by beside their facts. */
  readonly attributes?: readonly AttributeColumn[];
  /** Names of the template or module that it depends on, and all for which the request gave a value. */
  readonly values?: readonly PreviewedValue[];
  /** The files of values of the request; absent without one. */
  readonly valuesFiles?: readonly PreviewedValuesFile[];
  /** Only with changes or a trial in the request: nothing of this is real. */
  readonly simulated?: true;
  readonly whatIf?: WhatIf;
}

/** A name of a template or module whose value a preview depends on. */
export interface PreviewedValue {
  /** As the file refers to it, and as `values` of a request has it: `AgentMemory`, `var.memory`. */
  readonly name: string;
  /** The default that counts as long as no value is given, as it is shown. */
  readonly byDefault?: string;
  /** The value of the request, unless it looks like a secret. */
  readonly given?: string;
  /** The request gave one that looks like a secret: it counts, is not repeated, and must not be stored. */
  readonly secret?: true;
  /** The file that gives it: its URI; absent where the request gives it itself. */
  readonly from?: string;
  /** Why the given value does not count, in a sentence. */
  readonly problem?: string;
}

/** A file of values that a request names: `*.tfvars`, or parameters of CloudFormation. */
export interface PreviewedValuesFile {
  readonly uri: string;
  /** Why none of its values counts, in a sentence. */
  readonly problem?: string;
}

/**
 * ecsDaemon/packedPreview: the same in a tenth of the bytes, for a panel that asks with every keystroke. What many
 * instances have in common is said once, and a fleet that the client has already is only named.
 */
export interface PackedPreviewParams extends PreviewParams {
  /** The `id` of the fleet that the client has. */
  readonly fleet?: string;
}

/** Everything that no change of a text changes. */
export interface PackedFleet {
  /** Another one for every cluster, and whenever a cluster was read anew. */
  readonly id: string;
  /** In the order of the preview's instances. */
  readonly instances: readonly string[];
  /** Every different one once, and for each instance its position here. */
  readonly facts: readonly InstanceFacts[];
  readonly factsOf: readonly number[];
  /** For each instance, what it has alone; `null` where nobody says. */
  readonly ec2InstanceIds: readonly (string | null)[];
  readonly registeredAt: readonly (number | null)[];
  readonly attributes: readonly AttributeColumn[];
}

export interface PackedPreview extends Omit<PreviewResult, "instances" | "facts" | "attributes"> {
  /** Its id alone where the client has it. */
  readonly fleet: PackedFleet | { readonly id: string };
  /** Every different reason once; without clauses. */
  readonly reasons: readonly Reason[];
  /** Every different verdict with its reasons, which are positions in `reasons`. */
  readonly outcomes: readonly { readonly verdict: Verdict; readonly reasons: readonly number[] }[];
  /** For each instance of the fleet its position in `outcomes`. */
  readonly outcomeOf: readonly number[];
}
export type PackedPreviewAnswer = PackedPreview | Failure;

export interface WhatIf {
  /** In the order of the request, each in words, with what could not be done. */
  readonly changes: readonly {
    readonly change: ClusterChange;
    readonly text: string;
    readonly problems: readonly string[];
  }[];
  readonly trial?: TrialConstraint;
  /** About changes that could not be read at all. */
  readonly problems: readonly string[];
  /** Ids of new instances. */
  readonly added: readonly string[];
  /** Every instance whose verdict is another one than without the changes. */
  readonly verdicts: readonly VerdictChange[];
  /** The sentence without the changes. */
  readonly sentenceBefore: string;
}

export interface InstanceFacts {
  readonly status: string;
  readonly instanceType: string | undefined;
  readonly zone: string | undefined;
  /** CPU units and MiB left. */
  readonly remainingCpu: number;
  readonly remainingMemory: number;
  /** The name that people know it by; absent where nobody says. */
  readonly ec2InstanceId?: string;
  /** Milliseconds since 1970. */
  readonly registeredAt?: number;
}

/**
 * Codes: `no-cluster`, `unreadable-cluster`, `no-local-cluster`, `untrusted-workspace`, `not-a-task-definition`,
 * `no-task-definition`, `not-a-service`, `broken-document`, `broken-expression`, and the names of ECS's exceptions. An
 * `*.ecsquery` document is previewed as a daemon service that asks for nothing but its expression.
 */
export type PreviewAnswer = PreviewResult | Failure;
