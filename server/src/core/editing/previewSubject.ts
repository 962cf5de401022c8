// What a preview is of: the task definition and the service that belong together, whichever of the two was asked for.

import type { EcsDocument } from "../documents/document";
import { documentValue } from "../documents/documentValue";
import { placementExpressions } from "../documents/placementExpressions";
import { requirementsOf } from "../requirements/requirementsOf";
import type { DaemonService, PlacementConstraint } from "../scheduler/placement";
import { familyOf, serviceNamesOf } from "./documentNames";
import { expressionsOf } from "./expressions";

export interface PreviewSubject {
  readonly taskDefinition: EcsDocument;
  readonly service: EcsDocument | undefined;
}

/** The daemon service of the two documents; without a service document its name is the family's. */
export function daemonServiceOf({ taskDefinition, service }: PreviewSubject): DaemonService {
  const named = service === undefined ? undefined : serviceNamesOf(service)?.service?.name;
  return {
    name: named ?? familyOf(taskDefinition)?.name ?? "daemon",
    requirements: requirementsOf(documentValue(taskDefinition)),
    constraints: [taskDefinition, ...(service === undefined ? [] : [service])].flatMap(constraintsOf),
  };
}

/** A daemon service that asks for nothing but what the expression of a query document says. */
export function daemonOfQuery(document: EcsDocument): DaemonService {
  const constraints = expressionsOf(document).map(
    (it): PlacementConstraint => ({
      type: "memberOf",
      from: "service",
      index: it.index,
      query: it.query(),
      ...(it.template ? { template: true } : {}),
    }),
  );
  return { name: "query", requirements: requirementsOf({}), constraints };
}

/** The placement constraints of one document, parsed once; a memberOf without an expression has no query. */
export function constraintsOf(document: EcsDocument): readonly PlacementConstraint[] {
  const known = remembered.get(document);
  if (known !== undefined) return known;
  const parsed = expressionsOf(document);
  const found = placementExpressions(document).flatMap(
    ({ from, index, type, template }): PlacementConstraint[] => {
      if (from === "query" || (type !== "memberOf" && type !== "distinctInstance")) return [];
      const query = type === "memberOf" ? parsed.find((it) => it.index === index)?.query() : undefined;
      return [{ type, from, index, query, ...(template ? { template: true } : {}) }];
    },
  );
  remembered.set(document, found);
  return found;
}

const remembered = new WeakMap<EcsDocument, readonly PlacementConstraint[]>();
