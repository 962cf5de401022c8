// GPUs left on the instance.

import { counted } from "../../text/counts";
import type { Filter } from "./filter";

export const gpu: Filter = {
  name: "gpu",
  title: "GPUs",
  check: ({ daemon, instance, free }) => {
    const requested = daemon.service.requirements.gpus;
    const available = free.remaining.gpus.length;
    if (requested <= available) return [];
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
