// The expressions of a document with their trees, and the one at an offset: the bridge between editing a document
// and editing the expressions in its strings.

import type { EcsDocument } from "../documents/document";
import { type PlacementExpression, placementExpressions } from "../documents/placementExpressions";
import { type ParsedQuery, parseQuery } from "../query/parser";

export interface DocumentExpression extends PlacementExpression {
  readonly text: string;
  /** Parsed when first asked for. */
  query(): ParsedQuery;
}

/** Every expression that has a text, in the order of the document. */
export function expressionsOf(document: EcsDocument): readonly DocumentExpression[] {
  const known = remembered.get(document);
  if (known !== undefined) return known;
  const found = placementExpressions(document).flatMap((place): DocumentExpression[] => {
    const { text } = place;
    if (text === undefined) return [];
    let query: ParsedQuery | undefined;
    return [
      {
        ...place,
        text,
        query: () => {
          query ??= parseQuery(text);
          return query;
        },
      },
    ];
  });
  remembered.set(document, found);
  return found;
}

const remembered = new WeakMap<EcsDocument, readonly DocumentExpression[]>();

/** The expression whose text, without the quotes, holds the offset; its end counts. */
export function expressionAt(document: EcsDocument, offset: number): DocumentExpression | undefined {
  return expressionsOf(document).find((it) => it.span.start <= offset && offset <= it.span.end);
}

/** A text as it is written in the document: inside a JSON string with escapes, in a query file as it is. */
export function asWritten(expression: PlacementExpression, text: string): string {
  return expression.from === "query" ? text : JSON.stringify(text).slice(1, -1);
}
