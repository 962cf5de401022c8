// textDocument/hover: what is under the cursor, in expressions and in the JSON around them.

import { type Hover, MarkupKind } from "vscode-languageserver/node";
import { expressionAt } from "../../core/language/expressions/expressions";
import { hoverQuery } from "../../core/language/expressions/queryHover";
import { hoverInput } from "../../core/language/inputHover";
import type { Resource } from "../../core/resources/resource";
import { inItsKind } from "../../core/workspace/managedFiles";
import type { ServerContext } from "../base/context";
import { toOffset, toRange } from "../base/convert";

export function registerHover(context: ServerContext): void {
  const { connection, fence, documents } = context;
  connection.onHover(({ textDocument, position }, token) =>
    fence.wait("textDocument/hover", null, async () => {
      await context.clusterRead();
      if (token.isCancellationRequested || !context.settings.shows("hover")) return null;
      for (const written of documents.all(textDocument.uri)) {
        if (written.kind === undefined) continue;
        const document = inItsKind(written, context.index.workspace);
        const found = hover(context, document, toOffset(document, position));
        if (found !== null) return found;
      }
      return null;
    }),
  );
}

function hover({ clusters }: ServerContext, document: Resource, offset: number): Hover | null {
  const expression = expressionAt(document, offset);
  if (expression === undefined) {
    const found = hoverInput(document, offset);
    return found === undefined ? null : toHover(found.text, toRange(document, found.span));
  }
  const at = expression.toTextOffset(offset);
  const found = hoverQuery(expression.query(), at, clusters.current()?.cluster);
  if (found === undefined || found.text === "") return null;
  return toHover(found.text, toRange(document, expression.toDocumentSpan(found.span)));
}

function toHover(value: string, range: NonNullable<Hover["range"]>): Hover {
  return { contents: { kind: MarkupKind.Markdown, value }, range };
}
