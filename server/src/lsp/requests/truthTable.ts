// Makes the truth table of an expression on demand.

import { type DocumentExpression, expressionsOf } from "../../core/language/expressions/expressions";
import { expressionPath } from "../../core/language/expressions/querySelection";
import { truthTableText } from "../../core/language/expressions/truthTableText";
import { parseQuery } from "../../core/query/parse/parser";
import { combineQueries } from "../../core/query/print";
import type { Expression } from "../../core/query/syntax";
import type { Resource } from "../../core/resources/resource";
import { onAsk } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { toSpan } from "../base/convert";
import { failure, isFailure } from "../base/failure";
import { isBroken, placeOfError } from "../preview/brokenSubject";
import { searchFolders } from "../preview/preview";
import { requests } from "../protocol/customRequests";
import type { Failure } from "../protocol/protocol";
import type { TruthTableAnswer, TruthTableParams } from "../protocol/truthTableProtocol";

export function registerTruthTable(context: ServerContext): void {
  onAsk(context, requests.truthTable, (params) => truthTable(context, params));
}

interface Subject {
  readonly text: string;
  readonly tree: Expression;
}

export async function truthTable(
  context: ServerContext,
  params: TruthTableParams,
): Promise<TruthTableAnswer> {
  await context.index.ready();
  const document = await context.index.load(params.textDocument.uri);
  const subject = document === undefined ? noExpression : subjectOf(document, params);
  if (isFailure(subject)) return subject;
  const found = await clusterOf(context, document, params);
  if (found !== undefined && isFailure(found)) return found;
  return { expression: subject.text, markdown: truthTableText({ ...subject, cluster: found }) };
}

/** The cluster that the request names has to be there; without the chosen one there is still a table. */
async function clusterOf(
  context: ServerContext,
  document: Resource | undefined,
  { cluster }: TruthTableParams,
) {
  const { clusters } = context;
  if (cluster === undefined && clusters.chosen() === undefined) return undefined;
  const found = await clusters.resolve(
    cluster,
    document === undefined ? [] : searchFolders(context, document),
  );
  return cluster === undefined && isFailure(found) ? undefined : found;
}

const noExpression = failure(
  "no-expression",
  "The document has no expression of the cluster query language.",
  "Open a query file, or a task definition or service with a memberOf placement constraint.",
);

function subjectOf(document: Resource, { range }: TruthTableParams): Subject | Failure {
  const all = expressionsOf(document);
  const span = range === undefined ? undefined : toSpan(document, range);
  const touched =
    span === undefined ? undefined : all.find((it) => it.span.start <= span.start && span.end <= it.span.end);
  const asked = touched === undefined ? all : [touched];
  const broken = asked.find((it) => isBroken(it.query()));
  if (asked.length === 0) return noExpression;
  if (broken !== undefined)
    return failure(
      "broken-expression",
      `The expression '${broken.text}' is not in the cluster query language.`,
      "The editor underlines what is wrong.",
      [placeOfError(document, broken)],
    );
  const [first, ...more] = asked;
  if (first !== undefined && more.length === 0) return span === undefined ? whole(first) : part(first, span);
  const text = combineQueries(asked.map((it) => it.query().tree));
  return { text, tree: parseQuery(text).tree };
}

function whole(expression: DocumentExpression): Subject {
  return { text: expression.text.trim(), tree: expression.query().tree };
}

/** A selection means the smallest clause around it; a cursor the whole. */
function part(
  expression: DocumentExpression,
  span: { readonly start: number; readonly end: number },
): Subject {
  if (span.start === span.end) return whole(expression);
  const { text, tree } = expression.query();
  const end = expression.toTextOffset(span.end);
  const around = expressionPath(tree, expression.toTextOffset(span.start)).filter(
    (it) => it.kind !== "group" && end <= it.span.end,
  );
  const clause = around[around.length - 1];
  return clause === undefined
    ? whole(expression)
    : { text: text.slice(clause.span.start, clause.span.end), tree: clause };
}
