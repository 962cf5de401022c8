// The files of the workspace and the open documents by their names: an open document wins over the file on disk. The files
// of a Terraform module give each other names.

import { dirname, join } from "node:path";
import type { GivenValues } from "../../core/resources/hosts/givenValues";
import {
  createModuleContexts,
  isModuleFile,
  type ModuleContext,
} from "../../core/resources/hosts/terraform/moduleNames";
import { openResources } from "../../core/resources/openResources";
import { openResource, type Resource } from "../../core/resources/resource";
import { inSetKind, type KindSetting } from "../../core/workspace/kindSettings";
import { fileUri, pathOfUri, resourceIdOf, uriKey } from "../base/uris";
import { createDiskFiles, type DiskFiles } from "./diskFiles";
import type { DocumentStore } from "./documentStore";

export interface ClosedFile {
  readonly path: string;
  readonly resources: readonly Resource[];
}

export class OpenAndClosedFiles {
  readonly onDisk: DiskFiles = createDiskFiles();
  readonly #open: DocumentStore;
  readonly #contextOf = createModuleContexts();
  #kinds: readonly KindSetting[] = [];

  constructor(open: DocumentStore) {
    this.#open = open;
    open.setKinds(() => this.#kinds);
    open.setModules((uri) => {
      const path = pathOfUri(uri);
      return path === undefined ? undefined : this.#module(path);
    });
  }

  setKinds(settings: readonly KindSetting[]): void {
    this.#kinds = settings;
  }

  /** The resource of a URI. A URI without a resource's name stands for the first one of its file. */
  find(uri: string): Resource | undefined {
    return this.#open.get(uri) ?? pick(this.all(uri), resourceIdOf(uri));
  }

  /** Everything of ours in a file. */
  all(uri: string): readonly Resource[] {
    const same = this.#openUriOf(uri);
    return same === undefined ? this.#readFromDisk(uriKey(fileUri(uri))) : this.#open.all(same);
  }

  isOpen(uri: string): boolean {
    return this.#openUriOf(uri) !== undefined;
  }

  #openUriOf(uri: string): string | undefined {
    const file = uriKey(fileUri(uri));
    return this.#open.uris().find((it) => uriKey(it) === file);
  }

  /** The files on disk, those that are open included. */
  closed(): readonly ClosedFile[] {
    return [...this.onDisk.paths()].map((path) => ({ path, resources: this.#readFromDisk(path) }));
  }

  /** A resource of a template or module as it is with values of its parameters, variables and references. */
  withValues(resource: Resource, given: GivenValues): Resource {
    if (resource.hosted === undefined || given.size === 0) return resource;
    return this.inText(resource, resource.source.text, given) ?? resource;
  }

  /** The resource with another text of its file; `undefined` where the text has it no longer. */
  inText({ hosted, source: { file } }: Resource, text: string, given: GivenValues): Resource | undefined {
    if (hosted === undefined) return openResource(file, text);
    const context = this.#module(pathOfUri(file) ?? "", text);
    return pick(openResources(file, text, { given, ...context }), hosted.id);
  }

  #readFromDisk(path: string): readonly Resource[] {
    const read = this.onDisk.resources(path, this.#module(path));
    return read.map((it) => inSetKind(it, this.#kinds));
  }

  /** What the folder of a Terraform file gives it: names of the other files, and lists that they read. */
  #module(path: string, text?: string): ModuleContext | undefined {
    if (!isModuleFile(path)) return undefined;
    const folder = dirname(path);
    const texts = new Map(this.onDisk.moduleTexts(folder));
    const open = new Map<string, string>();
    for (const uri of this.#open.uris()) {
      const other = pathOfUri(uri);
      if (other === undefined) continue;
      open.set(other, uri);
      if (isModuleFile(other) && dirname(other) === folder) texts.set(other, this.#open.text(uri) ?? "");
    }
    const own = text ?? texts.get(path) ?? "";
    texts.delete(path);
    return this.#contextOf(path, own, [...texts.values()], (relative) => {
      const file = join(folder, relative);
      const uri = open.get(file);
      return uri === undefined ? this.onDisk.text(file) : this.#open.text(uri);
    });
  }
}

/** The resource of that name; without one the first. */
export function pick(resources: readonly Resource[], id: string | undefined): Resource | undefined {
  return id === undefined ? resources[0] : resources.find((it) => it.hosted?.id === id);
}
