// What is known of the coverage of one cluster, and where that cluster is.

import type { CellState } from "../../core/coverage/coverage";
import { isLoopbackEndpoint } from "../../core/text/loopbackEndpoint";
import type { Baseline } from "../../ecs/coverage/fleetReport";
import type { ClusterCoverage } from "../../ecs/coverage/lookAtCluster";
import type { ClusterChoice, CoverageTarget, Failure } from "../protocol/protocol";
import type { AlertMemory } from "./coverageAlerts";

export interface CoverageEntry {
  readonly key: string;
  readonly target: CoverageTarget;
  readonly cluster: string;
  /** The last look that succeeded, with the time since when each cell is in its state. */
  readonly look?: ClusterCoverage;
  /** Registered container instances, where ECS told. */
  readonly instances?: number;
  /** Why the last look failed. */
  readonly problem?: Failure["error"];
  /** Milliseconds since 1970: when it was last read, and when the last look ended. */
  readonly readAt?: number;
  readonly endedAt?: number;
  readonly isReading: boolean;
  readonly baseline: Baseline | undefined;
  readonly alerts: AlertMemory;
}

/** What an instance lacks that has a daemon in one of these states. */
export const lackingStates: ReadonlySet<CellState> = new Set(["missing", "crash-looping", "unhealthy"]);

export function keyOf(target: CoverageTarget, cluster: string): string {
  return JSON.stringify([placeKey(target), cluster]);
}

/** Equal for equal places. */
export function placeKey(target: CoverageTarget): string {
  return target === "local"
    ? target
    : JSON.stringify([target.profile ?? null, target.region ?? null, target.endpointUrl ?? null]);
}

export function choiceOf({ target, cluster }: Pick<CoverageEntry, "target" | "cluster">): ClusterChoice {
  return target === "local" ? target : { kind: "aws", cluster, ...target };
}

/** Where the cluster of a choice is; `undefined` for a file, and for the account of the settings, which is resolved before. */
export function targetOf(choice: ClusterChoice | undefined): CoverageTarget | undefined {
  if (choice === "local") return choice;
  if (typeof choice !== "object") return undefined;
  const { profile, region, endpointUrl } = choice;
  return {
    ...(profile !== undefined && { profile }),
    ...(region !== undefined && { region }),
    ...(endpointUrl !== undefined && { endpointUrl }),
  };
}

export function isOnThisMachine(target: CoverageTarget): boolean {
  return target === "local" || isLoopbackEndpoint(target.endpointUrl);
}
