// The coverage of daemon services: which container instance lacks which daemon. ECS is asked only while somebody sees it.

import type { CellReason, CellRemedy, CellState, StateCounts } from "../../core/coverage/coverage";
import type { ClusterStep } from "./clusterStateProtocol";
import type { ClusterChoice, Failure } from "./protocolBasics";

/** Where clusters are: the local one, or a profile and Region (absent: those of the AWS SDK's own chain). */
export type CoverageTarget =
  | "local"
  | { readonly profile?: string; readonly region?: string; readonly endpointUrl?: string };

// ecsDaemon/coverage/watch: begins and ends the looks. ----------------------------------------------------------------

export interface WatchCoverageParams {
  /** Every cluster of these; empty: the chosen cluster alone. */
  readonly targets: readonly CoverageTarget[];
  /** Whether anybody sees the result: otherwise nothing is asked. */
  readonly isVisible: boolean;
  /** Looks again at once. */
  readonly isFresh?: boolean;
}

// ecsDaemon/coverage: what is known of every cluster now. Asks nobody. -------------------------------------------------

/** One cluster in one line. */
export interface ClusterSummary {
  /** Names it in further requests. */
  readonly key: string;
  readonly cluster: string;
  /** As it can be selected. */
  readonly choice: ClusterChoice;
  /** Where it is, as people call it: `us-east-1`, `local`, `127.0.0.1:4566`. */
  readonly place: string;
  readonly profile?: string;
  readonly account?: string;
  /** `empty`: no container instances. `none`: no daemon services. `unread`: nobody has looked yet. */
  readonly state:
    | "covered"
    | "missing"
    | "failing"
    | "unknown"
    | "stale"
    | "updating"
    | "empty"
    | "none"
    | "unread";
  /** Container instances that lack a working daemon. */
  readonly lacking: number;
  /** Registered container instances, where ECS tells. */
  readonly instances?: number;
  readonly daemons: number;
  readonly wanted: number;
  readonly running: number;
  readonly states: StateCounts;
  /** Of what most instances lack: `datadog-agent: memory is short by 84 to 512 MiB`. */
  readonly reason?: string;
  /** So many further reasons. */
  readonly more: number;
  readonly problem?: Failure["error"];
  /** What could not be read, in sentences. */
  readonly incomplete: readonly string[];
  /** Milliseconds since 1970: when it was read. */
  readonly readAt?: number;
  readonly isReading: boolean;
}

export interface CoverageOverview {
  /** `nowhere`: no cluster is chosen, or a file. */
  readonly condition: "nowhere" | "restricted" | "looking" | "ready";
  /** Ill ones first. */
  readonly clusters: readonly ClusterSummary[];
  /** Places whose clusters could not be listed. */
  readonly problems: readonly { readonly place: string; readonly error: Failure["error"] }[];
  readonly next: readonly ClusterStep[];
  /** Milliseconds from now to the next look, while somebody sees it. */
  readonly nextLook?: number;
}

// ecsDaemon/coverage/cluster: one cluster, packed: a broken cluster has 100,000 cells. ---------------------------------

export interface ClusterCoverageParams {
  readonly key: string;
}

export interface CoverageInstance {
  readonly id: string;
  readonly ec2InstanceId?: string;
  readonly zone?: string;
  readonly type?: string;
}

/** Instances that lack daemons for one reason. */
export interface CoverageGroup {
  readonly state: CellState;
  readonly reason: string;
  /** Positions in `instances`. */
  readonly instances: readonly number[];
  /** How many of them lack each daemon, by position in `daemons`. */
  readonly daemons: readonly (readonly [daemon: number, instances: number])[];
}

export interface CoverageDaemon {
  readonly service: string;
  /** Counted by ECS, which names no instance. Absent: a daemon service. */
  readonly kind?: "managed";
  readonly desired: number;
  readonly wanted: number;
  readonly running: number;
  readonly states: StateCounts;
}

