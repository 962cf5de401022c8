// Any text as an expression: reading, checking, evaluating, explaining and printing it never fails, and they agree.

import assert from "node:assert/strict";
import { compileQuery } from "../../server/src/core/query/evaluate";
import { explainQuery } from "../../server/src/core/query/explain";
import { type ParsedQuery, parseQuery } from "../../server/src/core/query/parse/parser";
import { formatQuery, printQuery, splitQuery } from "../../server/src/core/query/print";
import type { Expression } from "../../server/src/core/query/syntax";
import type { QueryTarget, Truth } from "../../server/src/core/query/target";
import { assertInside } from "./assertInside";
import { expressionInputs } from "./expressions";
import { pureTarget } from "./fuzzTarget";

const instances: readonly QueryTarget[] = [
  { attributes: new Map() },
  {
    attributes: new Map<string, string | undefined>([
      ["env", "prod"],
      ["ecs.instance-type", "t2.micro"],
      ["ecs.availability-zone", "us-east-1a"],
      ["__proto__", "3"],
      ["stack", undefined],
    ]),
    agentConnected: true,
    agentVersion: "1.97.1",
    ec2InstanceId: "i-1",
    registeredAt: Date.UTC(2020, 0, 1),
    runningTasksCount: 3,
    taskGroups: ["service:a", "databases"],
  },
  {
    attributes: new Map([
      ["env", "a".repeat(2000)],
      ["ecs.instance-type", "\ud800\u0000é"],
    ]),
    agentConnected: false,
    agentVersion: "not a version",
    runningTasksCount: 0,
    taskGroups: [],
  },
];

function truths(query: ParsedQuery): readonly Truth[] {
  const evaluate = compileQuery(query.tree);
  return instances.map((it) => evaluate(it));
}

function checkTree(tree: Expression, text: string): void {
  assertInside(tree.span, text.length, `the ${tree.kind}`);
  if (tree.kind === "and" || tree.kind === "or") {
    assert.ok(tree.operands.length >= 2, `${tree.kind} has two operands or more`);
    for (const it of tree.operands) checkTree(it, text);
  } else if (tree.kind === "not" || tree.kind === "group") checkTree(tree.operand, text);
  else if (tree.kind === "comparison") {
    const parts = [tree.subject, tree.operator, tree.argument];
    for (const it of parts)
      if (it !== undefined) assertInside(it.span, text.length, "a part of a comparison");
  }
}

/** What would be read from `not (text)`: the opposite wherever anything is known. */
function checkNegation(text: string, plain: readonly Truth[]): void {
  const negated = parseQuery(`not (${text})`);
  if (negated.problems.length > 0) return;
  assert.deepEqual(
    truths(negated),
    plain.map((it) => (it === "unknown" ? it : !it)),
    "not(x) is the opposite of x",
  );
}

function checkPrinting(query: ParsedQuery, plain: readonly Truth[]): void {
  const printed = formatQuery(query);
  if (printed === undefined) return;
  const again = parseQuery(printed);
  assert.deepEqual(truths(again), plain, `the formatted ${printed} means the same`);
  assert.equal(formatQuery(again), printed, "formatting twice changes nothing more");
}

function check(text: string): void {
  const query = parseQuery(text);
  assert.deepEqual(parseQuery(text), query, "reading twice gives the same");
  checkTree(query.tree, text);
  for (const problem of query.problems) {
    assertInside(problem.span, text.length, problem.code);
    for (const { edits } of problem.fixes ?? []) {
      for (const { span } of edits) assertInside(span, text.length, `a fix of ${problem.code}`);
    }
  }
  const plain = truths(query);
  for (const [index, it] of instances.entries()) {
    assert.equal(explainQuery(query, it).truth, plain[index], "explanation and evaluation agree");
  }
  printQuery(query.tree);
  splitQuery(query.tree).map(printQuery);
  if (query.problems.length === 0) {
    checkNegation(text, plain);
    checkPrinting(query, plain);
  }
}

export const expressionTarget = pureTarget(expressionInputs, check);
