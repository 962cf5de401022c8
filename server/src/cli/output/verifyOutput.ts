// The result of a verification, for people.

import type { StepOutcome, VerifyReport } from "../../ecs/report";
import type { Terminal } from "./terminal";
import { type Color, columns, paint, wrap } from "./textLayout";

/** More running instances than these are only counted. */
const mostRunning = 20;

/** The sentence, then every instance: running, on its way or missing, or with a task too many, with the reason. */
export function verifyText(report: VerifyReport, terminal: Terminal): string {
  const color = report.verified ? "green" : "red";
  const sentence = wrap(report.detail ?? "", terminal.columns).map((it) => paint(terminal, color, it));
  const more = report.running.length - mostRunning;
  const rows = [
    ...report.running
      .slice(0, mostRunning)
      .map((id) => [{ text: "running", color: "green" as const }, { text: id }, { text: "" }]),
    ...(more <= 0
      ? []
      : [[{ text: "running", color: "green" as const }, { text: `and ${more} more` }, { text: "" }]]),
    ...report.missing.map(({ id, reason, state = "missing" }) => [
      { text: state, color: state === "missing" ? ("red" as const) : ("yellow" as const) },
      { text: id },
      { text: reason },
    ]),
    ...report.unexpected.map((it) => [
      { text: "unexpected", color: "yellow" as const },
      { text: it.id },
      { text: it.reason },
    ]),
  ];
  return `${sentence.join("\n")}\n${rows.length === 0 ? "" : `\n${columns(terminal, rows)}`}`;
}

/** The color of each outcome of a step. */
export const outcomeColors: Readonly<Record<StepOutcome, Color>> = {
  done: "green",
  unchanged: "dim",
  failed: "red",
  skipped: "dim",
  cancelled: "yellow",
};
