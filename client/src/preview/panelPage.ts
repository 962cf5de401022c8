export interface PanelPage extends PageFiles {
  readonly documentName: string;
}

export interface PageFiles {
  /** URLs of the bundled files. */
  readonly script: string;
  readonly styles: string;
  /** Where the styles may come from, as VS Code words it for a content security policy. */
  readonly cspSource: string;
  /** Fresh for each page. */
  readonly nonce: string;
}

/** The page of a preview panel. Script by nonce, styles by file; nothing else is loaded, nothing is inline. */
export function panelPage({ documentName, ...files }: PanelPage): string {
  return scriptPage(`Preview: ${documentName}`, files);
}

/** A page with one script and one style sheet of ours. */
export function scriptPage(title: string, { script, styles, cspSource, nonce }: PageFiles): string {
  const policy = `default-src 'none'; style-src ${cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="stylesheet" href="${styles}">
</head>
<body>
<main id="panel"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>`;
}

/** In place of a panel whose state another version kept. Without a script the state stays as it is. */
export function refusedPage(version: unknown): string {
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>Preview</title>
</head>
<body>
<h1>This preview belongs to another version of ECS Daemon</h1>
<p>What it shows was kept in form ${escapeHtml(String(version))}, which this version cannot read. Close it and preview the document again, or go back to that version.</p>
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
