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

test("where the newest VS Code cannot be set up, its tests end with 2 and say why", (t) => {
  const cache = mkdtempSync(join(tmpdir(), "ecs-daemon-cache-"));
  t.after(() => rmSync(cache, { recursive: true }));
  const run = spawnSync(process.execPath, [join(projectRoot, ".scripts", "testNewest.mjs")], {
    encoding: "utf8",
    env: {
      ...process.env,
      XDG_CACHE_HOME: cache,
      // Nobody listens there.
      npm_config_registry: "http://127.0.0.1:9",
      npm_config_fetch_retries: "0",
    },
  });
  assert.equal(run.status, 2, run.stderr);
  assert.match(
    run.stderr,
    /could not be set up, and nothing was tested: Node 24 could not be installed:.*ECONNREFUSED/s,
  );
});
