// Coverage to look at: 100 clusters, and one of 5,000 instances and 20 daemons, packed by the code of the server.

import type { CoverageHostMessage } from "../../client/src/coverage/coverageMessages";
import type { CellState, CoverageCell } from "../../server/src/core/coverage/coverage";
import { countStates } from "../../server/src/core/coverage/coverage";
import type { ClusterCoverage } from "../../server/src/ecs/coverage/lookAtCluster";
import { detailOf, mapOf } from "../../server/src/lsp/coverage/coverageDetail";
import type { CoverageEntry } from "../../server/src/lsp/coverage/coverageEntry";
import { keyOf } from "../../server/src/lsp/coverage/coverageEntry";
import { summaryOf, worstFirst } from "../../server/src/lsp/coverage/coverageSummary";
import type { CoverageOverview, CoverageTarget } from "../../server/src/lsp/protocol/protocol";

/** When everything was read. */
const now = Date.parse("2026-11-28T12:00:00Z");

const daemonNames = [
  ...["datadog-agent", "falcon-sensor", "fluent-bit", "otel-collector", "node-exporter"],
  ...["cadvisor", "ecs-logrouter", "xray-daemon", "vault-agent", "consul"],
  ...["envoy-edge", "cilium-agent", "osquery", "wazuh-agent", "statsd"],
  ...["image-warmer", "ebs-csi", "chrony", "gpu-metrics", "auditbeat"],
];

const ec2Id = (at: number) => `i-03e9e0${(0xd501f + at * 0x9f3b1).toString(16).padStart(11, "0")}`;
const id = (at: number) => (0x1000_0000 + at).toString(16).padStart(32, "0");

function cellAt(at: number, state: CoverageCell["state"], message: string, more: object = {}): CoverageCell {
  return {
    ...{ instance: id(at), ec2InstanceId: ec2Id(at), zone: `us-east-1${"abc"[at % 3]}`, type: "m5.large" },
    state,
    reasons: [{ code: message.replace(/\d+/g, "n"), message, ...more }],
    ...(more && "filter" in more ? { remedy: "make-room" as const } : {}),
  };
}

/** A cluster with as many instances that lack a daemon as asked. */
export function bigLook(lacking: number, instances: number, daemons = 20): ClusterCoverage {
  const names = daemonNames.slice(0, daemons);
  const gpu = daemonNames.indexOf("gpu-metrics");
  const cellsOf = (daemon: number): readonly CoverageCell[] =>
    Array.from({ length: lacking }, (_, at): readonly CoverageCell[] => {
      const short = 84 + ((at * 37) % 429);
      const memory = { filter: "memory", requested: 512, available: 512 - short };
      if (daemon === 0 && at % 41 < 37)
        return [cellAt(at, "missing", `Memory is short by ${short} MiB.`, memory)];
      if (daemon === 2 && at % 41 >= 39)
        return [cellAt(at, "crash-looping", "4 tasks of the service stopped there within 30 minutes.")];
      if (daemon === 5 && at % 10 === 1)
        return [cellAt(at, "missing", `Memory is short by ${short} MiB.`, memory)];
      if (daemon === 11 && at % 9 === 4) return [cellAt(at, "updating", "A deployment is in progress.")];
      if (at % 41 === 37 || at % 41 === 38)
        return daemon === gpu
          ? []
          : [cellAt(at, "stale", "The agent is disconnected: the task cannot be confirmed.")];
      return [];
    }).flat();
  return {
    ...{ cluster: "prod-web-3", region: "us-east-1", account: "111122223333", depth: "why", incomplete: [] },
    at: new Date(now).toISOString(),
    daemons: names.map((service, daemon) => {
      const cells = cellsOf(daemon);
      const states: Partial<Record<CellState, number>> = countStates(cells);
      const running = daemon === gpu ? 700 : instances - cells.length;
      return {
        ...{ service, desired: running + cells.length, wanted: running + cells.length, running, cells },
        states: { ...states, running },
        ...(daemon === gpu && { excluded: Array.from({ length: lacking }, (_, at) => id(at)) }),
      };
    }),
    instances: Array.from({ length: instances }, (_, at) => ({
      ...{ instance: id(at), ec2InstanceId: ec2Id(at), zone: `us-east-1${"abc"[at % 3]}`, type: "m5.large" },
      ...{ cpu: 1024, memory: 2048 },
      ...(at % 7 !== 0 && { excluded: ["gpu-metrics"] }),
    })),
  };
}

function entryOf(
  target: CoverageTarget,
  cluster: string,
  look: ClusterCoverage | undefined,
  more: object = {},
): CoverageEntry {
  return {
    ...{ key: keyOf(target, cluster), target, cluster, isReading: false, baseline: undefined },
    ...(look !== undefined && { look: { ...look, cluster }, readAt: now - 40_000, endedAt: now - 40_000 }),
    ...{ instances: 5_000, alerts: { known: undefined } },
    ...more,
  };
}

const covered = bigLook(0, 200);

const regions = ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-2"];

/** Clusters in four Regions: some lack daemons, some could not be read, most are well. */
export function hundredClusters(): readonly CoverageEntry[] {
  const kinds = ["web", "api", "jobs", "data", "edge", "ml", "search", "pay"];
  return Array.from({ length: 100 }, (_, at) => {
    const target = { profile: "production", region: regions[at % 4] ?? "" };
    const name = `${["prod", "stage", "dev"][at % 3]}-${kinds[at % 8]}-${at}`;
    if (at === 0) return entryOf(target, "prod-web-3", bigLook(41, 5_000));
    if (at === 5 || at === 22) return entryOf(target, name, bigLook(at, 900));
    const denied = {
      code: "AccessDeniedException",
      message: "AccessDeniedException: ecs:ListServices is not allowed.",
    };
    if (at === 9) return entryOf(target, name, undefined, { problem: denied, endedAt: now });
    const throttled = { code: "ThrottlingException", message: "ThrottlingException: Rate exceeded." };
    if (at === 14) return entryOf(target, name, covered, { problem: throttled });
    if (at === 30) return entryOf(target, name, undefined, { instances: 0, readAt: now, endedAt: now });
    return entryOf(target, name, covered);
  });
}

export function overviewOf(
  entries: readonly CoverageEntry[],
  more: Partial<CoverageOverview> = {},
): CoverageHostMessage {
  const clusters = worstFirst(entries.map(summaryOf));
  return {
    kind: "overview",
    overview: { condition: "ready", clusters, problems: [], next: [], nextLook: 20_000, ...more },
    now,
  };
}

/** One cluster alone, as the page gets it. */
export function clusterMessages(look: ClusterCoverage | undefined, more: object = {}) {
  const entry = entryOf(
    { profile: "production", region: "us-east-1" },
    look?.cluster ?? "prod-web-3",
    look,
    more,
  );
  const known = look ?? { ...bigLook(0, 0), daemons: [] };
  const cluster: CoverageHostMessage = { kind: "cluster", key: entry.key, detail: detailOf(entry, known) };
  const map: CoverageHostMessage = { kind: "map", key: entry.key, map: mapOf(known) };
  return { entry, overview: overviewOf([entry]), cluster, map };
}
