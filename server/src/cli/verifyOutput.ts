// The result of a verification, for people.

import type { VerifyReport } from "../ecs/report";
import type { Terminal } from "./terminal";
import { columns, paint, wrap } from "./textLayout";

/** The sentence, then every instance that is missing or has a task too many, with the reason. */
export function verifyText(report: VerifyReport, terminal: Terminal): string {
  const color = report.verified ? "green" : "red";
  const sentence = wrap(report.detail ?? "", terminal.columns).map((it) => paint(terminal, color, it));
  const rows = [
    ...report.missing.map((it) => [
      { text: "missing", color: "red" as const },
      { text: it.id },
      { text: it.reason },
    ]),
    ...report.unexpected.map((it) => [
      { text: "unexpected", color: "yellow" as const },
      { text: it.id },
      { text: it.reason },
    ]),
  ];
  return `${sentence.join("\n")}\n${rows.length === 0 ? "" : `\n${columns(terminal, rows)}`}`;
}
