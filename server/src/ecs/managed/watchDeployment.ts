// Watches a daemon's deployment until it is over. The waiters of ECS's clients give up after two minutes; a deployment
// replaces instances, which takes longer.

import { asNumber, asObject, asText, objectsOf } from "../../core/text/plainValue";
import type { EcsPort, JsonObject } from "../port";
import { wait } from "../wait";

export interface WatchResult {
  /** `undefined`: still on its way when the time was over. */
  readonly succeeded: boolean | undefined;
  readonly detail: string;
}

/** Milliseconds between two looks: short at first. */
const firstPause = 2000;
const longestPause = 15_000;

/** Yields what changed; returns what came of it. */
export async function* watchDeployment(
  ecs: Pick<EcsPort, "describeDaemonDeployment">,
  arn: string,
  timeoutSeconds: number,
  signal?: AbortSignal,
): AsyncGenerator<string, WatchResult> {
  const end = performance.now() + timeoutSeconds * 1000;
  let pause = firstPause;
  let last = "";
  for (;;) {
    const deployment = await ecs.describeDaemonDeployment(arn, signal);
    if (deployment === undefined)
      return { succeeded: false, detail: "ECS does not know the deployment any more." };
    const result = resultOf(deployment);
    if (result !== undefined) return result;
    const progress = progressText(deployment);
    if (progress !== last) yield progress;
    last = progress;
    const left = end - performance.now();
    if (left <= 0)
      return { succeeded: undefined, detail: `${progress} It goes on; the watch ended after its time.` };
    await wait(Math.min(pause, left), signal);
    pause = Math.min(longestPause, pause * 1.5);
  }
}

function resultOf(deployment: JsonObject): WatchResult | undefined {
  const status = asText(deployment.status) ?? "";
  const reason = asText(deployment.statusReason);
  const rollback = asText(asObject(deployment.rollback)?.reason);
  const because = [reason, rollback].filter((it) => it !== undefined && it !== "").join(" ");
  if (status === "SUCCESSFUL")
    return { succeeded: true, detail: because || "The deployment was successful." };
  if (!/^(STOPPED|ROLLBACK_SUCCESSFUL|ROLLBACK_FAILED)$/.test(status)) return undefined;
  return {
    succeeded: false,
    detail: `The deployment ended as ${status}.${because === "" ? "" : ` ${because}`}`,
  };
}

/** `IN_PROGRESS: 2 running, 1 draining, 0 without the daemon. 1 of 10 failures.` */
function progressText(deployment: JsonObject): string {
  const target = asObject(deployment.targetDaemonRevision);
  const sources = objectsOf(deployment.sourceDaemonRevisions);
  const sum = (name: string) =>
    [target, ...sources].reduce((total, it) => total + (asNumber(it?.[name]) ?? 0), 0);
  const running = asNumber(target?.totalRunningInstanceCount) ?? 0;
  const counts = `${running} running, ${sum("totalDrainingInstanceCount")} draining, ${asNumber(target?.totalWithoutDaemonInstanceCount) ?? 0} without the daemon`;
  const breaker = asObject(deployment.circuitBreaker);
  const failures = asNumber(breaker?.failureCount) ?? 0;
  const failed =
    failures === 0
      ? ""
      : ` ${failures} of ${asNumber(breaker?.threshold) ?? "?"} failures before a rollback.`;
  const alarms = asObject(deployment.alarms)?.triggeredAlarmNames;
  const triggered = Array.isArray(alarms) && alarms.length > 0 ? ` Alarms: ${alarms.join(", ")}.` : "";
  return `${asText(deployment.status) ?? "PENDING"}: ${counts}.${failed}${triggered}`;
}
