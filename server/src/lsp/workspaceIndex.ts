// The task definitions, services, fleets and queries of the workspace, so that files that refer to each other are seen together.
// An open document wins over the file on disk.

import type { EcsDocument } from "../core/documents/document";
import { familyOf, familyOfReference, serviceNamesOf } from "../core/editing/documentNames";
import type { DocumentStore } from "./documentStore";
import type { Environment } from "./environment";
import { createTaskDefinitionFiles, type TaskDefinitionFile } from "./taskDefinitionFiles";
import { candidatePaths, pathOfUri, uriKey } from "./uris";
import { isCandidate, readWorkspaceFile, scanWorkspace } from "./workspaceFiles";

export interface WorkspaceIndex {
  /** Resolves when the folders have been scanned; the first call starts the scan. */
  ready(): Promise<void>;
  setFolders(uris: readonly string[]): void;
  folders(): readonly string[];
  /** Reads what changed on disk; resolves to whether any file of ours is concerned. */
  filesChanged(uris: readonly string[]): Promise<boolean>;
  documents(): readonly EcsDocument[];
  find(uri: string): EcsDocument | undefined;
  /** As `find`; a file that is neither open nor in the workspace is read from disk. */
  load(uriOrPath: string): Promise<EcsDocument | undefined>;
  /** The files that the setting names for families; resolves to whether they are others than before. */
  setTaskDefinitionFiles(files: readonly TaskDefinitionFile[]): Promise<boolean>;
  /**
   * The task definition a reference of the document `near` names: the file that the setting names for its family, else
   * one that has this family; of several the nearest in the folder tree.
   */
  findTaskDefinition(reference: string, near: string): EcsDocument | undefined;
  /** The DAEMON services that refer to this task definition rather than to a namesake nearer to them. */
  findServices(taskDefinition: EcsDocument): readonly EcsDocument[];
  /** The services of any scheduling strategy that do. */
  findReferringServices(taskDefinition: EcsDocument): readonly EcsDocument[];
}

export function createWorkspaceIndex(environment: Environment, open: DocumentStore): WorkspaceIndex {
  const onDisk = new Map<string, EcsDocument>();
  const named = createTaskDefinitionFiles(environment);
  let folders: readonly string[] = [];
  let scan: Promise<void> | undefined;
  let viewed: readonly OpenDocument[] = [];
  let made: View | undefined;

  /** The view is made again only after something changed: it is asked for at every keystroke. */
  const view = (): View => {
    const opened = open.uris().map((uri) => ({ uri, document: open.get(uri) }));
    const isSame =
      opened.length === viewed.length && opened.every((it, at) => it.document === viewed[at]?.document);
    if (isSame && made !== undefined) return made;
    viewed = opened;
    made = makeView(new Map([...named.documents(), ...onDisk]), opened);
    return made;
  };
  const diskChanged = () => {
    made = undefined;
  };

  const find = (uri: string): EcsDocument | undefined => {
    const exact = open.get(uri);
    if (exact !== undefined) return exact;
    const key = uriKey(uri);
    const same = open.uris().find((it) => uriKey(it) === key);
    return same === undefined ? (onDisk.get(key) ?? named.documents().get(key)) : open.get(same);
  };

  const findTaskDefinition = (reference: string, near: string): EcsDocument | undefined => {
    const family = familyOfReference(reference);
    if (family === undefined) return undefined;
    for (const path of named.pathsOf(family, near)) {
      const document = find(path);
      if (document?.kind === "taskDefinition") return document;
    }
    return nearest(view().byFamily.get(family) ?? [], near);
  };

  const findReferringServices = (taskDefinition: EcsDocument) =>
    view().services.filter((it) => {
      const reference = serviceNamesOf(it)?.taskDefinition?.name;
      return reference !== undefined && findTaskDefinition(reference, it.fileName) === taskDefinition;
    });

  return {
    ready: () => {
      const scanned = folders;
      scan ??= scanWorkspace(environment, scanned).then((found) => {
        // Other folders may have been set in the meantime.
        if (scanned !== folders) return;
        for (const document of found) onDisk.set(uriKey(document.fileName), document);
        diskChanged();
      });
      return scan;
    },
    setFolders: (uris) => {
      folders = uris;
      scan = undefined;
      onDisk.clear();
      diskChanged();
    },
    folders: () => folders,
    filesChanged: async (uris) => {
      // Before the first scan there is nothing to keep up to date.
      if (scan === undefined) return false;
      await scan;
      let concerned = false;
      for (const uri of uris) {
        const path = pathOfUri(uri);
        if (path === undefined) continue;
        if (await named.refresh(path)) {
          diskChanged();
          concerned = true;
        }
        if (!isCandidate(path)) continue;
        const known = onDisk.delete(path);
        const document = await readWorkspaceFile(environment, path);
        if (document !== undefined) onDisk.set(path, document);
        diskChanged();
        concerned ||= known || document !== undefined;
      }
      return concerned;
    },
    documents: () => view().documents,
    find,
    load: async (uriOrPath) => {
      const [path] = candidatePaths(uriOrPath, []);
      return find(uriOrPath) ?? (path === undefined ? undefined : readWorkspaceFile(environment, path));
    },
    setTaskDefinitionFiles: async (files) => {
      const isChanged = await named.set(files);
      diskChanged();
      return isChanged;
    },
    findTaskDefinition,
    findServices: (taskDefinition) =>
      findReferringServices(taskDefinition).filter((it) => serviceNamesOf(it)?.isDaemon),
    findReferringServices,
  };
}

interface OpenDocument {
  readonly uri: string;
  readonly document: EcsDocument | undefined;
}

interface View {
  readonly documents: readonly EcsDocument[];
  readonly services: readonly EcsDocument[];
  readonly byFamily: ReadonlyMap<string, readonly EcsDocument[]>;
}

function makeView(onDisk: ReadonlyMap<string, EcsDocument>, opened: readonly OpenDocument[]): View {
  const all = new Map(onDisk);
  for (const { uri, document } of opened) {
    all.delete(uriKey(uri));
    if (document?.kind !== undefined) all.set(uriKey(uri), document);
  }
  const documents = [...all.values()].sort((left, right) => (left.fileName < right.fileName ? -1 : 1));
  const byFamily = new Map<string, EcsDocument[]>();
  for (const document of documents) {
    const family = familyOf(document)?.name;
    if (family === undefined) continue;
    const namesakes = byFamily.get(family) ?? [];
    byFamily.set(family, namesakes);
    namesakes.push(document);
  }
  return { documents, services: documents.filter((it) => it.kind === "service"), byFamily };
}

/** The document whose URI shares most folders with `near`; of equals the first by name. */
function nearest(documents: readonly EcsDocument[], near: string): EcsDocument | undefined {
  const from = near.split("/");
  let best: EcsDocument | undefined;
  let bestDepth = -1;
  for (const document of documents) {
    const parts = document.fileName.split("/");
    let depth = 0;
    while (depth < parts.length - 1 && parts[depth] === from[depth]) depth++;
    if (depth > bestDepth) {
      best = document;
      bestDepth = depth;
    }
  }
  return best;
}
