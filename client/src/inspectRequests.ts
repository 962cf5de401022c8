// The requests behind a preview's details, as `requests.ts` has them for everything else.

import {
  type AddConstraintAnswer,
  type AddConstraintParams,
  addConstraintMethod,
  type BaselineAnswer,
  type BaselineParams,
  baselineMethod,
  type ExplainAnswer,
  type ExplainParams,
  type ExpressionAnswer,
  type ExpressionParams,
  explainMethod,
  expressionMethod,
  type LocateClauseAnswer,
  type LocateClauseParams,
  locateClauseMethod,
  type MatchClauseAnswer,
  type MatchClauseParams,
  matchClauseMethod,
} from "../../server/src/lsp/protocol";

export interface InspectRequests {
  readonly explain: { readonly params: ExplainParams; readonly answer: ExplainAnswer };
  readonly locateClause: { readonly params: LocateClauseParams; readonly answer: LocateClauseAnswer };
  readonly matchClause: { readonly params: MatchClauseParams; readonly answer: MatchClauseAnswer };
  readonly expression: { readonly params: ExpressionParams; readonly answer: ExpressionAnswer };
  readonly addConstraint: { readonly params: AddConstraintParams; readonly answer: AddConstraintAnswer };
  readonly baseline: { readonly params: BaselineParams; readonly answer: BaselineAnswer };
}

export const inspectMethods: Readonly<Record<keyof InspectRequests, string>> = {
  explain: explainMethod,
  locateClause: locateClauseMethod,
  matchClause: matchClauseMethod,
  expression: expressionMethod,
  addConstraint: addConstraintMethod,
  baseline: baselineMethod,
};
