// The local endpoint of this server process: loaded and started on request. Where the client names a folder for it, its
// state outlives the process, and the next one continues with it until it is stopped.

import { setTimeout as wait } from "node:timers/promises";
import type { Cluster } from "../../core/cluster/containerInstance";
import type { LocalEndpoint } from "../../local/startLocalEndpoint";
import type { Environment } from "../base/environment";
import type { AddLocalInstancesParams, LocalClusterState, StartLocalParams } from "../protocol/protocol";
import { type KeptLocalState, keptLocalState } from "./keptLocalState";

export interface LocalCluster {
  /** `undefined` while it does not run. */
  running(): LocalEndpoint | undefined;
  condition(): LocalClusterState["condition"];
  /** Whether a state of before is there to continue with. */
  isKept(): boolean;
  read(): Cluster | undefined;
  /** Resolves when it is no longer starting. */
  settled(): Promise<void>;
  /**
   * Answers the running one where there is one; continues with the kept state, unless a fleet is named. Rejects if the
   * port is taken or the fleet file is not one.
   */
  start(params: StartLocalParams): Promise<LocalEndpoint>;
  /**
   * From now on its state is kept in the folder. Starts the one that ran when the last process ended, where `isWanted`;
   * rejects where that cannot be.
   */
  resume(folder: string, isWanted: boolean): Promise<void>;
  /** Ends it and forgets its state. */
  stop(): Promise<void>;
  /** Ends it with the process; its state is kept. */
  close(): Promise<void>;
  /** Rejects where nothing runs. */
  addInstances(params: AddLocalInstancesParams): readonly string[];
  /** Calls the listener after it started, changed or stopped. */
  onChanged(listener: () => void): void;
}

export function createLocalCluster(environment: Environment): LocalCluster {
  const listeners: (() => void)[] = [];
  let starting: Promise<LocalEndpoint> | undefined;
  let resuming: Promise<unknown> | undefined;
  let endpoint: LocalEndpoint | undefined;
  let kept: KeptLocalState | undefined;
  const changed = () => {
    for (const listener of listeners) listener();
  };
  const begin = (work: () => Promise<LocalEndpoint>): Promise<LocalEndpoint> => {
    if (endpoint !== undefined) return Promise.resolve(endpoint);
    // Two requests at once start one endpoint.
    if (starting !== undefined) return starting;
    const take = async (started: LocalEndpoint) => {
      endpoint = started;
      started.onChange(changed);
      await kept?.remember(started.port);
      return started;
    };
    starting = work()
      .then(take)
      .finally(() => {
        starting = undefined;
        changed();
      });
    changed();
    return starting;
  };
  const end = async () => {
    const stopping = endpoint ?? (await starting?.catch(() => undefined));
    endpoint = undefined;
    await stopping?.close();
    return stopping !== undefined;
  };
  const settled = async () => {
    await resuming;
    await starting?.catch(() => undefined);
  };

  return {
    running: () => endpoint,
    condition: () => {
      if (endpoint !== undefined) return "running";
      return starting !== undefined || resuming !== undefined ? "starting" : "notRunning";
    },
    isKept: () => kept?.exists() === true,
    read: () => endpoint?.cluster(),
    settled,
    start: async (params) => {
      await resuming;
      return begin(() => startWith(environment, kept, params));
    },
    resume: (folder, isWanted) => {
      const work = async () => {
        kept = await keptLocalState(environment, folder);
        const state = kept;
        if (isWanted && state.exists()) await begin(() => continueWith(environment, state));
      };
      const running = work();
      resuming = (isWanted ? running : Promise.resolve())
        .catch(() => undefined)
        .finally(() => {
          resuming = undefined;
          changed();
        });
      return running;
    },
    stop: async () => {
      await resuming;
      const wasRunning = await end();
      await kept?.forget();
      if (wasRunning) changed();
    },
    close: async () => {
      await end();
    },
    addInstances: (params) => {
      if (endpoint === undefined) throw new Error("The local cluster is not running.");
      return endpoint.addInstances(params);
    },
    onChanged: (listener) => listeners.push(listener),
  };
}

async function open(
  environment: Environment,
  { port, fleet }: StartLocalParams,
  stateFile?: string,
): Promise<LocalEndpoint> {
  const fleetText = fleet === undefined ? undefined : await environment.readFile(fleet);
  return environment.startLocalEndpoint({
    ...(port === undefined ? {} : { port }),
    ...(fleetText === undefined ? {} : { fleetText }),
    ...(stateFile === undefined ? {} : { stateFile }),
  });
}

/** A state file that another window uses, or that is damaged, must not keep the cluster from starting. */
async function startWith(
  environment: Environment,
  kept: KeptLocalState | undefined,
  params: StartLocalParams,
): Promise<LocalEndpoint> {
  if (kept === undefined) return open(environment, params);
  // A fleet is asked for to begin anew; one that cannot be read leaves the old state as it is.
  if (params.fleet !== undefined) {
    await environment.readFile(params.fleet);
    await kept.forget();
  }
  try {
    return await open(environment, params, kept.file);
  } catch (error) {
    if (isLocked(error)) return open(environment, params);
    if (!kept.exists()) throw error;
    await kept.setAside();
    return open(environment, params, kept.file);
  }
}

/** The process of before may need a moment to give the state file back: tries, and milliseconds between them. */
const tries = 40;
const pause = 250;

async function continueWith(environment: Environment, kept: KeptLocalState): Promise<LocalEndpoint> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await onSomePort(environment, kept);
    } catch (error) {
      if (!isLocked(error) || attempt >= tries) throw error;
      await wait(pause);
    }
  }
}

/** On the port of before, so that clients find it again; where that is taken, on any. */
async function onSomePort(environment: Environment, kept: KeptLocalState): Promise<LocalEndpoint> {
  const port = kept.port();
  try {
    return await open(environment, { port: port ?? 0 }, kept.file);
  } catch (error) {
    if (isLocked(error) || port === undefined) throw error;
    return open(environment, {}, kept.file);
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && / is in use by /.test(error.message);
}
