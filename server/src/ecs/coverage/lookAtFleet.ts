// A coverage look at many clusters: Regions and profiles in parallel, a few clusters of each at a time. What fails in one
// place stops nobody else.

import { inBatches } from "../calls/paging";
import { EcsError, type EcsPort, type EcsTarget, isCancellation } from "../port";
import type { LookOptions } from "./look";
import { type ClusterCoverage, lookAtCluster } from "./lookAtCluster";

export interface FleetRequest {
  /** One for each profile and Region. */
  readonly targets: readonly EcsTarget[];
  /** Names; `all`: every cluster of each target. */
  readonly clusters: readonly string[] | "all";
  readonly options: LookOptions;
}

/** A place that could not be looked at. */
export interface FailedLook {
  readonly target: EcsTarget;
  /** Absent where not even the clusters are known. */
  readonly cluster?: string;
  readonly error: EcsError;
}

export interface FleetCoverage {
  readonly clusters: readonly ClusterCoverage[];
  readonly failed: readonly FailedLook[];
  /** Clusters without container instances, which need no look. */
  readonly empty: readonly string[];
}

/** Opens a connection to the target, lets `use` ask, and closes it. */
export type Connect = <T>(target: EcsTarget, use: (ecs: EcsPort) => Promise<T>) => Promise<T>;

/** Looks at every cluster of the request; rejects only with a cancellation. */
export async function lookAtFleet(
  connect: Connect,
  request: FleetRequest,
  signal?: AbortSignal,
): Promise<FleetCoverage> {
  const parts = await Promise.all(
    request.targets.map((target) =>
      connect(target, (ecs) => lookAtTarget(ecs, target, request, signal)).catch((error: unknown) => ({
        clusters: [],
        empty: [],
        failed: [{ target, error: failureOf(error) }],
      })),
    ),
  );
  return {
    clusters: parts.flatMap((it) => it.clusters),
    failed: parts.flatMap((it) => it.failed),
    empty: parts.flatMap((it) => it.empty),
  };
}

async function lookAtTarget(
  ecs: EcsPort,
  target: EcsTarget,
  { clusters, options }: FleetRequest,
  signal: AbortSignal | undefined,
): Promise<FleetCoverage> {
  const { names, empty } =
    clusters === "all" ? await clustersOf(ecs, signal) : { names: clusters, empty: [] };
  const looks = await inBatches(names, 1, async ([cluster]): Promise<(ClusterCoverage | FailedLook)[]> => {
    if (cluster === undefined) return [];
    try {
      return [withPlace(await lookAtCluster(ecs, cluster, options, signal), target)];
    } catch (error) {
      return [{ target, cluster, error: failureOf(error) }];
    }
  });
  return {
    clusters: looks.filter((it) => "daemons" in it),
    failed: looks.filter((it) => "error" in it),
    empty,
  };
}

/** A cluster without daemon services names no Region by itself. */
function withPlace(look: ClusterCoverage, { region }: EcsTarget): ClusterCoverage {
  return look.region === "" && region !== undefined ? { ...look, region } : look;
}

/** The clusters that have container instances; where their number is not told, they may have some. */
async function clustersOf(ecs: EcsPort, signal: AbortSignal | undefined) {
  const names = (await ecs.listClusters(signal)).map((it) => it.name);
  const counts = await ecs.countInstances(names, signal);
  const isEmpty = (name: string) => counts.get(name) === 0;
  return { names: names.filter((it) => !isEmpty(it)), empty: names.filter(isEmpty) };
}

function failureOf(error: unknown): EcsError {
  if (isCancellation(error) || !(error instanceof EcsError)) throw error;
  return error;
}
