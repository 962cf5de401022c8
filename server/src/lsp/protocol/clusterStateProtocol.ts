// ecsDaemon/clusterState, server → client: the chosen cluster and the local one as they are now. The client draws it and
// decides nothing.

import type { Failure } from "./protocolBasics";

export const clusterStateMethod = "ecsDaemon/clusterState";

export type ClusterPlace = "nowhere" | "local" | "file" | "endpoint" | "account";

/**
 * `unread`: nobody has looked yet. `failed`: it answers, but not with a cluster. `restricted`: Restricted Mode keeps it
 * from being read.
 */
export type ClusterCondition =
  | "none"
  | "unread"
  | "starting"
  | "ready"
  | "notRunning"
  | "unreachable"
  | "signedOut"
  | "failed"
  | "restricted";

/** What a person can do about it, the first one first. */
export type ClusterStep = "start" | "choose" | "retry" | "signIn" | "manageTrust" | "showLog";

export interface ReadingProgress {
  readonly read: number;
  readonly total: number;
}

export interface ClusterState {
  readonly place: ClusterPlace;
  readonly condition: ClusterCondition;
  /** Of the cluster or the file: `default`, `five.ecs-fleet.json`. */
  readonly name: string;
  /** What it is and how it is, in one line: `default on http://127.0.0.1:4566 (not reachable)`. */
  readonly title: string;
  /** More about it, in sentences; no URI. */
  readonly detail: string;
  readonly next: readonly ClusterStep[];
  readonly problem?: Failure["error"];
  /** Milliseconds since 1970: what is shown of it was read then, and cannot be read again now. */
  readonly staleSince?: number;
  /** It is being read: container instances so far, and how many there are. */
  readonly reading?: ReadingProgress;
  /** Whether a change there reaches more than this machine. */
  readonly isReal: boolean;
}

export interface LocalClusterState {
  readonly condition: "notRunning" | "starting" | "running";
  readonly url?: string;
  /** It was started in an earlier session and its state is kept. */
  readonly isKept: boolean;
}

export interface ClusterStates {
  readonly chosen: ClusterState;
  readonly local: LocalClusterState;
}
