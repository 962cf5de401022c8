// Where a daemon service would run: one verdict for every container instance, with every reason against it.

import type { Cluster, ContainerInstance } from "../cluster/containerInstance";
import { type KnownSubnets, knownSubnets } from "../cluster/knownSubnets";
import { withAssumptions } from "./assumptions";
import { fittingFilters, wantingFilters } from "./filters";
import { accepted, type Filter, type FilterContext } from "./filters/filter";
import type {
  DaemonService,
  InstanceVerdict,
  Placement,
  PlacementSummary,
  Reason,
  Verdict,
} from "./placement";
import { freeResources, type PreparedDaemon, prepareDaemon } from "./preparedDaemon";

/** Judges every instance of the cluster, in the cluster's order. The same input always gives the same placement. */
export function placeDaemon(daemon: DaemonService, cluster: Cluster): Placement {
  const prepared = prepareDaemon(daemon);
  const known = daemon.subnets === undefined ? undefined : knownSubnets(cluster.instances);
  const instances = cluster.instances.map((it) => judgePrepared(prepared, it, known));
  return { summary: summarize(instances), instances };
}

/** Judges one instance; for many, `placeDaemon` compiles the expressions only once. */
export function judgeInstance(
  daemon: DaemonService,
  instance: ContainerInstance,
  known?: KnownSubnets,
): InstanceVerdict {
  return judgePrepared(prepareDaemon(daemon), instance, known);
}

/**
 * Whether the service wants a task there; a verdict other than keep says what is in the way (blocked), or that nothing is
 * (place). An instance with an undecided constraint counts as wanted.
 */
export function isWanted({ verdict }: InstanceVerdict): boolean {
  return verdict !== "excluded" && verdict !== "stop";
}

/** As `judgeInstance`, for a daemon service prepared before. */
export function judgePrepared(
  daemon: PreparedDaemon,
  instance: ContainerInstance,
  known?: KnownSubnets,
): InstanceVerdict {
  const free = freeResources(daemon, instance);
  const context: FilterContext = { daemon, instance, free, known };
  const wanting = reasonsOf(wantingFilters, context);
  const fitting = reasonsOf(fittingFilters, context);
  const running = free.givenBack.some((it) => it.desiredStatus === "RUNNING");
  const reasons = wanting.length === 0 ? fitting : [...wanting, ...fitting];
  const { assumptions } = daemon.service;
  return {
    id: instance.id,
    verdict: decide(wanting, fitting, running),
    reasons: assumptions === undefined ? reasons : reasons.map((it) => withAssumptions(it, assumptions)),
  };
}

/** Most filters of most instances have none: a list is made where there is something to put into it. */
function reasonsOf(filters: readonly Filter[], context: FilterContext): readonly Reason[] {
  let found = accepted;
  for (const filter of filters) {
    const own = filter.check(context);
    if (own.length > 0) found = found.length === 0 ? own : [...found, ...own];
  }
  return found;
}

/**
 * A definite no outranks what is unknown: a false constraint excludes, whatever the others are. An undecided constraint
 * outranks a blocking reason, because nobody knows whether the instance is wanted at all. What certainly blocks
 * outranks a resource of unknown size.
 */
function decide(wanting: readonly Reason[], fitting: readonly Reason[], running: boolean): Verdict {
  if (wanting.some((it) => it.unknown !== true)) return running ? "stop" : "excluded";
  if (wanting.length > 0) return "unknown";
  // A task goes on while its agent is away; it is only a start that needs the agent.
  const blocking = running ? fitting.filter((it) => it.filter !== "agent") : fitting;
  if (blocking.some((it) => it.unknown !== true)) return "blocked";
  if (blocking.length > 0) return "unknown";
  return running ? "keep" : "place";
}

function summarize(instances: readonly InstanceVerdict[]): PlacementSummary {
  const counts = { place: 0, keep: 0, stop: 0, excluded: 0, blocked: 0, unknown: 0 };
  for (const { verdict } of instances) counts[verdict] += 1;
  return { instances: instances.length, ...counts };
}
