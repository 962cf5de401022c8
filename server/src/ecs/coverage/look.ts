// What the parts of one coverage look share: whom they ask, what they may ask, and what could not be read.

import type { DaemonService } from "../../core/scheduler/placement";
import { EcsError, type EcsPort, isCancellation, type JsonObject, type ServiceState } from "../port";
import type { SeenTask } from "./facts";

/** How deep a look goes; each depth includes the one before. */
export const depths = ["counts", "who", "why", "map", "audit"] as const;
export type Depth = (typeof depths)[number];

export interface LookOptions {
  readonly depth: Depth;
  /** Names of the daemon services to look at; empty: all of the cluster. */
  readonly daemons: readonly string[];
  /** Milliseconds in which a container instance that has just registered is still starting. */
  readonly grace: number;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly now: () => number;
  /** Task definitions by ARN, which never change: shared by all clusters and looks. */
  readonly definitions: Map<string, JsonObject>;
}

/** One look at one cluster, while it goes on. */
export interface Look {
  readonly ecs: EcsPort;
  readonly cluster: string;
  readonly options: LookOptions;
  readonly signal: AbortSignal | undefined;
  readonly services: readonly ServiceState[];
  /** What could not be read, in sentences. */
  readonly incomplete: string[];
  /** Takes over a described task; `undefined` for one that is on no container instance. */
  readonly readTask: (described: JsonObject) => SeenTask | undefined;
  /** By service name, as far as definitions were described. */
  readonly daemons: Map<string, DaemonService>;
}

/** The result of a read; a read that fails is noted and answers undefined. Cancellations and a spent budget are passed on. */
export async function attempt<T>(
  incomplete: string[],
  what: string,
  read: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isCancellation(error) || !(error instanceof EcsError)) throw error;
    const line = `${what}: ${error.message}`;
    if (!incomplete.includes(line)) incomplete.push(line);
    return undefined;
  }
}
