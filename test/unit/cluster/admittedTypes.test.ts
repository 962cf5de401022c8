// Patterns of instance types, as EC2 reads them: a star is any text, everything else is itself.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isTypeLike } from "../../../server/src/core/cluster/admittedTypes";
import "../../support/sameSequences";

test("a pattern means what a regular expression of it means", () => {
  const letters = fc
    .array(fc.constantFrom("a", "b", ".", "5", "*"), { maxLength: 7 })
    .map((it) => it.join(""));
  fc.assert(
    fc.property(letters, letters, (pattern, text) => {
      const name = text.replaceAll("*", "a");
      const meant = new RegExp(`^${pattern.replaceAll(".", "\\.").replace(/\*+/g, ".*")}$`);
      assert.equal(isTypeLike(name, pattern), meant.test(name), `${pattern} ${name}`);
    }),
    { numRuns: 3_000 },
  );
});

test("a pattern of nothing but stars ends at once", () => {
  assert.equal(isTypeLike("m5d.24xlarge", `${"*".repeat(1_000)}z`), false);
  assert.equal(isTypeLike("m5d.24xlarge", `${"*".repeat(1_000)}e`), true);
});
