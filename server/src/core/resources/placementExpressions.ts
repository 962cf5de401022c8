// Every cluster query expression of a document, with the way back from its offsets to those of the document.

import { type ContentMap, plainMap } from "../source/contentMap";
import {
  at,
  contentMapOf,
  contentSpanOf,
  get,
  isTemplate,
  items,
  type JsonNode,
  stringOf,
} from "../source/tree";
import type { Span } from "../text/span";
import { traitsOf } from "./kinds/registry";
import type { Resource } from "./resource";

export interface PlacementExpression {
  readonly from: "taskDefinition" | "service" | "query";
  /** Position in `placementConstraints`. */
  readonly index: number;
  /** As written; `memberOf`, `distinctInstance`, something wrong, or `undefined` where it is missing. */
  readonly type: string | undefined;
  /** Decoded; `undefined` where the constraint has none. */
  readonly text: string | undefined;
  /** Whether a placeholder is part of it: then nothing can be said about its text. */
  readonly template: boolean;
  /** Whether the text is read with placeholders: a request has none. */
  readonly takesPlaceholders: boolean;
  /** The content of the string, without quotes. */
  readonly span: Span;
  /** The constraint object, and the expression's string. */
  readonly constraint: JsonNode | undefined;
  readonly node: JsonNode | undefined;
  /** From a span of `text` to one of the document. */
  toDocumentSpan(span: Span): Span;
  /** From an offset of the document to one of `text`. */
  toTextOffset(offset: number): number;
}

/** The expressions in the order of the text; for a query document the one that it is. */
export function placementExpressions(document: Resource): readonly PlacementExpression[] {
  const { isExpression, ofService: from } = traitsOf(document);
  if (isExpression) return [document.hosted === undefined ? queryDocument(document) : inProgram(document)];
  if (from === undefined) return [];
  return items(get(document.input, "placementConstraints")).map((constraint, index) => {
    const node = get(constraint, "expression");
    const known = node?.type === "string" ? node : undefined;
    const map = known ? contentMapOf(document.source.text, known) : plainMap(constraint.offset, 0);
    return {
      from,
      index,
      type: stringOf(at(constraint, "type")),
      text: known ? String(known.value) : undefined,
      template: node !== undefined && isTemplate(node),
      takesPlaceholders: document.source.takesPlaceholders,
      span: known ? contentSpanOf(known) : empty(constraint),
      constraint,
      node,
      ...ways(map),
    };
  });
}

/** The string literal of a program. */
function inProgram(document: Resource): PlacementExpression {
  const { input } = document;
  const map = input === undefined ? plainMap(0, 0) : contentMapOf(document.source.text, input);
  return {
    from: "query",
    index: 0,
    type: "memberOf",
    text: String(input?.value ?? ""),
    template: input !== undefined && isTemplate(input),
    takesPlaceholders: input !== undefined && isTemplate(input),
    span: input === undefined ? { start: 0, end: 0 } : contentSpanOf(input),
    constraint: undefined,
    node: input,
    ...ways(map),
  };
}

function queryDocument(document: Resource): PlacementExpression {
  const {
    source: { text },
  } = document;
  // An editor ends the file with a line break, which is no part of the expression.
  const start = text.length - text.trimStart().length;
  const expression = text.trim();
  return {
    from: "query",
    index: 0,
    type: "memberOf",
    text: expression,
    template: false,
    takesPlaceholders: document.source.takesPlaceholders,
    span: { start, end: start + expression.length },
    constraint: undefined,
    node: undefined,
    ...ways(plainMap(start, expression.length)),
  };
}

function ways(map: ContentMap): Pick<PlacementExpression, "toDocumentSpan" | "toTextOffset"> {
  return { toDocumentSpan: (span) => map.toDocument(span), toTextOffset: (offset) => map.toValue(offset) };
}

function empty(constraint: JsonNode): Span {
  return { start: constraint.offset, end: constraint.offset };
}
