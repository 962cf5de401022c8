// Watches a daemon's deployment until it is over. The waiters of ECS's clients give up after two minutes; a deployment
// replaces instances, which takes longer.

import { withoutSecretParts } from "../../core/secrets/secretText";
import { counted } from "../../core/text/counts";
import { asNumber, asObject, asText, objectsOf, type PlainObject } from "../../core/text/plainValue";
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
    if (deployment === undefined) return { succeeded: false, detail: "ECS no longer knows the deployment." };
    const result = resultOf(deployment);
    if (result !== undefined) return result;
    const progress = progressText(deployment);
    if (progress !== last) yield progress;
    last = progress;
    const left = end - performance.now();
    if (left <= 0)
      return { succeeded: undefined, detail: `${progress} It continues; the watch ended after its time.` };
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
    detail: `The deployment ended as ${status}.${because === "" ? "" : ` ${withoutSecretParts(because)}`}`,
  };
}

/**
 * `IN_PROGRESS: 2 running, 1 draining, 0 without the daemon, about 3 batches to go. 1 of 10 failures before a rollback.`;
 * with the counts of each capacity provider where there are several.
 */
export function progressText(deployment: JsonObject): string {
  const target = asObject(deployment.targetDaemonRevision);
  const sources = objectsOf(deployment.sourceDaemonRevisions);
  const breaker = asObject(deployment.circuitBreaker);
  const failures = asNumber(breaker?.failureCount) ?? 0;
  const failed =
    failures === 0
      ? ""
      : ` ${failures} of ${asNumber(breaker?.threshold) ?? "?"} failures before a rollback.`;
  const alarms = asObject(deployment.alarms)?.triggeredAlarmNames;
  const triggered = Array.isArray(alarms) && alarms.length > 0 ? ` Alarms: ${alarms.join(", ")}.` : "";
  const providers = providerTexts(target, sources);
  const details = providers.length < 2 ? "" : ` (${providers.join("; ")})`;
  const status = asText(deployment.status) ?? "PENDING";
  return `${status}: ${countsText(totalsOf(target, sources))}${leftText(deployment, target, sources)}.${details}${failed}${triggered}`;
}

interface Counts {
  readonly running: number;
  readonly draining: number;
  readonly without: number;
}

const countsText = ({ running, draining, without }: Counts): string =>
  `${running} running, ${draining} draining, ${without} without the daemon`;

type Part = PlainObject | undefined;

function totalsOf(target: Part, sources: readonly Part[]): Counts {
  const draining = [target, ...sources].reduce(
    (total, it) => total + (asNumber(it?.totalDrainingInstanceCount) ?? 0),
    0,
  );
  return {
    running: asNumber(target?.totalRunningInstanceCount) ?? 0,
    draining,
    without: asNumber(target?.totalWithoutDaemonInstanceCount) ?? 0,
  };
}

/** `mi-general: 2 running, 1 draining, 0 without the daemon` */
function providerTexts(target: Part, sources: readonly Part[]): readonly string[] {
  const found = new Map<string, Counts>();
  for (const [part, isTarget] of [[target, true] as const, ...sources.map((it) => [it, false] as const)])
    for (const it of objectsOf(part?.capacityProviders)) {
      const arn = asText(it.arn) ?? "";
      const name = arn.slice(arn.lastIndexOf("/") + 1);
      const known = found.get(name) ?? { running: 0, draining: 0, without: 0 };
      const count = (member: string) => asNumber(it[member]) ?? 0;
      found.set(name, {
        running: known.running + (isTarget ? count("runningInstanceCount") : 0),
        draining: known.draining + count("drainingInstanceCount"),
        without: known.without + (isTarget ? count("withoutDaemonInstanceCount") : 0),
      });
    }
  return [...found].map(([name, counts]) => `${name}: ${countsText(counts)}`);
}

/** How many batches are left, and what follows; how ECS rounds is not documented, so that it is an estimate. */
function leftText(deployment: JsonObject, target: Part, sources: readonly Part[]): string {
  if (deployment.status !== "IN_PROGRESS") return "";
  const settings = asObject(deployment.deploymentConfiguration);
  const percent = asNumber(settings?.drainPercent);
  const old = sources.reduce(
    (total, it) =>
      total +
      (asNumber(it?.totalRunningInstanceCount) ?? 0) +
      (asNumber(it?.totalWithoutDaemonInstanceCount) ?? 0),
    0,
  );
  const { running, draining, without } = totalsOf(target, sources);
  if (old > 0) {
    if (percent === undefined) return "";
    const size = Math.max(1, Math.floor(((old + running + without) * percent) / 100));
    return `, about ${counted(Math.ceil(old / size), "batch", "batches")} to go`;
  }
  const bake = asNumber(settings?.bakeTimeInMinutes) ?? 0;
  return draining === 0 && bake > 0 ? `, bakes for ${counted(bake, "minute")}` : "";
}
