// textDocument/documentSymbol and textDocument/documentLink.

import {
  type DocumentLink,
  type DocumentSymbol,
  DocumentSymbolRequest,
  SymbolKind,
} from "vscode-languageserver/node";
import { linksIn } from "../../core/language/documentLinks";
import { type OutlineEntry, type OutlineKind, outlineOf } from "../../core/language/documentOutline";
import { serviceNamesOf } from "../../core/resources/documentNames";
import { hostFileGlob } from "../../core/resources/kinds/kindSigns";
import type { Resource } from "../../core/resources/resource";
import { get, spanOf } from "../../core/source/tree";
import type { Span } from "../../core/text/span";
import type { ServerContext } from "../base/context";
import { toRange } from "../base/convert";
import { onceFor } from "../base/memoized";

export function registerOutline(context: ServerContext): void {
  const { connection, fence, documents, index, client } = context;
  connection.onDocumentSymbol(({ textDocument }) =>
    fence("textDocument/documentSymbol", [], () => {
      return documents.all(textDocument.uri).flatMap((it) => (it.kind === undefined ? [] : symbolsOf(it)));
    }),
  );
  context.onInitialized(async () => {
    const { isVsCode, registersOutline } = client();
    if (isVsCode && registersOutline)
      await connection.client.register(DocumentSymbolRequest.type, {
        documentSelector: [
          ...["yaml", "cloudformation", "terraform", "opentofu"].map((language) => ({ language })),
          { pattern: hostFileGlob },
        ],
      });
  });
  connection.onDocumentLinks(({ textDocument }) =>
    fence.wait("textDocument/documentLink", [], async () => {
      await index.ready();
      return documents
        .all(textDocument.uri)
        .flatMap((it) => (it.kind === undefined ? [] : documentLinks(context, it)));
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
    range: toRange(document, around(entry)),
    selectionRange: toRange(document, entry.nameSpan),
    children: entry.children.map((it) => toSymbol(document, it)),
  };
}

/** What is marked is inside of the whole: in a template a value may be written elsewhere. */
function around({ span, nameSpan }: OutlineEntry): Span {
  return { start: Math.min(span.start, nameSpan.start), end: Math.max(span.end, nameSpan.end) };
}

function documentLinks({ index }: ServerContext, document: Resource): DocumentLink[] {
  const links = linksIn(document).map(
    (it): DocumentLink => ({ range: toRange(document, it.span), target: it.target, tooltip: it.tooltip }),
  );
  const reference = referenceOf(document);
  const definition = index.workspace().definitionOf(document);
  if (reference !== undefined && definition !== undefined)
    links.push({
      range: toRange(document, reference),
      target: targetOf(definition),
      tooltip: "Open the task definition",
    });
  return links;
}

/** Where a service names its task definition, or refers to the resource that it is. */
function referenceOf(document: Resource): Span | undefined {
  const named = serviceNamesOf(document)?.taskDefinition?.span;
  if (named !== undefined || document.hosted?.definitionId === undefined) return named;
  const value = get(document.input, "taskDefinition");
  return value && spanOf(value);
}

/** A file, or the line of a resource in it. */
function targetOf(document: Resource): string {
  const { source, hosted } = document;
  return hosted === undefined
    ? source.file
    : `${source.file}#L${toRange(document, hosted.name).start.line + 1}`;
}
