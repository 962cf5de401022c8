// `npm run bench [-- WORDS] [--json] [--write] [--quick]`: our speed and size with that of the peers, in one run on one
// machine. Words choose sections; --json prints the figures; --write stores the table in docs/performance.md; --quick runs
// every section with tiny inputs and without the peers, to see that it runs.
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const out = join(root, process.env.OUT_DIR ?? "out");
const compiled = spawnSync(
  process.execPath,
  [join(root, "node_modules/typescript/bin/tsc"), "--outDir", out],
  { cwd: root, stdio: "inherit" },
);
if (compiled.status !== 0) process.exit(1);
const run = spawnSync(
  process.execPath,
  ["--expose-gc", join(out, "test", "bench", "main.js"), ...process.argv.slice(2)],
  { cwd: root, stdio: "inherit" },
);
process.exit(run.status ?? 1);
