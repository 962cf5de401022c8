import assert from "node:assert/strict";
import { test } from "node:test";
import { parseQuery } from "../../../server/src/core/query/parse/parser";
import {
  combineQueries,
  formatQuery,
  printQuery,
  printValue,
  splitQuery,
} from "../../../server/src/core/query/print";
import { readVectors } from "./vectors";

for (const { expr, printed } of readVectors<{ expr: string; printed: string | null }>("printing")) {
  test(`${JSON.stringify(expr)} is formatted as ${printed}`, () => {
    assert.equal(formatQuery(parseQuery(expr)) ?? null, printed);
    if (printed !== null) assert.equal(formatQuery(parseQuery(printed)), printed, "it stays so");
  });
}

const treeOf = (expr: string) => parseQuery(expr).tree;

test("combining joins with and, and encloses what an or would break", () => {
  const trees = [
    "attribute:a==1",
    "(attribute:b==2 or attribute:c==3)",
    "attribute:d==4 and attribute:e==5",
    "{{ x }}",
  ];
  assert.equal(
    combineQueries(trees.map(treeOf)),
    "attribute:a == 1 and (attribute:b == 2 or attribute:c == 3) and attribute:d == 4 and attribute:e == 5 and ({{ x }})",
  );
  assert.equal(
    combineQueries([treeOf("attribute:a == 1 or attribute:b == 2")]),
    "attribute:a == 1 or attribute:b == 2",
  );
});

test("splitting gives the operands of the outermost and", () => {
  const parts = splitQuery(
    treeOf(
      "(attribute:a == 1 and (attribute:b == 2 and attribute:c == 3)) and (attribute:d == 4 or attribute:e == 5)",
    ),
  );
  assert.deepEqual(parts.map(printQuery), [
    "attribute:a == 1",
    "attribute:b == 2",
    "attribute:c == 3",
    "attribute:d == 4 or attribute:e == 5",
  ]);
  assert.deepEqual(splitQuery(treeOf("attribute:a == 1 or attribute:b == 2")).map(printQuery), [
    "attribute:a == 1 or attribute:b == 2",
  ]);
});

test("a value gets quotes only where it needs them", () => {
  assert.equal(printValue("m5.large"), "m5.large");
  assert.equal(printValue("data platform"), "'data platform'");
  assert.equal(printValue("and"), "'and'");
  assert.equal(printValue(""), "''");
});
