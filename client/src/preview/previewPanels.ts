// The open preview panels: one for each document, found again when it is asked for a second time or after a reload.

import {
  type Disposable,
  type ExtensionContext,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import type { PreviewAnswer } from "../../../server/src/lsp/protocol/protocol";
import type { PanelState, PreviewedDocument } from "./messages";
import type { PanelHost, PreviewOptions } from "./panelHost";
import { refusedPage } from "./panelPage";
import { openPreviewPanel, type PreviewBeginning, type PreviewPanel } from "./previewPanel";

export interface PreviewPanels extends Disposable {
  /** Opens or reveals the panel of a document and resolves with what it then shows. */
  show(uri: string, options: PreviewOptions): Promise<PreviewAnswer | undefined>;
  /** The document of the panel that has the focus. */
  readonly active: PreviewedDocument | undefined;
}

const viewType = "ecsDaemon.preview";

export function createPreviewPanels(context: ExtensionContext, host: PanelHost): PreviewPanels {
  const panels = new Map<string, PreviewPanel>();
  const adopt = (webview: WebviewPanel, first: PreviewBeginning) => {
    const { uri } = first.document;
    const panel = openPreviewPanel(host, webview, first);
    panels.set(uri, panel);
    webview.onDidDispose(() => panels.delete(uri));
    return panel;
  };
  const refreshAll = () => {
    for (const panel of panels.values()) panel.surroundingsChanged();
  };
  context.subscriptions.push(
    window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (webview, state: Partial<PanelState> | undefined) => {
        if (state?.version !== undefined && state.version !== 1)
          webview.webview.html = refusedPage(state.version);
        else if (state?.document === undefined) webview.dispose();
        else void adopt(webview, { ...state, document: state.document }).refresh();
      },
    }),
    host.server.onPreviewChanged(refreshAll),
    // While it is away the panels say so; when it is back they are up to date again.
    host.server.onLost(refreshAll),
    host.server.onReturned(refreshAll),
    host.clusters.onDidChange(() => {
      for (const panel of panels.values()) panel.clusterChosen();
      refreshAll();
    }),
    workspace.onDidSaveTextDocument(({ uri }) => {
      for (const panel of panels.values()) if (panel.follows(uri.toString())) panel.surroundingsChanged();
    }),
    window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
      const uri = textEditor.document.uri.toString();
      const [selection] = selections;
      for (const panel of panels.values())
        if (selection !== undefined && panel.follows(uri)) panel.selected(uri, selection);
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0) return;
      for (const panel of panels.values()) if (panel.follows(document.uri.toString())) void panel.refresh();
    }),
  );
  return {
    show: (uri, options) => {
      const known = panels.get(uri);
      if (known !== undefined) {
        known.reveal(options);
        return known.refresh();
      }
      const { service } = options;
      const document = { uri, name: fileName(uri), ...(service !== undefined && { service }) };
      const column = { viewColumn: ViewColumn.Beside, preserveFocus: true };
      const webview = window.createWebviewPanel(viewType, `Placement: ${document.name}`, column);
      return adopt(webview, {
        document,
        ...(options.cluster !== undefined && { cluster: options.cluster }),
      }).refresh();
    },
    get active() {
      return [...panels.values()].find((it) => it.isActive)?.document;
    },
    dispose: () => {
      for (const panel of [...panels.values()]) panel.dispose();
    },
  };
}

function fileName(uri: string): string {
  const { path } = Uri.parse(uri);
  return path.slice(path.lastIndexOf("/") + 1);
}
