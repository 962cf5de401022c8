// What activation does not need is a bundle of its own: the commands, and the panels with what they show. It is loaded when
// a command is first called or a panel is restored.

import type { WebviewPanel } from "vscode";
import { readCallArguments } from "./commands/callArguments";
import { commandHandlers } from "./commands/commandHandlers";
import type { CommandName } from "./commands/commandIds";
import { CoveragePanels } from "./coverage/coveragePanel";
import { PreviewPanels } from "./preview/previewPanels";
import type { Session, Surroundings } from "./session";

export interface Later {
  /** `values` are what the caller of the command gave. Resolves with the command's result. */
  runCommand(name: CommandName, values: readonly unknown[]): Promise<unknown>;
  /** After a reload of the window; `state` is what the page kept. */
  restorePreview(webview: WebviewPanel, state: unknown): void;
  restoreCoverage(webview: WebviewPanel): void;
}

/** Answers the same one each time. */
export type LoadLater = () => Promise<Later>;

export function createLater(surroundings: Surroundings): Later {
  const { context, server, clusters, states, coverage } = surroundings;
  const { extensionUri } = context;
  const previews = new PreviewPanels(context, { extensionUri, server, clusters, states });
  const coveragePanels = new CoveragePanels(extensionUri, server, coverage);
  const session: Session = { ...surroundings, previews, coveragePanels };
  context.subscriptions.push(previews);
  return {
    runCommand: (name, values) => commandHandlers[name](session, readCallArguments(values)),
    restorePreview: (webview, state) => previews.restore(webview, state),
    restoreCoverage: (webview) => coveragePanels.restore(webview),
  };
}
