// A verification from its beginning to its end, where a test does not look at what it reports in between.

import type { EcsPort } from "../../server/src/ecs/port";
import type { VerifyReport } from "../../server/src/ecs/report";
import { type VerifyRequest, watchService } from "../../server/src/ecs/verify";

export async function verifyService(
  ecs: EcsPort,
  request: VerifyRequest,
  signal?: AbortSignal,
): Promise<VerifyReport> {
  const steps = watchService(ecs, request, signal);
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return step.value;
  }
}
