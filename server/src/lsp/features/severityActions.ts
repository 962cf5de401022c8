// The actions that change the severity of a finding's code. They are commands of the client, since only it can write
// the setting; nothing is ever written into the document, which has no comments.

import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic as LspDiagnostic,
} from "vscode-languageserver/node";
import { pathOfUri } from "../base/uris";
import { type SetSeverityParams, setSeverityCommand } from "../protocol/protocol";

/** The actions for one finding; a document that is no file yet has no path that a setting could name. */
export function severityActions(uri: string, diagnostic: LspDiagnostic): readonly CodeAction[] {
  const code = String(diagnostic.code);
  const action = (title: string, params: Omit<SetSeverityParams, "code">): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: {
      title,
      command: setSeverityCommand,
      arguments: [{ code, ...params } satisfies SetSeverityParams],
    },
  });
  const everywhere = action(`Switch off '${code}' everywhere`, { severity: "off" });
  if (pathOfUri(uri) === undefined) return [everywhere];
  return [
    action(`Change the severity of '${code}' for this file…`, { uri }),
    action(`Switch off '${code}' in this file`, { uri, severity: "off" }),
    everywhere,
  ];
}
