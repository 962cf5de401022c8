// A coverage report as OpenMetrics text, in the shape that kube-state-metrics gives daemon sets: rules written for those
// carry over.

import { type CellState, cellStates } from "../../core/coverage/coverage";
import { printable } from "../../core/text/printable";
import type { CoverageReport } from "../../ecs/coverage/fleetReport";
import { isComplete } from "../../ecs/coverage/fleetReport";
import type { ClusterCoverage, DaemonCoverage } from "../../ecs/coverage/lookAtCluster";

type Labels = Readonly<Record<string, string>>;

interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** Every metric is a gauge; a state without cells is a 0, so that no alert lacks its data. */
export function openMetricsOf(report: CoverageReport): string {
  const rows = report.clusters.flatMap((look) =>
    look.daemons.map((daemon) => ({ daemon, labels: labelsOf(look, daemon) })),
  );
  const each = (value: (daemon: DaemonCoverage) => number): readonly Sample[] =>
    rows.map(({ daemon, labels }) => ({ labels, value: value(daemon) }));
  const state = (name: CellState) => each((it) => it.states[name] ?? 0);
  return [
    metric(
      "ecs_daemon_wanted",
      "Container instances that should run the daemon.",
      each((it) => it.wanted),
    ),
    metric(
      "ecs_daemon_desired",
      "desiredCount of ECS.",
      each((it) => it.desired),
    ),
    metric(
      "ecs_daemon_running",
      "Container instances that run the daemon.",
      each((it) => it.running),
    ),
    metric("ecs_daemon_missing", "Container instances without the daemon, by reason.", rows.flatMap(missing)),
    metric(
      "ecs_daemon_unexpected",
      "Container instances that should not run the daemon and do.",
      state("unexpected"),
    ),
    metric(
      "ecs_daemon_state",
      "Container instances by the state of the daemon.",
      rows.flatMap(({ daemon, labels }) =>
        cellStates
          .filter((it) => it !== "not-wanted")
          .map((it) => ({ labels: { ...labels, state: it }, value: daemon.states[it] ?? 0 })),
      ),
    ),
    metric(
      "ecs_daemon_look_complete",
      "1 if everything requested could be read.",
      report.clusters.map((it) => ({ labels: placeLabels(it), value: isComplete(it) ? 1 : 0 })),
    ),
    metric("ecs_daemon_failed_looks", "Places that could not be checked.", [
      { labels: {}, value: report.failed.length },
    ]),
    "# EOF\n",
  ].join("");
}

function placeLabels({ account, region, cluster }: ClusterCoverage): Labels {
  return { account, region, cluster };
}

function labelsOf(look: ClusterCoverage, { service, kind }: DaemonCoverage): Labels {
  return { ...placeLabels(look), service, ...(kind === undefined ? {} : { kind }) };
}

function missing({
  daemon,
  labels,
}: {
  readonly daemon: DaemonCoverage;
  readonly labels: Labels;
}): readonly Sample[] {
  const counts = new Map<string, number>();
  for (const { state, reasons } of daemon.cells) {
    if (state !== "missing") continue;
    const reason = reasons[0]?.code ?? "unexplained";
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  const named = [...counts.values()].reduce((sum, it) => sum + it, 0);
  const rest = (daemon.states.missing ?? 0) - named;
  if (rest > 0 || counts.size === 0) counts.set("", Math.max(0, rest));
  return [...counts].map(([reason, value]) => ({ labels: { ...labels, reason }, value }));
}

function metric(name: string, help: string, samples: readonly Sample[]): string {
  const lines = samples.map(({ labels, value }) => {
    const list = Object.entries(labels).map(([key, it]) => `${key}="${escaped(it)}"`);
    return `${name}${list.length === 0 ? "" : `{${list.join(",")}}`} ${value}\n`;
  });
  return `# TYPE ${name} gauge\n# HELP ${name} ${help}\n${lines.join("")}`;
}

function escaped(text: string): string {
  return printable(text).replace(/[\\"]/g, (it) => `\\${it}`);
}
