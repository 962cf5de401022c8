import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readPolicy } from "../../../client/src/preview/readPolicy";
import { projectRoot } from "../../support/paths";

test("the policy that the panel copies is the one of the page on IAM", () => {
  const page = readFileSync(join(projectRoot, "docs/iam.md"), "utf8");
  const [, policy = ""] = /## A policy to look and preview\s+```json\n([\s\S]*?)```/.exec(page) ?? [];
  assert.deepEqual(JSON.parse(policy), readPolicy);
});
