// Finds and reads the files of ours in the workspace folders, within bounds, when something first asks for them.

import { join } from "node:path";
import type { DocumentKind } from "../../core/resources/kinds/documentKind";
import { mayBeOurs } from "../../core/resources/kinds/kindSigns";
import { openResource, type Resource } from "../../core/resources/resource";
import { isCandidateFile, isSkippedFolder, scanLimits } from "../../core/workspace/scan";
import type { Environment } from "../base/environment";
import { pathOfUri, uriOfPath } from "../base/uris";

const ourKinds: readonly (DocumentKind | undefined)[] = [
  "taskDefinition",
  "service",
  "fleet",
  "query",
  "daemonTaskDefinition",
  "daemon",
  "capacityProvider",
];

/** Every task definition, service, fleet and query below the folders, read from disk. */
export async function scanWorkspace(
  environment: Environment,
  folderUris: readonly string[],
): Promise<readonly Resource[]> {
  const paths = await findCandidates(
    environment,
    folderUris.flatMap((it) => pathOfUri(it) ?? []),
  );
  const documents: Resource[] = [];
  for (const path of paths) {
    const document = await readWorkspaceFile(environment, path);
    if (document !== undefined) documents.push(document);
  }
  return documents;
}

/** One of these; `undefined` where the file is gone, too large, or none of ours. */
export async function readWorkspaceFile(
  environment: Environment,
  path: string,
): Promise<Resource | undefined> {
  const stamp = await environment.fileStamp(path);
  if (stamp === undefined || stamp.size > scanLimits.fileSize) return undefined;
  const text = await environment.readFile(path).catch(() => "");
  if (!mayBeOurs(path, text)) return undefined;
  const document = openResource(uriOfPath(path), text.replace(/^\uFEFF/, ""));
  return ourKinds.includes(document.kind) ? document : undefined;
}

async function findCandidates(
  environment: Environment,
  roots: readonly string[],
): Promise<readonly string[]> {
  const files: string[] = [];
  let level = [...roots];
  let visited = 0;
  // Breadth first, so that the bound cuts off what lies deepest.
  for (let depth = 0; depth <= scanLimits.depth && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (++visited > scanLimits.folders) return files;
      for (const entry of await environment.listFolder(folder)) {
        if (entry.isFolder) {
          if (!isSkippedFolder(entry.name)) next.push(join(folder, entry.name));
        } else if (isCandidateFile(entry.name)) {
          files.push(join(folder, entry.name));
          if (files.length >= scanLimits.files) return files;
        }
      }
    }
    level = next;
  }
  return files;
}
