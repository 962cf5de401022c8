// The expressions of a document with their trees, and the one at an offset: the bridge between editing a document
// and editing the expressions in its strings.

import { type ParsedQuery, parseQuery } from "../../query/parse/parser";
import { traitsOf } from "../../resources/kinds/registry";
import { type PlacementExpression, placementExpressions } from "../../resources/placementExpressions";
import type { Resource } from "../../resources/resource";
import type { Span } from "../../text/span";

export interface DocumentExpression extends PlacementExpression {
  readonly text: string;
  /** Parsed when first asked for. */
  query(): ParsedQuery;
}

/** Every expression that has a text, in the order of the document. */
export function expressionsOf(document: Resource): readonly DocumentExpression[] {
  const known = remembered.get(document);
  if (known !== undefined) return known;
  const found = placementExpressions(document).flatMap((place): DocumentExpression[] => {
    const { text } = place;
    return text === undefined ? [] : [parsedLater({ ...place, text, span: writtenSpan(document, place) })];
  });
  remembered.set(document, found);
  return found;
}

const remembered = new WeakMap<Resource, readonly DocumentExpression[]>();

/** The expression whose text, without the quotes, holds the offset; its end counts. */
export function expressionAt(document: Resource, offset: number): DocumentExpression | undefined {
  const found = expressionsOf(document);
  const [only] = found;
  // In a query file the cursor may stand in the white space around the expression, where one goes on typing.
  if (traitsOf(document).isExpression && document.hosted === undefined && only !== undefined)
    return untrimmed(document, only);
  return found.find((it) => it.span.start <= offset && offset <= it.span.end);
}

function untrimmed({ source: { text } }: Resource, expression: DocumentExpression): DocumentExpression {
  return parsedLater({
    ...expression,
    text,
    span: { start: 0, end: text.length },
    toDocumentSpan: (span) => span,
    toTextOffset: (offset) => offset,
  });
}

function parsedLater(place: Omit<DocumentExpression, "query">): DocumentExpression {
  let query: ParsedQuery | undefined;
  return {
    ...place,
    query: () => {
      query ??= parseQuery(place.text, { placeholders: place.takesPlaceholders });
      return query;
    },
  };
}

/** A string that is not closed yet ends where the tree ends it, without a quote to leave out. */
function writtenSpan({ source: { text } }: Resource, { node, span }: PlacementExpression): Span {
  if (node === undefined || node.content !== undefined) return span;
  const end = node.offset + node.length;
  const isClosed = node.length > 1 && text[end - 1] === '"';
  return { start: node.offset + 1, end: isClosed ? end - 1 : end };
}

/** A text as it is written in the document: inside a JSON string with escapes, in a query file as it is. */
export function asWritten(expression: PlacementExpression, text: string): string {
  return expression.from === "query" ? text : JSON.stringify(text).slice(1, -1);
}
