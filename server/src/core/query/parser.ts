import type { Code } from "../rules/catalogue";
import type { Span } from "../span";
import type { Expression } from "./syntax";

/** Something to say about an expression; `code` is an entry of the diagnostics catalogue, `params` fill its message. */
export interface QueryProblem {
  readonly code: Code;
  readonly span: Span;
  readonly params: Readonly<Record<string, string>>;
}

export interface ParsedQuery {
  readonly text: string;
  readonly tree: Expression;
  /** Syntax problems in the order of the text; empty where the text is an expression of the language. */
  readonly problems: readonly QueryProblem[];
}

export function parseQuery(text: string): ParsedQuery {
  throw new Error(`not built yet: ${text}`);
}
