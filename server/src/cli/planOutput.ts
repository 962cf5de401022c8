// A deployment's plan on standard error: who is asked reads it first, who is not finds it in the log.

import type { PlanSummary } from "../ecs/report";
import type { Terminal } from "./terminal";
import { columns } from "./textLayout";

/** Under a heading, one line for each thing that would change. */
export function sayPlan({ sections }: PlanSummary, heading: string, terminal: Terminal): void {
  const rows = sections.flatMap(({ title, lines }) =>
    lines.map((text, index) => [{ text: index === 0 ? title : "" }, { text }]),
  );
  terminal.say(heading);
  terminal.say(columns(terminal, rows).trimEnd());
}
