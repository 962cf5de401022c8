// The files of the workspace folders and the open documents, fed to the index that decides which of them belong together.
// An open document wins over the file on disk.

import { dirname } from "node:path";
import type { Resource } from "../../core/resources/resource";
import type { Sender } from "../../core/resources/senders";
import type { Pair } from "../../core/workspace/pairing";
import { isCandidateFile } from "../../core/workspace/scan";
import { createWorkspace, type Workspace } from "../../core/workspace/workspace";
import type { Environment } from "../base/environment";
import { candidatePaths, pathOfUri, uriKey } from "../base/uris";
import type { DocumentStore } from "./documentStore";
import { createSenderFiles } from "./senderFiles";
import { createTaskDefinitionFiles, type TaskDefinitionFile } from "./taskDefinitionFiles";
import { readWorkspaceFile, scanWorkspace } from "./workspaceFiles";

export interface WorkspaceIndex {
  /** Resolves when the folders have been scanned; the first call starts the scan. */
  ready(): Promise<void>;
  setFolders(uris: readonly string[]): void;
  folders(): readonly string[];
  /** Reads what changed on disk; resolves to whether any file of ours is concerned. */
  filesChanged(uris: readonly string[]): Promise<boolean>;
  find(uri: string): Resource | undefined;
  /** As `find`; a file that is neither open nor in the workspace is read from disk. */
  load(uriOrPath: string): Promise<Resource | undefined>;
  /** The files that the setting names for families; resolves to whether they are others than before. */
  setTaskDefinitionFiles(files: readonly TaskDefinitionFile[]): Promise<boolean>;
  /** The user's answers to the question which files belong together; by URI. */
  setPairs(pairs: readonly Pair[]): void;
  hasPairs(): boolean;
  /** Who sends a document, as far as files of the workspace show it. */
  senderOf(document: Resource): Sender;
  /** Everything that belongs to the workspace, as it is now: the same object until something changes. */
  workspace(): Workspace;
}

export function createWorkspaceIndex(environment: Environment, open: DocumentStore): WorkspaceIndex {
  const onDisk = new Map<string, Resource>();
  const named = createTaskDefinitionFiles(environment);
  const senders = createSenderFiles(environment);
  let folders: readonly string[] = [];
  let pairs: readonly Pair[] = [];
  let scan: Promise<void> | undefined;
  let viewed: readonly OpenDocument[] = [];
  let made: Workspace | undefined;

  /** Built again only after something changed: it is needed at every keystroke. */
  const workspace = (): Workspace => {
    const opened = open.uris().map((uri) => ({ uri, document: open.get(uri) }));
    const isSame =
      opened.length === viewed.length && opened.every((it, at) => it.document === viewed[at]?.document);
    if (isSame && made !== undefined) return made;
    viewed = opened;
    made = createWorkspace({
      files: filesOf(new Map([...named.documents(), ...onDisk]), opened),
      pathOf: ({ source: { file: fileName } }) => uriKey(fileName),
      named: named.pathsOf,
      pairs,
    });
    return made;
  };
  const diskChanged = () => {
    made = undefined;
  };

  const find = (uri: string): Resource | undefined => {
    const exact = open.get(uri);
    if (exact !== undefined) return exact;
    const key = uriKey(uri);
    const same = open.uris().find((it) => uriKey(it) === key);
    return same === undefined ? (onDisk.get(key) ?? named.documents().get(key)) : open.get(same);
  };

  return {
    ready: () => {
      const scanned = folders;
      scan ??= scanWorkspace(environment, scanned).then(async (found) => {
        await senders.scan(scanned.flatMap((it) => pathOfUri(it) ?? []));
        await senders.look(found.flatMap((it) => folderOf(it.source.file)));
        // Other folders may have been set in the meantime.
        if (scanned !== folders) return;
        for (const document of found) onDisk.set(uriKey(document.source.file), document);
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
        if (await senders.refresh(path)) concerned = true;
        if (!isCandidateFile(path)) continue;
        const known = onDisk.delete(path);
        const document = await readWorkspaceFile(environment, path);
        if (document !== undefined) {
          onDisk.set(path, document);
          await senders.look([dirname(path)]);
        }
        diskChanged();
        concerned ||= known || document !== undefined;
      }
      return concerned;
    },
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
    setPairs: (next) => {
      pairs = next.map(({ taskDefinition, service }) => ({
        taskDefinition: uriKey(taskDefinition),
        service: service === null ? null : uriKey(service),
      }));
      diskChanged();
    },
    senderOf: senders.of,
    hasPairs: () => pairs.length > 0,
    workspace,
  };
}

function folderOf(uri: string): readonly string[] {
  const path = pathOfUri(uri);
  return path === undefined ? [] : [dirname(path)];
}

interface OpenDocument {
  readonly uri: string;
  readonly document: Resource | undefined;
}

function filesOf(onDisk: ReadonlyMap<string, Resource>, opened: readonly OpenDocument[]) {
  const all = new Map(onDisk);
  for (const { uri, document } of opened) {
    all.delete(uriKey(uri));
    if (document?.kind !== undefined) all.set(uriKey(uri), document);
  }
  return [...all].map(([path, document]) => ({ path, document }));
}
