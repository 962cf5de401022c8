// The grammars, run by the engine that VS Code uses: every marked stretch of a fixture has the scope below it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import * as oniguruma from "vscode-oniguruma";
import { type IGrammar, INITIAL, parseRawGrammar, Registry } from "vscode-textmate";
import { fixturesFolder, projectRoot } from "../../support/paths";

const grammarFiles: Readonly<Record<string, string>> = {
  "source.ecs-query": join(projectRoot, "syntaxes", "ecs-query.tmLanguage.json"),
  "ecs-query.injection": join(projectRoot, "syntaxes", "ecs-query.injection.tmLanguage.json"),
  "source.json": join(fixturesFolder, "syntaxes", "json.tmLanguage.json"),
};

let query: IGrammar;
let json: IGrammar;

before(async () => {
  const wasm = readFileSync(join(projectRoot, "node_modules/vscode-oniguruma/release/onig.wasm"));
  await oniguruma.loadWASM(wasm);
  const registry = new Registry({
    onigLib: Promise.resolve({
      createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
      createOnigString: (text) => new oniguruma.OnigString(text),
    }),
    loadGrammar: async (scope) => {
      const file = grammarFiles[scope];
      return file === undefined ? null : parseRawGrammar(readFileSync(file, "utf8"), file);
    },
    getInjections: (scope) => (scope === "source.json" ? ["ecs-query.injection"] : []),
  });
  query = (await registry.loadGrammar("source.ecs-query")) ?? assert.fail("no grammar");
  json = (await registry.loadGrammar("source.json")) ?? assert.fail("no grammar");
});

/** The scopes of every character of a line, in one text. */
function scopesOf(grammar: IGrammar, line: string): readonly string[] {
  const { tokens } = grammar.tokenizeLine(line, INITIAL);
  return [...line].map(
    (_, index) => tokens.find((it) => it.startIndex <= index && index < it.endIndex)?.scopes.join(" ") ?? "",
  );
}

function scopeAt(line: string, part: string): string {
  const at = line.indexOf(part);
  assert.notEqual(at, -1, part);
  return scopesOf(json, line)[at] ?? "";
}

const blocks = readFileSync(join(fixturesFolder, "syntaxes", "expressions.txt"), "utf8")
  .trim()
  .split(/\n\n+/);

for (const block of blocks) {
  const [line = "", ...marks] = block.split("\n");
  test(`every part of ${line} has its scope`, () => {
    const scopes = scopesOf(query, line);
    for (const mark of marks) {
      const [, indent = "", carets = "", scope = ""] = /^( *)(\^+) (.+)$/.exec(mark) ?? [];
      for (let at = indent.length; at < indent.length + carets.length; at += 1) {
        assert.ok(scopes[at]?.includes(`${scope}.`), `${line[at]} at ${at} is ${scopes[at]}, not ${scope}`);
      }
    }
  });
}

test("the value of the key expression in JSON is highlighted as an expression", () => {
  const line = '{ "type": "memberOf", "expression": "attribute:env == prod", "next": "attribute:env" }';
  assert.match(scopeAt(line, "attribute:env =="), /source\.ecs-query support\.type\.subject/);
  assert.match(scopeAt(line, "=="), /keyword\.operator\.comparison/);
  assert.match(scopeAt(line, "next"), /property-name\.json$/);
  assert.doesNotMatch(scopeAt(line, 'attribute:env" }'), /ecs-query/);
});

test("an expression in JSON ends at the closing quote whatever it contains", () => {
  for (const expression of [
    "attribute:a == 'x",
    "attribute:a in [b",
    'attribute:a == \\"x\\"',
    "(",
    "attribute:a =~",
  ]) {
    const line = `{ "expression":"${expression}", "type": "memberOf" }`;
    assert.match(scopeAt(line, "type"), /property-name\.json$/, expression);
    assert.match(scopeAt(line, "memberOf"), /string\.quoted\.double\.json$/, expression);
  }
});

test("neither other keys nor comments nor the text of strings are highlighted as expressions", () => {
  assert.doesNotMatch(scopeAt('{ "expressions": "attribute:a == b" }', "=="), /ecs-query/);
  assert.doesNotMatch(scopeAt('{ } // "expression": "attribute:a == b"', "=="), /ecs-query/);
  assert.doesNotMatch(scopeAt('{ "name": "\\"expression\\": ==" }', "=="), /ecs-query/);
});

test("a double-quoted value in an expression in JSON keeps its escapes", () => {
  const line = '{ "expression": "attribute:a == \\"b c\\" and attribute:d exists" }';
  assert.match(scopeAt(line, "b c"), /string\.quoted\.double\.ecs-query/);
  assert.match(scopeAt(line, "exists"), /keyword\.operator\.comparison/);
});
