// The requests behind a preview's details, as `requests.ts` has them for everything else.

import {
  type BaselineAnswer,
  type BaselineParams,
  baselineMethod,
  type ExplainAnswer,
  type ExplainParams,
  explainMethod,
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
  readonly baseline: { readonly params: BaselineParams; readonly answer: BaselineAnswer };
}

export const inspectMethods: Readonly<Record<keyof InspectRequests, string>> = {
  explain: explainMethod,
  locateClause: locateClauseMethod,
  matchClause: matchClauseMethod,
  baseline: baselineMethod,
};
