// The truth table of an expression: a column for each of its comparisons, and a row for each way in which they can come
// out, as far as it decides the whole. What cannot be true together on any container instance is left out.

import { append } from "../../text/lists";
import { printQuery } from "../print";
import type { Comparison, Expression, MissingExpression } from "../syntax";
import type { Truth } from "../target";
import { instanceCases, leavesOf } from "./instanceCases";

export type Leaf = Comparison | MissingExpression;

/** A comparison, however often it occurs. */
export interface TableClause {
  /** Its canonical text; empty where something is missing. */
  readonly text: string;
  readonly leaves: readonly Leaf[];
}

export interface TableRow {
  /** For each clause; `undefined`: whichever it is. */
  readonly truths: readonly (boolean | undefined)[];
  readonly outcome: boolean;
}

export interface TruthTable {
  readonly clauses: readonly TableClause[];
  readonly rows: readonly TableRow[];
  /** There are more rows than anybody reads: these are the first. */
  readonly isCut: boolean;
}

/** Rows beyond this many are left out. */
const mostRows = 64;

/** The clauses of an expression in the order of its text; a placeholder is another one each time. */
export function clausesOf(tree: Expression): readonly TableClause[] {
  const known = new Map<string, { readonly text: string; readonly leaves: Leaf[] }>();
  for (const [index, leaf] of leavesOf(tree).entries()) {
    const text = printQuery(leaf);
    const key = leaf.kind === "missing" ? `${index}` : `= ${text}`;
    const clause = known.get(key);
    if (clause === undefined) known.set(key, { text, leaves: [leaf] });
    else clause.leaves.push(leaf);
  }
  return [...known.values()];
}

/** Every way in which the clauses can decide the expression, in the order of a decision clause by clause. */
export function truthTable(tree: Expression): TruthTable {
  const clauses = clausesOf(tree);
  const position = new Map(clauses.flatMap(({ leaves }, at) => leaves.map((leaf) => [leaf, at] as const)));
  const thinkable = instanceCases(leavesOf(tree))?.map(({ truths }) =>
    clauses.map(({ leaves: [leaf] }) => leaf !== undefined && truths.get(leaf) === true),
  );
  const rows: TableRow[] = [];
  const open: Partial[] = [{ truths: clauses.map(() => undefined), thinkable }];
  for (let next = open.pop(); next !== undefined && rows.length <= mostRows; next = open.pop()) {
    const { truths } = next;
    const outcome = outcomeOf(tree, (leaf) => truths[position.get(leaf) ?? -1] ?? "unknown");
    const asked = outcome === "unknown" ? undecided(tree, truths, position) : undefined;
    if (outcome !== "unknown") rows.push({ truths, outcome });
    // Taken from the end: the row where the clause is true comes first.
    else if (asked !== undefined)
      append(
        open,
        [false, true].flatMap((it) => refined(next, asked, it)),
      );
  }
  return { clauses, rows: rows.slice(0, mostRows), isCut: rows.length > mostRows };
}

interface Partial {
  readonly truths: readonly (boolean | undefined)[];
  /** The ways in which all clauses can come out that agree; `undefined`: too many to tell. */
  readonly thinkable: readonly (readonly boolean[])[] | undefined;
}

/** With another clause decided; nothing where no container instance could be so. */
function refined({ truths, thinkable }: Partial, at: number, truth: boolean): readonly Partial[] {
  const agreeing = thinkable?.filter((it) => it[at] === truth);
  if (agreeing?.length === 0) return [];
  return [{ truths: truths.map((it, index) => (index === at ? truth : it)), thinkable: agreeing }];
}

/** What a whole expression comes to when its comparisons come to this; unknown only where they leave it open. */
export function outcomeOf(tree: Expression, truthOf: (leaf: Leaf) => Truth): Truth {
  switch (tree.kind) {
    case "comparison":
    case "missing":
      return truthOf(tree);
    case "group":
      return outcomeOf(tree.operand, truthOf);
    case "not": {
      const inner = outcomeOf(tree.operand, truthOf);
      return inner === "unknown" ? inner : !inner;
    }
    default: {
      const deciding = tree.kind === "or";
      const truths = tree.operands.map((it) => outcomeOf(it, truthOf));
      if (truths.includes(deciding)) return deciding;
      return truths.includes("unknown") ? "unknown" : !deciding;
    }
  }
}

/** The first clause that is still open in a part that is: what the others decided already is not asked. */
function undecided(
  tree: Expression,
  truths: readonly (boolean | undefined)[],
  position: ReadonlyMap<Leaf, number>,
): number | undefined {
  if (tree.kind === "comparison" || tree.kind === "missing") return position.get(tree);
  if (tree.kind === "group" || tree.kind === "not") return undecided(tree.operand, truths, position);
  const open = tree.operands.find(
    (it) => outcomeOf(it, (leaf) => truths[position.get(leaf) ?? -1] ?? "unknown") === "unknown",
  );
  return open === undefined ? undefined : undecided(open, truths, position);
}
