import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import { projectRoot } from "../../support/paths";

function run(...args: readonly string[]) {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: projectRoot, encoding: "utf8" });
  assert.equal(status, 0, stderr);
}

test("the JSON Schemas are current with the API model", () => {
  run("schemas/generate.mjs", "--check");
});
