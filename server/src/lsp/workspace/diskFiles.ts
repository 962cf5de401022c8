// The files of the workspace folders as they were read from disk, and what each of them holds.

import { dirname } from "node:path";
import { isModuleFile, type ModuleContext } from "../../core/resources/hosts/terraform/moduleNames";
import type { Resource } from "../../core/resources/resource";
import { type FileText, resourcesIn } from "./workspaceFiles";

interface DiskFile extends FileText {
  read: { readonly module: ModuleContext | undefined; readonly resources: readonly Resource[] } | undefined;
}

export interface DiskFiles {
  put(path: string, file: FileText): void;
  /** Whether it was there. */
  delete(path: string): boolean;
  clear(): void;
  paths(): Iterable<string>;
  /** What the file of a path holds. */
  resources(path: string, module: ModuleContext | undefined): readonly Resource[];
  text(path: string): string | undefined;
  /** Texts of the Terraform files of a folder, by path. */
  moduleTexts(folder: string): ReadonlyMap<string, string>;
}

export function createDiskFiles(): DiskFiles {
  const files = new Map<string, DiskFile>();
  const modules = new Map<string, Map<string, string>>();
  const drop = (path: string): boolean => {
    modules.get(dirname(path))?.delete(path);
    return files.delete(path);
  };
  return {
    put: (path, file) => {
      files.set(path, { ...file, read: undefined });
      if (!isModuleFile(path)) return;
      const folder = dirname(path);
      const own = modules.get(folder) ?? new Map<string, string>();
      modules.set(folder, own.set(path, file.text));
    },
    delete: drop,
    clear: () => {
      files.clear();
      modules.clear();
    },
    paths: () => files.keys(),
    text: (path) => files.get(path)?.text,
    resources: (path, module) => {
      const file = files.get(path);
      if (file === undefined) return [];
      if (file.read === undefined || file.read.module !== module)
        file.read = { module, resources: resourcesIn(file, module) };
      return file.read.resources;
    },
    moduleTexts: (folder) => modules.get(folder) ?? noTexts,
  };
}

const noTexts: ReadonlyMap<string, string> = new Map();
