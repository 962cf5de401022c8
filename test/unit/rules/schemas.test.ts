import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../../support/paths";

function run(...args: readonly string[]) {
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: projectRoot, encoding: "utf8" });
  assert.equal(status, 0, stderr);
}

test("the JSON Schemas are current with the API model", () => {
  run("schemas/generate.mjs", "--check");
});

const sources = join(process.env.ECS_FACTS ?? join(projectRoot, "..", "shared", "ecs"), "api");
if (existsSync(sources)) {
  test("the condensed API model is current with its sources", () => {
    const models = ["ecs-2014-11-13.service-2.json", "sdk-js-3.1164.0-model.json"];
    run("schemas/extractModel.mjs", ...models.map((it) => join(sources, it)), "--check");
  });
}
