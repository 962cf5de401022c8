// textDocument/semanticTokens of expressions, in query files and inside of JSON strings.

import {
  type SemanticTokens,
  SemanticTokensBuilder,
  SemanticTokensRangeRequest,
  SemanticTokensRequest,
} from "vscode-languageserver/node";
import { expressionsOf } from "../../core/language/expressions/expressions";
import { queryTokens, queryTokenTypes } from "../../core/language/expressions/queryTokens";
import type { Resource } from "../../core/resources/resource";
import type { Span } from "../../core/text/span";
import type { ServerContext } from "../base/context";
import { toRange, toSpan } from "../base/convert";
import { onceFor } from "../base/memoized";

export const semanticTokensLegend = { tokenTypes: [...queryTokenTypes], tokenModifiers: [] };

/**
 * Null where a file has no expression: an editor takes the first answer that is none, and an empty one would hide the
 * colors of the file's own language. A program's own colors are worth more than those of its expressions.
 */
export function registerSemanticTokens({ connection, fence, documents }: ServerContext): void {
  connection.onRequest(SemanticTokensRequest.type, ({ textDocument }) =>
    fence("textDocument/semanticTokens/full", null, () => {
      const [first, ...others] = documents.all(textDocument.uri);
      if (first === undefined) return null;
      return others.length === 0 ? allTokensOf(first) : tokensOf([first, ...others]);
    }),
  );
  connection.onRequest(SemanticTokensRangeRequest.type, ({ textDocument, range }) =>
    fence("textDocument/semanticTokens/range", null, () => {
      const resources = documents.all(textDocument.uri);
      const [first] = resources;
      return first === undefined ? null : tokensOf(resources, toSpan(first, range));
    }),
  );
}

const allTokensOf = onceFor((document) => tokensOf([document]));

/** The tokens of all expressions of a file. */
function tokensOf(resources: readonly Resource[], within?: Span): SemanticTokens | null {
  const builder = new SemanticTokensBuilder();
  const all = resources
    .flatMap((document) =>
      document.kind === undefined || document.hosted?.host === "code"
        ? []
        : expressionsOf(document).map((expression) => ({ document, expression })),
    )
    .sort((left, right) => left.expression.span.start - right.expression.span.start);
  if (all.length === 0) return null;
  for (const { document, expression } of all) {
    if (within !== undefined && (expression.span.end < within.start || expression.span.start > within.end))
      continue;
    for (const { type, span } of queryTokens(expression.text)) {
      const { start, end } = toRange(document, expression.toDocumentSpan(span));
      // A token of the protocol stands on one line.
      if (start.line !== end.line || end.character <= start.character) continue;
      builder.push(
        start.line,
        start.character,
        end.character - start.character,
        queryTokenTypes.indexOf(type),
        0,
      );
    }
  }
  return { data: builder.build().data };
}
