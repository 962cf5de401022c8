// Writes an expression in its canonical form: single spaces, one spelling of every operator, single quotes and
// parentheses only where they are needed or help a reader. What is printed means exactly what was read.

import { keywordSpellings, operatorSpellings } from "./operators";
import { type ParsedQuery, parseQuery } from "./parse/parser";
import type { Argument, Comparison, Expression, Value } from "./syntax";
import { spellingProblems } from "./syntaxProblems";

/** The canonical text of a whole tree. A `missing` node prints as the text it stands for, which may be empty. */
export function printQuery(tree: Expression): string {
  switch (tree.kind) {
    case "missing":
      return tree.text ?? "";
    case "comparison":
      return printComparison(tree);
    case "group":
      return printGroup(tree.operand);
    case "not":
      return `not(${printQuery(withoutGroups(tree.operand))})`;
    case "or":
      return tree.operands.map(printQuery).join(" or ");
    case "and":
      return tree.operands.map(printQuery).join(" and ");
  }
}

/**
 * The canonical text of what was parsed; undefined where something is wrong with the text, because then nobody
 * knows what to print.
 */
export function formatQuery({ tree, problems }: ParsedQuery): string | undefined {
  const readable = problems.every((it) => Object.hasOwn(spellingProblems, it.code));
  if (!readable || !isWhole(tree)) return undefined;
  const printed = printQuery(tree);
  // A placeholder that is never closed would take in what is printed behind it.
  const again = parseQuery(printed);
  return again.problems.length === 0 && printQuery(again.tree) === printed ? printed : undefined;
}

/** One expression that is true where all of them are. */
export function combineQueries(trees: readonly Expression[]): string {
  return trees
    .map(withoutGroups)
    .map((it) => {
      // A placeholder may stand for anything, an or included.
      const loose = it.kind === "or" || it.kind === "missing";
      return loose && trees.length > 1 ? `(${printQuery(it)})` : printQuery(it);
    })
    .join(" and ");
}

/** The expressions that together mean the same: the operands of the outermost `and`, without their parentheses. */
export function splitQuery(tree: Expression): readonly Expression[] {
  const inner = withoutGroups(tree);
  return inner.kind === "and" ? inner.operands.flatMap(splitQuery) : [inner];
}

/** The expression inside any number of parentheses. */
export function withoutGroups(expression: Expression): Exclude<Expression, { kind: "group" }> {
  let inner = expression;
  while (inner.kind === "group") inner = inner.operand;
  return inner;
}

/** A value as an expression writes it, in quotes where it needs them. */
export function printValue(text: string): string {
  return isPlain(text) ? text : quoted(text);
}

function printGroup(operand: Expression): string {
  const inner = withoutGroups(operand);
  const needed = inner.kind === "or" || inner.kind === "and" || inner.kind === "missing";
  return needed ? `(${printQuery(inner)})` : printQuery(inner);
}

function printComparison({ subject, operator, argument }: Comparison): string {
  const name =
    subject.kind === "attribute"
      ? `attribute:${subject.name}`
      : subject.kind === "field"
        ? subject.name
        : subject.text;
  const parts = [name, operator?.operator, argument === undefined ? undefined : printArgument(argument)];
  return parts.filter((it) => it !== undefined).join(" ");
}

function printArgument(argument: Argument): string {
  if (argument.kind === "value") return printWritten(argument);
  return `[${argument.items.map(printWritten).join(", ")}]`;
}

function printWritten({ text, quote }: Value): string {
  if (quote === undefined) return text;
  return isPlain(text) ? text : quoted(text);
}

function quoted(text: string): string {
  return text.includes("'") ? `"${text}"` : `'${text}'`;
}

/** Nothing in it could be read as anything but a value. */
function isPlain(text: string): boolean {
  const lower = text.toLowerCase();
  return /^[\w\-./\\:@]+$/.test(text) && !keywordSpellings.has(lower) && !operatorSpellings.has(lower);
}

function isWhole(tree: Expression): boolean {
  switch (tree.kind) {
    case "missing":
      return tree.text !== undefined;
    case "comparison":
      return tree.operator !== undefined;
    case "group":
    case "not":
      return isWhole(tree.operand);
    default:
      return tree.operands.every(isWhole);
  }
}
