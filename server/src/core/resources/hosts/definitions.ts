// Which resources of a template or module may be the task definition of a service.

import type { Node } from "../../source/node";
import type { Definitions } from "./choices";
import { joinedNeeds } from "./givenValues";
import type { Host } from "./hostTree";

/** What a service refers to: one resource, several of which one is chosen, or neither. */
export interface ReferredDefinition {
  readonly definitionId: string | undefined;
  readonly definitions?: Definitions;
}

/** Conditions in conditions are followed so far. */
const deepest = 6;

/** What a reference means; `idOf` is that of one resource. */
export function referredDefinition(
  reference: Node | undefined,
  host: Pick<Host, "choiceOf">,
  idOf: (node: Node) => string | undefined,
): ReferredDefinition {
  const found = reference && alternatives(reference, host, idOf, 0);
  if (found === undefined) return { definitionId: undefined };
  const { ids, byDefault, needs } = found;
  const [only, ...others] = new Set(ids);
  if (only !== undefined && others.length === 0) return { definitionId: only };
  if (ids === undefined && byDefault === undefined) return { definitionId: undefined };
  const definitions = {
    ids: only === undefined ? undefined : [only, ...others],
    needs,
    ...(byDefault !== undefined && { byDefault }),
  };
  return { definitionId: undefined, definitions };
}

function alternatives(
  node: Node,
  host: Pick<Host, "choiceOf">,
  idOf: (node: Node) => string | undefined,
  depth: number,
): Definitions | undefined {
  const choice = depth > deepest ? undefined : host.choiceOf?.(node);
  if (choice === undefined) {
    const id = idOf(node);
    return id === undefined ? undefined : { ids: [id], needs: [], byDefault: id };
  }
  const { branches, decided } = choice;
  const inside = branches.map((it) => ({ when: it.when, found: alternatives(it, host, idOf, depth + 1) }));
  const chosen = decided && inside.find((it) => it.when === decided.truth)?.found;
  if (decided?.needs.length === 0) return chosen;
  const ids = inside.map((it) => it.found?.ids);
  return {
    ids: branches.length < 2 || ids.includes(undefined) ? undefined : ids.flatMap((it) => it ?? []),
    needs: joinedNeeds([choice.needs, ...inside.map((it) => it.found?.needs)]),
    ...(chosen?.byDefault !== undefined && { byDefault: chosen.byDefault }),
  };
}
