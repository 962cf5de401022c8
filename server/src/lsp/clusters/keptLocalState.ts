// The files by which a local cluster outlives its process: the journal of its state, and the port that it listened on.

import { join } from "node:path";
import type { Environment } from "../base/environment";

export interface KeptLocalState {
  /** The journal. */
  readonly file: string;
  exists(): boolean;
  /** The port of the last time, so that its URL stays the same. */
  port(): number | undefined;
  remember(port: number): Promise<void>;
  forget(): Promise<void>;
  /** A journal that cannot be read is renamed, so that nothing is lost. */
  setAside(): Promise<void>;
}

export async function keptLocalState(environment: Environment, folder: string): Promise<KeptLocalState> {
  const file = join(folder, "local-cluster.state");
  const portFile = join(folder, "local-cluster.port");
  let isThere = (await environment.fileStamp(file)) !== undefined;
  const read = await environment.readFile(portFile).catch(() => "");
  let port = /^\d{1,5}$/.test(read) ? Number(read) : undefined;
  return {
    file,
    exists: () => isThere,
    port: () => port,
    remember: async (now) => {
      isThere = (await environment.fileStamp(file)) !== undefined;
      port = now;
      // Without it the cluster is there all the same, on another port.
      await environment.writeFile(portFile, String(now)).catch(() => undefined);
    },
    forget: async () => {
      isThere = false;
      port = undefined;
      await environment.removeFile(file);
      await environment.removeFile(portFile);
    },
    setAside: async () => {
      isThere = false;
      await environment.renameFile(file, `${file}.damaged`);
    },
  };
}
