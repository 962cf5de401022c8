// Whether a command is about a managed daemon: the server decides by the document and by who refers to it.

import { isFailure } from "../failures";
import type { Session } from "../session";

export async function isManagedFile({ server }: Session, uri: string): Promise<boolean> {
  const found = await server.request("documentKind", { textDocument: { uri } });
  return !isFailure(found) && found.isManagedDaemon === true;
}
