// What is said in ECS's words is a finding of a rule, and an error.

import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue } from "../../../server/src/core/rules/catalogue";
import { rules } from "../../../server/src/core/rules/rules";
import { sources } from "../../support/observations";

test("every code that covers an observation is one that a rule reports", () => {
  const reported = new Set(rules.flatMap((it) => it.codes));
  for (const code of Object.values(sources)) assert.ok(reported.has(code), code);
});

test("a finding with ECS's words is an error, or a hint where the files cannot decide", () => {
  for (const [code, entry] of Object.entries(catalogue)) {
    if ("server" in entry)
      assert.match(entry.severity, code === "service-connect-namespace" ? /hint/ : /error/, code);
  }
});
