// The files of the workspace folders and the open documents, fed to the index that decides which of them belong together.
// An open document wins over the file on disk.

import { dirname } from "node:path";
import { givenText } from "../../core/resources/hosts/givenValues";
import { createModuleNames, isModuleFile } from "../../core/resources/hosts/terraform/moduleNames";
import type { Names } from "../../core/resources/hosts/terraform/terraformHost";
import { isHostFile } from "../../core/resources/kinds/kindSigns";
import { nameOfResource, openResources } from "../../core/resources/openResources";
import type { Resource } from "../../core/resources/resource";
import type { Sender } from "../../core/resources/senders";
import type { WorkspaceFile } from "../../core/workspace/definitionChoice";
import { inSetKind, type KindSetting } from "../../core/workspace/kindSettings";
import type { Pair } from "../../core/workspace/pairing";
import { isCandidateFile } from "../../core/workspace/scan";
import { createWorkspace, type Workspace } from "../../core/workspace/workspace";
import type { Environment } from "../base/environment";
import { candidatePaths, fileUri, pathOfUri, resourceIdOf, uriKey } from "../base/uris";
import { createDiskFiles, type DiskFiles } from "./diskFiles";
import type { DocumentStore } from "./documentStore";
import { createSenderFiles } from "./senderFiles";
import { createTaskDefinitionFiles, type TaskDefinitionFile } from "./taskDefinitionFiles";
import { readFileText, readWorkspaceFile, scanWorkspace } from "./workspaceFiles";

export interface WorkspaceIndex {
  /** Resolves when the folders have been scanned; the first call starts the scan. */
  ready(): Promise<void>;
  setFolders(uris: readonly string[]): void;
  folders(): readonly string[];
  /** Reads what changed on disk; resolves to whether any file of ours is concerned. */
  filesChanged(uris: readonly string[]): Promise<boolean>;
  find(uri: string): Resource | undefined;
  /** Everything of ours in a file of the workspace or an open one. */
  all(uri: string): readonly Resource[];
  /** A resource of a template or module as it is with values of its parameters, variables and references. */
  withValues(resource: Resource, values: Readonly<Record<string, string>>): Resource;
  /** As `find`; a file that is neither open nor in the workspace is read from disk. */
  load(uriOrPath: string): Promise<Resource | undefined>;
  /** The files that the setting names for families; resolves to whether they are others than before. */
  setTaskDefinitionFiles(files: readonly TaskDefinitionFile[]): Promise<boolean>;
  /** The user's answers to the question which files belong together; by URI. */
  setPairs(pairs: readonly Pair[]): void;
  hasPairs(): boolean;
  /** Who sends a document, as far as files of the workspace show it. */
  senderOf(document: Resource): Sender;
  /** Which kind files are of where nothing else decides. */
  setKinds(settings: readonly KindSetting[]): void;
  /** Everything that belongs to the workspace, as it is now: the same object until something changes. */
  workspace(): Workspace;
}

