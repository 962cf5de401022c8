// The environment of a server that runs in a browser: the client reads files for it, and there is neither an account nor
// a local endpoint.

import type { Connection } from "vscode-languageserver/node";
import { EcsError } from "../../ecs/port";
import { type FileEntry, fileStampMethod, listFolderMethod, readFileMethod } from "../protocol/filesProtocol";
import type { Environment, FileStamp } from "./environment";
import { uriOfPath } from "./uris";

/** Every path is that of a file of the client; nothing is ever written. */
export function clientFiles(connection: Connection): Environment {
  const ask = <Answer>(method: string, path: string) =>
    connection.sendRequest<Answer>(method, { uri: uriOfPath(path) });
  return {
    readFile: async (path) => {
      const text = await ask<string | null>(readFileMethod, path);
      if (text === null) throw new Error(`There is no file ${path}.`);
      return text;
    },
    fileStamp: async (path) => (await ask<FileStamp | null>(fileStampMethod, path)) ?? undefined,
    realPath: async (path) => path,
    listFolder: (path) => ask<readonly FileEntry[]>(listFolderMethod, path),
    writeTemporary: notHere,
    writeFile: async () => undefined,
    removeFile: async () => undefined,
    renameFile: async () => undefined,
    connectEcs: notHere,
    startLocalEndpoint: notHere,
  };
}

async function notHere(): Promise<never> {
  throw new EcsError("NotAvailable", "Not available in VS Code for the Web.");
}
