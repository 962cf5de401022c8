// The cluster files of the workspace: fleet files by their content, snapshots by their name, since they are too large to be
// read before somebody selects one.

import { Uri, workspace } from "vscode";
import type { DocumentKind } from "../../../server/src/lsp/protocol/protocol";
import { isFailure } from "../failures";
import type { Server } from "../server";

const fleetKinds: readonly DocumentKind[] = ["fleet"];
const mostFiles = 200;

/** Fleet files, whatever they are called; by their usual names where the server is away. */
export async function fleetFiles(server: Server): Promise<readonly Uri[]> {
  const answer = await server.request("listDocuments", { kinds: fleetKinds });
  return isFailure(answer)
    ? namedFiles("**/*.ecs-fleet.json")
    : answer.documents.map((it) => Uri.parse(it.uri));
}

export function snapshotFiles(): Promise<readonly Uri[]> {
  return namedFiles("**/*.ecs-cluster.json");
}

async function namedFiles(pattern: string): Promise<readonly Uri[]> {
  return workspace.findFiles(pattern, "**/node_modules/**", mostFiles);
}
