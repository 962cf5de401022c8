// The requests about the local endpoint, which lives in the server process.

import type { ClusterChange } from "../../core/simulation/clusterChanges";
import type { Failure } from "./protocolBasics";

export interface StartLocalParams {
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** A fleet file to start with; without one five m5.large over three zones. */
  readonly fleet?: string;
  /**
   * False: refuses with `localClusterExists` where a local cluster runs or is kept. True: ends that one, with all it holds.
   * Absent: answers the one that runs.
   */
  readonly replaces?: boolean;
}
/** The code of that refusal. */
export const localClusterExists = "local-cluster-exists";
export type StartLocalAnswer =
  | { readonly url: string; readonly cluster: string; readonly instances: number }
  | Failure;

/** Whether one was running: only the server knows at the moment it stops it. */
export interface StopLocalAnswer {
  readonly stopped: boolean;
}

export interface AddLocalInstancesParams {
  readonly count: number;
  readonly instanceType?: string;
  readonly attributes?: Readonly<Record<string, string>>;
}
export type AddLocalInstancesAnswer =
  | { readonly added: readonly string[]; readonly instances: number }
  | Failure;

/** Makes changes that were tried out real on the running local cluster. */
export interface ApplyLocalParams {
  readonly changes: readonly ClusterChange[];
}
export type ApplyLocalAnswer =
  | {
      /** Changes that were made. */
      readonly applied: number;
      /** Why others were not, or not on every instance. */
      readonly problems: readonly string[];
      readonly instances: number;
    }
  | Failure;
