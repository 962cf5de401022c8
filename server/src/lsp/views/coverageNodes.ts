// The nodes of one cluster's coverage: its daemons, the reasons why instances lack them, the instances. Shared by two views.

import { type CellGroup, groupCells } from "../../core/coverage/cellGroups";
import type { CoverageCell } from "../../core/coverage/coverage";
import { counted, countText } from "../../core/text/counts";
import type { DaemonCoverage } from "../../ecs/coverage/lookAtCluster";
import { type CoverageEntry, choiceOf } from "../coverage/coverageEntry";
import type { ViewNode } from "../protocol/protocol";
import { idOf, markOf, percentText } from "./viewNodes";

/** A node for each daemon service and managed daemon, or for those that are meant; ill ones are first. */
export function daemonNodes(
  entry: CoverageEntry,
  isMeant: (daemon: DaemonCoverage) => boolean = () => true,
): readonly ViewNode[] {
  const daemons = (entry.look?.daemons ?? []).filter(isMeant);
  return daemons
    .sort(
      (left, right) => Number(isIll(right)) - Number(isIll(left)) || (left.service < right.service ? -1 : 1),
    )
    .map((it) => (it.kind === "managed" ? managedNode(entry, it) : daemonNode(entry, it)));
}

/** ECS counts where a managed daemon runs and names no instance; nothing is done about it here, since ECS replaces instances. */
function managedNode(entry: CoverageEntry, { service, running, wanted, states }: DaemonCoverage): ViewNode {
  const { missing = 0, unknown = 0 } = states;
  const words =
    unknown > 0
      ? "not known"
      : wanted === 0
        ? "no instance yet"
        : `${countText(running)} of ${countText(wanted)}${missing > 0 ? `, ${countText(missing)} without` : ""}`;
  const counts =
    unknown > 0
      ? "ECS gives no counts."
      : `Runs on ${countText(running)} of ${counted(wanted, "instance")} of its capacity providers; ${countText(missing)} without it.`;
  return {
    id: idOf("managedDaemon", entry.key, service),
    label: service,
    description: `managed daemon · ${words}`,
    tooltip: [
      `Managed daemon ${service}: ${counts}`,
      "ECS starts it on new instances alone, and replaces those of a critical daemon that fails.",
    ].join("\n\n"),
    ...markOf(unknown > 0 ? "unknown" : missing > 0 ? "missing" : wanted === 0 ? "none" : "covered"),
    context: "managedDaemon",
    arguments: { cluster: choiceOf(entry), daemonName: service },
  };
}

export function isIll({ cells, states }: DaemonCoverage): boolean {
  return cells.length > 0 || Object.keys(states).some((it) => it !== "running" && it !== "not-wanted");
}

function daemonNode(entry: CoverageEntry, daemon: DaemonCoverage): ViewNode {
  const { service, running, wanted, desired, cells, coverage } = daemon;
  const [worst] = worstCells(daemon);
  const words =
    coverage === undefined
      ? "no instance should run it"
      : `${countText(running)} of ${countText(wanted)}${running < wanted ? ` (${percentText(running, wanted)})` : ""}`;
  const state = worst?.state ?? (isIll(daemon) ? "unknown" : coverage === undefined ? "none" : "covered");
  return {
    id: idOf("daemon", entry.key, service),
    label: service,
    description: words,
    tooltip: `${service}: ${words}. ECS desires ${counted(desired, "task")}.`,
    ...markOf(state),
    context: cells.some(isMissing) ? "daemonServiceMissing" : "daemonService",
    arguments: { cluster: choiceOf(entry), serviceName: service, daemon: service },
    ...(cells.length > 0 && { below: "closed" as const }),
  };
}

const stateOrder: readonly string[] = [
  "missing",
  "crash-looping",
  "unhealthy",
  "unknown",
  "stale",
  "unexpected",
];

function worstCells({ cells }: DaemonCoverage): readonly CoverageCell[] {
  const rank = ({ state }: CoverageCell) => {
    const at = stateOrder.indexOf(state);
    return at < 0 ? stateOrder.length : at;
  };
  return [...cells].sort((left, right) => rank(left) - rank(right));
}

const isMissing = ({ state }: CoverageCell): boolean => state === "missing";

/** The reasons why instances lack a daemon. */
export function reasonNodes(entry: CoverageEntry, service: string): readonly ViewNode[] {
  return groupsOf(entry, service).map((it) => {
    const { state, reason, cells } = it;
    return {
      id: idOf("reason", entry.key, service, groupName(it)),
      label: counted(cells.length, "instance"),
      description: reason === "" ? state : `${state}: ${reason}`,
      tooltip: `${state}: ${reason}`,
      ...markOf(state),
      below: "closed",
    };
  });
}

/** The instances that lack a daemon for one reason. */
export function instanceNodes(entry: CoverageEntry, service: string, group: string): readonly ViewNode[] {
  const found = groupsOf(entry, service).find((it) => groupName(it) === group);
  return (found?.cells ?? []).map((cell) => {
    const { instance, ec2InstanceId, zone, type, state, reasons, remedy, since } = cell;
    const where = [zone, type].filter((it) => it !== undefined);
    const lines = [
      ...(ec2InstanceId === undefined ? [] : [`Container instance ${instance}`]),
      `${service}: ${state}${since === undefined ? "" : `, seen so since ${since}`}`,
      ...reasons.map((it) => it.message),
    ];
    return {
      id: idOf("lacking", entry.key, service, instance),
      label: ec2InstanceId ?? instance,
      description: [...where, ...reasons.slice(0, 1).map((it) => it.message)].join(" · "),
      tooltip: lines.join("\n\n"),
      ...markOf(state),
      context: remedy === "make-room" ? "instanceWithoutRoom" : "instance",
      arguments: {
        ...{ cluster: choiceOf(entry), daemon: service, instances: [instance] },
        copied: ec2InstanceId ?? instance,
      },
    };
  });
}

function groupsOf({ look }: CoverageEntry, service: string): readonly CellGroup[] {
  return groupCells(look?.daemons.find((it) => it.service === service)?.cells ?? []);
}

const groupName = ({ state, cells }: CellGroup): string =>
  [state, ...(cells[0]?.reasons ?? []).map((it) => it.code)].join(" ");
