// VS Code is told at activation that it may restore the panels after a reload of the window.

import { type Disposable, type WebviewPanel, window } from "vscode";
import { showUnexpected } from "./failures";
import type { Later, LoadLater } from "./later";
import type { Surroundings } from "./session";
import { coverageViewType, previewViewType } from "./viewTypes";

export function registerRestoredPanels(
  { log }: Pick<Surroundings, "log">,
  load: LoadLater,
): readonly Disposable[] {
  /** VS Code has a page for a panel that was not restored, and does not say why. */
  const restore = async (go: (later: Later) => void) => {
    try {
      go(await load());
    } catch (error) {
      showUnexpected(log, error, "The panel was not restored");
      throw error;
    }
  };
  return [
    window.registerWebviewPanelSerializer(previewViewType, {
      deserializeWebviewPanel: (webview: WebviewPanel, state: unknown) =>
        restore((later) => later.restorePreview(webview, state)),
    }),
    window.registerWebviewPanelSerializer(coverageViewType, {
      deserializeWebviewPanel: (webview: WebviewPanel) => restore((later) => later.restoreCoverage(webview)),
    }),
  ];
}
