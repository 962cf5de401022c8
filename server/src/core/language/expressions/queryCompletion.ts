// Completion in expressions: subjects, the operators that a subject takes, and the values that container instances
// of the chosen cluster really have, each with how many have it.

import { attributeStatistics } from "../../cluster/attributeStatistics";
import type { Cluster } from "../../cluster/containerInstance";
import { operatorTable } from "../../query/operators";
import { printValue } from "../../query/print";
import { builtInAttributes, fieldTable } from "../../query/subjects";
import { fieldNames, type Operator, operators } from "../../query/syntax";
import { countText } from "../../text/counts";
import { type Completion, inSnippet } from "../completion";
import { codeSpan } from "../markdown";
import {
  attributeCount,
  attributeValues,
  type CountedValue,
  fieldValues,
  isNameOnly,
} from "./clusterVocabulary";
import { type PlaceSubject, type QueryPlace, queryPlace } from "./queryPlace";

export interface QuerySurroundings {
  readonly cluster: Cluster | undefined;
  /** Names of services of the workspace, for `task:group == service:NAME`. */
  readonly serviceNames: readonly string[];
  readonly families: readonly string[];
  /** How a text is written in the document: with the escapes of a JSON string. */
  readonly written: (text: string) => string;
}

/** What may stand at `offset` of an expression, best first. Spans and texts are those of the expression itself. */
export function completeQuery(
  text: string,
  offset: number,
  surroundings: QuerySurroundings,
): readonly Completion[] {
  const place = queryPlace(text, offset);
  const found = offered(place, surroundings);
  // The space that goes on to the next word may be there already.
  if (text[place.word.end] !== " ") return found;
  return found.map((it) =>
    it.isSnippet === true ? it : { ...it, insertText: it.insertText.replace(/ $/, "") },
  );
}

function offered(place: QueryPlace, surroundings: QuerySurroundings): readonly Completion[] {
  switch (place.kind) {
    case "operand":
      return [...attributes(place, surroundings), ...fields(place), negation(place)];
    case "operator":
      return operatorsFor(place, surroundings);
    case "list":
      return [list(place), ...values(place, surroundings).map(asList)];
    case "value":
      return values(place, surroundings);
    case "item":
      return values(place, surroundings).filter((it) => !place.items.includes(it.label));
    case "joint":
      return [keyword(place, "and"), keyword(place, "or")];
  }
}

function attributes(place: QueryPlace, { cluster, written }: QuerySurroundings): readonly Completion[] {
  const known = cluster === undefined ? [] : [...attributeStatistics(cluster).keys()];
  const absent = [...builtInAttributes.keys()].filter((it) => !known.includes(it));
  const total = cluster?.instances.length ?? 0;
  const rank = (name: string) => (isNameOnly(cluster, name) ? 2 : builtInAttributes.has(name) ? 1 : 0);
  const offered = [...known, ...absent].sort(
    (left, right) => rank(left) - rank(right) || (left < right ? -1 : 1),
  );
  return offered.map((name): Completion => {
    const meaning = builtInAttributes.get(name)?.meaning;
    const spread = distribution(attributeValues(cluster, name));
    return {
      label: `attribute:${name}`,
      kind: "attribute",
      ...(cluster === undefined
        ? {}
        : { detail: `${countText(attributeCount(cluster, name))} of ${countText(total)}` }),
      documentation: [meaning, spread].filter((it) => it !== undefined && it !== "").join("\n\n"),
      insertText: written(`attribute:${name} `),
      filterText: written(`attribute:${name}`),
      replace: place.word,
      continues: true,
    };
  });
}

/** Markdown of the most frequent values, one a line. */
export function distribution(values: readonly CountedValue[], most = 10): string {
  const shown = values.slice(0, most).map((it) => `- ${codeSpan(it.value)}: ${countText(it.count)}`);
  if (values.length > most) shown.push(`- … and ${countText(values.length - most)} more`);
  return shown.join("\n");
}

