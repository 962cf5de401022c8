// The setting `ecsDaemon.taskDefinitions`: which file has the task definition of a family, where its name cannot be
// found in the file (a template) or the workspace scan does not reach it.

import { isTaskDefinition } from "../../core/resources/kinds/registry";
import type { Resource } from "../../core/resources/resource";
import type { Environment } from "../base/environment";
import { candidatePaths, uriKey } from "../base/uris";
import { isBelow, isInsideFolders } from "./restrictedFiles";
import { readWorkspaceFile } from "./workspaceFiles";

/** One entry of the setting as one workspace folder has it. */
export interface TaskDefinitionFile {
  readonly family: string;
  readonly path: string;
  /** The workspace folder, for whose services it counts first. */
  readonly folder: string;
  /** Read only where it really is inside of the folder. */
  readonly onlyInside?: boolean;
}

export interface TaskDefinitionFiles {
  /** Reads the files; resolves to whether other entries were there before. */
  set(entries: readonly TaskDefinitionFile[]): Promise<boolean>;
  /** Reads the file of this path again; resolves to whether the setting names it. */
  refresh(path: string): Promise<boolean>;
  documents(): ReadonlyMap<string, Resource>;
  /** Paths of the files of a family, those of the folder around `near` first. */
  pathsOf(family: string, near: string): readonly string[];
}

export function createTaskDefinitionFiles(environment: Environment): TaskDefinitionFiles {
  let entries: readonly TaskDefinitionFile[] = [];
  let documents: ReadonlyMap<string, Resource> = new Map();

  const readAll = async (wanted: readonly TaskDefinitionFile[]) => {
    const read = new Map<string, Resource>();
    for (const { path, folder, onlyInside } of wanted) {
      if (read.has(path) || (onlyInside === true && !(await isInsideFolders(environment, path, [folder]))))
        continue;
      const found = await readWorkspaceFile(environment, path);
      const document = found.find(isTaskDefinition);
      if (document !== undefined) read.set(path, document);
    }
    // Other entries may have been set in the meantime.
    if (wanted === entries) documents = read;
  };

  return {
    set: async (next) => {
      if (JSON.stringify(next) === JSON.stringify(entries)) return false;
      entries = next;
      await readAll(next);
      return true;
    },
    refresh: async (path) => {
      if (!entries.some((it) => it.path === path)) return false;
      await readAll(entries);
      return true;
    },
    documents: () => documents,
    pathsOf: (family, near) => {
      const own = uriKey(near);
      return entries
        .filter((it) => it.family === family)
        .map((it) => ({ path: it.path, depth: isBelow(own, it.folder) ? it.folder.length : -1 }))
        .sort((left, right) => right.depth - left.depth)
        .map((it) => it.path);
    },
  };
}

/**
 * The entries of the setting, whose paths are relative to each workspace folder in turn. In a workspace that is not
 * trusted only files inside of the folder are looked at.
 */
export function taskDefinitionFilesOf(
  values: ReadonlyMap<string, ReadonlyMap<string, string>>,
  isTrusted: boolean,
): readonly TaskDefinitionFile[] {
  return [...values].flatMap(([folder, byFamily]) =>
    [...byFamily].flatMap(([family, file]) =>
      candidatePaths(file, [folder])
        .filter((path) => isTrusted || isBelow(path, folder))
        .map((path) => ({ family, path, folder, ...(isTrusted ? {} : { onlyInside: true }) })),
    ),
  );
}
