// The names of a template or module whose values a preview depends on.

import { withDefaults } from "../resources/withDefaults";
import { filtersReading } from "../scheduler/assumptions";
import type { Need } from "../source/node";
import type { PreviewSubject } from "./previewSubject";

/** Each name once: of the task definition, then of the service; those with a default first. */
export function previewValues({ taskDefinition, service }: PreviewSubject): readonly Need[] {
  const found = new Map<string, Need>();
  for (const document of [taskDefinition, service]) {
    if (document === undefined) continue;
    const { assumptions, unknown } = withDefaults(document);
    const needs = [...assumptions.map((it) => ({ ...it, byDefault: it.value })), ...unknown];
    for (const { name, byDefault, properties } of needs)
      if (!found.has(name) && canBeGiven(name) && filtersReading(properties).length > 0)
        found.set(name, { name, ...(byDefault !== undefined && { byDefault }) });
  }
  return [...found.values()];
}

/** A call of a function (`!ImportValue name`, `lookup(…)`) has no name that a value could be given for. */
function canBeGiven(name: string): boolean {
  return !/[\s!()]/.test(name);
}
