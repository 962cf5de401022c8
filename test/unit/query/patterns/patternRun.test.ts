// Patterns are run by a counter of steps of our own: it agrees with the engine, and ends where the engine would go on.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import * as fc from "fast-check";
import { RE2JS } from "re2js";
import { compileQuery } from "../../../../server/src/core/query/evaluate";
import { explainQuery } from "../../../../server/src/core/query/explain";
import { parseQuery } from "../../../../server/src/core/query/parse/parser";
import { readJavaPattern } from "../../../../server/src/core/query/patterns/javaPattern";
import { compilePattern } from "../../../../server/src/core/query/patterns/pattern";
import { patternProgram } from "../../../../server/src/core/query/patterns/patternRun";
import "../../../support/sameSequences";
import { importModule, importScript } from "../../../support/scripts";

const plenty = Number.POSITIVE_INFINITY;

const atom = fc.constantFrom(
  ..."a b ab . [a-c] [^a] \\d \\w \\s \\b \\B ^ $ (?i:A) é 😀 (?s:.) (?m:^) (?m:$) \\. \\n (?:) [[:alpha:]]".split(
    " ",
  ),
);
const patterns = fc.letrec<{ pattern: string }>((tie) => ({
  pattern: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    atom,
    fc.tuple(tie("pattern"), tie("pattern")).map((both) => both.join("")),
    fc.tuple(tie("pattern"), tie("pattern")).map((both) => `(?:${both.join("|")})`),
    tie("pattern").map((it) => `(${it})`),
    fc
      .tuple(tie("pattern"), fc.constantFrom("*", "+", "?", "*?", "+?", "??", "{2}", "{0,3}", "{1,}"))
      .map(([it, times]) => `(?:${it})${times}`),
  ),
})).pattern;
const values = fc.string({
  unit: fc.constantFrom("a", "b", "A", "c", "1", " ", ".", "\n", "_", "é", "😀", "\ud83d"),
  maxLength: 12,
});

test("whatever the pattern and the value, the outcome is the engine's", () => {
  const runs = { seed: Number(process.env.SEED ?? 1), numRuns: Number(process.env.RUNS ?? 3000) };
  fc.assert(
    fc.property(patterns, values, (pattern, value) => {
      const compiled = RE2JS.compile(pattern);
      const program = patternProgram(compiled);
      assert.equal(program?.matches(value, plenty), compiled.matches(value));
      assert.equal(program?.finds(value, plenty), compiled.matcher(value).find());
    }),
    runs,
  );
});

test("the build keeps of the engine all that makes programs", async () => {
  const { patternCompilerOf } = await importScript<PatternCompiler>("patternCompiler.mjs");
  const text = await patternCompilerOf(require.resolve("re2js").replace(/index\.cjs$/, "index.js"));
  const folder = mkdtempSync(join(tmpdir(), "ecs-daemon-patterns-"));
  try {
    writeFileSync(join(folder, "compiler.mjs"), text);
    const built = (await importModule(join(folder, "compiler.mjs"))) as typeof RE2JS;
    fc.assert(
      fc.property(patterns, (pattern) => {
        const [whole, kept] = [RE2JS.compile(pattern), built.compile(pattern)].map((it) => it.re2().prog);
        assert.equal(String(kept), String(whole));
      }),
    );
    // Read as Java, it is one that nobody can evaluate; the engine never gets to see it.
    assert.throws(() => built.compile("\\p{L}"), /no tables/);
    assert.notEqual(readJavaPattern("\\p{L}").kind, "exact");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

interface PatternCompiler {
  patternCompilerOf(path: string): Promise<string>;
}

test("a run ends soon after the steps that it was given", () => {
  const program = patternProgram(RE2JS.compile("(?:[ab]?){400}"));
  const value = "ab".repeat(64);
  assert.equal(program?.matches(value, 1000), "costly");
  assert.equal(program?.matches(value, plenty), true);
});

const hostile = [
  "(?:(?:[ab]?){400}){0,1}",
  "(a|b)*a(a|b){100}(?:a|b)*b",
  "(?:(?:a|b)*a(?:a|b){30}){8}",
  "(?:a?b?){240}",
  "(?:\\b?[ab]?\\B?){150}",
];

/** Different words of a and b, as long as ECS allows a value to be. */
const worstValue = (number: number) =>
  number.toString(2).replaceAll("0", "a").replaceAll("1", "b").padStart(128, "ab");

test("a hostile pattern is given up for each of five thousand values, soon and with a reason", () => {
  for (const pattern of hostile) {
    const query = parseQuery(`attribute:a =~ '${pattern}'`);
    const evaluate = compileQuery(query.tree);
    const started = process.cpuUsage();
    for (let number = 0; number < 5000; number += 1)
      evaluate({ attributes: new Map([["a", worstValue(number)]]) });
    const { user } = process.cpuUsage(started);
    assert.ok(user < 5_000_000, `${pattern}: ${user / 1000} ms`);
    const { matches } = compilePattern(pattern);
    assert.equal(matches(worstValue(7)), "unknown", pattern);
    const target = { attributes: new Map([["a", worstValue(7)]]) };
    const { because } = explainQuery(query, target);
    assert.match(because, /the pattern takes too many steps for this value/);
  }
});

const words = Array.from({ length: 40 }, (_, number) => `m${number}\\.${number}xlarge`).join("|");
const ordinary = [
  "prod-.*",
  ".*(prod|stage|test).*-(eu|us|ap)-.*",
  "(m5|c5|r5|t3)\\.(large|xlarge|2xlarge|metal)",
  "[a-z0-9-]+\\.[a-z0-9-]+(\\.[a-z]{2,10}){0,4}",
  "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
  "[A-Za-z0-9_.@/:-]{1,128}",
  ".*-.*-.*-.*",
  "(?i)team-.*",
  "(a+)+",
  "([a-z]+-?)+",
  "(([a-z0-9]+)[-./_]?)*",
  `(${words})`,
  `.*(${words}).*`,
];

test("a hundred thousand different values are never too many for an ordinary pattern", () => {
  const value = (number: number) => {
    const start = `prod-eu-west-1-m5.large-${number}-0a1b2c3d-team.a.example.com/`;
    return number % 3 === 0 ? start : (start + "abc-".repeat(32)).slice(0, 128);
  };
  for (const pattern of ordinary) {
    const evaluate = compileQuery(parseQuery(`attribute:a =~ '${pattern}'`).tree);
    const { matches } = compilePattern(pattern);
    const count = process.env.FUZZ_LONG === undefined ? 2000 : 100_000;
    for (let number = 0; number < count; number += 1) {
      assert.notEqual(matches(value(number)), "unknown", pattern);
      if (number % 50 === 0)
        assert.notEqual(evaluate({ attributes: new Map([["a", value(number)]]) }), "unknown");
    }
  }
});
