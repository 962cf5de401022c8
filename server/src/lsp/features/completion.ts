// textDocument/completion: in expressions from the query language and the cluster, elsewhere from the API's shapes.

import {
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type CompletionParams,
  InsertTextFormat,
  MarkupKind,
} from "vscode-languageserver/node";
import type { Completion, CompletionKind } from "../../core/language/completion";
import {
  asWritten,
  type DocumentExpression,
  expressionAt,
} from "../../core/language/expressions/expressions";
import { completeQuery } from "../../core/language/expressions/queryCompletion";
import { completeInput } from "../../core/language/inputCompletion";
import { plainSnippet } from "../../core/language/plainSnippet";
import { familyOf, serviceNamesOf } from "../../core/resources/documentNames";
import type { Resource } from "../../core/resources/resource";
import { inItsKind } from "../../core/workspace/managedFiles";
import type { ServerContext } from "../base/context";
import { toLspEdit, toOffset, toRange } from "../base/convert";
import { surroundingsOf } from "../workspace/completionContext";

/** Characters after which a client asks by itself. A space matters in expressions only. */
export const completionTriggers = ['"', ":", " ", "=", "~", "[", ","] as const;

export function registerCompletion(context: ServerContext): void {
  const { connection, fence, documents } = context;
  connection.onCompletion((params, token) =>
    fence.wait("textDocument/completion", null, async () => {
      await context.ready();
      const resources = documents
        .all(params.textDocument.uri)
        .map((it) => inItsKind(it, context.index.workspace));
      if (token.isCancellationRequested) return null;
      for (const document of resources) {
        const found = document.kind === undefined ? null : complete(context, document, params);
        if (found !== null) return found;
      }
      return null;
    }),
  );
}

function complete(
  context: ServerContext,
  document: Resource,
  { position, context: trigger }: CompletionParams,
): CompletionList | null {
  const offset = toOffset(document, position);
  const expression = expressionAt(document, offset);
  const found =
    expression === undefined
      ? // What another format calls a property, its own language server offers.
        document.hosted !== undefined || isForExpressions(trigger?.triggerCharacter)
        ? []
        : completeInput(document, offset, surroundingsOf(context, document))
      : inExpression(context, expression, offset);
  if (found.length === 0) return null;
  return { isIncomplete: false, items: found.map((it, rank) => toItem(context, document, it, rank)) };
}

function isForExpressions(character: string | undefined): boolean {
  return character !== undefined && character !== '"' && character !== ":";
}

/** Offsets and spans of the expression are turned into those of the document around it. */
function inExpression(
  { clusters, index }: ServerContext,
  expression: DocumentExpression,
  offset: number,
): readonly Completion[] {
  const { documents } = index.workspace();
  const found = completeQuery(expression.text, expression.toTextOffset(offset), {
    cluster: clusters.current()?.cluster,
    serviceNames: documents.flatMap((it) => serviceNamesOf(it)?.service?.name ?? []),
    families: documents.flatMap((it) => familyOf(it)?.name ?? []),
    written: (text) => asWritten(expression, text),
  });
  return found.map((it) => ({ ...it, replace: expression.toDocumentSpan(it.replace) }));
}

const itemKinds: Readonly<Record<CompletionKind, CompletionItemKind>> = {
  property: CompletionItemKind.Property,
  value: CompletionItemKind.Value,
  reference: CompletionItemKind.Reference,
  attribute: CompletionItemKind.Field,
  field: CompletionItemKind.Variable,
  operator: CompletionItemKind.Operator,
  keyword: CompletionItemKind.Keyword,
  snippet: CompletionItemKind.Snippet,
};

function toItem(
  { client }: ServerContext,
  document: Resource,
  completion: Completion,
  rank: number,
): CompletionItem {
  const { detail, documentation, extraEdits } = completion;
  const asSnippet = completion.isSnippet === true && client().hasSnippets;
  const newText =
    completion.isSnippet === true && !asSnippet ? withoutStops(completion.insertText) : completion.insertText;
  return {
    label: completion.label,
    kind: itemKinds[completion.kind],
    ...(detail === undefined || detail === "" ? {} : { detail }),
    // The detail is shown of the item in focus alone, a description of every one: counts are there to be compared.
    ...(detail === undefined || detail === "" || !client().hasLabelDetails
      ? {}
      : { labelDetails: { description: detail } }),
    ...(documentation === undefined || documentation === ""
      ? {}
      : { documentation: { kind: MarkupKind.Markdown, value: documentation } }),
    filterText: completion.filterText ?? completion.label,
    // The order is ours: the best first, not the alphabet's.
    sortText: String(rank).padStart(5, "0"),
    insertTextFormat: asSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: toRange(document, completion.replace), newText },
    ...(extraEdits === undefined
      ? {}
      : { additionalTextEdits: extraEdits.map((it) => toLspEdit(document, it)) }),
    ...(completion.continues === true && client().isVsCode
      ? { command: { title: "Suggest", command: "editor.action.triggerSuggest" } }
      : {}),
  };
}

/** A snippet as plain text, for clients that know none: each place keeps its text, or the first of its choices. */
export function withoutStops(snippet: string): string {
  return plainSnippet(snippet).text;
}
