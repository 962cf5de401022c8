import assert from "node:assert/strict";
import { test } from "node:test";
import { checkQuery, type QueryContext } from "../../../server/src/core/query/checks/check";
import { foreignOperators, operatorTable } from "../../../server/src/core/query/operators";
import { parseQuery, type QueryFix, type QueryProblem } from "../../../server/src/core/query/parse/parser";
import { printQuery } from "../../../server/src/core/query/print";
import { queryProblems } from "../../../server/src/core/query/problemCodes";
import { readVectors } from "./vectors";

interface Vector {
  readonly expr: string;
  readonly context?: {
    readonly instances: number;
    readonly attributes: Readonly<Record<string, Readonly<Record<string, number>>>>;
  };
  /** Code (without `expression-`) and the text it is about. */
  readonly problems: readonly (readonly [string, string])[];
}

const syntax = readVectors<Vector>("syntax");
const meaning = readVectors<Vector>("meaning");

function contextOf({ context }: Vector): QueryContext {
  if (context === undefined) return {};
  const attributes = Object.entries(context.attributes).map(
    ([name, values]) => [name, new Map(Object.entries(values))] as const,
  );
  return { instances: context.instances, attributes: new Map(attributes) };
}

function problemsOf(expr: string, context: QueryContext = {}): readonly QueryProblem[] {
  const parsed = parseQuery(expr);
  return [...parsed.problems, ...checkQuery(parsed, context)];
}

function summaryOf(expr: string, problems: readonly QueryProblem[]) {
  return problems.map((it) => [it.code.replace("expression-", ""), expr.slice(it.span.start, it.span.end)]);
}

for (const { expr, problems } of syntax) {
  const codes = problems.map(([code]) => code).join(", ") || "nothing wrong";
  test(`the syntax of ${expr} has ${codes}`, () => {
    assert.deepEqual(summaryOf(expr, parseQuery(expr).problems), problems);
  });
}

for (const vector of meaning) {
  const { expr, problems } = vector;
  const codes = problems.map(([code]) => code).join(", ") || "nothing wrong";
  test(`the meaning of ${expr} has ${codes}${vector.context ? " in a cluster" : ""}`, () => {
    const parsed = parseQuery(expr);
    const found = summaryOf(expr, [...parsed.problems, ...checkQuery(parsed, contextOf(vector))]);
    assert.deepEqual(found, problems);
  });
}

for (const vector of [...syntax, ...meaning]) {
  const before = problemsOf(vector.expr, contextOf(vector));
  for (const problem of before) {
    for (const fix of problem.fixes ?? []) {
      test(`"${fix.title}" in ${vector.expr} removes a finding and brings no new one`, () => {
        const fixed = applied(vector.expr, fix);
        const rest = problemsOf(fixed, contextOf(vector)).map((it) => it.code);
        const expected = before.map((it) => it.code);
        expected.splice(expected.indexOf(problem.code), 1);
        for (const code of rest) {
          // What a mistake hid may come to light; an error never turns into another error.
          const known = expected.includes(code);
          if (known) expected.splice(expected.indexOf(code), 1);
          assert.ok(known || queryProblems[code].severity === "hint", `${code} in ${fixed}`);
        }
      });
    }
  }
}

function applied(expr: string, fix: QueryFix): string {
  const edits = [...fix.edits].sort((a, b) => b.span.start - a.span.start);
  return edits.reduce(
    (text, { span, newText }) => text.slice(0, span.start) + newText + text.slice(span.end),
    expr,
  );
}

const exampleContext: QueryContext = {
  instances: 5,
  attributes: new Map([["env", new Map([["prod", 5]])]]),
};

for (const [code, entry] of Object.entries(queryProblems)) {
  test(`the examples of ${code} show what is wrong and how it is right`, () => {
    const context = /unknown-(?:attribute|value)/.test(code) ? exampleContext : {};
    assert.ok(problemsOf(entry.wrong, context).some((it) => it.code === code));
    assert.deepEqual(problemsOf(entry.right, context), []);
  });

  test(`every ${code} that a fixture provokes fills its message`, () => {
    const names = [...entry.message.matchAll(/\{(\w+)\}/g)].map((it) => it[1] ?? "");
    const found = [...syntax, ...meaning, { expr: entry.wrong, problems: [] }]
      .flatMap((it) => problemsOf(it.expr, code.includes("unknown-") ? exampleContext : contextOf(it)))
      .filter((it) => it.code === code);
    assert.ok(found.length > 0);
    for (const { params } of found) {
      assert.deepEqual(Object.keys(params).sort(), [...new Set(names)].sort());
      for (const value of Object.values(params)) assert.notEqual(value, "undefined");
    }
  });
}

test("every fix marked safe leaves the truth as it was or repairs an error", () => {
  for (const vector of meaning) {
    for (const { code, fixes = [] } of problemsOf(vector.expr, contextOf(vector))) {
      for (const fix of fixes) {
        if (fix.safe)
          assert.ok(
            ["value-case", "mixed-and-or", "duplicate-list-item"].some((it) => code.endsWith(it)),
            code,
          );
      }
    }
  }
});

test("an operator of another language becomes the one that is meant, whatever it touches", () => {
  const around = [" ", ""].flatMap((before) => [" ", ""].map((behind) => [before, behind] as const));
  let changed = 0;
  for (const [spelling, meant] of foreignOperators) {
    const subject = /^[<>]/.test(meant) ? "runningTasksCount" : "attribute:env";
    const argument = { none: "", list: "[prod, 1]", value: "1", pattern: "'p.*'" }[
      operatorTable[meant].argument
    ];
    const right = printQuery(parseQuery(`not(${subject} ${meant} ${argument})`).tree);
    for (const [before, behind] of around) {
      const text = `not(${subject}${before}${spelling}${behind}${argument})`;
      const problem = parseQuery(text).problems.find((it) => it.code === "expression-unknown-operator");
      const [fix] = problem?.fixes ?? [];
      if (fix === undefined || problem?.params.operator !== spelling) continue;
      const fixed = parseQuery(applied(text, fix));
      assert.deepEqual(fixed.problems, [], `${text} becomes ${applied(text, fix)}`);
      assert.equal(printQuery(fixed.tree), right, `${text} becomes ${applied(text, fix)}`);
      changed += 1;
    }
  }
  assert.ok(changed > foreignOperators.size, `${changed}`);
});

test("beside an attribute that no instance has stand those that people have put", () => {
  const adviceIn = (...names: readonly string[]) => {
    const attributes = new Map(names.map((it) => [it, new Map([["a", 5]])] as const));
    const [problem] = problemsOf("attribute:stage == prod", { instances: 5, attributes });
    return problem?.params.advice;
  };
  assert.equal(adviceIn("ecs.instance-type", "com.amazonaws.x"), "They have no attributes of their own.");
  assert.match(String(adviceIn("ecs.instance-type", "tier")), /^They have '?tier'?\.$/);
});
