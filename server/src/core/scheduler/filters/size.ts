// CPU and memory are compared alike: what the task reserves with what is left.

import type { Reason } from "../placement";
import type { FilterContext } from "./filter";

const words = {
  cpu: { noun: "CPU", unit: "CPU units" },
  memory: { noun: "memory", unit: "MiB of memory" },
} as const;

/** No reason, or one: too little is left, or nobody knows how much is. */
export function sizeReasons(
  filter: "cpu" | "memory",
  { daemon, instance, free }: FilterContext,
): readonly Reason[] {
  const requested = daemon.service.requirements[filter];
  const { noun, unit } = words[filter];
  if (requested === 0) return [];
  if (free.unknown.includes(filter)) {
    return [
      {
        filter,
        code: `unknown-${filter}`,
        message: `The task reserves ${requested} ${unit}; how much the instance has left is not known.`,
        requested,
        unknown: true,
        remedy: "Capture the snapshot again, with remainingResources.",
      },
    ];
  }
  const available = Math.max(0, free.remaining[filter]);
  if (available >= requested) return [];
  const whole = instance.registered[filter];
  return [
    {
      filter,
      code: `insufficient-${filter}`,
      message:
        whole < requested
          ? `The task reserves ${requested} ${unit}, and the whole instance has ${whole}.`
          : `The task reserves ${requested} ${unit}, and ${available} are left.`,
      requested,
      available,
      remedy: sizeRemedy(filter, noun, requested, available, whole),
    },
  ];
}

function sizeRemedy(
  filter: "cpu" | "memory",
  noun: string,
  requested: number,
  available: number,
  whole: number,
): string {
  const unit = filter === "cpu" ? "CPU units" : "MiB";
  if (whole < requested) return `Reserve at most ${whole} ${unit}, or select larger instances.`;
  if (available === 0) return `Free ${requested} ${unit}: no ${noun} is left on the instance.`;
  return `Free ${requested - available} ${unit}, or reserve at most ${available}.`;
}
