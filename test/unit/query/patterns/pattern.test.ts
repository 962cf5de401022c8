import assert from "node:assert/strict";
import { test } from "node:test";
import { compilePattern } from "../../../../server/src/core/query/patterns/pattern";
import type { Truth } from "../../../../server/src/core/query/target";
import { readVectors } from "../vectors";

interface Vector {
  readonly pattern: string;
  readonly values?: Readonly<Record<string, Truth>>;
  readonly invalid?: true;
  readonly unsupported?: true;
}

for (const { pattern, values, invalid } of readVectors<Vector>("patterns")) {
  if (values !== undefined) {
    test(`the pattern ${pattern} matches what Java matches with it`, () => {
      const compiled = compilePattern(pattern);
      assert.equal(compiled.reading.kind, "exact");
      for (const [value, truth] of Object.entries(values)) {
        assert.equal(compiled.matches(value), truth, JSON.stringify(value));
      }
    });
  } else {
    const kind = invalid ? "invalid" : "unsupported";
    test(`the pattern ${pattern} is ${kind} and never guessed at`, () => {
      const compiled = compilePattern(pattern);
      assert.equal(compiled.reading.kind, kind);
      assert.equal(compiled.matches("a"), "unknown");
      assert.equal(compiled.finds("a"), "unknown");
    });
  }
}

test("a pattern that makes a backtracking engine hang answers at once for a long value", () => {
  const { matches } = compilePattern("(a|a|aa)+(a*)*b");
  assert.equal(matches("a".repeat(20_000)), false);
});
