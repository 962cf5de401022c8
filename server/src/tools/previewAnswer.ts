// The answer of the tool `preview_placement`: instances by verdict and reasons.

import { describePlacement } from "../core/scheduler/describePlacement";
import { placeDaemon } from "../core/scheduler/placeDaemon";
import { grouped } from "./groups";
import type { NamedCluster, NamedDaemon } from "./toolPort";

/** Judges the daemon on every instance of the cluster. */
export function previewAnswer({ daemon, notes }: NamedDaemon, { cluster, label }: NamedCluster): object {
  const placement = placeDaemon(daemon, cluster);
  return {
    summary: describePlacement(placement, daemon),
    service: daemon.name,
    cluster: label,
    verdicts: placement.summary,
    ...(notes.length > 0 && { notes }),
    ...grouped(placement.instances, ({ verdict, reasons }) => ({
      verdict,
      reasons: reasons.map(({ code, message, remedy }) => ({
        code,
        message,
        ...(remedy !== undefined && { remedy }),
      })),
    })),
  };
}
