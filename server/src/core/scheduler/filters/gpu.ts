// GPUs left on the instance.

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
        message: `The task needs ${count(requested)}, and ${available === 0 ? "none is" : `${available} are`} left.`,
        requested,
        available,
        remedy:
          whole < requested
            ? `Select instances with at least ${count(requested)}.`
            : `Free ${count(requested - available)} on the instance.`,
      },
    ];
  },
};

function count(gpus: number): string {
  return gpus === 1 ? "1 GPU" : `${gpus} GPUs`;
}
