// Defaults of a template or module that a daemon service is judged with: which filters read them, and the words for it.

import { type Assumption, assumptionText } from "../text/assumption";
import {
  type ConstraintSource,
  type FilterName,
  filterNames,
  type PlacementAssumption,
  type Reason,
} from "./placement";

const readers: readonly (readonly [RegExp, readonly FilterName[]])[] = [
  [/^(?:containerDefinitions\.)?cpu$/, ["cpu"]],
  [/^(?:containerDefinitions\.)?memory(?:Reservation)?$/, ["memory"]],
  [/^containerDefinitions$/, ["cpu", "memory", "ports", "gpu", "attributes"]],
  [/^containerDefinitions\.portMappings/, ["ports"]],
  [/^containerDefinitions\.resourceRequirements/, ["gpu"]],
  [/^containerDefinitions\.(?:logConfiguration|secrets)/, ["attributes"]],
  [/^networkMode$/, ["ports", "eni", "subnets", "attributes"]],
  [/^runtimePlatform/, ["platform"]],
  [/^placementConstraints/, ["constraints"]],
  [/^networkConfiguration/, ["subnets"]],
  [/^volumes/, ["attributes"]],
];

/** Those of the assumptions about one document that placement depends on. */
export function placementAssumptions(
  assumptions: readonly Assumption[],
  from: ConstraintSource,
): readonly PlacementAssumption[] {
  return assumptions.flatMap(({ name, value, properties }) => {
    const filters = filtersReading(properties);
    return filters.length === 0 ? [] : [{ name, value, filters, from }];
  });
}

/** Assumptions by which a service has its task definition. */
export function definitionAssumptions(assumptions: readonly Assumption[]): readonly PlacementAssumption[] {
  return assumptions.map(({ name, value }) => ({ name, value, filters: readDefinition, from: "service" }));
}

/** Filters that read a task definition; of constraints the assumption is about those of the service. */
const readDefinition: readonly FilterName[] = filterNames.filter(
  (it) => !["status", "agent", "constraints"].includes(it),
);

/** The filters that read one of the properties of the API, which are named without indexes. */
export function filtersReading(properties: readonly string[]): readonly FilterName[] {
  const found = readers.flatMap(([pattern, filters]) =>
    properties.some((it) => pattern.test(it)) ? filters : [],
  );
  return [...new Set(found)];
}

/** The reason, which names the defaults that it depends on. */
export function withAssumptions(reason: Reason, assumptions: readonly PlacementAssumption[]): Reason {
  const own = assumptions.filter(
    ({ filters, from }) =>
      filters.includes(reason.filter) && (reason.constraint === undefined || reason.constraint.from === from),
  );
  return own.length === 0
    ? reason
    : { ...reason, message: `${reason.message} ${assumptionText(unique(own))}` };
}

/** One parameter may be read by both documents. */
export function unique(assumptions: readonly PlacementAssumption[]): readonly PlacementAssumption[] {
  return [...new Map(assumptions.map((it) => [it.name, it])).values()];
}
