// Finds and reads the files of ours in the workspace folders, within bounds, when something first asks for them.

import { join } from "node:path";
import { isModuleFile, type ModuleContext } from "../../core/resources/hosts/terraform/moduleNames";
import { mayBeOurs } from "../../core/resources/kinds/kindSigns";
import { traitsOf } from "../../core/resources/kinds/registry";
import { openResources } from "../../core/resources/openResources";
import type { Resource } from "../../core/resources/resource";
import { CandidatePaths, isSkippedFolder, scanLimits } from "../../core/workspace/scan";
import type { Environment } from "../base/environment";
import { pathOfUri, uriOfPath } from "../base/uris";

/** The text of a file that may hold something of ours. */
export interface FileText {
  readonly uri: string;
  readonly text: string;
}

/** The texts of all files below the folders that may hold something of ours, by path. */
export async function scanWorkspace(
  environment: Environment,
  folderUris: readonly string[],
): Promise<ReadonlyMap<string, FileText>> {
  const paths = await findCandidates(
    environment,
    folderUris.flatMap((it) => pathOfUri(it) ?? []),
  );
  const found = new Map<string, FileText>();
  for (const path of paths) {
    const file = await readFileText(environment, path);
    if (file !== undefined) found.set(path, file);
  }
  return found;
}

/**
 * One of these; `undefined` where the file is gone, too large, or can be none of ours. Any Terraform file may name what
 * others of its module use.
 */
export async function readFileText(environment: Environment, path: string): Promise<FileText | undefined> {
  const stamp = await environment.fileStamp(path);
  if (stamp === undefined || stamp.size > scanLimits.fileSize) return undefined;
  const text = (await environment.readFile(path).catch(() => "")).replace(/^\uFEFF/, "");
  return mayBeOurs(path, text) || isModuleFile(path) ? { uri: uriOfPath(path), text } : undefined;
}

/** The task definitions, services, fleets and queries in a file. */
export function resourcesIn({ uri, text }: FileText, module: ModuleContext | undefined): readonly Resource[] {
  if (!mayBeOurs(uri, text)) return [];
  return openResources(uri, text, module).filter((it) => it.kind !== undefined && !traitsOf(it).isOfAnswers);
}

/** What a file that is not of the workspace holds. */
export async function readWorkspaceFile(
  environment: Environment,
  path: string,
): Promise<readonly Resource[]> {
  const file = await readFileText(environment, path);
  return file === undefined ? [] : resourcesIn(file, undefined);
}

async function findCandidates(
  environment: Environment,
  roots: readonly string[],
): Promise<readonly string[]> {
  const files = new CandidatePaths();
  let level = [...roots];
  let visited = 0;
  // Breadth first, so that the bound cuts off what lies deepest.
  for (let depth = 0; depth <= scanLimits.depth && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (++visited > scanLimits.folders || files.isFull) return files.paths;
      for (const entry of await environment.listFolder(folder)) {
        if (entry.isFolder) {
          if (!isSkippedFolder(entry.name)) next.push(join(folder, entry.name));
        } else files.add(join(folder, entry.name));
      }
    }
    level = next;
  }
  return files.paths;
}
