// Missing tools are named with the command that brings them; they never turn into skipped tests.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "../support/paths";

const script = join(projectRoot, ".scripts", "prerequisites.mjs");

test("where everything is there the look for it says nothing", () => {
  const run = spawnSync(process.execPath, [script], { encoding: "utf8" });
  assert.deepEqual([run.status, run.stdout, run.stderr], [0, "", ""]);
});

test("where tools are missing and cannot be installed, it fails and names the command", (t) => {
  const empty = mkdtempSync(join(tmpdir(), "ecs-daemon-empty-"));
  t.after(() => rmSync(empty, { recursive: true }));
  const run = spawnSync(process.execPath, [script], {
    encoding: "utf8",
    env: { PATH: empty, HOME: empty },
  });
  assert.equal(run.status, 1);
  for (const title of ["ripgrep", "the AWS CLI", "python3", "make", "g++"]) {
    assert.ok(run.stderr.includes(`Missing: ${title} `), run.stderr);
  }
  assert.match(run.stderr, /(apt-get install -y|brew install) .*ripgrep awscli/);
});
