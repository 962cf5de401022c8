// Changes of an instance's attributes for one constraint among others that read the same attributes: what helps one of them
// must not be against another.

import { leavesOf } from "../query/cases/instanceCases";
import { isCustomAttribute } from "../query/subjects";
import type { Expression } from "../query/syntax";
import type { QueryTarget } from "../query/target";
import type { PreparedConstraint, PreparedDaemon } from "./preparedDaemon";
import { type AttributeChange, changesTowards, withChanges, withoutNeedless } from "./smallestChange";

type Changes = readonly AttributeChange[] | undefined;

/** ECS takes ten constraints; of a longer list each is looked at alone. */
const mostLinked = 20;

const linkedOf = new WeakMap<
  PreparedDaemon,
  ReadonlyMap<PreparedConstraint, readonly PreparedConstraint[]>
>();

/** The constraint and those that read a custom attribute that it reads, directly or through others, in their order. */
export function linkedConstraints(
  daemon: PreparedDaemon,
  constraint: PreparedConstraint,
): readonly PreparedConstraint[] {
  const known = linkedOf.get(daemon) ?? linksOf(daemon.constraints);
  linkedOf.set(daemon, known);
  return known.get(constraint) ?? [constraint];
}

function linksOf(
  constraints: readonly PreparedConstraint[],
): ReadonlyMap<PreparedConstraint, readonly PreparedConstraint[]> {
  if (constraints.length > mostLinked) return new Map();
  let groups: { readonly names: ReadonlySet<string>; readonly members: readonly PreparedConstraint[] }[] = [];
  for (const it of constraints) {
    const names = customNames(it);
    const near = groups.filter((group) => names.some((name) => group.names.has(name)));
    const joined = {
      names: new Set([...names, ...near.flatMap((group) => [...group.names])]),
      members: [...near.flatMap((group) => group.members), it],
    };
    groups = [...groups.filter((group) => !near.includes(group)), joined];
  }
  return new Map(groups.flatMap(({ members }) => members.map((it) => [it, members] as const)));
}

function customNames({ constraint }: PreparedConstraint): readonly string[] {
  if (constraint.query === undefined) return [];
  return leavesOf(constraint.query.tree).flatMap((it) =>
    it.kind === "comparison" && it.subject.kind === "attribute" && isCustomAttribute(it.subject.name)
      ? [it.subject.name]
      : [],
  );
}

/**
 * The changes that make a constraint true on the instance. Those of all `linked` ones, it among them, go together: done one
 * after the other they leave every constraint true that attributes can make true. `undefined` where there are none.
 */
export function changesAmong(
  own: PreparedConstraint,
  linked: readonly PreparedConstraint[],
  target: QueryTarget,
): Changes {
  if (linked.length === 1) return changesAlone(own, target);
  const known = plans.get(linked);
  if (known?.target === target) return known.parts.get(own);
  const parts = partsOf(linked, target);
  plans.set(linked, { target, parts });
  return parts.get(own);
}

type Parts = ReadonlyMap<PreparedConstraint, readonly AttributeChange[]>;

/** The last plan for linked constraints: each of those that are false on an instance has a part in it. */
const plans = new WeakMap<
  readonly PreparedConstraint[],
  { readonly target: QueryTarget; readonly parts: Parts }
>();

function partsOf(linked: readonly PreparedConstraint[], target: QueryTarget): Parts {
  const kept = linked.filter((it) => it.holds(target) === true);
  const [together, helped] = commonChanges(linked, kept, target);
  if (together === undefined) return new Map();
  const isTrue = (some: readonly AttributeChange[], which: readonly PreparedConstraint[]) => {
    const changed = withChanges(target, some);
    return which.every((it) => it.holds(changed) === true);
  };
  const parts = new Map(
    helped.map((it) => [it, withoutNeedless(together, (some) => isTrue(some, [it, ...kept])) ?? together]),
  );
  const done = [...new Set([...parts.values()].flat())];
  return isTrue(done, [...helped, ...kept]) ? parts : new Map(helped.map((it) => [it, together]));
}

/** Changes after which all are true, else all that can be made true alone; with the false ones that they help. */
function commonChanges(
  linked: readonly PreparedConstraint[],
  kept: readonly PreparedConstraint[],
  target: QueryTarget,
): readonly [Changes, readonly PreparedConstraint[]] {
  const towards = (which: readonly PreparedConstraint[]) =>
    changesTowards(allOf(which), true, (it) => which.every(({ holds }) => holds(it) === true), target);
  const open = linked.filter((it) => !kept.includes(it));
  const found = towards(linked);
  if (found !== undefined) return [found, open];
  const helpable = open.filter((it) => changesAlone(it, target) !== undefined);
  return helpable.length === 0 || helpable.length === open.length
    ? [undefined, []]
    : [towards([...kept, ...helpable]), helpable];
}

function changesAlone({ constraint, holds }: PreparedConstraint, target: QueryTarget): Changes {
  return constraint.query && changesTowards(constraint.query.tree, true, holds, target);
}

function allOf(constraints: readonly PreparedConstraint[]): Expression {
  const operands = constraints.flatMap((it) => it.constraint.query?.tree ?? []);
  return { kind: "and", span: { start: 0, end: 0 }, operands };
}
