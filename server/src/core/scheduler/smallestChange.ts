// The smallest change of an instance's attributes that makes an expression true on it.

import { whyImpossible } from "../query/checks/checkLimits";
import { compileQuery } from "../query/evaluate";
import { attributeName, isCustomAttribute, mostCustomAttributes } from "../query/subjects";
import type { Comparison, Expression } from "../query/syntax";
import type { QueryTarget, Truth } from "../query/target";
import { notShown } from "../secrets/redact";
import { isAttributeSecret, withoutSecretParts } from "../secrets/secretText";
import { append } from "../text/lists";

/** One attribute set, given a value of one's own choice, or removed. */
export type AttributeChange =
  | { readonly kind: "set"; readonly name: string; readonly value: string | undefined }
  | { readonly kind: "remove"; readonly name: string };

/**
 * The fewest changes of attributes that give the expression the value `wanted` on the instance, as far as a few hundred
 * trials find them, at least one and none that is needless; `undefined` where attributes alone cannot, where the instance
 * would have more custom attributes than it can, or where it has that value already. Each proposal is tried out: `holds`
 * has to agree.
 */
export function changesTowards(
  tree: Expression,
  wanted: boolean,
  holds: (target: QueryTarget) => Truth,
  target: QueryTarget,
): readonly AttributeChange[] | undefined {
  const isEnough = (some: readonly AttributeChange[]) =>
    !isTooMany(target, some) && holds(withChanges(target, some)) === wanted;
  const changes = changesFor(tree, wanted, { holds, target }, 0);
  if (changes?.length === 0) return undefined;
  const found = changes === undefined ? undefined : withoutNeedless(changes, isEnough);
  if (found?.length === 1) return found;
  return fewestChanges(candidates(tree, target), (found?.length ?? mostSearched + 1) - 1, isEnough) ?? found;
}

/**
 * Those that are enough where none at all is not; `undefined` where all together are not. The last change of an attribute
 * counts.
 */
export function withoutNeedless(
  changes: readonly AttributeChange[],
  isEnough: (some: readonly AttributeChange[]) => boolean,
): readonly AttributeChange[] | undefined {
  let needed: readonly AttributeChange[] = [...new Map(changes.map((it) => [it.name, it])).values()];
  if (!isEnough(needed)) return undefined;
  // What one change does may make another one needless; none at all is never enough.
  for (const it of needed) {
    if (needed.length === 1) break;
    const fewer = needed.filter((other) => other !== it);
    if (isEnough(fewer)) needed = fewer;
  }
  return needed;
}

/** More changes at once are not searched for, nor more possible ones looked at, nor more tried out. */
const mostSearched = 3;
const mostCandidates = 24;
const mostTrials = 300;

