// The files of the workspace and the open documents by their names: an open document wins over the file on disk. The files
// of a Terraform module give each other names.

import { dirname } from "node:path";
import { givenText } from "../../core/resources/hosts/givenValues";
import { createModuleNames, isModuleFile } from "../../core/resources/hosts/terraform/moduleNames";
import type { Names } from "../../core/resources/hosts/terraform/terraformHost";
import { openResources } from "../../core/resources/openResources";
import type { Resource } from "../../core/resources/resource";
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
  readonly #namesOf = createModuleNames();
  #kinds: readonly KindSetting[] = [];

  constructor(open: DocumentStore) {
    this.#open = open;
    open.setKinds(() => this.#kinds);
    open.setModuleNames((uri) => {
      const path = pathOfUri(uri);
      return path === undefined ? undefined : this.#moduleNames(path);
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
  withValues(resource: Resource, values: Readonly<Record<string, string>>): Resource {
    if (resource.hosted === undefined) return resource;
    const { file, text } = resource.source;
    const given = new Map(Object.entries(values).map(([name, value]) => [name, givenText(String(value))]));
    const names = this.#moduleNames(pathOfUri(file) ?? "");
    return (
      pick(openResources(file, text, { given, ...(names && { names }) }), resource.hosted.id) ?? resource
    );
  }

  #readFromDisk(path: string): readonly Resource[] {
    const read = this.onDisk.resources(path, this.#moduleNames(path));
    return read.map((it) => inSetKind(it, this.#kinds));
  }

  /** The names that the other files of a Terraform module give a file. */
  #moduleNames(path: string): Names | undefined {
    if (!isModuleFile(path)) return undefined;
    const folder = dirname(path);
    const texts = new Map(this.onDisk.moduleTexts(folder));
    for (const uri of this.#open.uris()) {
      const other = pathOfUri(uri);
      if (other !== undefined && isModuleFile(other) && dirname(other) === folder)
        texts.set(other, this.#open.text(uri) ?? "");
    }
    texts.delete(path);
    return texts.size === 0 ? undefined : this.#namesOf(path, [...texts.values()]);
  }
}

/** The resource of that name; without one the first. */
export function pick(resources: readonly Resource[], id: string | undefined): Resource | undefined {
  return id === undefined ? resources[0] : resources.find((it) => it.hosted?.id === id);
}
