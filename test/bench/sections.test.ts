// Every section of the benchmarks runs, and so does the program that prints them. The sections that need a browser or a
// VS Code have their tests in the folders of those.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { assertMeasures } from "../support/benchRows";
import { projectRoot } from "../support/paths";
import { sections } from "./sections";

const elsewhere = new Set(["panel", "editor", "sizes"]);

for (const [name, section] of Object.entries(sections).filter(([it]) => !elsewhere.has(it)))
  test(`the section ${name} measures`, () => assertMeasures(section));

test("chosen sections are printed as a table and as JSON", () => {
  const table = run("--quick", "valid");
  assert.equal(table.status, 0, table.stderr);
  assert.match(table.stdout, /^## Validation\n[\s\S]*\| validate a 64 KiB task definition, all rules \|/);
  const { rows } = JSON.parse(run("--quick", "valid", "sizes", "--json").stdout);
  assert.deepEqual([...new Set(rows.map((it: { section: string }) => it.section))], ["validation", "sizes"]);
});

test("a word that no section has, and a page of some sections, are refused", () => {
  const unknown = run("--quick", "nonsense");
  assert.equal(unknown.status, 2);
  assert.match(unknown.stderr, /No section matches nonsense\. There are query, validation, /);
  assert.equal(run("--write", "query").status, 2);
  assert.equal(run("--write", "--quick").status, 2);
});

function run(...words: readonly string[]) {
  return spawnSync(process.execPath, ["--expose-gc", join(__dirname, "main.js"), ...words], {
    cwd: projectRoot,
    encoding: "utf8",
  });
}
