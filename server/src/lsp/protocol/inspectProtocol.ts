// The requests behind a preview's details: one instance explained, a clause and its instances, another text's verdicts.

import type { EditedFilter } from "../../core/language/applicableRemedies";
import type { ClauseExplanation } from "../../core/query/explain";
import type { ResourceUse } from "../../core/scheduler/instanceDetail";
import type { ConstraintSource, FilterName, Verdict } from "../../core/scheduler/placement";
import type { Span } from "../../core/text/span";
import type { PreviewParams } from "./previewProtocol";
import type { Failure, TextDocumentReference, TextRange } from "./protocolBasics";

export type { ResourceUse } from "../../core/scheduler/instanceDetail";

// ecsDaemon/explain: everything about one container instance, too much to send about each of 5,000. ----------------

export interface ExplainParams extends PreviewParams {
  /** Its id. */
  readonly instance: string;
}

export interface InstanceExplanation {
  readonly id: string;
  /** Every constraint that has an expression, those that are true too. */
  readonly constraints: readonly {
    readonly from: ConstraintSource;
    readonly index: number;
    readonly explanation: ClauseExplanation;
  }[];
  readonly resources: readonly ResourceUse[];
  /** Without capabilities. A name-only attribute has the value null. */
  readonly attributes: readonly (readonly [name: string, value: string | null])[];
  readonly remedies: readonly ApplicableRemedy[];
}

/** A smallest change that a program can make. */
export type ApplicableRemedy =
  | {
      readonly kind: "attributes";
      readonly filter: FilterName;
      readonly attributes: readonly { readonly name: string; readonly value?: string }[];
    }
  | {
      readonly kind: "edit";
      /** What the change is about: another host port, or less CPU or memory. */
      readonly filter: EditedFilter;
      /** The host port, the CPU units or the MiB after the change. */
      readonly value: number;
      readonly uri: string;
      readonly edits: readonly { readonly range: TextRange; readonly newText: string }[];
    };
/** Codes: those of `ecsDaemon/preview`, and `no-such-instance`. */
export type ExplainAnswer = InstanceExplanation | Failure;

// ecsDaemon/locateClause: where a clause of a constraint stands in its document. -----------------------------------

export interface LocateClauseParams extends TextDocumentReference {
  /** What is only tried out is in no document. */
  readonly from: ConstraintSource;
  /** Position in `placementConstraints`. */
  readonly index: number;
  /** In the expression's own text. */
  readonly span: Span;
}
/** Codes: those of `ecsDaemon/preview`, and `no-such-clause`. */
export type LocateClauseAnswer = { readonly uri: string; readonly range: TextRange } | Failure;

// ecsDaemon/matchClause: which container instances a selected clause matches, whatever their status. ---------------

export interface MatchClauseParams extends PreviewParams {
  /** The document with the selection: one of those that the preview is of. */
  readonly uri: string;
  readonly range: TextRange;
}
export type MatchClauseAnswer =
  | {
      /** The smallest clause that holds the selection; absent where the selection is in no expression. */
      readonly clause?: string;
      readonly matched: readonly string[];
      /** Ids of those of which nobody can say. */
      readonly unknown: readonly string[];
    }
  | Failure;

// ecsDaemon/baseline: the verdicts that other texts, or the running service, get on the cluster of the preview. -----

export interface BaselineParams extends TextDocumentReference {
  /** `deployed`: the service of this name as it is on the cluster. `texts`: the documents as they are there. */
  readonly against: "deployed" | "texts";
  /** By URI; a document that is not in it counts as it is now. */
  readonly texts?: Readonly<Record<string, string>>;
}
/** Codes: those of `ecsDaemon/preview`, `not-deployable`, `not-deployed`, and the names of ECS's exceptions. */
export type BaselineAnswer = { readonly verdicts: Readonly<Record<string, Verdict>> } | Failure;
