// Finds a clause of an expression in the text that holds the expression: as a JSON string, or as it is in a query file.

import type { Span } from "../../../server/src/core/span";
import type { ClauseReference } from "./messages";

/** The clause's span in the text; the whole expression's where escapes stand in the way; `undefined` where it is not there. */
export function findClause(
  text: string,
  { expression, expressionStart, clause }: ClauseReference,
): Span | undefined {
  const spellings = [JSON.stringify(expression).slice(1, -1), expression];
  const written = spellings.find((it) => text.includes(it));
  if (written === undefined) return undefined;
  const start = text.indexOf(written);
  const end = start + written.length;
  if (written !== expression) return { start, end };
  const shift = start - expressionStart;
  return { start: Math.max(start, clause.start + shift), end: Math.min(end, clause.end + shift) };
}
