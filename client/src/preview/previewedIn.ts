// What the panel that follows the editor shows of a file.

import type { TextEditor } from "vscode";
import type { DocumentKind } from "../../../server/src/lsp/protocol/protocol";
import { lookAt } from "../documentKind";
import { isFailure } from "../failures";
import { isHosted, kindAtFirstSight } from "../relevance";
import type { Server } from "../server";

/** A table of all kinds: the compiler asks whether a new one has a preview. */
const hasPreview: Readonly<Record<DocumentKind, boolean>> = {
  taskDefinition: true,
  service: true,
  query: true,
  daemonTaskDefinition: true,
  daemon: true,
  capacityProvider: false,
  clusterSnapshot: false,
  fleet: false,
};

/**
 * URI of what a preview shows of the document: itself, or, of a template or module, the resource that the cursor is in,
 * else its first service or task definition. `undefined` where it has nothing of the kind.
 */
export async function previewedIn(
  { document, selection }: TextEditor,
  server: Server,
): Promise<string | undefined> {
  const uri = document.uri.toString();
  const seen = lookAt(document);
  if (!isHosted(seen)) {
    const kind = kindAtFirstSight(seen);
    return kind !== undefined && hasPreview[kind] ? uri : undefined;
  }
  const { line, character } = selection.active;
  const answer = await server.request("documentKind", {
    textDocument: { uri },
    position: { line, character },
  });
  return isFailure(answer) ? undefined : answer.previewed;
}
