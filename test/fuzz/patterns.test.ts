// The regular expressions of the product are tried with texts that those which can read one text in many ways never come
// back from: forty times a part that is repeated, where each more doubles the ways.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { createContext, Script } from "node:vm";
import { projectRoot } from "../support/paths";
import { patternLiterals, pumpsOf } from "../support/patternPumps";

/** Milliseconds. One that can be read in one way takes some microseconds, the others years. */
const patience = 2000;

const trial = new Script("pattern.lastIndex = 0; pattern.test(text);");
const tried: { pattern?: RegExp; text?: string } = {};
const context = createContext(tried);

/** The text that a pattern takes for ever with. */
function explosion(pattern: RegExp): string | undefined {
  for (const [beginning, pump] of pumpsOf(pattern)) {
    const text = `${beginning}${pump.repeat(40)}\u0001`;
    Object.assign(tried, { pattern, text });
    try {
      trial.runInContext(context, { timeout: patience });
    } catch {
      return text;
    }
  }
  return undefined;
}

test("a pattern that can read a text in many ways is found", () => {
  for (const pattern of [/^v?\d+(?:[._-]\w+)*$/, /^(?:your|my)(?:[-_ ](?:\w[\w']*))+$/])
    assert.notEqual(explosion(pattern), undefined);
  assert.equal(explosion(/^v?\d+(?:_\w+)?(?:[.-]\w+)*$/), undefined);
});

test("no regular expression of the product explodes", () => {
  let count = 0;
  for (const folder of ["server/src", "client"]) {
    for (const name of readdirSync(join(projectRoot, folder), { recursive: true, encoding: "utf8" })) {
      if (!name.endsWith(".ts")) continue;
      for (const pattern of patternLiterals(readFileSync(join(projectRoot, folder, name), "utf8"))) {
        count += 1;
        assert.equal(explosion(pattern), undefined, `${name}: ${pattern}`);
      }
    }
  }
  assert.ok(count > 500, `${count} patterns`);
});
