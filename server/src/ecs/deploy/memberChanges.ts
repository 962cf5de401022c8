// The difference between two inputs of ECS, member by member, in lines that a person can read before saying yes.

import { withoutSecrets } from "../../core/secrets/hideSecrets";
import { notShown } from "../../core/secrets/redact";

/** One member whose value differs. */
export interface MemberChange {
  /** `containerDefinitions[agent].image`; entries of a list go by their name, else by their position. */
  readonly path: string;
  /** As they are shown: without secrets. Absent where there was no such property, or there is none any more. */
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface MemberComparison {
  /** Members that only `before` has are defaults that ECS filled in: they are no change. */
  readonly onlyWritten?: boolean;
}

/**
 * Every member that differs, in the order of `before`, then of `after`. Secrets are compared and not shown, and neither
 * is any value of an environment.
 */
export function memberChanges(
  before: unknown,
  after: unknown,
  options: MemberComparison = {},
): readonly MemberChange[] {
  const changes: MemberChange[] = [];
  compare({ before: sideOf(before), after: sideOf(after), path: "", depth: 0 }, options, changes);
  return changes;
}

/** `image: agent:1 → agent:2` */
export function changeText({ path, before, after }: MemberChange): string {
  if (after === undefined && before === notShown) return `${path}: removed`;
  if (before === undefined && after === notShown) return `${path}: added (its value is not shown)`;
  const [left, right] = [valueText(before), valueText(after)];
  return left === right ? `${path}: changed (its value is not shown)` : `${path}: ${left} → ${right}`;
}

/** One side of a comparison: the value, and how it and its name are shown. */
interface Side {
  readonly value: unknown;
  readonly shown: unknown;
  readonly name?: string | undefined;
}

function sideOf(value: unknown): Side {
  return { value, shown: withoutSecrets(value, () => notShown, { wholeEnvironment: true }) };
}

interface Pair {
  readonly before: Side;
  readonly after: Side;
  readonly path: string;
  readonly depth: number;
}

/** Deeper than ECS's own inputs go: below it two values are compared as a whole. */
const deepest = 24;

function compare(pair: Pair, options: MemberComparison, changes: MemberChange[]): void {
  const { before, after, path, depth } = pair;
  const [left, right] = [membersOf(before), membersOf(after)];
  if (left === undefined || right === undefined || depth >= deepest) {
    if (JSON.stringify(before.value) !== JSON.stringify(after.value)) changes.push(changeOf(pair));
    return;
  }
  const isList = Array.isArray(before.value);
  const names = new Set([...left.keys(), ...right.keys()]);
  for (const name of names) {
    if (options.onlyWritten === true && !isList && !right.has(name)) continue;
    const [one, other] = [left.get(name) ?? absent, right.get(name) ?? absent];
    const shown = one.name ?? other.name ?? name;
    const at = isList ? `${path}[${shown}]` : path === "" ? shown : `${path}.${shown}`;
    compare({ before: one, after: other, path: at, depth: depth + 1 }, options, changes);
  }
}

const absent: Side = { value: undefined, shown: undefined };

function changeOf({ path, before, after }: Pair): MemberChange {
  return {
    path,
    ...(before.value === undefined ? {} : { before: before.shown }),
    ...(after.value === undefined ? {} : { after: after.shown }),
  };
}

/** Members of an object, or entries of a list of objects under their names; `undefined` for anything else. */
function membersOf({ value, shown }: Side): ReadonlyMap<string, Side> | undefined {
  // What is hidden as a whole is compared as a whole.
  if (typeof value !== "object" || value === null || typeof shown !== "object" || shown === null)
    return undefined;
  const entries = Object.entries(shown);
  // The names of an object may be hidden, too; its members are in the same order.
  const side = (it: unknown, index: number): Side => ({
    value: it,
    shown: entries[index]?.[1] ?? notShown,
    name: Array.isArray(value) ? nameOf(entries[index]?.[1]) : entries[index]?.[0],
  });
  if (!Array.isArray(value))
    return new Map(Object.entries(value).map(([key, it], index) => [key, side(it, index)]));
  if (!value.every((it) => typeof it === "object" && it !== null && !Array.isArray(it))) return undefined;
  const names = value.map((it, index) => nameOf(it) ?? String(index + 1));
  // Two entries of one name cannot be told apart by it.
  const isUnique = new Set(names).size === names.length;
  return new Map(
    value.map((it, index) => {
      const name = isUnique ? names[index] : undefined;
      return name === undefined
        ? [String(index + 1), { ...side(it, index), name: undefined }]
        : [name, side(it, index)];
    }),
  );
}

function nameOf(entry: unknown): string | undefined {
  if (typeof entry !== "object" || entry === null) return undefined;
  for (const member of ["name", "key", "sourceVolume", "containerName", "containerPort"]) {
    const value = (entry as Readonly<Record<string, unknown>>)[member];
    if (typeof value === "string" || typeof value === "number") return String(value);
  }
  return undefined;
}

function valueText(value: unknown): string {
  if (value === undefined) return "(none)";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
