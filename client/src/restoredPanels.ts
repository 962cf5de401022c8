// VS Code is told at activation that it may restore the panels after a reload of the window.

import { type Disposable, type WebviewPanel, window } from "vscode";
import type { LoadLater } from "./later";
import type { PanelState } from "./preview/messages";
import { coverageViewType, previewViewType } from "./viewTypes";

export function registerRestoredPanels(load: LoadLater): readonly Disposable[] {
  return [
    window.registerWebviewPanelSerializer(previewViewType, {
      deserializeWebviewPanel: async (webview: WebviewPanel, state: Partial<PanelState> | undefined) =>
        (await load()).restorePreview(webview, state),
    }),
    window.registerWebviewPanelSerializer(coverageViewType, {
      deserializeWebviewPanel: async (webview: WebviewPanel) => (await load()).restoreCoverage(webview),
    }),
  ];
}
