// Finds a clause of an expression in the JSON text that holds the expression as a string.

import type { Span } from "../../../server/src/core/span";
import type { ClauseReference } from "./messages";

/** The clause's span in the text; the whole expression's where escapes stand in the way; `undefined` where it is not there. */
export function findClause(
  text: string,
  { expression, expressionStart, clause }: ClauseReference,
): Span | undefined {
  const written = JSON.stringify(expression).slice(1, -1);
  const start = text.indexOf(written);
  if (start < 0) return undefined;
  const end = start + written.length;
  if (written !== expression) return { start, end };
  const shift = start - expressionStart;
  return { start: Math.max(start, clause.start + shift), end: Math.min(end, clause.end + shift) };
}
