import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { instanceTruths } from "../../../server/src/core/language/expressions/instanceTruths";
import { truthTableText } from "../../../server/src/core/language/expressions/truthTableText";
import { truthTable } from "../../../server/src/core/query/cases/truthTable";
import { compileQuery } from "../../../server/src/core/query/evaluate";
import { parseQuery } from "../../../server/src/core/query/parse/parser";
import { containerInstance } from "../../support/builders";
import { anyExpression, anyInstance } from "../../support/queryArbitraries";
import "../../support/sameSequences";

/** Rows as words: `yes - no = yes`. */
function rowsOf(expression: string): readonly string[] {
  const word = (truth: boolean | undefined) => (truth === undefined ? "-" : truth ? "yes" : "no");
  return truthTable(parseQuery(expression).tree).rows.map(
    ({ truths, outcome }) => `${truths.map(word).join(" ")} = ${word(outcome)}`,
  );
}

const cases: readonly (readonly [string, readonly string[]])[] = [
  ["attribute:a == 1", ["yes = yes", "no = no"]],
  ["not(attribute:a == 1)", ["yes = no", "no = yes"]],
  ["attribute:a == 1 and attribute:b == 2", ["yes yes = yes", "yes no = no", "no - = no"]],
  ["attribute:a == 1 or attribute:b == 2", ["yes - = yes", "no yes = yes", "no no = no"]],
  // What is decided already is not asked: b only matters where a is true.
  [
    "(attribute:a == 1 and attribute:b == 2) or attribute:c == 3",
    ["yes yes - = yes", "yes no yes = yes", "yes no no = no", "no - yes = yes", "no - no = no"],
  ],
  // One attribute has one value: no instance is in both environments.
  ["attribute:env == prod or attribute:env == dev", ["yes - = yes", "no yes = yes", "no no = no"]],
  ["attribute:env == prod and attribute:env == dev", ["yes no = no", "no - = no"]],
  ["attribute:env == prod and attribute:env exists", ["yes yes = yes", "no - = no"]],
  // The same comparison, however it is written, is one column.
  ["attribute:a == 1 and not(attribute:a equals 1)", ["yes = no", "no = no"]],
  ["{{ one }} or {{ two }}", ["yes - = yes", "no yes = yes", "no no = no"]],
];

for (const [expression, rows] of cases) {
  test(`${expression} is decided in ${rows.length} ways`, () => {
    assert.deepEqual(rowsOf(expression), rows);
  });
}

test("every container instance is in exactly one row, and its outcome is that of the expression", () => {
  fc.assert(
    fc.property(anyExpression, fc.array(anyInstance, { minLength: 1, maxLength: 8 }), (text, instances) => {
      const { tree } = parseQuery(text);
      const table = truthTable(tree);
      const cluster = { name: "test", instances };
      const { groups } = instanceTruths(tree, cluster);
      assert.equal(
        groups.reduce((sum, it) => sum + it.instances.length, 0),
        instances.length,
      );
      const holds = compileQuery(tree);
      for (const { truths, outcome, instances: members } of groups) {
        for (const instance of members) assert.equal(holds(instance), outcome, text);
        if (truths.includes("unknown") || table.isCut) continue;
        const rows = table.rows.filter((row) =>
          row.truths.every((it, at) => it === undefined || it === truths[at]),
        );
        assert.deepEqual(
          rows.map((it) => it.outcome),
          [outcome],
          text,
        );
      }
    }),
    { numRuns: 500 },
  );
});

test("a table that nobody would read to its end is cut", () => {
  const clauses = Array.from({ length: 100 }, (_, at) => `attribute:a${at} == 1`);
  const table = truthTable(parseQuery(clauses.join(" and ")).tree);
  assert.equal(table.rows.length, 64);
  assert.equal(table.isCut, true);
});

test("the text names clauses by letters, counts instances, says what each found, and keeps bars out of its cells", () => {
  const { tree, text } = parseQuery("attribute:env == prod and attribute:os =~ (a|b)");
  const instances = [
    containerInstance({ id: "i-1", attributes: { env: "prod", os: "a|b" } }),
    containerInstance({ id: "i-2", attributes: { env: "dev" } }),
    containerInstance({ id: "i-3", attributes: { env: "dev" } }),
  ];
  const table = truthTableText({ tree, text, cluster: { cluster: { name: "c", instances }, label: "c" } });
  assert.match(table, /Selects \*\*0 of 3\*\* container instances of c/);
  assert.match(table, /^- \*\*A\*\* `attribute:env == prod`\n- \*\*B\*\* `attribute:os =~ \(a\|b\)`$/m);
  assert.match(table, /^\| no +\| no +\| no +\| 2 +\| i-2, i-3 +\|$/m);
  assert.match(
    table,
    /^\| i-1 +\| no +\| yes: env is prod +\| no: os is a\\\\\\\|b +\|$|^\| i-1 +\| no +\| yes: env is prod +\| no: os is a\\\|b +\|$/m,
  );
  assert.match(table, /^\| yes +\| no +\| no +\| 1 +\|$/m);
  for (const line of table.split("\n").filter((it) => it.startsWith("|")))
    assert.doesNotMatch(line, /[^\\]\|[^ ]/, "every bar that ends a cell is followed by a space");
});

test("without a cluster the table tells what decides the expression, and nothing of instances", () => {
  const { tree, text } = parseQuery("attribute:env == prod");
  const table = truthTableText({ tree, text });
  assert.doesNotMatch(table, /instances \||Each container instance|Selects/);
  assert.match(table, /^\| yes +\| \*\*yes\*\* +\|$/m);
});
