// `npm run mutate [-- ROOM…] [--sample=N] [--seed=N] [--at=PLACE,…] [--fast]`: makes one small change at a time to the compiled
// rules, scheduler, coverage and query language, and runs the unit tests of the same room. A change that no test notices
// survives: it is named with its place in the source. The sample is the same at every run with the same seed and code;
// with `--at=forecast.ts:166` or `--at=forecast.ts` it is drawn from these places alone. `--fast` leaves out the tests that
// take seconds, which a change that survives runs all of. Not part of `npm test`.
import { fork, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { join, relative, sep } from "node:path";
import { hashOf, mutantsOf } from "./mutants.mjs";

const root = join(import.meta.dirname, "..");
const given = process.argv.slice(2);
const option = (/** @type {string} */ name) =>
  given.find((it) => it.startsWith(`--${name}=`))?.slice(name.length + 3);
const sampled = Number(option("sample") ?? 60);
const seed = option("seed") ?? "1";
const places = option("at")?.split(",");
const named = given.filter((it) => !it.startsWith("--"));
/** A run that takes longer than this, and many times what the tests take without a change, has met an endless loop. */
const patience = 120_000;

/** Tests that take long and would notice little more: they look at other formats, or wait for an endpoint. */
const slow = [
  "catalogue",
  "cost",
  "cutShort",
  "fixes",
  "hostFixes",
  "makeRoom",
  "plantedDefects",
  "random",
  "regionsAndProfiles",
  "schemas",
  "watching",
];
/** Tests that take seconds, and notice a few changes that no other does. */
const slower = ["convert", "hostRules", "missingFilter", "randomHosts", "unknownValues", "validate"];
const left = given.includes("--fast") ? [...slow, ...slower] : slow;
/** Rooms of core, each with where the tests begin that have to notice. @type {Readonly<Record<string, readonly string[]>>} */
const rooms = {
  rules: ["unit/rules/", "unit/managed/"],
  scheduler: ["unit/scheduler/"],
  coverage: ["unit/coverage/"],
  query: ["unit/query/", "unit/rules/fixtures"],
};

const out = join(root, "out-mutants");
rmSync(out, { recursive: true, force: true });
const tsc = join(root, "node_modules/typescript/bin/tsc");
spawnSync(process.execPath, [tsc, "--outDir", out], { cwd: root, stdio: "inherit" });

/** Compiled files below a folder, relative to it. @param {string} folder */
const filesBelow = (folder) =>
  readdirSync(folder, { recursive: true })
    .map((it) => String(it).split(sep).join("/"))
    .filter((it) => it.endsWith(".js"))
    .sort();

/** @param {string} room */
function sampleOf(room) {
  const folder = join(out, "server/src/core", room);
  const all = filesBelow(folder).flatMap((it) =>
    mutantsOf(join(folder, it), readFileSync(join(folder, it), "utf8")),
  );
  const drawn = all.filter(isAsked).map((it) => ({
    it,
    at: hashOf(`${seed} ${relative(out, it.file)} ${it.start} ${it.end} ${it.change}`),
  }));
  return {
    all,
    sample: drawn
      .sort((one, other) => one.at - other.at)
      .map(({ it }) => it)
      .slice(0, sampled),
  };
}

/** Whether a change is at one of the places that are asked for. @param {import("./mutants.mjs").Mutant} mutant */
const isAsked = (mutant) =>
  places === undefined || places.some((it) => `/${sourceOf(mutant)}:`.includes(`/${it}:`));

/** @param {readonly string[]} beginnings */
const testsOf = (beginnings) =>
  filesBelow(join(out, "test")).filter(
    (it) =>
      it.endsWith(".test.js") &&
      beginnings.some((beginning) => it.startsWith(beginning)) &&
      !left.some((name) => it.endsWith(`/${name}.test.js`)),
  );

/** A process that runs tests, and another one in its place where it hangs. @param {readonly string[]} files */
function createRunner(files) {
  /** @type {readonly string[] | undefined} */
  let order;
  let limit = patience;
  const start = () => fork(join(import.meta.dirname, "mutantRunner.mjs"), [out, ...files], { silent: true });
  let child = start();
  /**
   * @param {number} limit @param {string} [changed]
   * @returns {Promise<{ order?: readonly string[], noticed?: boolean } | undefined>}
   */
  const ask = (limit, changed) =>
    new Promise((resolve) => {
      const end = (/** @type {{ noticed?: boolean } | undefined} */ answer) => {
        clearTimeout(timer);
        child.removeAllListeners();
        if (answer === undefined) {
          child.kill("SIGKILL");
          child = start();
        }
        resolve(answer);
      };
      const timer = setTimeout(() => end(undefined), limit);
      child.once("message", (answer) => end(/** @type {{ noticed?: boolean }} */ (answer)));
      child.once("exit", () => end(undefined));
      child.send({ order, changed });
    });
  return {
    /** How many tests there are to notice. */
    prepare: async () => {
      const began = performance.now();
      order = (await ask(10 * patience))?.order;
      limit = Math.max(patience, 5 * (performance.now() - began));
      return order?.length ?? 0;
    },
    /** `undefined` where the tests do not end. */
    isNoticed: async (/** @type {string} */ changed) => (await ask(limit, changed))?.noticed,
    end: () => child.kill("SIGKILL"),
  };
}

/** The line of the source that a compiled line was made of. @param {import("./mutants.mjs").Mutant} mutant */
function sourceOf({ file, line, start }) {
  const column = start - readFileSync(file, "utf8").lastIndexOf("\n", start - 1) - 1;
  const entry = new SourceMap(JSON.parse(readFileSync(`${file}.map`, "utf8"))).findEntry(line - 1, column);
  const name = relative(out, file).split(sep).join("/").replace(/\.js$/, ".ts");
  return `${name}:${"originalLine" in entry ? entry.originalLine + 1 : "?"}`;
}

let dead = 0;
let tried = 0;
for (const room of named.length > 0 ? named : Object.keys(rooms)) {
  const runner = createRunner(testsOf(rooms[room] ?? []));
  const tests = await runner.prepare();
  const { all, sample } = sampleOf(room);
  console.log(`${room}: ${tests} tests, ${sample.length} of ${all.length} possible changes`);
  let own = 0;
  for (const mutant of tests === 0 ? [] : sample) {
    const code = readFileSync(mutant.file, "utf8");
    const place = sourceOf(mutant);
    writeFileSync(mutant.file, code.slice(0, mutant.start) + mutant.text + code.slice(mutant.end));
    const noticed = await runner.isNoticed(mutant.file);
    writeFileSync(mutant.file, code);
    tried++;
    if (noticed === undefined) console.log(`hangs     ${place}  ${mutant.change}`);
    if (noticed !== false) own++;
    else console.log(`survives  ${place}  ${mutant.change}`);
  }
  if (sample.length > 0 && (await runner.isNoticed("")) !== false) {
    console.log(
      "The tests fail without a change by now: a file that they read is another one. Run it again.",
    );
    process.exitCode = 1;
  }
  runner.end();
  dead += own;
  console.log(`${room}: ${own} of ${sample.length} are noticed.`);
}
rmSync(out, { recursive: true, force: true });
if (tried > 0) console.log(`${Math.round((dead / tried) * 100)} % of ${tried} are noticed.`);