export function createWorkspaceIndex(environment: Environment, open: DocumentStore): WorkspaceIndex {
  const onDisk = createDiskFiles();
  const named = createTaskDefinitionFiles(environment);
  const senders = createSenderFiles(environment);
  let folders: readonly string[] = [];
  let pairs: readonly Pair[] = [];
  let scan: Promise<void> | undefined;
  let viewed: readonly OpenFile[] = [];
  let made: Workspace | undefined;
  let kinds: readonly KindSetting[] = [];
  open.setKinds(() => kinds);

  const moduleNamesFor = moduleNamesReader(open, onDisk);
  open.setModuleNames((uri) => {
    const path = pathOfUri(uri);
    return path === undefined ? undefined : moduleNamesFor(path);
  });
  const readFromDisk = (path: string) =>
    onDisk.resources(path, moduleNamesFor(path)).map((it) => inSetKind(it, kinds));

  /** Built again only after something changed: it is needed at every keystroke. */
  const workspace = (): Workspace => {
    const opened = open.uris().map((uri) => ({ uri, resources: open.all(uri) }));
    const isSame =
      opened.length === viewed.length && opened.every((it, at) => it.resources === viewed[at]?.resources);
    if (isSame && made !== undefined) return made;
    viewed = opened;
    const closed = [...onDisk.paths()].map((path) => ({ path, resources: readFromDisk(path) }));
    made = createWorkspace({
      files: filesOf(named.documents(), closed, opened),
      pathOf: (it) => uriKey(nameOfResource(it)),
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
    const file = uriKey(fileUri(uri));
    const same = open.uris().find((it) => uriKey(it) === file);
    const id = resourceIdOf(uri);
    if (same !== undefined) return pick(open.all(same), id);
    return pick(readFromDisk(file), id) ?? named.documents().get(file);
  };

  return {
    ready: () => {
      const scanned = folders;
      scan ??= scanWorkspace(environment, scanned).then(async (found) => {
        await senders.scan(scanned.flatMap((it) => pathOfUri(it) ?? []));
        await senders.look([...found.keys()].filter((it) => !isHostFile(it)).map((it) => dirname(it)));
        // Other folders may have been set in the meantime.
        if (scanned !== folders) return;
        for (const [path, file] of found) onDisk.put(path, file);
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
        const file = await readFileText(environment, path);
        if (file !== undefined) {
          onDisk.put(path, file);
          await senders.look([dirname(path)]);
        }
        diskChanged();
        concerned ||= known || file !== undefined;
      }
      return concerned;
    },
    find,
    load: async (uriOrPath) => {
      const [path] = candidatePaths(uriOrPath, []);
      const found = find(uriOrPath);
      if (found !== undefined || path === undefined) return found;
      return pick(await readWorkspaceFile(environment, path), resourceIdOf(uriOrPath));
    },
    withValues: (resource, values) => {
      if (resource.hosted === undefined) return resource;
      const given = new Map(Object.entries(values).map(([name, text]) => [name, givenText(String(text))]));
      const names = moduleNamesFor(pathOfUri(resource.source.file) ?? "");
      const found = openResources(resource.source.file, resource.source.text, {
        given,
        ...(names && { names }),
      });
      return pick(found, resource.hosted.id) ?? resource;
    },
    all: (uri) => {
      const file = uriKey(fileUri(uri));
      const same = open.uris().find((it) => uriKey(it) === file);
      return same === undefined ? readFromDisk(file) : open.all(same);
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
    setKinds: (next) => {
      kinds = next;
      diskChanged();
    },
    hasPairs: () => pairs.length > 0,
    workspace,
  };
}

/** Gives the names that the other files of its Terraform module give a file; open documents win over the disk. */
function moduleNamesReader(open: DocumentStore, onDisk: DiskFiles): (path: string) => Names | undefined {
  const namesOf = createModuleNames();
  return (path) => {
    if (!isModuleFile(path)) return undefined;
    const folder = dirname(path);
    const texts = new Map(onDisk.moduleTexts(folder));
    for (const uri of open.uris()) {
      const other = pathOfUri(uri);
      if (other !== undefined && isModuleFile(other) && dirname(other) === folder)
        texts.set(other, open.text(uri) ?? "");
    }
    texts.delete(path);
    return texts.size === 0 ? undefined : namesOf(path, [...texts.values()]);
  };
}

/** The resource of that name; without one the first. */
function pick(resources: readonly Resource[], id: string | undefined): Resource | undefined {
  return id === undefined ? resources[0] : resources.find((it) => it.hosted?.id === id);
}

interface OpenFile {
  readonly uri: string;
  readonly resources: readonly Resource[];
}

function filesOf(
  named: ReadonlyMap<string, Resource>,
  closed: readonly { readonly path: string; readonly resources: readonly Resource[] }[],
  opened: readonly OpenFile[],
): readonly WorkspaceFile[] {
  const byFile = new Map<string, readonly Resource[]>();
  for (const [path, document] of named) byFile.set(path, [document]);
  for (const { path, resources } of closed) byFile.set(path, resources);
  for (const { uri, resources } of opened) {
    byFile.delete(uriKey(uri));
    const ours = resources.filter((it) => it.kind !== undefined);
    if (ours.length > 0) byFile.set(uriKey(uri), ours);
  }
  return [...byFile.values()].flatMap((resources) =>
    resources.map((document) => ({ path: uriKey(nameOfResource(document)), document })),
  );
}
