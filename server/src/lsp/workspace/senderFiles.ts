// The files of the workspace that show who sends a document: ecspresso configurations and GitHub workflows.

import { basename, dirname, join, resolve } from "node:path";
import type { Resource } from "../../core/resources/resource";
import { isEcspressoConfig, isWorkflow, type Sender, senderOf } from "../../core/resources/senders";
import { pairsOfEcspresso } from "../../core/workspace/ecspressoFiles";
import type { Environment } from "../base/environment";
import { pathOfUri, uriKey } from "../base/uris";

/** Bytes. A longer workflow was generated. */
const largestFile = 256 * 1024;
const mostWorkflows = 200;

export interface SenderFiles {
  /** Reads the workflows of these folders. */
  scan(folders: readonly string[]): Promise<void>;
  /** Looks for an ecspresso configuration in these folders, of those that have not been looked at. */
  look(folders: Iterable<string>): Promise<void>;
  /** Reads a file again; resolves to whether it shows who sends documents. */
  refresh(path: string): Promise<boolean>;
  of(document: Resource): Sender;
  /** The path of the task definition that a configuration names together with the file of a service. */
  definitionOf(servicePath: string): string | undefined;
}

interface EcspressoConfigs {
  readonly names: readonly string[];
  /** Paths of task definitions by those of services. */
  readonly definitions: ReadonlyMap<string, string>;
}

export function createSenderFiles(environment: Environment): SenderFiles {
  /** Configurations of ecspresso by folder. */
  const configs = new Map<string, EcspressoConfigs>();
  /** Texts by path. */
  let workflows = new Map<string, string>();

  const lookIn = async (folder: string) => {
    const entries = await environment.listFolder(folder);
    const names = entries.map((it) => it.name).filter(isEcspressoConfig);
    const texts = await Promise.all(names.map((it) => readSmall(join(folder, it))));
    const read = texts.flatMap((text) => (text === undefined ? [] : [{ folder, text }]));
    configs.set(folder, { names, definitions: pairsOfEcspresso(read, resolve) });
  };
  const readSmall = async (path: string): Promise<string | undefined> => {
    const stamp = await environment.fileStamp(path);
    if (stamp === undefined || stamp.size > largestFile) return undefined;
    return environment.readFile(path).catch(() => undefined);
  };

  return {
    scan: async (folders) => {
      configs.clear();
      const found = new Map<string, string>();
      for (const folder of folders) {
        const inside = join(folder, ".github", "workflows");
        const paths = (await environment.listFolder(inside)).map((it) => join(inside, it.name));
        for (const path of paths.filter(isWorkflow).slice(0, mostWorkflows)) {
          const text = await readSmall(path);
          if (text !== undefined) found.set(path, text);
        }
      }
      workflows = found;
    },
    look: async (folders) => {
      for (const folder of new Set(folders)) if (!configs.has(folder)) await lookIn(folder);
    },
    refresh: async (path) => {
      if (isEcspressoConfig(basename(path))) {
        await lookIn(dirname(path));
        return true;
      }
      if (!isWorkflow(path)) return false;
      const text = await readSmall(path);
      if (text === undefined) workflows.delete(path);
      else workflows.set(path, text);
      return true;
    },
    of: (document) =>
      senderOf(document, {
        neighbors:
          configs.get(dirname(pathOfUri(document.source.file) ?? uriKey(document.source.file)))?.names ?? [],
        workflows: [...workflows.values()],
      }),
    definitionOf: (servicePath) => configs.get(dirname(servicePath))?.definitions.get(servicePath),
  };
}
