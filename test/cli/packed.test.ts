// What `npm pack` puts into the file of the command line; `npm run try:pack` installs and runs it.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { projectRoot } from "../support/paths";

interface Packed {
  readonly files: readonly { readonly path: string }[];
}

test("the packed command line has what it runs with, and nothing of the editor", async () => {
  // Without scripts nothing is built: the list alone is looked at.
  const words = ["pack", "--dry-run", "--ignore-scripts", "--json"];
  const { stdout } = await promisify(execFile)("npm", words, { cwd: projectRoot });
  const [packed] = Object.values<Packed>(JSON.parse(stdout));
  const built = /^(?:dist\/mcpServer\.js|THIRD_PARTY_NOTICES\.txt)$/;
  assert.deepEqual(
    packed?.files
      .map((it) => it.path)
      .filter((it) => !built.test(it))
      .sort(),
    [
      "CHANGELOG.md",
      "LICENSE",
      "README.md",
      "dist/aws.js",
      "dist/cli.js",
      "dist/patterns.js",
      "package.json",
      "schemas/service.schema.json",
      "schemas/task-definition.schema.json",
    ],
  );
});

test("the package needs no other one, and runs nothing when it is installed", () => {
  const manifest = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  assert.equal(manifest.dependencies, undefined);
  for (const name of ["preinstall", "install", "postinstall", "prepare"])
    assert.equal(manifest.scripts[name], undefined);
  assert.deepEqual(manifest.bin, { "ecs-daemon": "dist/cli.js" });
});

test("the pre-commit hook runs the command line of its own revision, and no package of a registry", () => {
  const hooks = readFileSync(join(projectRoot, ".pre-commit-hooks.yaml"), "utf8");
  const { bin } = JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8"));
  const [, program = ""] = /entry: (\S+) validate --skip-unknown\n/.exec(hooks) ?? [];
  assert.ok(program in bin, hooks);
  assert.match(hooks, /language: node\n/);
});
