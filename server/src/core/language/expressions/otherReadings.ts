// What an expression would select where AWS documents nothing and its reading were another one than ours.

import type { Comparison, Expression, OrExpression, Value } from "../../query/syntax";

export interface OtherReading {
  /** "If … , " in front of what it would select. */
  readonly condition: string;
  readonly tree: Expression;
}

/** Readings of one node that are thinkable beside ours; the operands below have their own. */
export function otherReadings(node: Expression): readonly OtherReading[] {
  if (node.kind === "or") return leftToRight(node);
  if (node.kind !== "comparison") return [];
  return [...searched(node), ...withMissing(node)];
}

/** `a or b and c` as `(a or b) and c`: no precedence, the words in their order. */
function leftToRight(node: OrExpression): readonly OtherReading[] {
  const { operands, span } = node;
  if (!operands.some((it) => it.kind === "and")) return [];
  let tree: Expression | undefined;
  for (const operand of operands) {
    const [first, ...rest] = operand.kind === "and" ? operand.operands : [operand];
    if (first === undefined) return [];
    const joined: Expression = tree === undefined ? first : { kind: "or", span, operands: [tree, first] };
    tree = rest.length === 0 ? joined : { kind: "and", span, operands: [joined, ...rest] };
  }
  return tree === undefined ? [] : [{ condition: "If `and` and `or` were read from left to right", tree }];
}

/** `=~` as a search: the pattern anywhere in the value. */
function searched(node: Comparison): readonly OtherReading[] {
  const { operator, argument } = node;
  if (operator?.operator !== "=~" && operator?.operator !== "!~") return [];
  if (argument?.kind !== "value") return [];
  const anywhere: Value = { ...argument, text: `.*(?:${argument.text}).*` };
  return [
    {
      condition: "If the pattern were searched for rather than matched with the whole value",
      tree: { ...node, argument: anywhere },
    },
  ];
}

/** A negative comparison that also selects instances without the attribute. */
function withMissing(node: Comparison): readonly OtherReading[] {
  const { operator, subject, span } = node;
  const negative = operator?.operator;
  if (subject.kind !== "attribute" || operator === undefined) return [];
  if (negative !== "!=" && negative !== "!in" && negative !== "!~") return [];
  const lacks: Comparison = {
    kind: "comparison",
    span,
    subject,
    operator: { ...operator, operator: "!exists" },
    argument: undefined,
  };
  return [
    {
      condition: "If instances that lack the attribute counted as different",
      tree: { kind: "or", span, operands: [node, lacks] },
    },
  ];
}
