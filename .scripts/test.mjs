// Compiles sources and tests and runs them with Node's own test runner.
// `node .scripts/test.mjs` runs everything; `node .scripts/test.mjs query local/` only files whose path has one of the words.
import { spawn, spawnSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";

const root = join(import.meta.dirname, "..");
const words = process.argv.slice(2);
const out = process.env.OUT_DIR ?? "out";

// A test that was moved or deleted must not be run from what was compiled before.
rmSync(join(root, out, "test"), { recursive: true, force: true });
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

/** A file that hangs is ended, so that the others still report their results. Milliseconds. */
const patience = 14 * 60_000;

const lanesOfFolders = new Map([
  ["editor", "VS Code and hostile inputs"],
  ["fuzz", "VS Code and hostile inputs"],
  ["webview", "Preview panel and local endpoint"],
  ["local", "Preview panel and local endpoint"],
  ["unit", "Units"],
]);
/** @type {Map<string, string[]>} */
const lanes = new Map();
for (const file of files) {
  const lane = laneOf(file);
  lanes.set(lane, [...(lanes.get(lane) ?? []), file]);
}
const began = Date.now();
const runs = await Promise.all([...lanes].map(([name, members]) => run(name, members)));
for (const { name, summary } of runs) console.log(`\n${name}\n${summary.join("\n")}`);
if (runs.length > 1) console.log(`\n${files.length} files in ${Math.round((Date.now() - began) / 1000)} s`);
process.exit(Math.max(...runs.map((it) => it.code)));

/**
 * Four lanes run at once, and in each of them one file after the other. A VS Code and a browser mostly wait for each
 * other; meanwhile the other lanes use the processors. There is never more than one VS Code.
 * @param {string} file
 */
function laneOf(file) {
  const [folder] = relative(join(out, "test"), file).split(sep);
  return (folder !== undefined && lanesOfFolders.get(folder)) || "Everything else";
}

/**
 * Shows results as they come, and keeps the summary with the failures for the end: there nobody overlooks them.
 * @param {string} name
 * @param {string[]} members
 */
async function run(name, members) {
  const child = spawn(
    process.execPath,
    ["--test", "--test-reporter=spec", "--test-concurrency=1", `--test-timeout=${patience}`, ...members],
    {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, ...(process.stdout.isTTY && { FORCE_COLOR: "1" }) },
    },
  );
  process.once("SIGTERM", () => child.kill());
  /** @type {string[]} */
  const summary = [];
  createInterface(child.stdout).on("line", (line) => {
    if (summary.length > 0 || stripVTControlCharacters(line).startsWith("ℹ tests ")) summary.push(line);
    else console.log(line);
  });
  /** @type {number} */
  const code = await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve(status ?? 1));
  });
  return { name, summary, code };
}