function fields(place: QueryPlace): readonly Completion[] {
  return fieldNames.map((name) => ({
    label: name,
    kind: "field",
    documentation: fieldTable[name].meaning,
    insertText: `${name} `,
    replace: place.word,
    continues: true,
  }));
}

function negation(place: QueryPlace): Completion {
  return {
    label: "not",
    kind: "keyword",
    documentation: "True where the expression in the parentheses is not.",
    insertText: "not($1)",
    isSnippet: true,
    replace: place.word,
    continues: true,
  };
}

function keyword(place: QueryPlace, word: "and" | "or"): Completion {
  return {
    label: word,
    kind: "keyword",
    documentation: word === "and" ? "Both sides are true." : "At least one side is true.",
    insertText: `${word} `,
    replace: place.word,
    continues: true,
  };
}

function operatorsFor(place: QueryPlace, { cluster }: QuerySurroundings): readonly Completion[] {
  return legalOperators(place.subject, cluster).map((operator) => {
    const { word, argument, meaning } = operatorTable[operator];
    const isList = argument === "list";
    return {
      label: operator,
      kind: "operator",
      detail: word === operator ? "" : word,
      documentation: meaning,
      insertText: isList ? `${operator} [$1]` : argument === "none" ? operator : `${operator} `,
      isSnippet: isList,
      // Typing the word form finds the symbol too.
      filterText: `${operator} ${word}`,
      replace: place.word,
      continues: argument !== "none",
    };
  });
}

/** Operators that say something about the subject, the usual ones first; those without a known outcome are left out. */
function legalOperators(subject: PlaceSubject, cluster: Cluster | undefined): readonly Operator[] {
  if (subject.kind === "field") return fieldTable[subject.name].documented;
  const unordered = operators.filter((it) => ![">", ">=", "<", "<="].includes(it));
  if (subject.kind === "attribute" && isNameOnly(cluster, subject.name)) return ["exists", "!exists"];
  return unordered;
}

function values(place: QueryPlace, surroundings: QuerySurroundings): readonly Completion[] {
  const total = surroundings.cluster?.instances.length ?? 0;
  const counted = knownValues(place.subject, surroundings);
  return counted.map(({ value, count }) => ({
    label: value,
    kind: "value",
    ...(surroundings.cluster === undefined ? {} : { detail: `${countText(count)} of ${countText(total)}` }),
    insertText: surroundings.written(quoted(value, place)),
    filterText: surroundings.written(place.quote === undefined ? value : quoted(value, place)),
    replace: place.word,
  }));
}

function knownValues(
  subject: PlaceSubject,
  { cluster, serviceNames, families }: QuerySurroundings,
): readonly CountedValue[] {
  if (subject.kind === "unknown") return [];
  if (subject.kind === "attribute") {
    const found = attributeValues(cluster, subject.name);
    return withMore(found, builtInAttributes.get(subject.name)?.values ?? []);
  }
  const found = fieldValues(cluster, subject.name);
  if (subject.name === "agentConnected") return withMore(found, ["true", "false"]);
  if (subject.name !== "task:group") return found;
  return withMore(found, [
    ...serviceNames.map((it) => `service:${it}`),
    ...families.map((it) => `family:${it}`),
  ]);
}

function withMore(found: readonly CountedValue[], more: readonly string[]): readonly CountedValue[] {
  const known = new Set(found.map((it) => it.value));
  const added = [...new Set(more)].filter((it) => !known.has(it));
  return [...found, ...added.map((value) => ({ value, count: 0 }))];
}

/** Inside quotes that are there already they stay. */
function quoted(value: string, { quote }: QueryPlace): string {
  return quote === undefined ? printValue(value) : `${quote}${value}${quote}`;
}

function list(place: QueryPlace): Completion {
  return {
    label: "[…]",
    kind: "snippet",
    documentation: "A list of values in square brackets.",
    insertText: "[$1]",
    isSnippet: true,
    filterText: "[",
    replace: place.word,
    continues: true,
  };
}

function asList(value: Completion): Completion {
  return {
    ...value,
    insertText: `[${inSnippet(value.insertText)}$1]`,
    isSnippet: true,
    filterText: value.label,
  };
}
