// Managed daemons in a coverage look, as ECS counts them: where they run, and where they do not. Nothing is done about
// those: ECS replaces the instances.

import { coverageOf, type StateCounts, wantedOf } from "../../core/coverage/coverage";
import type { EcsPort, ServiceState } from "../port";
import { attempt, type Look } from "./look";

/** The counts of one managed daemon. */
export interface ManagedCoverage {
  readonly service: string;
  readonly kind: "managed";
  readonly desired: number;
  readonly wanted: number;
  readonly running: number;
  readonly coverage?: number;
  readonly states: StateCounts;
  /** ECS names no instances. */
  readonly cells: readonly [];
}

/** `services` are the daemon services of the cluster. What cannot be read is noted. */
export async function managedCoverage(
  { ecs, cluster, options, incomplete, signal }: Look,
  services: readonly ServiceState[],
): Promise<readonly ManagedCoverage[]> {
  const found = await attempt(incomplete, "ListDaemons", async () =>
    ecs.listManagedDaemons(await clusterArnOf(ecs, cluster, services, signal), signal),
  );
  return (found ?? [])
    .filter((it) => options.daemons.length === 0 || options.daemons.includes(it.name))
    .map(({ name, running, without }) => {
      const isKnown = running !== undefined && without !== undefined;
      const states: StateCounts = isKnown
        ? { ...(running > 0 ? { running } : {}), ...(without > 0 ? { missing: without } : {}) }
        : { unknown: 1 };
      const coverage = coverageOf(states);
      return {
        service: name,
        kind: "managed",
        desired: wantedOf(states),
        wanted: wantedOf(states),
        running: states.running ?? 0,
        ...(coverage === undefined ? {} : { coverage }),
        states,
        cells: [],
      };
    });
}

/** ListDaemons takes an ARN alone; that of a service has what it needs. */
async function clusterArnOf(
  ecs: EcsPort,
  cluster: string,
  [service]: readonly ServiceState[],
  signal: AbortSignal | undefined,
): Promise<string> {
  if (cluster.startsWith("arn:")) return cluster;
  const [prefix, path] = service?.arn.split(":service/") ?? [];
  if (prefix !== undefined && path !== undefined) return `${prefix}:cluster/${cluster}`;
  const clusters = await ecs.listClusters(signal);
  return clusters.find((it) => it.name === cluster)?.arn ?? cluster;
}
