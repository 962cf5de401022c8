// The report of a deploy as one sentence for a notification, and as lines for the log.

import { countText } from "../../../server/src/core/text/counts";
import type { DeployReport, Undo, VerifyReport } from "../../../server/src/lsp/protocol/protocol";

export interface DeployMessage {
  readonly severity: "information" | "warning" | "error";
  readonly text: string;
}

/** What the user has to know first: the step that failed, else the verification, else the last step that did something. */
export function deployMessage(report: DeployReport): DeployMessage {
  const failed = report.steps.find((it) => it.outcome === "failed");
  const cancelled = report.steps.find((it) => it.outcome === "cancelled");
  if (report.verify?.verified)
    return { severity: "information", text: `${subject(report)} ${verified(report.verify)}` };
  if (report.verify !== null && (failed === undefined || failed.name === "verify"))
    return { severity: "warning", text: `${subject(report)} is not verified: ${unverified(report)}` };
  if (failed !== undefined) return { severity: "error", text: failed.detail };
  if (cancelled !== undefined) return { severity: "warning", text: cancelled.detail };
  const last = report.steps.filter((it) => it.outcome !== "skipped").at(-1);
  return { severity: "information", text: last?.detail ?? "There was nothing to do." };
}

/** A button of the message. */
export interface FollowUp {
  readonly title: string;
  readonly does: "undo" | "explain" | "problems" | "log";
}

/**
 * What a person may want after a verification that failed. Undoing is offered only where nobody decided about it before;
 * an explanation needs a document to explain.
 */
export function followUps(
  report: DeployReport,
  undo: Undo | undefined,
  hasDocument: boolean,
): readonly FollowUp[] {
  const log: FollowUp = { title: "Show Log", does: "log" };
  if (report.verify === null || report.verify.verified) {
    const isPlaced = report.steps.some((it) => it.place !== undefined);
    return isPlaced ? [{ title: "Show Problems", does: "problems" }, log] : [log];
  }
  const titles = { rollback: "Roll Back", remove: "Remove Service" } as const;
  return [
    ...(undo === undefined ? [] : [{ title: titles[undo.action], does: "undo" } as const]),
    ...(hasDocument ? [{ title: "Show Why", does: "explain" } as const] : []),
    log,
  ];
}

/** One line for each step, and one for each container instance that is not as it should be. */
export function deployLines(report: DeployReport): readonly string[] {
  const steps = report.steps.map((it) => `${it.name}: ${it.outcome}. ${it.detail}`);
  if (report.verify === null) return steps;
  return [
    ...steps,
    ...report.verify.missing.map((it) => `missing on ${it.id}: ${it.reason}`),
    ...report.verify.unexpected.map((it) => `unexpected on ${it.id}: ${it.reason}`),
  ];
}

function subject(report: DeployReport): string {
  return report.service === null ? "The daemon service" : `Daemon service ${shortName(report.service)}`;
}

/** A service may be named by its ARN. */
function shortName(service: string): string {
  return service.slice(service.lastIndexOf("/") + 1);
}

function verified({ running }: VerifyReport): string {
  return running.length === 1
    ? `is verified: one task runs, on ${running[0]}, exactly where it should.`
    : `is verified: ${countText(running.length)} tasks run on exactly the ${countText(running.length)} matching container instances.`;
}

function unverified(report: DeployReport): string {
  const { missing, unexpected } = report.verify ?? { missing: [], unexpected: [] };
  const counts = [
    ...(missing.length > 0 ? [`${countText(missing.length)} missing`] : []),
    ...(unexpected.length > 0 ? [`${countText(unexpected.length)} unexpected`] : []),
  ];
  const first = missing[0] ?? unexpected[0];
  const detail = report.steps.at(-1)?.detail;
  if (first === undefined) return detail ?? "no container instance matches.";
  return `${counts.join(", ")}. ${first.id}: ${first.reason}`;
}
