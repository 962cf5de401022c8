// The expressions that let ECS itself name the container instances that lack a daemon: its own evaluator reads the
// constraints, in one call instead of a description of every task.

import type { ParsedQuery } from "../query/parse/parser";
import type { PlacementConstraint } from "../scheduler/placement";

/** A daemon service, as far as an expression is concerned. */
export interface FilteredDaemon {
  readonly name: string;
  readonly constraints: readonly PlacementConstraint[];
}

/** ECS limits an expression of a placement constraint to this many characters; of a filter it does not say. */
const longest = 2_000;

/** Selects what satisfies every constraint; `undefined` where there is none. */
function constraintText(constraints: readonly PlacementConstraint[]): string | undefined {
  const queries = constraints.flatMap((it) => it.query ?? []);
  if (queries.length === 0) return undefined;
  return queries.map((it) => (isCompound(it) ? `(${it.text.trim()})` : it.text.trim())).join(" and ");
}

/** Parentheses around a single comparison are none that AWS documents. */
function isCompound({ tree: { kind } }: ParsedQuery): boolean {
  return kind === "and" || kind === "or" || kind === "missing";
}

/** `(CONSTRAINTS) and not(task:group == service:NAME)`: should run the daemon, and has no task of it. */
export function missingExpression({ name, constraints }: FilteredDaemon): string {
  const text = constraintText(constraints);
  const without = `not(task:group == service:${name})`;
  return text === undefined ? without : `${text} and ${without}`;
}

/** Has a task of the daemon and should not; `undefined` where every instance should. */
export function unexpectedExpression({ name, constraints }: FilteredDaemon): string | undefined {
  const [first, ...others] = constraints.flatMap((it) => it.query ?? []);
  if (first === undefined) return undefined;
  const text = others.length === 0 ? first.text.trim() : constraintText(constraints);
  return `not(${text}) and task:group == service:${name}`;
}

/** Joined by or, split where an expression would become too long. */
export function anyOf(expressions: readonly string[]): readonly string[] {
  const joined: string[] = [];
  for (const it of expressions) {
    const last = joined.at(-1);
    const next = it.includes(" and ") ? `(${it})` : it;
    if (last === undefined || last.length + next.length + 4 > longest) joined.push(next);
    else joined[joined.length - 1] = `${last} or ${next}`;
  }
  return joined;
}
