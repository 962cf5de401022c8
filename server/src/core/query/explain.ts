import type { Span } from "../span";
import type { ParsedQuery } from "./parser";
import type { Expression } from "./syntax";
import type { QueryTarget, Truth } from "./target";

/** What one node of an expression came to for one instance, and the value that decided. */
export interface ClauseExplanation {
  readonly kind: Expression["kind"];
  readonly span: Span;
  /** The clause as written. */
  readonly text: string;
  readonly truth: Truth;
  /** For a reader: "env is dev", "the instance has no attribute env". */
  readonly because: string;
  readonly operands: readonly ClauseExplanation[];
}

export function explainQuery(query: ParsedQuery, target: QueryTarget): ClauseExplanation {
  throw new Error(`not built yet: ${query.text} ${target.ec2InstanceId}`);
}

/** The comparisons that made the whole what it is, in the order of the text. */
export function decidingClauses(explanation: ClauseExplanation): readonly ClauseExplanation[] {
  throw new Error(`not built yet: ${explanation.text}`);
}
