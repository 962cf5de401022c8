// The process in which `.scripts/mutate.mjs` runs tests: it loads them and what the change reaches again, which
// is much cheaper than a process for each, and stops at the first test that fails. Its parent ends it where it hangs.
import { createRequire } from "node:module";
import { join } from "node:path";

const [out = "", ...files] = process.argv.slice(2);
const require = createRequire(import.meta.url);
/** @type {any} */
const Module = require("node:module");

/** @typedef {{ name: string, run: (context: object) => unknown }} Collected */
/** @type {Collected[]} */
let collected = [];
/** @type {(() => unknown)[]} */
let afterEach = [];
let file = "";

/** What the tests take for `node:test`: they are collected rather than run. @param {unknown[]} given */
function test(...given) {
  const run = given.find((it) => typeof it === "function");
  if (typeof run === "function")
    collected.push({ name: `${file}: ${given[0]}`, run: (context) => run(context) });
}
const standIn = Object.assign(test, {
  test,
  it: test,
  describe: (/** @type {string} */ _name, /** @type {() => void} */ run) => run(),
  before: () => undefined,
  after: () => undefined,
  beforeEach: () => undefined,
  afterEach: (/** @type {() => unknown} */ run) => afterEach.push(run),
  default: test,
});

const load = Module._load;
Module._load = (/** @type {string} */ request, /** @type {unknown[]} */ ...more) =>
  request === "node:test" ? standIn : load(request, ...more);

/** The files that are other ones than they were when they were loaded: the one that is changed, and the one before it. @type {string[]} */
let changed = [];

/** Forgets the tests, and whatever uses one of the changed files: the rest of what is loaded is as it was. */
function forgetStale() {
  /** @type {Map<string, string[]>} */
  const users = new Map();
  for (const [user, { children = [] }] of Object.entries(require.cache).flatMap(([it, module]) =>
    module === undefined ? [] : [/** @type {const} */ ([it, module])],
  ))
    for (const { id } of children) users.set(id, [...(users.get(id) ?? []), user]);
  const stale = new Set(changed);
  for (const it of stale) for (const user of users.get(it) ?? []) stale.add(user);
  for (const it of Object.keys(require.cache))
    if (it.startsWith(out) && (stale.has(it) || it.endsWith(".test.js"))) delete require.cache[it];
}

/** Loads anew what is stale. @returns {Collected[]} */
function collect() {
  forgetStale();
  collected = [];
  afterEach = [];
  for (const it of files) {
    file = it;
    require(join(out, "test", it));
  }
  return collected;
}

/** @param {Collected} it */
async function passes({ run }) {
  /** @type {(() => unknown)[]} */
  const endings = [];
  const context = { after: (/** @type {() => unknown} */ end) => endings.push(end), skip: () => undefined };
  try {
    await run(context);
    return true;
  } catch {
    return false;
  } finally {
    for (const end of [...endings, ...afterEach].reverse())
      await Promise.resolve(end()).catch(() => undefined);
  }
}

/** The tests that pass by themselves, the quickest first. @returns {Promise<string[]>} */
async function usable() {
  const times = new Map();
  for (const it of collect()) {
    const began = performance.now();
    if (await passes(it)) times.set(it.name, performance.now() - began);
  }
  const order = [...times].sort((one, other) => one[1] - other[1]).map(([name]) => name);
  // Some only pass after others.
  const broken = await failing(order, Number.POSITIVE_INFINITY);
  return order.filter((it) => !broken.includes(it));
}

/** The first tests that fail. @param {readonly string[]} order @param {number} most @returns {Promise<string[]>} */
async function failing(order, most) {
  const found = [];
  try {
    const byName = new Map(collect().map((it) => [it.name, it]));
    for (const name of order) {
      const it = byName.get(name);
      if (it === undefined || !(await passes(it))) found.push(name);
      if (found.length >= most) break;
    }
  } catch {
    // It does not even load.
    found.push("");
  }
  return found;
}

// What code prints on its way is not for the parent.
console.log = () => undefined;
let order = /** @type {readonly string[]} */ ([]);
process.on("message", async (/** @type {{ order?: readonly string[], changed?: string }} */ message) => {
  changed = [...changed.slice(-1), ...(message.changed === undefined ? [] : [message.changed])];
  order = message.order ?? order;
  if (order.length === 0) {
    order = await usable();
    process.send?.({ order });
  } else process.send?.({ noticed: (await failing(order, 1)).length > 0 });
});
