// What the server asks of the machine it runs on, in one place: tests hand it another machine.

import { rmSync } from "node:fs";
import { mkdtemp, readdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { connectEcs as ConnectEcs } from "../../ecs/aws";
import type { EcsPort, EcsTarget } from "../../ecs/port";
import type { LocalEndpoint, LocalEndpointOptions } from "../../local/startLocalEndpoint";

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

export interface FileStamp {
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Bytes. */
  readonly size: number;
}

export interface Environment {
  /** Rejects where there is no such file or it cannot be read. */
  readFile(path: string): Promise<string>;
  /** `undefined` where there is no such file. */
  fileStamp(path: string): Promise<FileStamp | undefined>;
  /** The path with every link followed; the path itself where there is no such file. */
  realPath(path: string): Promise<string>;
  /** Empty where there is no such folder. */
  listFolder(path: string): Promise<readonly FolderEntry[]>;
  /** Writes a file that is gone when the process ends; one of the same name is written over. Resolves to its path. */
  writeTemporary(name: string, text: string): Promise<string>;
  /** The three below are for the extension's own files, never for those of a user. */
  writeFile(path: string, text: string): Promise<void>;
  /** Does nothing where there is no such file. */
  removeFile(path: string): Promise<void>;
  renameFile(path: string, to: string): Promise<void>;
  /** Loads the AWS client on its first call, never at start. `mfaCode` asks a person for the code of a device. */
  connectEcs(target: EcsTarget, mfaCode?: (device: string) => Promise<string>): Promise<EcsPort>;
  /** Loads the embedded endpoint on its first call. */
  startLocalEndpoint(options: LocalEndpointOptions): Promise<LocalEndpoint>;
}

/** What reaches ECS, and the endpoint that stands for it. */
export interface Reach {
  connectEcs: typeof ConnectEcs;
  startLocalEndpoint(options: LocalEndpointOptions): Promise<LocalEndpoint>;
}

/** `reach` is called when something first needs what it loads. */
export function nodeEnvironment(reach: () => Promise<Reach>): Environment {
  let temporaryFolder: Promise<string> | undefined;
  return {
    readFile: (path) => readFile(path, "utf8"),
    fileStamp: async (path) => {
      try {
        const { mtimeMs, size, isFile } = await statFile(path);
        return isFile ? { modified: mtimeMs, size } : undefined;
      } catch {
        return undefined;
      }
    },
    realPath: (path) => realpath(path).catch(() => path),
    listFolder: async (path) => {
      try {
        const entries = await readdir(path, { withFileTypes: true });
        return entries.map((it) => ({ name: it.name, isFolder: it.isDirectory() }));
      } catch {
        return [];
      }
    },
    writeTemporary: async (name, text) => {
      temporaryFolder ??= makeTemporaryFolder();
      const path = join(await temporaryFolder, name);
      await writeFile(path, text);
      return path;
    },
    writeFile: (path, text) => writeFile(path, text),
    removeFile: (path) => rm(path, { force: true }),
    renameFile: (path, to) => rename(path, to),
    connectEcs: async (target, mfaCode) => (await reach()).connectEcs(target, { mfaCode }),
    startLocalEndpoint: async (options) => (await reach()).startLocalEndpoint(options),
  };
}

async function makeTemporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "ecs-daemon-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function statFile(path: string) {
  const found = await stat(path);
  return { mtimeMs: found.mtimeMs, size: found.size, isFile: found.isFile() };
}
