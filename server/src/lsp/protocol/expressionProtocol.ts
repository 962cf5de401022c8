// The requests behind the panel's input box for expressions: everything an editor would say of a text that is in no
// document, and the edit that writes it into one.

import type { ExpressionHelp } from "../../core/language/expressions/expressionHelp";
import type { ClusterChange } from "../../core/simulation/clusterChanges";
import type { TrialConstraint } from "../../core/simulation/trialConstraint";
import type { Failure, TextDocumentReference, TextRange } from "./protocolBasics";

export type {
  ExpressionHelp,
  ExpressionOffer,
  ExpressionProblem,
} from "../../core/language/expressions/expressionHelp";

// ecsDaemon/expression: what it selects, what is wrong with it, what may stand at an offset. ------------------------

export interface ExpressionParams extends TextDocumentReference {
  readonly changes?: readonly ClusterChange[];
  readonly text: string;
  /** The caret, or what the pointer is over; in UTF-16 units. */
  readonly offset: number;
}
/** Never a failure because of the cluster: without one, only nothing is counted. */
export type ExpressionAnswer = ExpressionHelp | Failure;

// ecsDaemon/addConstraint: the edit that makes a tried constraint one of the service, without one of the task definition.

export interface AddConstraintParams extends TextDocumentReference {
  readonly trial: TrialConstraint;
}
/** Codes: those of `ecsDaemon/preview`, and `cannot-add`. */
export type AddConstraintAnswer =
  | {
      readonly uri: string;
      readonly edits: readonly { readonly range: TextRange; readonly newText: string }[];
    }
  | Failure;
