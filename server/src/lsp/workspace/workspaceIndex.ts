// The files of the workspace folders and the open documents, fed to the index that decides which of them belong together.
// An open document wins over the file on disk.

import { dirname } from "node:path";
import type { GivenValues } from "../../core/resources/hosts/givenValues";
import { isHostFile } from "../../core/resources/kinds/kindSigns";
import { nameOfResource } from "../../core/resources/openResources";
import type { Resource } from "../../core/resources/resource";
import type { Sender } from "../../core/resources/senders";
import type { WorkspaceFile } from "../../core/workspace/definitionChoice";
import type { KindSetting } from "../../core/workspace/kindSettings";
import type { Pair } from "../../core/workspace/pairing";
import { isCandidateFile } from "../../core/workspace/scan";
import { createWorkspace, type Workspace } from "../../core/workspace/workspace";
import type { Environment } from "../base/environment";
import { candidatePaths, fileUri, pathOfUri, resourceIdOf, uriKey } from "../base/uris";
import type { DocumentStore } from "./documentStore";
import { type ClosedFile, OpenAndClosedFiles, pick } from "./openAndClosedFiles";
import { createSenderFiles, type SenderFiles } from "./senderFiles";
import {
  createTaskDefinitionFiles,
  type TaskDefinitionFile,
  type TaskDefinitionFiles,
} from "./taskDefinitionFiles";
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
  withValues(resource: Resource, given: GivenValues): Resource;
  /** The resource with another text of its file; `undefined` where the text has it no longer. */
  inText(resource: Resource, text: string, given: GivenValues): Resource | undefined;
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
  return new FileIndex(environment, open);
}

/**
 * Invariant: `workspace()` is as the open documents, the files that were read and the user's answers are now. Whatever
 * changes one of the last two calls `#view.forget`; the open documents are compared.
 */
class FileIndex implements WorkspaceIndex {
  readonly #environment: Environment;
  readonly #files: OpenAndClosedFiles;
  readonly #named: TaskDefinitionFiles;
  readonly #senders: SenderFiles;
  readonly #view: WorkspaceView;
  #folders: readonly string[] = [];
  #pairs: readonly Pair[] = [];
  #scan: Promise<void> | undefined;

  constructor(environment: Environment, open: DocumentStore) {
    this.#environment = environment;
    this.#files = new OpenAndClosedFiles(open);
    this.#named = createTaskDefinitionFiles(environment);
    this.#senders = createSenderFiles(environment);
    this.#view = new WorkspaceView(open, (opened) =>
      createWorkspace({
        files: filesOf(this.#named.documents(), this.#files.closed(), opened),
        pathOf: (it) => uriKey(nameOfResource(it)),
        named: this.#named.pathsOf,
        configured: (path) => this.#senders.definitionOf(path),
        pairs: this.#pairs,
      }),
    );
  }

  ready(): Promise<void> {
    this.#scan ??= this.#scanFolders(this.#folders);
    return this.#scan;
  }

  async #scanFolders(folders: readonly string[]): Promise<void> {
    const found = await scanWorkspace(this.#environment, folders);
    await this.#senders.scan(folders.flatMap((it) => pathOfUri(it) ?? []));
    await this.#senders.look([...found.keys()].filter((it) => !isHostFile(it)).map((it) => dirname(it)));
    // Other folders may have been set in the meantime.
    if (folders !== this.#folders) return;
    for (const [path, file] of found) this.#files.onDisk.put(path, file);
    this.#view.forget();
  }

  setFolders(uris: readonly string[]): void {
    this.#folders = uris;
    this.#scan = undefined;
    this.#files.onDisk.clear();
    this.#view.forget();
  }

  folders(): readonly string[] {
    return this.#folders;
  }

  async filesChanged(uris: readonly string[]): Promise<boolean> {
    // Before the first scan there is nothing to keep up to date.
    if (this.#scan === undefined) return false;
    await this.#scan;
    let concerned = false;
    for (const uri of uris) {
      const path = pathOfUri(uri);
      if (path !== undefined && (await this.#fileChanged(path))) concerned = true;
    }
    return concerned;
  }

  async #fileChanged(path: string): Promise<boolean> {
    const isNamed = await this.#named.refresh(path);
    if (isNamed) this.#view.forget();
    const isOfSender = await this.#senders.refresh(path);
    if (isOfSender) this.#view.forget();
    if (!isCandidateFile(path)) return isNamed || isOfSender;
    const isKnown = this.#files.onDisk.delete(path);
    const file = await readFileText(this.#environment, path);
    if (file !== undefined) {
      this.#files.onDisk.put(path, file);
      await this.#senders.look([dirname(path)]);
    }
    this.#view.forget();
    return isNamed || isOfSender || isKnown || file !== undefined;
  }

  /** Bound to the index, as `workspace` is, so that it can be handed on by itself. */
  readonly find = (uri: string): Resource | undefined => {
    const found = this.#files.find(uri);
    if (found !== undefined || this.#files.isOpen(uri)) return found;
    return this.#named.documents().get(uriKey(fileUri(uri)));
  };

  async load(uriOrPath: string): Promise<Resource | undefined> {
    const [path] = candidatePaths(uriOrPath, []);
    const found = this.find(uriOrPath);
    if (found !== undefined || path === undefined) return found;
    return pick(await readWorkspaceFile(this.#environment, path), resourceIdOf(uriOrPath));
  }

  withValues(resource: Resource, given: GivenValues): Resource {
    return this.#files.withValues(resource, given);
  }

  inText(resource: Resource, text: string, given: GivenValues): Resource | undefined {
    return this.#files.inText(resource, text, given);
  }

  all(uri: string): readonly Resource[] {
    return this.#files.all(uri);
  }

  async setTaskDefinitionFiles(files: readonly TaskDefinitionFile[]): Promise<boolean> {
    const isChanged = await this.#named.set(files);
    this.#view.forget();
    return isChanged;
  }

  setPairs(pairs: readonly Pair[]): void {
    this.#pairs = pairs.map(({ taskDefinition, service }) => ({
      taskDefinition: uriKey(taskDefinition),
      service: service === null ? null : uriKey(service),
    }));
    this.#view.forget();
  }

  setKinds(settings: readonly KindSetting[]): void {
    this.#files.setKinds(settings);
    this.#view.forget();
  }

  senderOf(document: Resource): Sender {
    return this.#senders.of(document);
  }

  hasPairs(): boolean {
    return this.#pairs.length > 0;
  }

  readonly workspace = (): Workspace => this.#view.now();
}

/** Makes the workspace again only after something changed: it is needed at every keystroke. */
class WorkspaceView {
  readonly #open: DocumentStore;
  readonly #make: (opened: readonly OpenFile[]) => Workspace;
  #opened: readonly OpenFile[] = [];
  #made: Workspace | undefined;

  constructor(open: DocumentStore, make: (opened: readonly OpenFile[]) => Workspace) {
    this.#open = open;
    this.#make = make;
  }

  now(): Workspace {
    const opened = this.#open.uris().map((uri) => ({ uri, resources: this.#open.all(uri) }));
    const isSame =
      opened.length === this.#opened.length &&
      opened.every((it, at) => it.resources === this.#opened[at]?.resources);
    if (isSame && this.#made !== undefined) return this.#made;
    this.#opened = opened;
    this.#made = this.#make(opened);
    return this.#made;
  }

  forget(): void {
    this.#made = undefined;
  }
}

interface OpenFile {
  readonly uri: string;
  readonly resources: readonly Resource[];
}

function filesOf(
  named: ReadonlyMap<string, Resource>,
  closed: readonly ClosedFile[],
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
