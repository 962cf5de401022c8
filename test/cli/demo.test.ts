import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { plainEnvironment } from "../support/commandLine";
import { projectRoot } from "../support/paths";

test("the demo tells the whole story, and every number is right", async () => {
  const { code, output } = await new Promise<{ code: unknown; output: string }>((resolve) => {
    execFile(
      process.execPath,
      [join(projectRoot, ".scripts", "demo.mjs")],
      { cwd: projectRoot, env: plainEnvironment(), timeout: 5 * 60_000 },
      (error, stdout, stderr) => resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });
  assert.equal(code, 0, output);
  assert.match(output, /Every number is right\./);
  assert.equal(output.match(/✓/g)?.length, 21);
});
