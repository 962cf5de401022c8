// One look at the coverage of a cluster from the editor, and the list of the clusters of a place. What fails is part of the
// answer: nothing here rejects.

import { baselineOf, emptyBaseline, withSince } from "../../ecs/coverage/fleetReport";
import type { Depth } from "../../ecs/coverage/look";
import { type ClusterCoverage, lookAtCluster } from "../../ecs/coverage/lookAtCluster";
import type { EcsPort, EcsTarget, JsonObject } from "../../ecs/port";
import type { ServerContext } from "../base/context";
import { failureOf, untrusted } from "../base/failure";
import { noLocalCluster } from "../clusters/ecsTarget";
import type { CoverageTarget, Failure } from "../protocol/protocol";
import { type NamedCell, newGaps } from "./coverageAlerts";
import type { CoverageEntry } from "./coverageEntry";
import { lackingCells } from "./coverageSummary";

export interface LookNeeds {
  readonly context: ServerContext;
  /** Task definitions by ARN, which never change. */
  readonly definitions: Map<string, JsonObject>;
}

/** Milliseconds in which an instance that registered is still starting, and a gap is no news. */
const grace = 5 * 60_000;

/** Looks that nobody waits for leave the rest of the rate that ECS grants the account to everybody else. */
const backgroundPercent = 50;

/** The entry after a look, and the gaps that are news. */
export async function lookNow(
  needs: LookNeeds,
  entry: CoverageEntry,
): Promise<{ readonly entry: CoverageEntry; readonly news: readonly NamedCell[] }> {
  const { problem: _, ...before } = entry;
  const found = await withTarget(needs.context, entry.target, async (ecs) => {
    const [look, counts] = await Promise.all([
      lookAtCluster(ecs, entry.cluster, lookOptions(needs, "why")),
      ecs.countInstances([entry.cluster]).catch(() => new Map<string, number | undefined>()),
    ]);
    return { look, instances: counts.get(entry.cluster) };
  });
  const endedAt = Date.now();
  if ("error" in found)
    return { entry: { ...before, problem: found.error, endedAt, isReading: false }, news: [] };
  const fleet = { clusters: [found.look], failed: [], empty: [] };
  const dated = withSince(fleet, entry.baseline ?? emptyBaseline);
  const [look = found.look] = dated.clusters;
  const { alerts: news, memory } = newGaps(lackingCells(look), entry.alerts, endedAt, grace);
  return {
    entry: {
      ...before,
      look,
      ...(found.instances !== undefined && { instances: found.instances }),
      ...{ readAt: endedAt, endedAt, isReading: false, baseline: baselineOf(dated), alerts: memory },
    },
    news,
  };
}

/** Every container instance of a cluster. */
export function lookAtAll(needs: LookNeeds, entry: CoverageEntry): Promise<ClusterCoverage | Failure> {
  return withTarget(needs.context, entry.target, (ecs) =>
    lookAtCluster(ecs, entry.cluster, lookOptions(needs, "map")),
  );
}

function lookOptions({ definitions }: LookNeeds, depth: Depth) {
  return { depth, daemons: [], grace, now: Date.now, definitions };
}

/** The names of the clusters of a place, and those without container instances. */
export async function listPlace(
  { context }: LookNeeds,
  target: CoverageTarget,
): Promise<{
  readonly names?: readonly string[];
  readonly empty?: readonly string[];
  readonly problem?: Failure["error"];
}> {
  const found = await withTarget(context, target, async (ecs) => {
    const names = (await ecs.listClusters()).map((it) => it.name).sort();
    const counts = await ecs.countInstances(names);
    return { names, empty: names.filter((it) => counts.get(it) === 0) };
  });
  return "error" in found ? { problem: found.error } : found;
}

/** Connects, lets `use` ask, and closes. */
async function withTarget<R extends object>(
  { environment, local, options }: ServerContext,
  target: CoverageTarget,
  use: (ecs: EcsPort) => Promise<R>,
): Promise<R | Failure> {
  if (options().trusted === false) return untrusted;
  const url = local.running()?.url;
  if (target === "local" && url === undefined) return noLocalCluster;
  const where: EcsTarget = target === "local" ? { endpointUrl: url } : target;
  try {
    const ecs = await environment.connectEcs({ ...where, ratePercent: backgroundPercent });
    try {
      return await use(ecs);
    } finally {
      ecs.close();
    }
  } catch (error) {
    return failureOf(error);
  }
}
