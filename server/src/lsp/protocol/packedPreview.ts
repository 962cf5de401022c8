// A preview without what it says over and over: thousands of instances have few different reasons, and a keystroke
// changes nothing of the fleet.

import { randomUUID } from "node:crypto";
import type { Reason } from "../../core/scheduler/placement";
import type { PackedFleet, PackedPreview, PreviewResult } from "./protocol";

/** The same preview in fewer words. A fleet of which the client has named the id is only named in turn. */
export function packPreview(result: PreviewResult, knownFleet?: string): PackedPreview {
  const { instances, facts: _, attributes: __, ...rest } = result;
  const fleet = fleetOf(result);
  const reasons = createTable<Reason>();
  const outcomes = createTable<PackedPreview["outcomes"][number]>();
  // Instances share a reason, or have one that says the same.
  const known = new Map<Reason, number>();
  const positionOf = (it: Reason): number => {
    const position = known.get(it) ?? reasons.positionOf(keyOf(it), () => withoutClauses(it));
    known.set(it, position);
    return position;
  };
  const outcomeOf = instances.map(({ verdict, reasons: own }) => {
    const positions = own.map(positionOf);
    return outcomes.positionOf(`${verdict} ${positions}`, () => ({ verdict, reasons: positions }));
  });
  return {
    ...rest,
    fleet: fleet.id === knownFleet ? { id: fleet.id } : fleet,
    reasons: reasons.values,
    outcomes: outcomes.values,
    outcomeOf,
  };
}

/** No other process gives the same id to another fleet: a client outlives the server that it asked. */
const process = randomUUID();
let packed = 0;
/** The facts of a cluster are put together once, so they stand for it. */
const fleets = new WeakMap<PreviewResult["facts"], PackedFleet>();

function fleetOf({ instances, facts, attributes = [] }: PreviewResult): PackedFleet {
  const known = fleets.get(facts);
  if (known !== undefined) return known;
  packed += 1;
  const table = createTable<PreviewResult["facts"][string]>();
  const fleet = {
    id: `${process}-${packed}`,
    instances: instances.map((it) => it.id),
    factsOf: instances.map(({ id }) => {
      const own = factsOf(facts, id);
      if (own === undefined) return -1;
      const { ec2InstanceId: _, registeredAt: __, ...common } = own;
      return table.positionOf(JSON.stringify(common), () => common);
    }),
    ec2InstanceIds: instances.map(({ id }) => factsOf(facts, id)?.ec2InstanceId ?? null),
    registeredAt: instances.map(({ id }) => factsOf(facts, id)?.registeredAt ?? null),
    facts: table.values,
    attributes,
  };
  fleets.set(facts, fleet);
  return fleet;
}

function factsOf(facts: PreviewResult["facts"], id: string) {
  return Object.hasOwn(facts, id) ? facts[id] : undefined;
}

/** Everything by which two reasons differ, but the clauses. */
function keyOf({ filter, code, message, requested, available, remedy, unknown }: Reason): string {
  const values = `${typeof requested} ${requested}\n${typeof available} ${available}`;
  return `${filter}\n${code}\n${unknown}\n${values}\n${message}\n${remedy}`;
}

function withoutClauses({ constraint: _, ...reason }: Reason): Reason {
  return reason;
}

/** Different values in the order of their first use. */
function createTable<T>() {
  const positions = new Map<string, number>();
  const values: T[] = [];
  return {
    values,
    positionOf: (key: string, value: () => T): number => {
      const known = positions.get(key);
      if (known !== undefined) return known;
      positions.set(key, values.length);
      values.push(value());
      return values.length - 1;
    },
  };
}
