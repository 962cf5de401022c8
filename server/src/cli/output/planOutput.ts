// A deployment's plan on standard error: who is asked reads it first, who is not finds it in the log.

import type { DeployRequest } from "../../ecs/deploy/stepPlans";
import type { PlanSummary } from "../../ecs/report";
import type { Terminal } from "./terminal";
import { columns } from "./textLayout";

/** What the plan would have said of the files, where there is no plan. */
export function sayNotes({ notes }: DeployRequest, terminal: Terminal): void {
  if (notes === undefined) return;
  const sections = (["errors", "warnings"] as const)
    .map((title) => ({ title, lines: notes[title] }))
    .filter((it) => it.lines.length > 0);
  if (sections.length > 0) sayPlan({ sections }, "In the files:", terminal);
}

/** Under a heading, one line for each thing that would change. */
export function sayPlan(
  { sections }: Pick<PlanSummary, "sections">,
  heading: string,
  terminal: Terminal,
): void {
  const rows = sections.flatMap(({ title, lines }) =>
    lines.map((text, index) => [{ text: index === 0 ? title : "" }, { text }]),
  );
  terminal.say(heading);
  terminal.say(columns(terminal, rows).trimEnd());
}
