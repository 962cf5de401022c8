import type { Span } from "../text/span";
import type { QueryProblemCode } from "./problemCodes";

/** Something to say about an expression; `code` is an entry of the diagnostics catalogue, `params` fill its message. */
export interface QueryProblem {
  readonly code: QueryProblemCode;
  readonly span: Span;
  readonly params: Readonly<Record<string, string>>;
  /** Changes of the expression that remove the problem, the best first; their spans are offsets in the expression. */
  readonly fixes?: readonly QueryFix[];
}

/** A change of an expression; `safe` ones keep its meaning or have only one thinkable intent. */
export interface QueryFix {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly { readonly span: Span; readonly newText: string }[];
}

/** A fix that replaces one stretch of text. */
export function replacing(span: Span, newText: string, title: string, safe = false): QueryFix {
  return { title, safe, edits: [{ span, newText }] };
}
