// GPUs left on the instance.

import { counted } from "../../text/counts";
import { accepted, type Filter } from "./filter";
import { unknownReason, unreadableReason } from "./unknownReason";

export const gpu: Filter = {
  name: "gpu",
  check: ({ daemon, instance, free }) => {
    const { gpus: requested, unknown } = daemon.service.requirements;
    const available = free.remaining.gpus.length;
    if (instance.unreadableLists?.includes("gpu") && (requested > available || unknown?.gpus !== undefined))
      return [unreadableReason("gpu", "the GPUs that are left", requested)];
    if (requested <= available) {
      const open = unknown?.gpus;
      if (open === undefined || (open.most ?? Number.POSITIVE_INFINITY) <= available) return accepted;
      const left = available - requested;
      const room = left === 0 ? "no GPU is left" : `up to ${gpuText(left)} ${left === 1 ? "fits" : "fit"}`;
      return [unknownReason("gpu", open.values, room, available)];
    }
    const whole = instance.registered.gpus.length;
    return [
      {
        filter: "gpu",
        code: "insufficient-gpu",
        message: `The task needs ${gpuText(requested)}, and ${available === 0 ? "none is" : counted(available, "is", "are")} left.`,
        requested,
        available,
        remedy:
          whole < requested
            ? `Select instances with at least ${gpuText(requested)}.`
            : `Free ${gpuText(requested - available)} on the instance.`,
      },
    ];
  },
};

function gpuText(gpus: number): string {
  return counted(gpus, "GPU");
}
