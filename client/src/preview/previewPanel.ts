// One preview panel: asks the server, hands the answer to the page, does what the page's buttons ask for.

import { randomBytes } from "node:crypto";
import { CancellationTokenSource, commands, env, Uri, type WebviewPanel, window, workspace } from "vscode";
import type { PreviewAnswer, PreviewResult } from "../../../server/src/lsp/protocol";
import { commandId } from "../commands/commandIds";
import { latestOnly } from "./latestOnly";
import type { HostMessage, PanelAction, PanelMessage, PreviewedDocument } from "./messages";
import { panelPage } from "./panelPage";
import type { PanelHost, PreviewOptions } from "./previewPanels";

export interface PreviewPanel {
  readonly document: PreviewedDocument;
  readonly isActive: boolean;
  /** Whether a change of that document changes what the panel shows. */
  follows(uri: string): boolean;
  reveal(options: PreviewOptions): void;
  /** Asks again. Resolves with the newest answer; at most one request is under way. */
  refresh(): Promise<PreviewAnswer | undefined>;
  dispose(): void;
}

export function openPreviewPanel(
  host: PanelHost,
  panel: WebviewPanel,
  document: PreviewedDocument,
  firstOptions: PreviewOptions,
): PreviewPanel {
  const closing = new CancellationTokenSource();
  let options = firstOptions;
  let last: PreviewAnswer | undefined;
  let lastResult: PreviewResult | undefined;
  const send = (message: HostMessage) => void panel.webview.postMessage(message);

  const ask = latestOnly(async () => {
    send({ kind: "loading", document });
    last = await answer(host, document, options, closing);
    if (closing.token.isCancellationRequested) return;
    if (!("error" in last)) lastResult = last;
    send(asMessage(document, last));
  });
  const refresh = async () => {
    await ask();
    return last;
  };
  panel.webview.onDidReceiveMessage((message: PanelMessage) => {
    if (message.kind === "ready") {
      // The page was loaded anew: it has forgotten the last good state.
      if (lastResult !== undefined) send({ kind: "result", document, result: lastResult });
      if (last === undefined) send({ kind: "loading", document });
      else if ("error" in last) send({ kind: "failure", document, error: last.error });
    } else if (message.kind === "copy") void copy(message.text, message.what);
    else void act(message.action, document, lastResult, refresh);
  });
  panel.onDidDispose(() => closing.cancel());
  panel.webview.options = {
    enableScripts: true,
    localResourceRoots: [Uri.joinPath(host.extensionUri, "dist")],
  };
  const file = (name: string) =>
    panel.webview.asWebviewUri(Uri.joinPath(host.extensionUri, "dist", name)).toString();
  panel.webview.html = panelPage({
    documentName: document.name,
    script: file("webview.js"),
    styles: file("webview.css"),
    cspSource: panel.webview.cspSource,
    nonce: randomBytes(16).toString("base64url"),
  });
  return {
    document,
    get isActive() {
      return panel.active;
    },
    follows: (uri) => uri === document.uri || uri === lastResult?.service.uri || uri === options.service,
    reveal: (now) => {
      options = now;
      panel.reveal(undefined, true);
    },
    refresh,
    dispose: () => panel.dispose(),
  };
}

async function answer(
  { server, clusters }: PanelHost,
  document: PreviewedDocument,
  options: PreviewOptions,
  closing: CancellationTokenSource,
): Promise<PreviewAnswer> {
  const cluster = options.cluster ?? clusters.current;
  const params = {
    textDocument: { uri: document.uri },
    ...(options.service !== undefined && { service: options.service }),
    ...(cluster !== undefined && { cluster }),
  };
  try {
    return await server.request("preview", params, { token: closing.token });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { error: { code: "unexpected", message: `The preview could not be made: ${message}` } };
  }
}

function asMessage(document: PreviewedDocument, answered: PreviewAnswer): HostMessage {
  return "error" in answered
    ? { kind: "failure", document, error: answered.error }
    : { kind: "result", document, result: answered };
}

async function act(
  action: PanelAction,
  document: PreviewedDocument,
  result: PreviewResult | undefined,
  refresh: () => Promise<unknown>,
): Promise<void> {
  switch (action) {
    case "openDocument":
      return open(document.uri);
    case "openService":
      return result?.service.uri === undefined ? undefined : open(result.service.uri);
    case "refresh":
      await refresh();
      return;
    case "selectCluster":
    case "startLocalCluster":
    case "addLocalInstances":
    case "showLog":
      await commands.executeCommand(commandId(action));
  }
}

async function open(uri: string): Promise<void> {
  const shown = window.visibleTextEditors.find((it) => it.document.uri.toString() === uri);
  const document = await workspace.openTextDocument(Uri.parse(uri));
  await window.showTextDocument(document, shown?.viewColumn);
}

async function copy(text: string, what: string): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(`${what} copied.`, 3000);
}
