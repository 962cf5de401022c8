// The actions that explain a diagnostic's code or change its severity. They are commands of the client, since only it can write
// the setting; nothing is ever written into the document, which has no comments.

import {
  type CodeAction,
  CodeActionKind,
  type Diagnostic as LspDiagnostic,
} from "vscode-languageserver/node";
import { topicOf } from "../../core/rules/catalogue";
import { pathOfUri } from "../base/uris";
import { type SetSeverityParams, setSeverityCommand, showDocumentationCommand } from "../protocol/protocol";

/** The actions for one diagnostic; a document that is no file yet has no path that a setting could name. */
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
  const title = `Show Documentation of '${code}'`;
  const documentation: CodeAction = {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title, command: showDocumentationCommand, arguments: [{ code, topic: topicOf(code) }] },
  };
  if (pathOfUri(uri) === undefined)
    return [documentation, action(`Switch off '${code}' everywhere`, { severity: "off" })];
  return [
    documentation,
    action(`Switch off '${code}' in this file`, { uri, severity: "off" }),
    action(`Change the severity of '${code}'…`, { uri }),
  ];
}
