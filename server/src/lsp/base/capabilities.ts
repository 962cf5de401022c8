// The capabilities that the server reports to the client.

import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver/node";
import { completionTriggers } from "../features/completion";
import { semanticTokensLegend } from "../features/semanticTokens";
import { shownTextCommands } from "../requests/shownTexts";
import type { ClientFeatures } from "./context";

export function serverCapabilities(client: ClientFeatures): ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
    ...(client.pullsDiagnostics
      ? { diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false } }
      : {}),
    codeActionProvider: {
      codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, CodeActionKind.SourceFixAll],
    },
    codeLensProvider: {},
    completionProvider: { triggerCharacters: [...completionTriggers] },
    definitionProvider: true,
    ...(client.registersFormatting ? {} : { documentFormattingProvider: true }),
    documentLinkProvider: {},
    // In VS Code JSON has an outline of its own, and two would be shown: there other formats alone get one.
    ...(client.isVsCode ? {} : { documentSymbolProvider: true }),
    // In VS Code the extension has the commands, and a client may not have one twice.
    ...(client.isVsCode ? {} : { executeCommandProvider: { commands: [...shownTextCommands] } }),
    hoverProvider: true,
    inlayHintProvider: true,
    referencesProvider: true,
    renameProvider: client.preparesRename ? { prepareProvider: true } : true,
    semanticTokensProvider: { legend: semanticTokensLegend, full: true, range: true },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}
