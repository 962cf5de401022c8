// Hover in expressions: what a word means, and how many container instances the part under the cursor selects.

import type { Cluster } from "../../cluster/containerInstance";
import { hasTemplate, leavesOf } from "../../query/cases/instanceCases";
import { operatorTable } from "../../query/operators";
import type { ParsedQuery } from "../../query/parse/parser";
import { builtInAttributes, fieldTable } from "../../query/subjects";
import type { Comparison, Expression, Subject } from "../../query/syntax";
import { withoutQuerySecrets } from "../../secrets/querySecrets";
import { counted, countText } from "../../text/counts";
import type { Span } from "../../text/span";
import { codeSpan, plainText } from "../markdown";
import {
  attributeCount,
  attributeValues,
  type CountedValue,
  fieldValues,
  isNameOnly,
} from "./clusterVocabulary";
import { otherReadings } from "./otherReadings";
import { distribution } from "./queryCompletion";
import { expressionPath, selectedInstances, selectionOf } from "./querySelection";

export interface HoverText {
  /** Markdown. */
  readonly text: string;
  readonly span: Span;
}

/** Explains the part at `offset`; offsets are those of the expression's own text. */
export function hoverQuery(
  query: ParsedQuery,
  offset: number,
  cluster: Cluster | undefined,
): HoverText | undefined {
  const path = expressionPath(query.tree, offset);
  const innermost = path[path.length - 1];
  if (innermost === undefined) return undefined;
  if (innermost.kind === "comparison") return hoverComparison(query, innermost, offset, cluster);
  if (innermost.kind === "missing") return undefined;
  return { text: join(joinMeaning(innermost), selected(query, innermost, cluster)), span: innermost.span };
}

function joinMeaning({ kind }: Expression): string {
  switch (kind) {
    case "and":
      return "**and**: true where every part is true. It binds tighter than `or`.";
    case "or":
      return "**or**: true where at least one part is true.";
    case "not":
      return "**not**: true where the part is false, also where it is false because the instance lacks the attribute.";
    default:
      return "";
  }
}

function hoverComparison(
  query: ParsedQuery,
  comparison: Comparison,
  offset: number,
  cluster: Cluster | undefined,
): HoverText {
  const { subject, operator } = comparison;
  const whole = selected(query, comparison, cluster);
  if (holds(subject.span, offset))
    return { text: join(subjectMeaning(subject, cluster), whole), span: subject.span };
  if (operator !== undefined && holds(operator.span, offset)) {
    const { word, meaning } = operatorTable[operator.operator];
    const names = word === operator.operator ? `**${word}**` : `**${operator.operator}** (${word})`;
    return { text: join(`${names}: ${meaning}${missingNote(comparison)}`, whole), span: operator.span };
  }
  return { text: whole, span: comparison.span };
}

/** What AWS documents nowhere and the user may trip over. */
function missingNote({ subject, operator }: Comparison): string {
  if (subject.kind !== "attribute") return "";
  const negative = operator?.operator === "!=" || operator?.operator === "!in" || operator?.operator === "!~";
  return negative ? " An instance that lacks the attribute is not selected; `not(…)` selects it." : "";
}

function subjectMeaning(subject: Subject, cluster: Cluster | undefined): string {
  if (subject.kind === "unknown") return "";
  if (subject.kind === "field") {
    const values = fieldValues(cluster, subject.name);
    return join(`**${subject.name}**: ${fieldTable[subject.name].meaning}`, spread(values));
  }
  const { name } = subject;
  const meaning = builtInAttributes.get(name)?.meaning ?? (isNameOnly(cluster, name) ? capability : custom);
  const have =
    cluster === undefined
      ? ""
      : `${countText(attributeCount(cluster, name))} of ${counted(cluster.instances.length, "container instance has", "container instances have")} it.`;
  return join(`**${plainText(name)}**: ${meaning}`, join(have, spread(attributeValues(cluster, name))));
}

const capability = "A capability: a name without a value. Test it with `exists`.";
const custom = "An attribute of your own.";

function spread(values: readonly CountedValue[]): string {
  return distribution(values);
}

/** How many instances a part of the expression selects, with the part as it is written. */
function selected({ text }: ParsedQuery, node: Expression, cluster: Cluster | undefined): string {
  if (cluster === undefined) return "";
  const written = withoutQuerySecrets(text.slice(node.span.start, node.span.end));
  const shown = written.length > 80 ? `${written.slice(0, 79)}…` : written;
  if (holdsTemplate(node))
    return `${codeSpan(shown)} has a placeholder: what it selects depends on its value.`;
  const ours = selectedInstances(selectionOf(node, cluster));
  const others = otherReadings(node).flatMap(({ condition, tree }) => {
    const theirs = selectedInstances(selectionOf(tree, cluster));
    return theirs === ours ? [] : [`${condition}, which AWS does not document, it would select ${theirs}.`];
  });
  return [`${codeSpan(shown)} selects ${ours}.`, ...others].join("\n\n");
}

/** Something that is merely missing is no placeholder. */
function holdsTemplate(node: Expression): boolean {
  return leavesOf(node).some((it) => (it.kind === "missing" ? it.template === true : hasTemplate(it)));
}

function holds(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

function join(first: string, second: string): string {
  return [first, second].filter((it) => it !== "").join("\n\n");
}
