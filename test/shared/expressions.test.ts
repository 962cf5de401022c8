// Expressions that somebody uses somewhere, where they are at hand.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { checkQuery } from "../../server/src/core/query/checks/check";
import { parseQuery } from "../../server/src/core/query/parse/parser";
import { queryProblems } from "../../server/src/core/query/problemCodes";
import { factsAt, unlessThere } from "../support/facts";

test("those that fit the documented grammar have no errors", unlessThere("expressions.tsv"), () => {
  const lines = readFileSync(factsAt("expressions.tsv") ?? "", "utf8")
    .trim()
    .split("\n")
    .slice(1);
  for (const line of lines) {
    const [expr = "", , fits] = line.split("\t");
    if (fits !== "yes") continue;
    const parsed = parseQuery(expr);
    const problems = [...parsed.problems, ...checkQuery(parsed, {})];
    assert.deepEqual(
      problems.filter((it) => queryProblems[it.code].severity === "error"),
      [],
      expr,
    );
  }
});