export interface ClusterCoverageDetail {
  readonly summary: ClusterSummary;
  readonly daemons: readonly CoverageDaemon[];
  /** Those with a cell. */
  readonly instances: readonly CoverageInstance[];
  readonly cellStates: readonly CellState[];
  /** Reasons that the cells share. */
  readonly reasons: readonly (readonly CellReason[])[];
  /** Instance, daemon, state and reasons of each cell: positions in the lists above, four numbers each. */
  readonly cells: readonly number[];
  /** Daemons that an instance should not run, two numbers each. */
  readonly excluded: readonly number[];
  readonly remedies: readonly (CellRemedy | null)[];
  readonly groups: readonly CoverageGroup[];
  /** Whether room can be made there. */
  readonly canChange: boolean;
}
export type ClusterCoverageAnswer = ClusterCoverageDetail | Failure;

// ecsDaemon/coverage/map: every container instance of one cluster; reads all of them. ----------------------------------

export interface CoverageMap {
  readonly instances: readonly CoverageInstance[];
  /** By position in the `daemons` of the cluster: positions of the instances that should not run it. */
  readonly excluded: readonly (readonly number[])[];
}
export type CoverageMapAnswer = CoverageMap | Failure;

// ecsDaemon/coverageChanged: server → client, when `ecsDaemon/coverage` would answer otherwise. -------------------------

export const coverageChangedMethod = "ecsDaemon/coverageChanged";

/** A gap that came while somebody watched and that is older than the grace. */
export interface CoverageAlert {
  readonly key: string;
  readonly choice: ClusterChoice;
  readonly message: string;
  /** Names of the daemons. */
  readonly daemons: readonly string[];
  /** Ids of the instances. */
  readonly instances: readonly string[];
  /** Whether stopping a task can mend it. */
  readonly lacksRoom: boolean;
}
export interface CoverageChanged {
  readonly alerts: readonly CoverageAlert[];
  /** Instances that lack a working daemon, over all clusters. */
  readonly lacking: number;
}

// ecsDaemon/roomPlan and ecsDaemon/makeRoom: room for missing daemons, planned, then made as it was planned. ------------

export interface RoomPlanParams {
  readonly cluster?: ClusterChoice;
  readonly daemon: string;
  /** Ids; `all`: every instance where it is missing for want of room. */
  readonly instances: readonly string[] | "all";
  readonly way: "stop" | "drain" | "tie";
  /** How many tasks may be stopped altogether. */
  readonly maxStops?: number;
}

export interface PlannedInstance {
  readonly instance: string;
  readonly ec2InstanceId?: string;
  readonly missing: readonly string[];
  /** What happens there, and to each task that stops. */
  readonly lines: readonly string[];
  readonly stops: number;
  /** Nothing can be done there this way. */
  readonly isImpossible: boolean;
}

export type RoomPlanAnswer =
  | {
      /** What `ecsDaemon/makeRoom` carries out; it holds once. */
      readonly plan: string;
      readonly way: "stop" | "drain" | "tie";
      readonly instances: readonly PlannedInstance[];
      /** What holds for all of them. */
      readonly lines: readonly string[];
      readonly stops: number;
      /** Whether there is anything to do. */
      readonly canAct: boolean;
    }
  | Failure;

export interface MakeRoomParams {
  readonly plan: string;
  /** Seconds to wait for each instance. */
  readonly timeoutSeconds?: number;
  readonly workDoneToken?: string | number;
}
export type MakeRoomAnswer =
  | {
      readonly results: readonly {
        readonly instance: string;
        readonly outcome: string;
        readonly detail: string;
        /** ARNs of the tasks that ECS was asked to stop. */
        readonly stopped: readonly string[];
      }[];
      readonly isHealed: boolean;
      /** What is to be planned again: the plan no longer held for these instances, by id, and nothing was stopped there. */
      readonly rest?: { readonly instances: readonly string[]; readonly maxStops: number };
    }
  | Failure;
