// Truth tables as documents that nobody wrote: each is made by the server from what its address says, and made again
// when the text or the cluster changes.

import { commands, EventEmitter, type TextDocument, Uri, workspace } from "vscode";
import type { TruthTableParams } from "../../server/src/lsp/protocol/protocol";
import { describeFailure, isFailure } from "./failures";
import type { Session } from "./session";

const scheme = "ecs-daemon-truth-table";
const serving = new WeakSet<Session>();

/** Shows the table in VS Code's own Markdown preview, beside the editor. */
export async function openTruthTable(session: Session, params: TruthTableParams): Promise<void> {
  if (!serving.has(session)) serve(session);
  serving.add(session);
  const name = decodeURIComponent(params.textDocument.uri.replace(/^.*\//, ""));
  const table = Uri.from({ scheme, path: `/Truth table of ${name}.md`, query: JSON.stringify(params) });
  await commands.executeCommand("markdown.showPreviewToSide", table);
}

function serve({ context, server }: Session): void {
  const changed = new EventEmitter<Uri>();
  const refresh = (isConcerned: (params: TruthTableParams) => boolean) => {
    const open = workspace.textDocuments.filter((it) => it.uri.scheme === scheme);
    for (const { uri } of open) if (isConcerned(paramsOf(uri))) changed.fire(uri);
  };
  const follow = (document: TextDocument) => refresh((it) => it.textDocument.uri === document.uri.toString());
  context.subscriptions.push(
    changed,
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (uri) => {
        const answer = await server.request("truthTable", paramsOf(uri));
        return isFailure(answer) ? `${describeFailure(answer)}\n` : answer.markdown;
      },
    }),
    workspace.onDidChangeTextDocument(({ document }) => follow(document)),
    server.onPreviewChanged(() => refresh(() => true)),
  );
}

/** Only `openTruthTable` makes such addresses. */
function paramsOf(uri: Uri): TruthTableParams {
  return JSON.parse(uri.query) as TruthTableParams;
}
