// textDocument/formatting of query files. The JSON files have a formatter already; expressions inside of them are
// formatted by a code action.

import { DocumentFormattingRequest } from "vscode-languageserver/node";
import { formatEdit } from "../../core/language/expressions/constraintRefactorings";
import { expressionsOf } from "../../core/language/expressions/expressions";
import { traitsOf } from "../../core/resources/kinds/registry";
import type { ServerContext } from "../base/context";
import { toLspEdit } from "../base/convert";

export function registerFormatting(context: ServerContext): void {
  const { connection, fence, documents, client } = context;
  connection.onDocumentFormatting(({ textDocument }) =>
    fence("textDocument/formatting", null, () => {
      const document = documents.get(textDocument.uri);
      if (document === undefined || !traitsOf(document).isExpression) return null;
      return expressionsOf(document).flatMap((it) => {
        const edit = formatEdit(document, it);
        return edit === undefined ? [] : [toLspEdit(document, edit)];
      });
    }),
  );
  context.onInitialized(async () => {
    // Registered for these files alone, or VS Code would ask which of two formatters JSON is to be formatted with.
    if (client().registersFormatting)
      await connection.client.register(DocumentFormattingRequest.type, {
        documentSelector: [{ pattern: "**/*.ecsquery" }],
      });
  });
}
