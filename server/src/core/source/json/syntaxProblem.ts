// What is wrong with the JSON of a document.

import type { Span } from "../../text/span";

export interface SyntaxProblem {
  readonly message: string;
  readonly span: Span;
  /** What to leave out so that the text is JSON: a comment, a trailing comma. */
  readonly remove?: Span;
  /** What to write in the place of the span, where that is certain. */
  readonly replace?: { readonly title: string; readonly newText: string };
}
