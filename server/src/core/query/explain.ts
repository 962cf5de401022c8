// Explains the truth of an expression for a container instance, clause by clause.

import type { Span } from "../text/span";
import { type CompiledComparison, compileComparison, type Reading } from "./compiledComparison";
import type { ParsedQuery } from "./parse/parser";
import type { Expression } from "./syntax";
import type { QueryTarget, Truth } from "./target";

/** What one node of an expression came to for one instance, and the value that decided. */
export interface ClauseExplanation {
  readonly kind: Expression["kind"];
  readonly span: Span;
  /** The clause as written. */
  readonly text: string;
  readonly truth: Truth;
  /** For a reader: "env is dev", "env is not set". */
  readonly because: string;
  readonly operands: readonly ClauseExplanation[];
}

/** Explains an expression for one instance; asked for many, it prepares the expression only once. */
export function explainQuery(query: ParsedQuery, target: QueryTarget): ClauseExplanation {
  let explainer = explainers.get(query);
  if (explainer === undefined) {
    explainer = compile(query.tree, query.text);
    explainers.set(query, explainer);
  }
  return explainer(target);
}

/**
 * The clauses that made the whole what it is, in the order of the text. Each has the truth of the whole by itself, so
 * that "TEXT is false" is true of every one: what is negated is named with its `not`. Together they are sufficient: an
 * `or` is false by all of its operands, an `and` by any.
 */
export function decidingClauses(explanation: ClauseExplanation): readonly ClauseExplanation[] {
  const { kind, operands } = explanation;
  if (kind === "not") {
    const negated = doublyNegated(explanation);
    return negated === undefined ? [explanation] : decidingClauses(negated);
  }
  if (operands.length === 0) return [explanation];
  return decidingOperands(kind, explanation.truth, operands).flatMap(decidingClauses);
}

/** The operand of `not(not(…))`, which has the truth of the whole again. */
function doublyNegated({ operands: [inner] }: ClauseExplanation): ClauseExplanation | undefined {
  let at = inner;
  while (at?.kind === "group") at = at.operands[0];
  return at?.kind === "not" ? at.operands[0] : undefined;
}

type Explainer = (target: QueryTarget) => ClauseExplanation;

const explainers = new WeakMap<ParsedQuery, Explainer>();

function compile(tree: Expression, query: string): Explainer {
  const text = query.slice(tree.span.start, tree.span.end);
  const node = { kind: tree.kind, span: tree.span, text } as const;
  switch (tree.kind) {
    case "missing": {
      const because = tree.template ? "a placeholder stands for it" : "the expression is incomplete";
      const explanation: ClauseExplanation = { ...node, truth: "unknown", because, operands: [] };
      return () => explanation;
    }
    case "comparison":
      return explainClause(node, compileComparison(tree));
    case "group":
    case "not": {
      const operand = compile(tree.operand, query);
      return (target) => {
        const inner = operand(target);
        const truth = tree.kind === "group" || inner.truth === "unknown" ? inner.truth : !inner.truth;
        return { ...node, truth, because: inner.because, operands: [inner] };
      };
    }
    default: {
      const operands = tree.operands.map((it) => compile(it, query));
      return (target) =>
        explainJoined(
          tree.kind,
          node,
          operands.map((it) => it(target)),
        );
    }
  }
}

type Node = Pick<ClauseExplanation, "kind" | "span" | "text">;

/** How many different readings of a clause are remembered at a time. */
const rememberedReadings = 1000;

/** Instances share the explanation of a clause that read the same value in them. */
function explainClause(node: Node, clause: CompiledComparison): Explainer {
  const remembered = new Map<Reading, ClauseExplanation>();
  return (target) => {
    const reading = clause.read(target);
    const known = remembered.get(reading);
    if (known !== undefined) return known;
    const explanation: ClauseExplanation = {
      ...node,
      truth: clause.judge(reading),
      because: clause.describe(reading),
      operands: [],
    };
    if (remembered.size >= rememberedReadings) remembered.clear();
    remembered.set(reading, explanation);
    return explanation;
  };
}

function explainJoined(
  kind: "and" | "or",
  { span, text }: Node,
  operands: readonly ClauseExplanation[],
): ClauseExplanation {
  const truth = kind === "and" ? conjunction(operands) : disjunction(operands);
  return { kind, span, text, truth, because: join(decidingOperands(kind, truth, operands)), operands };
}

function conjunction(operands: readonly ClauseExplanation[]): Truth {
  let truth: Truth = true;
  for (const operand of operands) {
    if (operand.truth === false) return false;
    if (operand.truth === "unknown") truth = "unknown";
  }
  return truth;
}

function disjunction(operands: readonly ClauseExplanation[]): Truth {
  let truth: Truth = false;
  for (const operand of operands) {
    if (operand.truth === true) return true;
    if (operand.truth === "unknown") truth = "unknown";
  }
  return truth;
}

/** One false operand settles an and, one true operand an or; otherwise those decide that came to the outcome. */
function decidingOperands(
  kind: ClauseExplanation["kind"],
  truth: Truth,
  operands: readonly ClauseExplanation[],
): readonly ClauseExplanation[] {
  return kind === "and" || kind === "or" ? operands.filter((it) => it.truth === truth) : operands;
}

function join(operands: readonly ClauseExplanation[]): string {
  const [first] = operands;
  if (operands.length === 1 && first !== undefined) return first.because;
  return [...new Set(operands.map((it) => it.because))].join(" and ");
}
