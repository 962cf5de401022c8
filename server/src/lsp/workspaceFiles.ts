// Finds and reads the JSON files of the workspace folders, within bounds, when something first asks for them.

import { join } from "node:path";
import { type EcsDocument, openDocument } from "../core/documents/document";
import type { Environment } from "./environment";
import { pathOfUri, uriOfPath } from "./uris";

/** A workspace can be a home folder: beyond these bounds the rest is not looked at. */
export const scanLimits = {
  folders: 4_000,
  files: 3_000,
  depth: 12,
  /** Bytes. A task definition may have 64 KiB; a service is smaller. */
  fileSize: 512 * 1024,
} as const;

const skippedFolders = new Set(["node_modules", "dist", "out", "target", "vendor", "cdk.out"]);

/** What a task definition or a service must contain somewhere; anything else is not worth parsing. */
const ourWords = /"(?:containerDefinitions|taskDefinition|schedulingStrategy|serviceName)"/;

/** Every task definition and service below the folders, read from disk. */
export async function scanWorkspace(
  environment: Environment,
  folderUris: readonly string[],
): Promise<readonly EcsDocument[]> {
  const paths = await findJsonFiles(
    environment,
    folderUris.flatMap((it) => pathOfUri(it) ?? []),
  );
  const documents: EcsDocument[] = [];
  for (const path of paths) {
    const document = await readWorkspaceFile(environment, path);
    if (document !== undefined) documents.push(document);
  }
  return documents;
}

/** A task definition or service; `undefined` where the file is gone, too large, or none of ours. */
export async function readWorkspaceFile(
  environment: Environment,
  path: string,
): Promise<EcsDocument | undefined> {
  const stamp = await environment.fileStamp(path);
  if (stamp === undefined || stamp.size > scanLimits.fileSize) return undefined;
  const text = await environment.readFile(path).catch(() => "");
  if (!ourWords.test(text)) return undefined;
  const document = openDocument(uriOfPath(path), text.replace(/^\uFEFF/, ""));
  return document.kind === "taskDefinition" || document.kind === "service" ? document : undefined;
}

export function isJsonFile(path: string): boolean {
  return /\.jsonc?$/i.test(path);
}

async function findJsonFiles(environment: Environment, roots: readonly string[]): Promise<readonly string[]> {
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
          if (!skippedFolders.has(entry.name) && !entry.name.startsWith("."))
            next.push(join(folder, entry.name));
        } else if (isJsonFile(entry.name)) {
          files.push(join(folder, entry.name));
          if (files.length >= scanLimits.files) return files;
        }
      }
    }
    level = next;
  }
  return files;
}
