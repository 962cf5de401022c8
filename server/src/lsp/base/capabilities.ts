// The capabilities that the server reports to the client.

import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver/node";
import { completionTriggers } from "../features/completion";
import { semanticTokensLegend } from "../features/semanticTokens";
import { previewPlacementCommand } from "../protocol/protocol";
import { showTruthTableCommand } from "../protocol/truthTableProtocol";
import type { ClientFeatures } from "./context";

/** The commands that the server carries out itself where the client is not VS Code. */
export const shownTextCommands = [showTruthTableCommand, previewPlacementCommand] as const;
export type ShownTextCommand = (typeof shownTextCommands)[number];

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
