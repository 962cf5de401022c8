// The truth table of an expression: a column for each of its clauses, a row for each way in which they come out.

import type { ClusterChoice, Failure, TextRange } from "./protocolBasics";

/** Also the command of the code action. Where the client is not VS Code, the server itself carries it out. */
export const showTruthTableCommand = "ecsDaemon.showTruthTable";

export interface TruthTableParams {
  readonly textDocument: { readonly uri: string };
  /**
   * Where in an expression; a selection inside of one means the smallest clause that holds it. Without a place in an
   * expression all placement constraints of the document together, which ECS joins by and.
   */
  readonly range?: TextRange;
  /** Without any the table tells what decides the expression, and nothing of instances. */
  readonly cluster?: ClusterChoice;
}
export interface TruthTableResult {
  /** The expression that it is about. */
  readonly expression: string;
  readonly markdown: string;
}
/** Codes: `no-expression`, `broken-expression`, and those of a cluster that the request names. */
export type TruthTableAnswer = TruthTableResult | Failure;
