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
  const { verify } = report;
  if (verify?.verified) return { severity: "information", text: counts(report, verify) };
  if (verify !== null && (failed === undefined || failed.name === "verify"))
    return { severity: "warning", text: `${counts(report, verify)}. ${firstReason(report, verify)}` };
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
  // The first button stands out: it changes nothing.
  return [
    ...(hasDocument ? [{ title: "Show Why", does: "explain" } as const] : [log]),
    ...(undo === undefined ? [] : [{ title: titles[undo.action], does: "undo" } as const]),
    ...(hasDocument ? [log] : []),
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

/** `5 of 5 verified: datadog-agent`; the number comes first, so that nothing cuts it off. */
function counts(report: DeployReport, { running, missing, unexpected }: VerifyReport): string {
  const desired = running.length + missing.length;
  const more = [
    ...(missing.length > 0 ? [`${countText(missing.length)} missing`] : []),
    ...(unexpected.length > 0 ? [`${countText(unexpected.length)} unexpected`] : []),
  ];
  const words = more.length === 0 ? "" : ` (${more.join(", ")})`;
  return `${countText(running.length)} of ${countText(desired)} verified${words}: ${subject(report)}`;
}

function subject({ service }: DeployReport): string {
  return service === null ? "the daemon service" : shortName(service);
}

/** A service may be named by its ARN, a file by its path. */
function shortName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

function firstReason(report: DeployReport, { missing, unexpected }: VerifyReport): string {
  const first = missing[0] ?? unexpected[0];
  if (first !== undefined) return `${first.id}: ${first.reason}`;
  return report.steps.at(-1)?.detail ?? "No container instance matches.";
}
