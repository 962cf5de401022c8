import { randomBytes } from "node:crypto";
import { Uri, type Webview } from "vscode";

/** The page of a preview panel. Script by nonce, styles by file; nothing else is loaded, nothing is inline. */
export function panelPage(webview: Webview, extensionUri: Uri, documentName: string): string {
  const nonce = randomBytes(16).toString("base64url");
  const file = (name: string) => webview.asWebviewUri(Uri.joinPath(extensionUri, "dist", name)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Placement: ${escapeHtml(documentName)}</title>
<link rel="stylesheet" href="${file("webview.css")}">
</head>
<body>
<main id="panel"></main>
<script nonce="${nonce}" src="${file("webview.js")}"></script>
</body>
</html>`;
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
  };
  return text.replace(/[&<>"]/g, (it) => entities[it] ?? it);
}
