// Compiles sources and tests and runs them with Node's own test runner.
// `node .scripts/test.mjs` runs everything; `node .scripts/test.mjs query local/` only files whose path has one of the words.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const words = process.argv.slice(2);
const out = process.env.OUT_DIR ?? "out";

const compiled = spawnSync(
  process.execPath,
  [join(root, "node_modules/typescript/bin/tsc"), "--outDir", out],
  {
    cwd: root,
    stdio: "inherit",
  },
);
// While working on one room, a type error in another must not keep its tests from running.
if (compiled.status !== 0 && words.length === 0) process.exit(1);

const files = readdirSync(join(root, out, "test"), { recursive: true })
  .map((it) => join(out, "test", String(it)))
  .filter((it) => it.endsWith(".test.js"))
  .filter((it) => words.length === 0 || words.some((word) => it.includes(word)))
  .sort();
if (files.length === 0) {
  console.error(`No test file matches ${words.join(" ")}.`);
  process.exit(1);
}
// A file that hangs is ended, so that the others still tell their results.
const patience = 8 * 60_000;
const run = spawnSync(
  process.execPath,
  ["--test", "--test-reporter=spec", `--test-timeout=${patience}`, ...files],
  {
    cwd: root,
    stdio: "inherit",
  },
);
process.exit(run.status ?? 1);
