// `npm run fuzz [-- SECONDS] [WORDS] [--seed=N] [--replay=FILE]`: hostile inputs for everything that reads any, new ones
// in every run. Prints the seed, and of a failure the smallest input, which it also keeps in test-output/fuzz.
// SECONDS (60) are shared by the targets whose name has one of the words. Before them, or alone with the word `loops`, the
// endpoint is killed a hundred times, and real files are cut off at that many places.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";

const root = join(import.meta.dirname, "..");
const out = join(root, process.env.OUT_DIR ?? "out");
const given = process.argv.slice(2);
const option = (name) => given.find((it) => it.startsWith(`--${name}=`))?.slice(name.length + 3);
const words = given.filter((it) => !it.startsWith("--") && !/^\d+$/.test(it));
const seconds = Number(given.find((it) => /^\d+$/.test(it)) ?? 60);
const firstSeed = Number(option("seed") ?? Math.floor(Math.random() * 2 ** 31));

const compiled = spawnSync(
  process.execPath,
  [join(root, "node_modules/typescript/bin/tsc"), "--outDir", out],
  {
    cwd: root,
    stdio: "inherit",
  },
);
if (compiled.status !== 0 && process.env.OUT_DIR === undefined) process.exit(1);

// Bundles of its own: those in dist/ may be older than the sources.
if (process.env.DIST_DIR === undefined) {
  process.env.DIST_DIR = join(out, "bundles");
  spawnSync(process.execPath, [join(root, ".scripts/build.mjs"), `--outdir=${process.env.DIST_DIR}`], {
    cwd: root,
    stdio: "inherit",
  });
}

const require = createRequire(import.meta.url);
const { fuzz, replay } = require(join(out, "test/fuzz/fuzz.js"));
const { targetNames } = require(join(out, "test/fuzz/targets.js"));

function keep(failure) {
  const folder = join(root, "test-output", "fuzz");
  mkdirSync(folder, { recursive: true });
  const text = `${JSON.stringify({ target: failure.target, input: failure.input, ...failure }, null, 2)}\n`;
  const digest = createHash("sha256").update(JSON.stringify(failure.input)).digest("hex").slice(0, 12);
  const file = join(folder, `${failure.target}-${digest}.json`);
  writeFileSync(file, text);
  return relative(root, file);
}

function tell(failure) {
  const input = JSON.stringify(failure.input);
  console.log(`  ${failure.kind}: ${failure.message.split("\n").slice(0, 12).join("\n  ")}`);
  console.log(`  smallest input: ${input.length > 2000 ? `${input.slice(0, 2000)}…` : input}`);
  console.log(`  again: npm run fuzz -- --replay=${keep(failure)}`);
}

const file = option("replay");
if (file !== undefined) {
  const { target, input } = JSON.parse(readFileSync(file, "utf8"));
  const { failure } = await replay(target, input);
  if (failure === undefined) console.log(`${target}: nothing is wrong with this input any more.`);
  else tell(failure);
  process.exit(failure === undefined ? 0 : 1);
}

/** The tests of whole processes and of long histories, with a larger share. */
function runLoops() {
  const names = [
    "fuzz/journalKills",
    "fuzz/editedFiles",
    "fuzz/hostileInputs",
    "local/agreement",
    "local/lockFile",
  ];
  const loops = names.map((it) => join(out, "test", `${it}.test.js`));
  const run = spawnSync(process.execPath, ["--test", "--test-reporter=spec", ...loops], {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      FUZZ_KILLS: "100",
      FUZZ_STOPS: String(Math.max(20, seconds)),
      FUZZ_LONG: "1",
      SEED: String(firstSeed),
      RUNS: String(Math.max(100, 5 * seconds)),
    },
  });
  return run.status === 0 ? 0 : 1;
}

const chosen = targetNames.filter((it) => words.length === 0 || words.some((word) => it.includes(word)));
console.log(`seed ${firstSeed}, ${seconds} s for ${chosen.join(", ")}`);
let failures = words.length === 0 || words.includes("loops") ? runLoops() : 0;
// Ten rounds, so that every target gets its turn soon; none so short that it mostly starts, or longer than five minutes.
const share = seconds / chosen.length;
const rounds = Math.max(1, Math.round(share / Math.min(300, Math.max(10, share / 10))));
const milliseconds = (seconds * 1000) / (rounds * chosen.length);
const totals = new Map(chosen.map((it) => [it, 0]));
const failed = new Set();
for (let round = 0; round < rounds; round += 1) {
  for (const target of chosen) {
    if (failed.has(target)) continue;
    const seed = (firstSeed + round) % 2 ** 31;
    const { runs, failure } = await fuzz(target, { seed, runs: 1_000_000, milliseconds });
    totals.set(target, totals.get(target) + runs);
    if (failure === undefined) continue;
    console.log(`${target} (seed ${seed}):`);
    tell(failure);
    failed.add(target);
    failures += 1;
  }
}
for (const [target, runs] of totals) console.log(`${target}: ${runs} inputs`);
process.exit(failures === 0 ? 0 : 1);
