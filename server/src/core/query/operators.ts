// The operators of the query language as data, shared by scanner, printer, completion and hover.

import { type Operator, operators } from "./syntax";

/** What an operator compares with. */
export type ArgumentKind = "value" | "pattern" | "list" | "none";

export interface OperatorEntry {
  /** The documented word form; `in` and `exists` have only one spelling. */
  readonly word: string;
  readonly argument: ArgumentKind;
  /** What it asks, for completion and hover. */
  readonly meaning: string;
}

/** Source: "Cluster query language" in the ECS developer guide. */
export const operatorTable: Readonly<Record<Operator, OperatorEntry>> = {
  "==": { word: "equals", argument: "value", meaning: "The value is exactly this one." },
  "!=": { word: "not_equals", argument: "value", meaning: "There is a value, and it is another one." },
  ">": { word: "greater_than", argument: "value", meaning: "The value is greater." },
  ">=": { word: "greater_than_equal", argument: "value", meaning: "The value is greater or the same." },
  "<": { word: "less_than", argument: "value", meaning: "The value is less." },
  "<=": { word: "less_than_equal", argument: "value", meaning: "The value is less or the same." },
  in: { word: "in", argument: "list", meaning: "The value is one of the list." },
  "!in": { word: "not_in", argument: "list", meaning: "There is a value, and it is none of the list." },
  "=~": { word: "matches", argument: "pattern", meaning: "The whole value matches the pattern." },
  "!~": {
    word: "not_matches",
    argument: "pattern",
    meaning: "There is a value, and the pattern does not match it as a whole.",
  },
  exists: {
    word: "exists",
    argument: "none",
    meaning: "The instance has the attribute, with or without a value.",
  },
  "!exists": { word: "not_exists", argument: "none", meaning: "The instance does not have the attribute." },
};

/** Every accepted spelling in lower case → its operator. */
export const operatorSpellings: ReadonlyMap<string, Operator> = new Map(
  operators.flatMap((it) => [[it, it] as const, [operatorTable[it].word, it] as const]),
);

/**
 * What people write who come from other languages, in lower case with single spaces → the operator they mean.
 * None of these is accepted; they make the message helpful and keep the rest of the expression readable.
 */
export const foreignOperators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["=", "=="],
  [":", "=="],
  [":=", "=="],
  ["＝", "=="],
  ["＝＝", "=="],
  ["≠", "!="],
  ["≤", "<="],
  ["≥", ">="],
  ["===", "=="],
  ["is", "=="],
  ["eq", "=="],
  ["equal", "=="],
  ["equal_to", "=="],
  ["!==", "!="],
  ["<>", "!="],
  ["=!", "!="],
  ["is not", "!="],
  ["isnt", "!="],
  ["ne", "!="],
  ["neq", "!="],
  ["not equals", "!="],
  ["not_equal", "!="],
  ["!equals", "!="],
  ["gt", ">"],
  ["greater", ">"],
  ["=>", ">="],
  ["gte", ">="],
  ["ge", ">="],
  ["greater_than_or_equal", ">="],
  ["greater_than_equals", ">="],
  ["lt", "<"],
  ["less", "<"],
  ["=<", "<="],
  ["lte", "<="],
  ["le", "<="],
  ["less_than_or_equal", "<="],
  ["less_than_equals", "<="],
  ["not in", "!in"],
  ["notin", "!in"],
  ["nin", "!in"],
  ["! in", "!in"],
  ["one_of", "in"],
  ["any_of", "in"],
  ["like", "=~"],
  ["match", "=~"],
  ["regex", "=~"],
  ["regexp", "=~"],
  ["contains", "=~"],
  ["includes", "=~"],
  ["starts_with", "=~"],
  ["startswith", "=~"],
  ["begins_with", "=~"],
  ["ends_with", "=~"],
  ["endswith", "=~"],
  ["~", "=~"],
  ["~=", "=~"],
  ["==~", "=~"],
  ["not like", "!~"],
  ["not matches", "!~"],
  ["!matches", "!~"],
  ["!=~", "!~"],
  ["exist", "exists"],
  ["is set", "exists"],
  ["is not null", "exists"],
  ["is_not_null", "exists"],
  ["isnotnull", "exists"],
  ["not null", "exists"],
  ["present", "exists"],
  ["not exists", "!exists"],
  ["not exist", "!exists"],
  ["! exists", "!exists"],
  ["!exist", "!exists"],
  ["notexists", "!exists"],
  ["does not exist", "!exists"],
  ["is null", "!exists"],
  ["is_null", "!exists"],
  ["isnull", "!exists"],
  ["is not set", "!exists"],
]);

const keywords = ["and", "or", "not"] as const;
export type Keyword = (typeof keywords)[number];

/** Every spelling of the words that join comparisons, in lower case. */
export const keywordSpellings: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ["and", "and"],
  ["&&", "and"],
  ["or", "or"],
  ["||", "or"],
  ["not", "not"],
  ["!", "not"],
]);
