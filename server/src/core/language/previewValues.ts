// The names of a template or module whose values a preview depends on.

import { withDefaults } from "../resources/withDefaults";
import { filtersReading } from "../scheduler/assumptions";
import type { Need } from "../source/node";
import type { PreviewSubject } from "./previewSubject";

/** Whether a preview reads one of these properties of the API, which are named without indexes. */
export type ReadsProperties = (properties: readonly string[]) => boolean;

const placementReads: ReadsProperties = (properties) => filtersReading(properties).length > 0;

/** What the preview of a managed daemon reads of its definition and of the daemon itself. */
export const managedReads: ReadsProperties = (properties) =>
  properties.some((it) => managedProperty.test(it));

const managedProperty =
  /^(?:cpu|memory|critical|containerDefinitions(?:\.(?:cpu|memory|memoryReservation))?|capacityProviderArns|deploymentConfiguration(?:\..*)?)$/;

/** Each name once: of the task definition, then of the service; those with a default first. */
export function previewValues(
  { taskDefinition, service }: PreviewSubject,
  reads: ReadsProperties = placementReads,
): readonly Need[] {
  const found = new Map<string, Need>();
  for (const document of [taskDefinition, service]) {
    if (document === undefined) continue;
    const { assumptions, unknown } = withDefaults(document);
    const needs = [...assumptions.map((it) => ({ ...it, byDefault: it.value })), ...unknown];
    const read = needs.filter((it) => reads(it.properties));
    for (const { name, byDefault } of [...read, ...(document.hosted?.definitions?.needs ?? [])])
      if (!found.has(name) && canBeGiven(name))
        found.set(name, { name, ...(byDefault !== undefined && { byDefault }) });
  }
  return [...found.values()];
}

/** A call of a function (`!ImportValue name`, `lookup(…)`) has no name that a value could be given for. */
function canBeGiven(name: string): boolean {
  return !/[\s!()]/.test(name);
}
