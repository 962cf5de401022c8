// Everything about a daemon service on one container instance that a person may ask: each constraint clause by clause,
// and of each resource what is asked, used and free.

import type { ContainerInstance } from "../cluster/containerInstance";
import { type ClauseExplanation, explainQuery } from "../query/explain";
import type { UnknownAmount } from "../requirements/requirements";
import { networkInterfaces } from "./filters/eni";
import type { FilterContext } from "./filters/filter";
import { holderOf } from "./filters/ports";
import { notKnown } from "./filters/unknownReason";
import type { DaemonService, PlacementConstraint } from "./placement";
import { freeResources, prepareDaemon } from "./preparedDaemon";

/** One resource of an instance. The service's own task there counts as free: an update stops it first. */
export interface ResourceUse {
  readonly filter: "cpu" | "memory" | "ports" | "gpu" | "eni";
  /** `CPU (units)`, `Memory (MiB)`, `Port 8126/tcp`, `GPUs`, `Network interfaces`. */
  readonly name: string;
  /** `undefined` where a placeholder decides: the note names it. */
  readonly asked: number | undefined;
  /** `undefined` where the source does not tell. */
  readonly used: number | undefined;
  readonly free: number | undefined;
  /** Who holds a port that is not free, or which value is not known. */
  readonly note?: string;
}

export interface InstanceDetail {
  readonly constraints: readonly {
    readonly from: PlacementConstraint["from"];
    readonly index: number;
    readonly explanation: ClauseExplanation;
  }[];
  readonly resources: readonly ResourceUse[];
}

/** The detail of one instance; constraints without an expression are left out. Never throws. */
export function instanceDetail(service: DaemonService, instance: ContainerInstance): InstanceDetail {
  const daemon = prepareDaemon(service);
  const context: FilterContext = { daemon, instance, free: freeResources(daemon, instance) };
  return {
    constraints: service.constraints.flatMap(({ from, index, query }) =>
      query === undefined ? [] : [{ from, index, explanation: explainQuery(query, instance) }],
    ),
    resources: [
      sizeUse("cpu", "CPU (units)", context),
      sizeUse("memory", "Memory (MiB)", context),
      ...portUses(context),
      ...gpuUse(context),
      ...eniUse(context),
    ],
  };
}

function sizeUse(
  filter: "cpu" | "memory",
  name: string,
  { daemon, instance, free }: FilterContext,
): ResourceUse {
  const { requirements } = daemon.service;
  const asked = askedOf(requirements[filter], requirements.unknown?.[filter]);
  if (free.unknown.includes(filter)) return { filter, name, ...asked, used: undefined, free: undefined };
  const left = free.remaining[filter];
  return { filter, name, ...asked, used: instance.registered[filter] - left, free: left };
}

function askedOf(least: number, open: UnknownAmount | undefined): Pick<ResourceUse, "asked" | "note"> {
  return open === undefined ? { asked: least } : { asked: undefined, note: notKnown(open.values, false) };
}

function portUses(context: FilterContext): readonly ResourceUse[] {
  const { usedTcpPorts, usedUdpPorts } = context.free.remaining;
  return context.daemon.service.requirements.ports.map(({ port, protocol }) => {
    const isTaken = (protocol === "udp" ? usedUdpPorts : usedTcpPorts).has(port);
    return {
      filter: "ports" as const,
      name: `Port ${port}/${protocol}`,
      asked: 1,
      used: isTaken ? 1 : 0,
      free: isTaken ? 0 : 1,
      ...(isTaken ? { note: holderOf(context, port, protocol) } : {}),
    };
  });
}

function gpuUse({ daemon, instance, free }: FilterContext): readonly ResourceUse[] {
  const { gpus, unknown } = daemon.service.requirements;
  const whole = instance.registered.gpus.length;
  const left = free.remaining.gpus.length;
  if (gpus + whole === 0 && unknown?.gpus === undefined) return [];
  return [{ filter: "gpu", name: "GPUs", ...askedOf(gpus, unknown?.gpus), used: whole - left, free: left }];
}

function eniUse(context: FilterContext): readonly ResourceUse[] {
  const { enis, unknown } = context.daemon.service.requirements;
  const open = unknown?.networkMode;
  if (enis === 0 && open === undefined) return [];
  const known = networkInterfaces(context);
  return [
    {
      filter: "eni",
      name: "Network interfaces",
      ...(open === undefined ? { asked: enis } : { asked: undefined, note: notKnown(open, false) }),
      used: known === undefined ? undefined : known.whole - known.available,
      free: known?.available,
    },
  ];
}
