// The files around those that a call names, read for the decision which of them belong together: those of the same
// folders, and of the repository or the current folder.

import { type Dirent, existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, parse, relative, resolve, sep } from "node:path";
import { mayBeOurs } from "../../core/resources/kinds/kindSigns";
import { traitsOf } from "../../core/resources/kinds/registry";
import { nameOfResource } from "../../core/resources/openResources";
import type { Resource } from "../../core/resources/resource";
import type { WorkspaceFile } from "../../core/workspace/definitionChoice";
import { CandidatePaths, isCandidateFile, isSkippedFolder, scanLimits } from "../../core/workspace/scan";
import { createWorkspace, type Workspace } from "../../core/workspace/workspace";
import { openTextOf } from "./hostFiles";
import { createDefinitionLookup } from "./senderFiles";
import { tryRead } from "./textFiles";

/** Gives the workspace of a document. Its folders are read when something first asks. */
export type WorkspaceReader = (document: Resource) => Workspace;

/**
 * `named` are the documents of the call, which win over the same files on disk. `byFamily` are task definitions that the
 * call names for families: they count before those that have the family.
 */
export function createWorkspaceReader(
  named: readonly Resource[],
  byFamily: ReadonlyMap<string, Resource> = new Map(),
): WorkspaceReader {
  const own = new Map(
    [...byFamily.values(), ...named].map((document) => [resolve(nameOfResource(document)), document]),
  );
  const workspaces = new Map<string, Workspace>();
  const opened = new Map([...own.keys()].map((path): [string, readonly Resource[]] => [path, []]));
  const configured = createDefinitionLookup();
  let alone: Workspace | undefined;
  return (document) => {
    const folder = dirname(resolve(document.source.file));
    const root = rootOf(folder);
    const key = isBelow(folder, root) && !isHidden(relative(root, folder)) ? root : `${root}\n${folder}`;
    const known = workspaces.get(key);
    if (known !== undefined) return known;
    const found = new Map<string, Resource>();
    for (const path of [...candidatesIn(folder), ...scan(root)]) {
      const documents = opened.get(path) ?? openInWorkspace(path);
      opened.set(path, documents);
      for (const it of documents) if (!own.has(nameOfResource(it))) found.set(nameOfResource(it), it);
    }
    // Most folders of a call hold nothing that the call does not name.
    const workspace = found.size === 0 ? (alone ?? build(found)) : build(found);
    if (found.size === 0) alone = workspace;
    workspaces.set(key, workspace);
    return workspace;
  };
  function build(found: ReadonlyMap<string, Resource>): Workspace {
    return createWorkspace({
      files: [...own, ...found].map(([path, it]): WorkspaceFile => ({ path, document: it })),
      pathOf: (it) => resolve(nameOfResource(it)),
      configured,
      named: (family) => {
        const chosen = byFamily.get(family);
        return chosen === undefined ? [] : [resolve(chosen.source.file)];
      },
    });
  }
}

/** A path as a reader knows it: relative where the file is below the current folder. */
export function shownPath(path: string): string {
  const shown = relative(resolve("."), resolve(path));
  return shown.startsWith("..") ? path : shown;
}

function openInWorkspace(path: string): readonly Resource[] {
  const text = tryRead(path, scanLimits.fileSize);
  if (text === undefined || !mayBeOurs(path, text)) return [];
  return openTextOf(path, text).filter(refersToOthers);
}

/** Whether documents of its kind refer to each other. */
function refersToOthers(document: Resource): boolean {
  const { ofService, isManaged = false } = traitsOf(document);
  return ofService !== undefined || isManaged;
}

/** The repository that the folder is in, else the current folder above it, else the folder alone. */
function rootOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (isTooWide(at)) break;
    if (existsSync(join(at, ".git"))) return at;
  }
  const current = resolve(".");
  return isBelow(folder, current) && !isTooWide(current) ? current : folder;
}

/** Nobody's workspace: what lies below has nothing to do with each other. */
function isTooWide(folder: string): boolean {
  return folder === parse(folder).root || folder === homedir();
}

function isBelow(folder: string, root: string): boolean {
  return folder === root || folder.startsWith(root + sep);
}

/** Whether the scan passes over a folder on this way. */
function isHidden(way: string): boolean {
  return way.split(sep).some((it) => it !== "" && isSkippedFolder(it));
}

/** Breadth first, so that the bounds cut off what lies deepest. */
function scan(root: string): readonly string[] {
  const found = new CandidatePaths();
  let level = [root];
  let visited = 0;
  for (let depth = 0; depth <= scanLimits.depth && level.length > 0; depth++) {
    const next: string[] = [];
    for (const folder of level) {
      if (++visited > scanLimits.folders || found.isFull) return found.paths;
      for (const path of candidatesIn(folder)) found.add(path);
      for (const it of entriesOf(folder))
        if (it.isDirectory() && !isSkippedFolder(it.name)) next.push(join(folder, it.name));
    }
    level = next;
  }
  return found.paths;
}

function candidatesIn(folder: string): readonly string[] {
  return entriesOf(folder)
    .filter((it) => !it.isDirectory() && isCandidateFile(it.name))
    .map((it) => join(folder, it.name));
}

function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
