// textDocument/documentSymbol and textDocument/documentLink.

import { type DocumentLink, type DocumentSymbol, SymbolKind } from "vscode-languageserver/node";
import { linksIn } from "../../core/language/documentLinks";
import { type OutlineEntry, type OutlineKind, outlineOf } from "../../core/language/documentOutline";
import { serviceNamesOf } from "../../core/resources/documentNames";
import type { Resource } from "../../core/resources/resource";
import type { ServerContext } from "../base/context";
import { toRange } from "../base/convert";
import { onceFor } from "../base/memoized";

export function registerOutline(context: ServerContext): void {
  const { connection, fence, documents, index } = context;
  connection.onDocumentSymbol(({ textDocument }) =>
    fence("textDocument/documentSymbol", [], () => {
      const document = documents.get(textDocument.uri);
      return document === undefined ? [] : [...symbolsOf(document)];
    }),
  );
  connection.onDocumentLinks(({ textDocument }) =>
    fence.wait("textDocument/documentLink", [], async () => {
      await index.ready();
      const document = documents.get(textDocument.uri);
      return document?.kind === undefined ? [] : documentLinks(context, document);
    }),
  );
}

const symbolsOf = onceFor((document) => outlineOf(document).map((it) => toSymbol(document, it)));

const symbolKinds: Readonly<Record<OutlineKind, SymbolKind>> = {
  document: SymbolKind.Module,
  list: SymbolKind.Array,
  container: SymbolKind.Class,
  volume: SymbolKind.File,
  port: SymbolKind.Interface,
  constraint: SymbolKind.Operator,
  member: SymbolKind.Property,
};

function toSymbol(document: Resource, entry: OutlineEntry): DocumentSymbol {
  return {
    name: entry.name,
    ...(entry.detail === "" ? {} : { detail: entry.detail }),
    kind: symbolKinds[entry.kind],
    range: toRange(document, entry.span),
    selectionRange: toRange(document, entry.nameSpan),
    children: entry.children.map((it) => toSymbol(document, it)),
  };
}

function documentLinks({ index }: ServerContext, document: Resource): DocumentLink[] {
  const links = linksIn(document).map(
    (it): DocumentLink => ({ range: toRange(document, it.span), target: it.target, tooltip: it.tooltip }),
  );
  const reference = serviceNamesOf(document)?.taskDefinition;
  const definition = index.workspace().definitionOf(document);
  if (reference !== undefined && definition !== undefined)
    links.push({
      range: toRange(document, reference.span),
      target: definition.source.file,
      tooltip: "Open the task definition",
    });
  return links;
}
