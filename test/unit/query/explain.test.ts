import assert from "node:assert/strict";
import { test } from "node:test";
import { decidingClauses, explainQuery } from "../../../server/src/core/query/explain";
import { parseQuery } from "../../../server/src/core/query/parse/parser";
import { readVectorsAboutInstance, targetOf } from "./vectors";

interface Vector {
  readonly expr: string;
  readonly because: string;
  readonly deciding: readonly string[];
}

for (const { expr, instance, because, deciding } of readVectorsAboutInstance<Vector>("explanations")) {
  test(`${expr} is explained by: ${because}`, () => {
    const explanation = explainQuery(parseQuery(expr), targetOf(instance));
    assert.equal(explanation.because, because);
    assert.deepEqual(
      decidingClauses(explanation).map((it) => it.text),
      deciding,
    );
  });
}

test("an explanation has a node with span and text for every part of the expression", () => {
  const expr = "attribute:a == 1 and not(attribute:b exists)";
  const explanation = explainQuery(parseQuery(expr), targetOf({ attributes: { a: "1" } }));
  const [comparison, negation] = explanation.operands;
  assert.deepEqual([explanation.kind, explanation.truth, explanation.text], ["and", true, expr]);
  assert.deepEqual([comparison?.kind, comparison?.text], ["comparison", "attribute:a == 1"]);
  assert.deepEqual(
    [negation?.kind, negation?.truth, negation?.text],
    ["not", true, "not(attribute:b exists)"],
  );
  assert.equal(negation?.operands[0]?.operands[0]?.truth, false);
});
