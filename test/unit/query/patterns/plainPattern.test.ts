import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { RE2JS } from "re2js";
import { plainMatcher } from "../../../../server/src/core/query/patterns/plainPattern";
import "../../../support/sameSequences";

const piece = fc.constantFrom("a", "b", "m5", "-", "_", "7", ".", ".*", "\\.");
const patterns = fc.array(piece, { minLength: 1, maxLength: 8 }).map((it) => it.join(""));
const values = fc.string({
  unit: fc.constantFrom("a", "b", "m", "5", "7", ".", "-", "_", " "),
  maxLength: 12,
});

test("a plain pattern matches what the linear engine says", () => {
  let asked = 0;
  fc.assert(
    fc.property(patterns, values, (pattern, value) => {
      const matches = plainMatcher(pattern);
      if (matches === undefined) return;
      asked += 1;
      assert.equal(matches(value), RE2JS.matches(pattern, value), `${pattern} on ${value}`);
    }),
    { numRuns: 3000, seed: 7 },
  );
  assert.ok(asked > 1000, `${asked}`);
});

test("what the engines may disagree about, or what may take long, is left to the linear one", () => {
  for (const pattern of ["a+", "(a)", "[ab]", "a|b", "\\d", ".*.*.*", "a{2}", "é", "", "a".repeat(201)])
    assert.equal(plainMatcher(pattern), undefined, pattern);
  const anything = plainMatcher(".*");
  for (const value of ["é", "a\nb", "\u2028", "\ud800", "a".repeat(257)])
    assert.equal(anything?.(value), undefined, JSON.stringify(value));
  assert.equal(anything?.("m5.large"), true);
});

test("two stars in a long value take no time to speak of", () => {
  const matches = plainMatcher(".*a.*b");
  const value = "a".repeat(256);
  const began = process.cpuUsage();
  for (let count = 0; count < 100; count++) assert.equal(matches?.(value), false);
  const { user } = process.cpuUsage(began);
  assert.ok(user < 2_000_000, `${user} µs`);
});
