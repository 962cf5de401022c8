// What a preview panel asks the server, and its page and answers as messages.

import { randomBytes } from "node:crypto";
import { Uri, type WebviewPanel, workspace } from "vscode";
import { nextSteps } from "../../../server/src/lsp/protocol/clusterState";
import type {
  ClusterStep,
  Failure,
  PreviewAnswer,
  PreviewParams,
} from "../../../server/src/lsp/protocol/protocol";
import { fileUri } from "../resourceUri";
import type { HostMessage, PreviewedDocument } from "./messages";
import type { PackedAnswers } from "./packedAnswers";
import type { Previewed } from "./panelHost";
import { panelPage } from "./panelPage";

/** What a preview is of, as a request. */
export function paramsOf({
  document,
  cluster,
  changes = [],
  trial,
  values = {},
  valuesFiles = [],
}: Previewed): PreviewParams {
  return {
    textDocument: { uri: document.uri },
    ...(document.service !== undefined && { service: document.service }),
    ...(cluster !== undefined && { cluster }),
    ...(changes.length > 0 && { changes }),
    ...(trial !== undefined && { trial }),
    ...(Object.keys(values).length > 0 && { values }),
    ...(valuesFiles.length > 0 && { valuesFiles }),
  };
}

export async function askServer(answers: PackedAnswers, params: PreviewParams): Promise<PreviewAnswer> {
  try {
    return await answers.ask(params);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { error: { code: "unexpected", message: `The preview could not be made: ${message}` } };
  }
}

export function asMessage(
  document: PreviewedDocument,
  answered: PreviewAnswer,
  answers: PackedAnswers,
  keepsLast: boolean,
): HostMessage {
  if ("error" in answered)
    return { kind: "failure", document, error: answered.error, next: stepsFor(answered.error), keepsLast };
  const sources = [document.uri, answered.service.uri].map((it) => it && fileUri(it));
  const isDirty = workspace.textDocuments.some((it) => it.isDirty && sources.includes(it.uri.toString()));
  return { kind: "result", document, result: answers.forPage(answered), saved: !isDirty };
}

export function loadPage(panel: WebviewPanel, extensionUri: Uri, documentName: string): void {
  const built = Uri.joinPath(extensionUri, "dist");
  const file = (name: string) => panel.webview.asWebviewUri(Uri.joinPath(built, name)).toString();
  panel.webview.options = { enableScripts: true, localResourceRoots: [built] };
  panel.webview.html = panelPage({
    documentName,
    script: file("webview.js"),
    styles: file("webview.css"),
    cspSource: panel.webview.cspSource,
    nonce: randomBytes(16).toString("base64url"),
  });
}

/** In Restricted Mode no local cluster is started: trust comes first. */
function stepsFor(error: Failure["error"]): readonly ClusterStep[] {
  return nextSteps(error).map((it) => (it === "start" && !workspace.isTrusted ? "manageTrust" : it));
}
