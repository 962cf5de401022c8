// What the coverage panel and its page say to each other.

import type {
  ClusterChoice,
  ClusterCoverageAnswer,
  ClusterStep,
  CoverageMapAnswer,
  CoverageOverview,
  RoomPlanAnswer,
} from "../../../server/src/lsp/protocol/protocol";

export type CoverageHostMessage =
  | {
      readonly kind: "overview";
      readonly overview: CoverageOverview /** Milliseconds since 1970. */;
      readonly now: number;
    }
  | { readonly kind: "cluster"; readonly key: string; readonly detail: ClusterCoverageAnswer }
  | { readonly kind: "map"; readonly key: string; readonly map: CoverageMapAnswer }
  | { readonly kind: "plan"; readonly instance: string; readonly plan: RoomPlanAnswer }
  /** A command shows this cluster. */
  | { readonly kind: "show"; readonly key: string };

export type RoomWay = "stop" | "drain" | "tie";

export type CoveragePageMessage =
  | { readonly kind: "ready" }
  /** Absent: all clusters. */
  | { readonly kind: "open"; readonly key?: string }
  | { readonly kind: "map"; readonly key: string }
  | {
      readonly kind: "plan";
      readonly cluster: ClusterChoice;
      readonly daemon: string;
      readonly instance: string;
    }
  | {
      readonly kind: "makeRoom";
      readonly cluster: ClusterChoice;
      readonly daemon: string;
      /** Absent: wherever it is missing for want of room. */
      readonly instances?: readonly string[];
      readonly way: RoomWay;
    }
  | { readonly kind: "step"; readonly step: ClusterStep }
  | { readonly kind: "select" }
  | { readonly kind: "refresh" };

/** What the page keeps through a reload of the window. */
export interface CoverageState {
  readonly version: 1;
  readonly key?: string;
}
