// What the buttons of a preview panel do.

import { commands, env, window, workspace } from "vscode";
import { printableJson, printableLines } from "../../../server/src/core/text/printable";
import type { PreviewResult } from "../../../server/src/lsp/protocol/protocol";
import { commandId } from "../commands/commandIds";
import { showWithLog } from "../failures";
import { parsedFileUri } from "../resourceUri";
import type {
  ExpressionMessage,
  InspectionMessage,
  PanelAction,
  PanelMessage,
  PreviewedDocument,
  SimulationMessage,
} from "./messages";
import { columnOf } from "./panelInspection";
import { readPolicy } from "./readPolicy";

/** The panel that asks, as far as a request needs it. */
export interface AskingPanel {
  readonly document: PreviewedDocument;
  readonly result: PreviewResult | undefined;
  refresh(): Promise<unknown>;
  /** Waits no longer for the answer that is on its way. */
  cancel(): void;
  /** A service that a caller named for the panel alone no longer counts. */
  forgetService(): void;
}

/** Never rejects: what fails is told to the user. */
export async function performPanelRequest(
  message: Exclude<
    PanelMessage,
    { readonly kind: "ready" } | InspectionMessage | SimulationMessage | ExpressionMessage
  >,
  panel: AskingPanel,
): Promise<void> {
  try {
    if (message.kind === "copy") await copy(message);
    else if (message.kind === "chooseService") await choose(panel, { service: message.service });
    else await act(message.action, panel);
  } catch (error) {
    showWithLog("error", error instanceof Error ? error.message : String(error));
  }
}

async function act(action: PanelAction, panel: AskingPanel): Promise<void> {
  switch (action) {
    case "openDocument":
      await open(panel.document.uri);
      return;
    case "openService":
      if (panel.result?.service.uri !== undefined) await open(panel.result.service.uri);
      return;
    case "chooseService":
      await choose(panel);
      return;
    case "refresh":
      // Where the server ended for good, whoever tries again wants it back.
      await commands.executeCommand(commandId("internal.startServer"));
      await panel.refresh();
      return;
    case "cancel":
      panel.cancel();
      return;
    case "copyIamPolicy":
      await copy({
        text: `${JSON.stringify(readPolicy, undefined, 2)}\n`,
        what: "IAM policy (JSON)",
        isJson: true,
      });
      return;
    case "showProblems":
      await open(panel.document.uri);
      await commands.executeCommand("workbench.actions.view.problems");
      return;
    case "selectFile":
      await commands.executeCommand("workbench.action.quickOpen");
      return;
    case "manageTrust":
      await commands.executeCommand("workbench.trust.manage");
      return;
    case "retryCluster":
      await commands.executeCommand(commandId("internal.retryCluster"));
      await panel.refresh();
      return;
    case "signIn":
      await commands.executeCommand(commandId("internal.signIn"));
      return;
    case "showTruthTable":
      await commands.executeCommand(commandId("showTruthTable"), panel.document.uri);
      return;
    case "selectCluster":
    case "startLocalCluster":
    case "addLocalInstances":
    case "showLog":
      await commands.executeCommand(commandId(action));
  }
}

/** The choice is the workspace's: the lenses of the document and a deployment count with it too. Asks without options. */
async function choose(panel: AskingPanel, options?: { readonly service: string | null }): Promise<void> {
  panel.forgetService();
  await commands.executeCommand(commandId("chooseService"), panel.document.uri, options);
  await panel.refresh();
}

async function open(uri: string): Promise<void> {
  const parsed = parsedFileUri(uri);
  const document = await workspace.openTextDocument(parsed).then(undefined, () => {
    throw new Error(
      `${workspace.asRelativePath(parsed)} cannot be opened: it may have been moved or deleted.`,
    );
  });
  await window.showTextDocument(document, columnOf(uri));
}

async function copy({
  text,
  what,
  isJson,
}: Omit<Extract<PanelMessage, { kind: "copy" }>, "kind">): Promise<void> {
  // JSON keeps its value; in what is pasted as text no character is out of sight.
  await env.clipboard.writeText(isJson ? printableJson(text) : printableLines(text));
  window.setStatusBarMessage(`${what} copied.`, 3000);
}
