import { type ParsedQuery, parseQuery } from "../../core/query/parse/parser";
import { entryOf } from "../../core/rules/catalogue";
import { makeDiagnostic } from "../../core/rules/reporter";
import { invalidParameter } from "../errors";

/** An answer need not repeat what could have a megabyte. */
const longest = 200;

/** The whole query language, without placeholders; a text that is no expression of it is refused with its first problem, as `Invalid WHAT`. */
export function checkedExpression(text: string, what: string): ParsedQuery {
  const query = parseQuery(text, { placeholders: false });
  const problem = query.problems.find((it) => entryOf(it.code).severity === "error");
  if (problem === undefined) return query;
  const { message } = makeDiagnostic(problem.code, problem.span, problem.params);
  const shown = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  throw invalidParameter(`Invalid ${what}: ${shown}. ${message}`);
}
