// Formatting, splitting and combining placement constraints in the text of a document: whatever the document looks like,
// it stays JSON, and selects the same container instances.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { ContainerInstance } from "../../../server/src/core/cluster/containerInstance";
import { constraintRefactorings } from "../../../server/src/core/language/expressions/constraintRefactorings";
import { expressionsOf } from "../../../server/src/core/language/expressions/expressions";
import { compileQuery } from "../../../server/src/core/query/evaluate";
import { parseQuery } from "../../../server/src/core/query/parse/parser";
import type { Truth } from "../../../server/src/core/query/target";
import { openResource } from "../../../server/src/core/resources/resource";
import { applyEdits } from "../../support/markers";
import { anyExpression, anyInstance } from "../../support/queryArbitraries";
import "../../support/sameSequences";

/** Ways to write one and the same document. */
const layouts: readonly ((value: object) => string)[] = [
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, undefined, 2),
  (value) => `// agents\r\n${JSON.stringify(value, undefined, "\t").replaceAll("\n", "\r\n")}\r\n`,
  (value) => JSON.stringify({ taskDefinition: value }, undefined, 1),
  // A quote that is written as \u0027 is the same quote.
  (value) => JSON.stringify(value).replaceAll("'", "\\u0027"),
];

/** Other spellings of the same expression. */
const spellings: readonly ((expression: string) => string)[] = [
  (it) => it,
  (it) => it.replaceAll(" == ", " equals ").replaceAll(" and ", "  &&  "),
  (it) => it.replaceAll("'a b'", '"a b"').replaceAll(" or ", " || "),
];

const constraintsIn = (text: string): readonly { readonly expression: string }[] => {
  const value = JSON.parse(text.replace(/^\/\/.*\r\n/, ""));
  return (value.taskDefinition ?? value).placementConstraints;
};

/** What all constraints together come to: ECS joins them by and. */
function together(expressions: readonly string[], instance: ContainerInstance): Truth {
  const truths = expressions.map((it) => compileQuery(parseQuery(it).tree)(instance));
  return truths.includes(false) ? false : truths.includes("unknown") ? "unknown" : true;
}

test("every rewriting of constraints leaves JSON that selects the same container instances", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(
      fc.array(fc.tuple(anyExpression, fc.constantFrom(...spellings)), { minLength: 1, maxLength: 3 }),
      fc.constantFrom(...layouts),
      fc.array(anyInstance, { minLength: 3, maxLength: 6 }),
      fc.nat(2),
      (written, layout, instances, at) => {
        const expressions = written.map(([expression, spelt]) => spelt(expression));
        const text = layout({
          family: "agent",
          containerDefinitions: [],
          placementConstraints: expressions.map((expression) => ({ type: "memberOf", expression })),
        });
        const document = openResource("agent.taskdef.json", text);
        const all = expressionsOf(document);
        assert.deepEqual(
          all.map((it) => it.text),
          expressions,
        );
        const span = all[at % all.length]?.span ?? assert.fail("no expression");
        for (const { title, edits } of constraintRefactorings(document, span)) {
          seen.add(title.replace(/\d+/, "N"));
          const after = constraintsIn(applyEdits(text, edits)).map((it) => it.expression);
          for (const instance of instances)
            assert.equal(together(after, instance), together(expressions, instance), `${title}: ${text}`);
          if (title.startsWith("Combine")) assert.equal(after.length, 1);
          if (title.startsWith("Split")) assert.ok(after.length > expressions.length);
        }
      },
    ),
    { numRuns: 400 },
  );
  assert.deepEqual([...seen].sort(), [
    "Combine N placement constraints into one",
    "Format the expression",
    "Split into N placement constraints",
  ]);
});
