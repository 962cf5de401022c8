// The answer of the tool `coverage`: each daemon with its gaps, by state and reasons.

import type { CoverageReport } from "../ecs/coverage/fleetReport";
import type { ClusterCoverage, DaemonCoverage } from "../ecs/coverage/lookAtCluster";
import { bounded } from "./bounds";
import { grouped } from "./groups";

const mostDaemons = 100;

/** Daemons with gaps come first. */
export function coverageAnswer({ covered, complete, summary, clusters, failed }: CoverageReport): object {
  const incomplete = [...failed, ...clusters.flatMap((it) => it.incomplete)];
  const all = clusters.flatMap((look) => look.daemons.map((daemon) => daemonAnswer(look, daemon)));
  const sorted = [...all].sort((left, right) => right.gaps - left.gaps);
  const { items, leftOut } = bounded(sorted, mostDaemons);
  return {
    covered,
    complete,
    summary,
    daemons: items,
    ...(leftOut > 0 && { moreDaemons: leftOut }),
    ...(incomplete.length > 0 && { incomplete: bounded(incomplete, mostDaemons).items }),
  };
}

function daemonAnswer({ cluster, region, at }: ClusterCoverage, daemon: DaemonCoverage) {
  const { service, wanted, running, states, cells } = daemon;
  return {
    cluster,
    region,
    at,
    daemon: service,
    desired: wanted,
    running,
    gaps: Math.max(0, wanted - running),
    states,
    ...grouped(
      cells.map(({ instance, ...it }) => ({ id: instance, ...it })),
      ({ state, reasons }) => ({ state, reasons: reasons.map((it) => it.message) }),
    ),
  };
}
