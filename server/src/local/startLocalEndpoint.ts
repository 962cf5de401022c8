// Starts the embedded ECS endpoint: the one way in for the command line, the language server and tests.

import type { Cluster } from "../core/cluster/containerInstance";

export interface LocalEndpointOptions {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** The cluster that exists from the start; `default` without it. */
  readonly clusterName?: string;
  /** Text of a fleet file whose container instances the cluster starts with. */
  readonly fleetText?: string;
  /** How many container instances the cluster starts with where there is no fleet text; 5 without it. */
  readonly instances?: number;
  /** Seconds from PENDING to RUNNING; 0 without it. */
  readonly startDelaySeconds?: number;
  /** Seconds from the decision to stop a task to STOPPED; 0 without it. */
  readonly stopDelaySeconds?: number;
  /** A journal that keeps the state across restarts. */
  readonly stateFile?: string;
  /** Receives one line per request; never credentials. */
  readonly log?: (line: string) => void;
}

export interface NewInstances {
  readonly count: number;
  readonly instanceType?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly zones?: readonly string[];
}

export interface LocalEndpoint {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  readonly clusterName: string;
  close(): Promise<void>;
  /** Container instances join the first cluster; answers their ids. */
  addInstances(instances: NewInstances): string[];
  /** The cluster as the scheduler sees it now, for a live preview; without a name the first cluster. */
  cluster(name?: string): Cluster;
  /** Calls the listener after every change of the state; answers how to stop listening. */
  onChange(listener: () => void): () => void;
}

/** Listens on 127.0.0.1. Rejects if the port is taken, the fleet text is not a fleet, or the state file is unreadable. */
export async function startLocalEndpoint(options: LocalEndpointOptions): Promise<LocalEndpoint> {
  throw new Error(`not built yet: ${Object.keys(options)}`);
}
