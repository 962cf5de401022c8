import assert from "node:assert/strict";
import { test } from "node:test";
import { compileQuery } from "../../../server/src/core/query/evaluate";
import { explainQuery } from "../../../server/src/core/query/explain";
import { parseQuery } from "../../../server/src/core/query/parse/parser";
import type { Truth } from "../../../server/src/core/query/target";
import { readVectorsAboutInstance, targetOf } from "./vectors";

for (const { expr, instance, value } of readVectorsAboutInstance<{ expr: string; value: Truth }>(
  "evaluation",
)) {
  test(`${expr} is ${value} for ${JSON.stringify(instance).slice(0, 60)}`, () => {
    const parsed = parseQuery(expr);
    const target = targetOf(instance);
    assert.equal(compileQuery(parsed.tree)(target), value);
    assert.equal(explainQuery(parsed, target).truth, value, "the explanation agrees");
  });
}

test("a compiled expression answers for each instance anew", () => {
  const matches = compileQuery(parseQuery("attribute:env == prod and attribute:type =~ m5.*").tree);
  const instance = (env: string, type: string) => targetOf({ attributes: { env, type } });
  assert.equal(matches(instance("prod", "m5.large")), true);
  assert.equal(matches(instance("prod", "c5.large")), false);
  assert.equal(matches(instance("prod", "m5.large")), true);
  assert.equal(matches(instance("dev", "m5.large")), false);
});

test("a pattern stays right over more values than are remembered", () => {
  const matches = compileQuery(parseQuery("attribute:n =~ .*7").tree);
  for (let n = 0; n < 5000; n += 1) {
    assert.equal(matches(targetOf({ attributes: { n: String(n) } })), n % 10 === 7);
  }
});

test("of a value that cannot be read only the name is known, and of the other attributes all", () => {
  const target = {
    ...targetOf({ attributes: { env: "prod", stack: null } }),
    unreadableAttributes: new Set(["stack"]),
  };
  const truthOf = (expr: string) => compileQuery(parseQuery(expr).tree)(target);
  assert.equal(truthOf("attribute:stack exists"), true);
  assert.equal(truthOf("attribute:stack == a"), "unknown");
  assert.equal(truthOf("attribute:stack != a"), "unknown");
  assert.equal(truthOf("attribute:other exists"), false);
  assert.equal(truthOf("attribute:other == a"), false);
  assert.equal(truthOf("attribute:env == prod"), true);
});
