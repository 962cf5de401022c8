// The condensed API model of the project against the models that it is made from, where they are at hand.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { factsAt, unlessThere } from "../support/facts";
import { projectRoot } from "../support/paths";

test("the condensed API model is current with its sources", unlessThere("api"), () => {
  const models = ["ecs-2014-11-13.service-2.json", "sdk-js-3.1164.0-model.json"];
  const { status, stderr } = spawnSync(
    process.execPath,
    ["schemas/extractModel.mjs", ...models.map((it) => join(factsAt("api") ?? "", it)), "--check"],
    { cwd: projectRoot, encoding: "utf8" },
  );
  assert.equal(status, 0, stderr);
});
