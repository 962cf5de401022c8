// textDocument/semanticTokens of expressions, in query files and inside of JSON strings.

import { SemanticTokensBuilder } from "vscode-languageserver/node";
import type { EcsDocument } from "../core/documents/document";
import { expressionsOf } from "../core/editing/expressions";
import { queryTokens, queryTokenTypes } from "../core/editing/queryTokens";
import type { Span } from "../core/text/span";
import type { ServerContext } from "./context";
import { toRange, toSpan } from "./convert";
import { onceFor } from "./onceFor";

export const semanticTokensLegend = { tokenTypes: [...queryTokenTypes], tokenModifiers: [] };

export function registerSemanticTokens({ connection, fence, documents }: ServerContext): void {
  connection.languages.semanticTokens.on(({ textDocument }) =>
    fence("textDocument/semanticTokens/full", { data: [] }, () => {
      const document = documents.get(textDocument.uri);
      return document?.kind === undefined ? { data: [] } : allTokensOf(document);
    }),
  );
  connection.languages.semanticTokens.onRange(({ textDocument, range }) =>
    fence("textDocument/semanticTokens/range", { data: [] }, () => {
      const document = documents.get(textDocument.uri);
      return document?.kind === undefined ? { data: [] } : tokensOf(document, toSpan(document, range));
    }),
  );
}

const allTokensOf = onceFor((document) => tokensOf(document));

function tokensOf(document: EcsDocument, within?: Span) {
  const builder = new SemanticTokensBuilder();
  for (const expression of expressionsOf(document)) {
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
  return builder.build();
}
