// CPU and memory are compared alike: what the task reserves with what is left.

import { amountText, counted, countText, cpuText, memoryText } from "../../text/counts";
import type { Reason } from "../placement";
import type { PreparedDaemon } from "../preparedDaemon";
import { accepted, type FilterContext } from "./filter";
import { notKnown, unknownReason } from "./unknownReason";

/** No reason, or one: too little is left, or nobody knows how much is. */
export function sizeReasons(
  filter: "cpu" | "memory",
  { daemon, instance, free }: FilterContext,
): readonly Reason[] {
  const { requirements } = daemon.service;
  const requested = requirements[filter];
  const open = requirements.unknown?.[filter];
  if (requested === 0 && open === undefined) return accepted;
  if (free.unknown.includes(filter)) {
    return [
      {
        filter,
        code: `unknown-${filter}`,
        message: `${open === undefined ? reservesText(filter, requested) : notKnown(open.values)}; how much the instance has left is not known.`,
        requested,
        unknown: true,
        remedy: "Capture the snapshot again, with remainingResources.",
      },
    ];
  }
  const available = Math.max(0, free.remaining[filter]);
  if (available >= requested) {
    if (open === undefined || (open.most ?? Number.POSITIVE_INFINITY) <= available) return accepted;
    return [
      unknownReason(filter, open.values, roomText(filter, available - requested, requested > 0), available),
    ];
  }
  const left = free.remaining[filter];
  const whole = instance.registered[filter];
  const freed = freedNote(free, filter);
  return sharedReasons(daemon, `${filter} ${left} ${whole} ${freed}`, () => {
    const reserves = reservesText(filter, requested);
    const message =
      whole < requested
        ? `${reserves}, and the whole instance has ${countText(whole)}.`
        : `${reserves}, and ${counted(available, "is", "are")} left${freed}.`;
    const remedy = sizeRemedy(filter, { requested, left, whole });
    return [{ filter, code: `insufficient-${filter}`, message, requested, available, remedy }];
  });
}

const shared = new WeakMap<PreparedDaemon, Map<string, readonly Reason[]>>();

/** How many are remembered of one daemon; in a larger variety hardly two instances would share one. */
const mostShared = 1000;

/** Instances of one size with as much left share their reasons: a fleet of thousands has a few different ones. */
function sharedReasons(
  daemon: PreparedDaemon,
  key: string,
  reasonsOf: () => readonly Reason[],
): readonly Reason[] {
  const known = shared.get(daemon) ?? new Map<string, readonly Reason[]>();
  if (known.size === 0) shared.set(daemon, known);
  const found = known.get(key) ?? reasonsOf();
  if (known.size < mostShared) known.set(key, found);
  return found;
}

/** "up to 7,816 MiB fit"; the room is what the known part leaves. */
function roomText(filter: "cpu" | "memory", room: number, hasKnownPart: boolean): string {
  if (room === 0) return `nothing more fits`;
  return `up to ${amountText(filter, room)} ${hasKnownPart ? "more " : ""}${room === 1 ? "fits" : "fit"}`;
}

/** What is left includes what the service's own task takes there, which stops before the next one starts. */
function freedNote({ givenBack }: FilterContext["free"], filter: "cpu" | "memory"): string {
  return givenBack.some((it) => it[filter] !== 0) ? " once the service's own task there has stopped" : "";
}

function reservesText(filter: "cpu" | "memory", requested: number): string {
  return `The task reserves ${sizeText(filter, requested)}`;
}

function sizeText(filter: "cpu" | "memory", amount: number): string {
  return filter === "cpu" ? cpuText(amount) : `${memoryText(amount)} of memory`;
}

/** Docker starts no container with less memory, and counts no fewer CPU units. */
const smallest = { cpu: 2, memory: 6 } as const;

/** `left` may be negative, where tasks take more than the instance registered. */
function sizeRemedy(
  filter: "cpu" | "memory",
  { requested, left, whole }: { readonly requested: number; readonly left: number; readonly whole: number },
): string {
  const reserve = left < smallest[filter] ? undefined : `reserve at most ${amountText(filter, left)}`;
  if (whole < requested) {
    if (reserve === undefined) return "Select larger instances.";
    return `${capitalized(reserve)}, or select larger instances.`;
  }
  const free = `Free ${amountText(filter, requested - left)}`;
  return reserve === undefined ? `${free} on the instance.` : `${free}, or ${reserve}.`;
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