/** The first of the smallest sets of candidates that is enough, of at most that size. */
function fewestChanges(
  all: readonly AttributeChange[],
  most: number,
  isEnough: (some: readonly AttributeChange[]) => boolean,
): Changes {
  let trials = mostTrials;
  const search = (chosen: readonly AttributeChange[], from: number, size: number): Changes => {
    if (chosen.length === size) {
      trials -= 1;
      return isEnough(chosen) ? chosen : undefined;
    }
    for (let index = from; index < all.length && trials > 0; index += 1) {
      const next = all[index];
      if (next === undefined || chosen.some((it) => it.name === next.name)) continue;
      const found = search([...chosen, next], index + 1, size);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  for (let size = 1; size <= Math.min(most, mostSearched); size += 1) {
    const found = search([], 0, size);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Single changes that the clauses speak of: each value that one names, the attribute without a value, and none. */
function candidates(tree: Expression, target: QueryTarget): readonly AttributeChange[] {
  const found = new Map<string, AttributeChange>();
  const add = (it: AttributeChange) => found.set(JSON.stringify(it), it);
  const open: Expression[] = [tree];
  for (let it = open.pop(); it !== undefined && found.size < mostCandidates; it = open.pop()) {
    if (it.kind === "and" || it.kind === "or") append(open, [...it.operands].reverse());
    else if (it.kind === "not" || it.kind === "group") open.push(it.operand);
    else if (it.kind === "comparison") for (const change of changesOfClause(it, target)) add(change);
  }
  return [...found.values()].slice(0, mostCandidates);
}

function changesOfClause(comparison: Comparison, { attributes }: QueryTarget): readonly AttributeChange[] {
  const { subject, operator } = comparison;
  if (subject.kind !== "attribute" || operator === undefined) return [];
  const { name } = subject;
  if (!isCustomAttribute(name) || !attributeName.test(name)) return [];
  const set = (value: string | undefined): AttributeChange => ({ kind: "set", name, value });
  const isNew = (it: AttributeChange) =>
    it.kind === "set" && !(attributes.has(name) && attributes.get(name) === it.value);
  const isNamed = operator.operator === "==" || operator.operator === "in";
  const values = isNamed ? argumentTexts(comparison).filter((it) => whyImpossible(it) === undefined) : [];
  const bare = operator.operator === "exists" || operator.operator === "!exists" ? [set(undefined)] : [];
  const removed: readonly AttributeChange[] = attributes.has(name) ? [{ kind: "remove", name }] : [];
  return [...[...values.map(set), ...bare].filter(isNew), ...removed];
}

const rooms = new WeakMap<QueryTarget["attributes"], number>();

/** How many custom attributes more an instance can have; computed once for the attributes of an instance. */
export function roomForAttributes({ attributes }: QueryTarget): number {
  const known = rooms.get(attributes);
  if (known !== undefined) return known;
  let room = mostCustomAttributes;
  for (const name of attributes.keys()) if (isCustomAttribute(name)) room -= 1;
  rooms.set(attributes, Math.max(0, room));
  return Math.max(0, room);
}

/** ECS refuses an attribute that is one too many. */
function isTooMany(target: QueryTarget, changes: readonly AttributeChange[]): boolean {
  const added = changes.filter((it) => it.kind === "set" && !target.attributes.has(it.name)).length;
  const removed = changes.filter((it) => it.kind === "remove").length;
  return added > removed + roomForAttributes(target);
}

/** The instance as it would be. */
export function withChanges<T extends QueryTarget>(target: T, changes: readonly AttributeChange[]): T {
  const attributes = new Map(target.attributes);
  for (const it of changes) {
    if (it.kind === "set") attributes.set(it.name, it.value);
    else attributes.delete(it.name);
  }
  return { ...target, attributes };
}

interface Trial {
  readonly holds: (target: QueryTarget) => Truth;
  readonly target: QueryTarget;
}

type Changes = readonly AttributeChange[] | undefined;

/** Nobody writes expressions this deep; the limit keeps a hostile one from exhausting the stack. */
const deepest = 100;

function changesFor(tree: Expression, wanted: boolean, trial: Trial, depth: number): Changes {
  if (depth > deepest) return undefined;
  switch (tree.kind) {
    case "group":
      return changesFor(tree.operand, wanted, trial, depth + 1);
    case "not":
      return changesFor(tree.operand, !wanted, trial, depth + 1);
    case "and":
    case "or": {
      const each = tree.operands.map((it) => changesFor(it, wanted, trial, depth + 1));
      return (tree.kind === "and") === wanted ? all(each) : cheapest(each);
    }
    case "comparison":
      return comparisonChanges(tree, wanted, trial.target);
    case "missing":
      return undefined;
  }
}

function all(each: readonly Changes[]): Changes {
  const changes: AttributeChange[] = [];
  for (const it of each) {
    if (it === undefined) return undefined;
    append(changes, it);
  }
  return changes;
}

function cheapest(each: readonly Changes[]): Changes {
  return each.reduce((best, it) => {
    if (it === undefined) return best;
    return best === undefined || it.length < best.length ? it : best;
  }, undefined);
}

function comparisonChanges(comparison: Comparison, wanted: boolean, target: QueryTarget): Changes {
  if (compileQuery(comparison)(target) === wanted) return [];
  const { subject, operator } = comparison;
  if (subject.kind !== "attribute" || operator === undefined) return undefined;
  const { name } = subject;
  if (!isCustomAttribute(name) || !attributeName.test(name)) return undefined;
  const removed: Changes = [{ kind: "remove", name }];
  switch (operator.operator) {
    case "==":
    case "in":
      return wanted
        ? set(
            name,
            argumentTexts(comparison).find((it) => whyImpossible(it) === undefined),
          )
        : removed;
    case "exists":
      return wanted ? [{ kind: "set", name, value: undefined }] : removed;
    case "!exists":
      return wanted ? removed : [{ kind: "set", name, value: undefined }];
    default:
      // Without the attribute the others are false, the negative ones as well, whatever the value is compared with.
      return wanted ? undefined : removed;
  }
}

function set(name: string, value: string | undefined): Changes {
  return value === undefined ? undefined : [{ kind: "set", name, value }];
}

function argumentTexts({ argument }: Comparison): readonly string[] {
  if (argument === undefined) return [];
  return argument.kind === "list" ? argument.items.map((it) => it.text) : [argument.text];
}

/** A sentence such as "Add the attribute env=prod." */
export function describeChanges(changes: readonly AttributeChange[], target: QueryTarget): string {
  const parts = changes.map((it) => {
    const name = withoutSecretParts(it.name);
    if (it.kind === "remove") return `remove the attribute ${name}`;
    const value = it.value !== undefined && isAttributeSecret(it.name, it.value) ? notShown : it.value;
    const pair = value === undefined ? name : `${name}=${value}`;
    return target.attributes.has(it.name) ? `change the attribute to ${pair}` : `add the attribute ${pair}`;
  });
  const sentence = parts.join(" and ");
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
