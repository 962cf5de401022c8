// What a preview is of: the task definition and the service that belong together, whichever of the two was asked for.

import { parseQuery } from "../query/parse/parser";
import { requirementsOf } from "../requirements/requirementsOf";
import { familyOf, serviceNamesOf } from "../resources/documentNames";
import { documentValue } from "../resources/documentValue";
import { traitsOf } from "../resources/kinds/registry";
import { placementExpressions } from "../resources/placementExpressions";
import type { Resource } from "../resources/resource";
import { assumedOf, withDefaults } from "../resources/withDefaults";
import { definitionAssumptions, placementAssumptions } from "../scheduler/assumptions";
import { serviceLaunchType } from "../scheduler/launchTypes";
import type { DaemonService, PlacementConstraint } from "../scheduler/placement";
import { serviceSubnets } from "../scheduler/serviceSubnets";
import type { Need } from "../source/node";
import { get, isOpen, isTemplate, type JsonNode } from "../source/tree";
import type { Absence } from "../text/assumption";
import { expressionsOf } from "./expressions/expressions";

export interface PreviewSubject {
  readonly taskDefinition: Resource;
  readonly service: Resource | undefined;
  /** The names whose defaults choose the task definition of the service. */
  readonly byDefault?: readonly Need[];
}

/**
 * The daemon service of the two documents, with the defaults of their files; without a service document its name is the
 * family's, without a family that of the resource.
 */
export function daemonServiceOf(subject: PreviewSubject): DaemonService {
  const { taskDefinition: written, service: given, byDefault = [] } = subject;
  const definition = withDefaults(written);
  const service = given && withDefaults(given);
  const taskDefinition = definition.document;
  const assumptions = [
    ...placementAssumptions(definition.assumptions, "taskDefinition"),
    ...placementAssumptions(service?.assumptions ?? [], "service"),
    ...definitionAssumptions(assumedOf(byDefault, "taskDefinition")),
  ];
  const absent = [taskDefinition, service?.document].flatMap((it) => absenceOf(it) ?? []);
  return {
    name: daemonNameOf({ taskDefinition, service: service?.document }),
    requirements: requirementsOf(documentValue(taskDefinition)),
    constraints: [taskDefinition, ...(service === undefined ? [] : [service.document])].flatMap(
      constraintsOf,
    ),
    launchType: serviceLaunchType(service && documentValue(service.document)),
    ...(service === undefined ? {} : { subnets: serviceSubnets(documentValue(service.document)) }),
    ...(assumptions.length > 0 && { assumptions }),
    ...(absent.length > 0 && { absent }),
  };
}

/** That a template or module does not make a resource, and the defaults that say so. */
function absenceOf(document: Resource | undefined): Absence | undefined {
  const { id, absent } = document?.hosted ?? {};
  return id === undefined || absent === undefined ? undefined : { id, byDefault: assumedOf(absent, "") };
}

function daemonNameOf({ taskDefinition, service }: PreviewSubject): string {
  const named = service === undefined ? undefined : serviceNamesOf(service)?.service?.name;
  const id = service?.hosted?.id ?? taskDefinition.hosted?.id;
  return named ?? familyOf(taskDefinition)?.name ?? id ?? "daemon";
}

/** A daemon service that asks for nothing but what the expression of a query document says. */
export function daemonOfQuery(document: Resource): DaemonService {
  const constraints = expressionsOf(document).map(
    (it): PlacementConstraint => ({
      type: "memberOf",
      from: "service",
      index: it.index,
      query: it.query(),
      ...(it.template ? { template: true, partly: true } : {}),
    }),
  );
  return { name: "query", requirements: requirementsOf({}), constraints };
}

/**
 * The placement constraints of one document, parsed once; a memberOf without an expression has no query. What a
 * placeholder stands for may be a constraint: then it is one that nobody can judge.
 */
export function constraintsOf(document: Resource): readonly PlacementConstraint[] {
  const known = remembered.get(document);
  if (known !== undefined) return known;
  const parsed = expressionsOf(document);
  const found = placementExpressions(document).flatMap(
    ({ from, index, type, template, constraint, node }): PlacementConstraint[] => {
      if (from === "query") return [];
      if (constraint !== undefined && hidesConstraint(constraint))
        return [unjudgeable(from, index, textOf(document, constraint))];
      if (type !== "memberOf" && type !== "distinctInstance") return [];
      if (template && node !== undefined && isWhollyUnknown(document, node))
        return [unjudgeable(from, index, textOf(document, node))];
      const query = type === "memberOf" ? parsed.find((it) => it.index === index)?.query() : undefined;
      return [{ type, from, index, query, ...(template ? { template: true, partly: true } : {}) }];
    },
  );
  const all = [...found, ...hiddenConstraints(document, found)];
  remembered.set(document, all);
  return all;
}

/** Whether nothing of the expression's text is known. */
function isWhollyUnknown(
  { hosted: resource, source: { text } }: Resource,
  { offset, value }: JsonNode,
): boolean {
  return resource === undefined ? text[offset] !== '"' : !String(value).includes("${");
}

/** A constraint that is a placeholder itself, or whose type or expression is one's to give. */
function hidesConstraint(constraint: JsonNode): boolean {
  const type = get(constraint, "type");
  if (isTemplate(constraint) || (type !== undefined && isTemplate(type))) return true;
  return isOpen(constraint) && (type === undefined || get(constraint, "expression") === undefined);
}

/** Constraints that a placeholder in the place of the list, or among its entries, may stand for. */
function hiddenConstraints(
  document: Resource,
  found: readonly PlacementConstraint[],
): readonly PlacementConstraint[] {
  const list = get(document.input, "placementConstraints");
  const { ofService } = traitsOf(document);
  if (list === undefined || !isOpen(list) || ofService === undefined) return [];
  // A placeholder that is an entry has been found as one.
  if (!isTemplate(list) && found.some((it) => it.template === true)) return [];
  return [unjudgeable(ofService, found.length, textOf(document, list))];
}

function textOf(
  { source: { text, placeholders: templates } }: Resource,
  { offset, length, needs }: JsonNode,
): string {
  if (needs !== undefined && needs.length > 0) return needs.map((it) => it.name).join(", ");
  const own = templates.filter((it) => it.start < offset + length && it.end > offset);
  return own.length === 1 && own[0]
    ? text.slice(own[0].start, own[0].end)
    : text.slice(offset, offset + length);
}

function unjudgeable(from: PlacementConstraint["from"], index: number, text: string): PlacementConstraint {
  return { type: "memberOf", from, index, query: parseQuery(text), template: true };
}

const remembered = new WeakMap<Resource, readonly PlacementConstraint[]>();
