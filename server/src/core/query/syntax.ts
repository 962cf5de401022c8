// The tree of a cluster query expression. It is always whole: what the text lacks is a `missing` node.

import type { Span } from "../text/span";

export type Expression =
  | OrExpression
  | AndExpression
  | NotExpression
  | GroupExpression
  | Comparison
  | MissingExpression;

export interface OrExpression {
  readonly kind: "or";
  readonly span: Span;
  /** Two or more. */
  readonly operands: readonly Expression[];
}

export interface AndExpression {
  readonly kind: "and";
  readonly span: Span;
  /** Two or more. */
  readonly operands: readonly Expression[];
}

export interface NotExpression {
  readonly kind: "not";
  readonly span: Span;
  readonly operand: Expression;
}

/** Parentheses. */
export interface GroupExpression {
  readonly kind: "group";
  readonly span: Span;
  readonly operand: Expression;
}

export interface Comparison {
  readonly kind: "comparison";
  readonly span: Span;
  readonly subject: Subject;
  readonly operator: OperatorUse | undefined;
  /** `undefined` for exists/!exists, and where it is missing. */
  readonly argument: Argument | undefined;
}

/** Stands where an expression was expected; its span is empty or covers what could not be read. */
export interface MissingExpression {
  readonly kind: "missing";
  readonly span: Span;
  /** A placeholder stands for the expression: nothing is wrong, and nobody knows what it says. */
  readonly template?: boolean;
  /** What could not be read, where the expression has to be printed again. */
  readonly text?: string;
}

export const fieldNames = [
  "agentConnected",
  "agentVersion",
  "ec2InstanceId",
  "registeredAt",
  "runningTasksCount",
  "task:group",
] as const;
export type FieldName = (typeof fieldNames)[number];

export type Subject = AttributeSubject | FieldSubject | UnknownSubject;

export interface AttributeSubject {
  readonly kind: "attribute";
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  /** The name contains a placeholder. */
  readonly template?: boolean;
}

export interface FieldSubject {
  readonly kind: "field";
  readonly span: Span;
  readonly name: FieldName;
}

/** Something that is no subject of the language, or a placeholder. */
export interface UnknownSubject {
  readonly kind: "unknown";
  readonly span: Span;
  readonly text: string;
  readonly template?: boolean;
}

/** The canonical spellings. */
export const operators = [
  "==",
  "!=",
  ">",
  ">=",
  "<",
  "<=",
  "in",
  "!in",
  "=~",
  "!~",
  "exists",
  "!exists",
] as const;
export type Operator = (typeof operators)[number];

export interface OperatorUse {
  readonly operator: Operator;
  readonly span: Span;
  /** As written: `equals`, `==`. */
  readonly text: string;
}

export type Argument = Value | ListValue;

export interface Value {
  readonly kind: "value";
  readonly span: Span;
  /** Without quotes. */
  readonly text: string;
  readonly quote: "'" | '"' | undefined;
  /** The value contains a placeholder, so nobody knows it yet. */
  readonly template?: boolean;
}

export interface ListValue {
  readonly kind: "list";
  readonly span: Span;
  readonly items: readonly Value[];
}
