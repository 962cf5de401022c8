// The local endpoint of this server process: loaded and started on request. Where the client names a folder for it, its
// state outlives the process, and the next one continues with it until it is stopped.

import { setTimeout as wait } from "node:timers/promises";
import type { Cluster } from "../../core/cluster/containerInstance";
import type { LocalEndpoint } from "../../local/startLocalEndpoint";
import type { stateInUse } from "../../local/state/lockFile";
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
  /** Resolves when it is no longer starting, and known what is kept. */
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
  /** Ends it and forgets its state. Resolves to whether one was running. */
  stop(): Promise<boolean>;
  /** Ends it with the process; its state is kept. */
  close(): Promise<void>;
  /** Rejects where nothing runs. */
  addInstances(params: AddLocalInstancesParams): readonly string[];
  /** Calls the listener after it started, changed or stopped. */
  onChanged(listener: () => void): void;
}

export function createLocalCluster(environment: Environment): LocalCluster {
  return new KeptLocalCluster(environment);
}

/** Invariant: at most one endpoint runs or starts; two requests at once start one. */
class KeptLocalCluster implements LocalCluster {
  readonly #environment: Environment;
  readonly #listeners: (() => void)[] = [];
  #starting: Promise<LocalEndpoint> | undefined;
  #resuming: Promise<unknown> | undefined;
  /** Settles when it is known what is kept. */
  #looking: Promise<unknown> = Promise.resolve();
  #endpoint: LocalEndpoint | undefined;
  #kept: KeptLocalState | undefined;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  running(): LocalEndpoint | undefined {
    return this.#endpoint;
  }

  condition(): LocalClusterState["condition"] {
    if (this.#endpoint !== undefined) return "running";
    return this.#starting !== undefined || this.#resuming !== undefined ? "starting" : "notRunning";
  }

  isKept(): boolean {
    return this.#kept?.exists() === true;
  }

  read(): Cluster | undefined {
    return this.#endpoint?.cluster();
  }

  async settled(): Promise<void> {
    await this.#looking;
    await this.#resuming;
    await this.#starting?.catch(() => undefined);
  }

  async start(params: StartLocalParams): Promise<LocalEndpoint> {
    await this.#looking;
    await this.#resuming;
    return this.#begin(() => startWith(this.#environment, this.#kept, params));
  }

  resume(folder: string, isWanted: boolean): Promise<void> {
    const looking = keptLocalState(this.#environment, folder).then((kept) => {
      this.#kept = kept;
      return kept;
    });
    this.#looking = looking.catch(() => undefined);
    const running = this.#continue(looking, isWanted);
    this.#resuming = (isWanted ? running : Promise.resolve())
      .catch(() => undefined)
      .finally(() => {
        this.#resuming = undefined;
        this.#changed();
      });
    return running;
  }

  async stop(): Promise<boolean> {
    await this.#looking;
    await this.#resuming;
    const wasRunning = await this.#end();
    await this.#kept?.forget();
    if (wasRunning) this.#changed();
    return wasRunning;
  }

  async close(): Promise<void> {
    await this.#end();
  }

  addInstances(params: AddLocalInstancesParams): readonly string[] {
    if (this.#endpoint === undefined) throw new Error("The local cluster is not running.");
    return this.#endpoint.addInstances(params);
  }

  onChanged(listener: () => void): void {
    this.#listeners.push(listener);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }

  async #continue(looking: Promise<KeptLocalState>, isWanted: boolean): Promise<void> {
    const kept = await looking;
    if (isWanted && kept.exists()) await this.#begin(() => continueWith(this.#environment, kept));
  }

  #begin(work: () => Promise<LocalEndpoint>): Promise<LocalEndpoint> {
    if (this.#endpoint !== undefined) return Promise.resolve(this.#endpoint);
    if (this.#starting !== undefined) return this.#starting;
    this.#starting = work()
      .then((started) => this.#take(started))
      .finally(() => {
        this.#starting = undefined;
        this.#changed();
      });
    this.#changed();
    return this.#starting;
  }

  async #take(started: LocalEndpoint): Promise<LocalEndpoint> {
    this.#endpoint = started;
    started.onChange(() => this.#changed());
    await this.#kept?.remember(started.port);
    return started;
  }

  /** Whether there was one to end. */
  async #end(): Promise<boolean> {
    const stopping = this.#endpoint ?? (await this.#starting?.catch(() => undefined));
    this.#endpoint = undefined;
    await stopping?.close();
    return stopping !== undefined;
  }
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
  return (
    error instanceof Error && "code" in error && error.code === ("STATE_IN_USE" satisfies typeof stateInUse)
  );
}
