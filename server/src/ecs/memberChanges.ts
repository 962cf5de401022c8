// The difference between two inputs of ECS, member by member, in lines that a person can read before saying yes.

import { holdsSecret } from "../core/documents/secretValues";

/** One member whose value differs. */
export interface MemberChange {
  /** `containerDefinitions[agent].image`; entries of a list go by their name, else by their position. */
  readonly path: string;
  /** Absent where there was no such member, or there is none any more. */
  readonly before?: unknown;
  readonly after?: unknown;
}

export interface MemberComparison {
  /** Members that only `before` has are defaults that ECS filled in: they are no change. */
  readonly onlyWritten?: boolean;
}

/** Every member that differs, in the order of `before`, then of `after`. */
export function memberChanges(
  before: unknown,
  after: unknown,
  options: MemberComparison = {},
): readonly MemberChange[] {
  const changes: MemberChange[] = [];
  compare({ before, after, path: "", depth: 0 }, options, changes);
  return changes;
}

/** `image: agent:1 → agent:2`. Values that may be secrets are not told. */
export function changeText({ path, before, after }: MemberChange): string {
  if (isSecret(path)) return `${path}: ${secretChange(before, after)}`;
  const member = path.slice(path.lastIndexOf(".") + 1);
  return `${path}: ${valueText(before, member)} → ${valueText(after, member)}`;
}

interface Pair {
  readonly before: unknown;
  readonly after: unknown;
  readonly path: string;
  readonly depth: number;
}

/** Deeper than ECS's own inputs go: below it two values are compared as a whole. */
const deepest = 24;

function compare(pair: Pair, options: MemberComparison, changes: MemberChange[]): void {
  const { before, after, path, depth } = pair;
  const [left, right] = [membersOf(before), membersOf(after)];
  if (left === undefined || right === undefined || depth >= deepest) {
    if (JSON.stringify(before) !== JSON.stringify(after)) changes.push(changeOf(path, before, after));
    return;
  }
  const isList = Array.isArray(before);
  const names = new Set([...left.keys(), ...right.keys()]);
  for (const name of names) {
    if (options.onlyWritten === true && !isList && !right.has(name)) continue;
    const at = isList ? `${path}[${name}]` : path === "" ? name : `${path}.${name}`;
    compare({ before: left.get(name), after: right.get(name), path: at, depth: depth + 1 }, options, changes);
  }
}

function changeOf(path: string, before: unknown, after: unknown): MemberChange {
  return {
    path,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

/** Members of an object, or entries of a list of objects under their names; `undefined` for anything else. */
function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  if (!value.every((it) => typeof it === "object" && it !== null && !Array.isArray(it))) return undefined;
  const names = value.map((it, index) => nameOf(it) ?? String(index + 1));
  // Two entries of one name cannot be told apart by it.
  const isUnique = new Set(names).size === names.length;
  return new Map(value.map((it, index) => [(isUnique ? names[index] : undefined) ?? String(index + 1), it]));
}

function nameOf(entry: Readonly<Record<string, unknown>>): string | undefined {
  for (const member of ["name", "key", "sourceVolume", "containerName", "containerPort"]) {
    const value = entry[member];
    if (typeof value === "string" || typeof value === "number") return String(value);
  }
  return undefined;
}

/** Values of environment variables, however they are written, and options whose name says what they are. */
function isSecret(path: string): boolean {
  return /(^|\.)environment[.[]|(token|password|passphrase|secret(?!s|Options))[^.[\]]*$/i.test(path);
}

function secretChange(before: unknown, after: unknown): string {
  if (before === undefined) return "added (its value is not shown)";
  return after === undefined ? "removed" : "changed (its value is not shown)";
}

function valueText(value: unknown, member: string): string {
  if (value === undefined) return "(none)";
  const shown = hideSecrets(value, member, 0);
  const text = typeof shown === "string" ? shown : JSON.stringify(shown);
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

/** A container definition that is added as a whole brings its environment with it. */
function hideSecrets(value: unknown, member: string, depth: number): unknown {
  if (isSecret(member)) return "(not shown)";
  if (typeof value === "string") return holdsSecret(value) ? "(not shown)" : value;
  if (typeof value !== "object" || value === null) return value;
  if (depth >= deepest) return "(not shown)";
  if (member === "environment")
    return Array.isArray(value)
      ? value.map((it) => (typeof it === "object" && it !== null ? nameOf(it) : "(not shown)"))
      : Object.keys(value);
  if (Array.isArray(value)) return value.map((it) => hideSecrets(it, "", depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, it]) => [name, hideSecrets(it, name, depth + 1)]),
  );
}
