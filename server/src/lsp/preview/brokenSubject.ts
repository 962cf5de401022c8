// What keeps documents from being previewed: one that is empty or cannot be read, and an expression that is not in the
// cluster query language.

import { type DocumentExpression, expressionsOf } from "../../core/language/expressions/expressions";
import { constraintsOf, type PreviewSubject } from "../../core/language/previewSubject";
import type { ParsedQuery } from "../../core/query/parse/parser";
import type { QueryProblem } from "../../core/query/problem";
import { traitsOf } from "../../core/resources/kinds/registry";
import type { Resource } from "../../core/resources/resource";
import { withDefaults } from "../../core/resources/withDefaults";
import { catalogue } from "../../core/rules/catalogue";
import { placeOf } from "../base/convert";
import { failure } from "../base/failure";
import type { Failure, FilePlace } from "../protocol/protocol";

/** What keeps a pair of documents from being previewed. */
export function brokenSubject(subject: PreviewSubject): Failure | undefined {
  return brokenDocument(subject) ?? brokenExpression(subject);
}

function brokenDocument({ taskDefinition, service }: PreviewSubject): Failure | undefined {
  for (const document of [taskDefinition, service]) {
    if (document?.source.text.trim() === "")
      return failure(
        "empty-document",
        `The ${traitsOf(document).label ?? "document"} is empty.`,
        "Write it, or run New Daemon Service to create one.",
      );
    const problem = document?.source.problems[0];
    if (problem !== undefined && document !== undefined)
      return failure(
        "broken-document",
        `The ${traitsOf(document).label ?? "document"} is not valid JSON: ${problem.message}`,
        "Fix the syntax error.",
        [placeOf(document, problem.span)],
      );
  }
  return undefined;
}

function brokenExpression({ taskDefinition, service }: PreviewSubject): Failure | undefined {
  for (const document of [taskDefinition, service]) {
    if (document === undefined) continue;
    const assumed = withDefaults(document).document;
    const broken = constraintsOf(assumed).find(({ template, query }) => !template && isBroken(query));
    if (broken?.query === undefined) continue;
    const written = expressionsOf(assumed).find(({ index }) => index === broken.index);
    return notInTheLanguage(broken.query.text, written && placeOfError(document, written));
  }
  return undefined;
}

export function notInTheLanguage(expression: string, place?: FilePlace): Failure {
  return failure(
    "broken-expression",
    `The expression '${expression}' is not in the cluster query language.`,
    "The editor underlines what is wrong.",
    place && [place],
  );
}

/** Whether an expression is none of the language; hints and warnings do not count. */
export function isBroken(query: ParsedQuery | undefined): boolean {
  return firstError(query) !== undefined;
}

/** Where an expression of the document is wrong, as the editor underlines it: its first error. */
export function placeOfError(document: Resource, expression: DocumentExpression): FilePlace {
  const error = firstError(expression.query());
  return placeOf(document, error === undefined ? expression.span : expression.toDocumentSpan(error.span));
}

function firstError(query: ParsedQuery | undefined): QueryProblem | undefined {
  const entries: Readonly<Record<string, { readonly severity: string }>> = catalogue;
  return query?.problems.find((it) => entries[it.code]?.severity === "error");
}
