// An edited text is called JSON exactly where JSON.parse reads it, whatever is edited where.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { editedJsonCheck } from "../../../server/src/core/source/json/editedJson";
import "../../support/sameSequences";

function isRead(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const piece = fc.constantFrom(
  ...'{}[]:,"\\ \n\u0001',
  '{"a":',
  "1",
  "-",
  ".5",
  "e+2",
  "0",
  "true",
  "nul",
  '"b"',
  "\\u00e9",
);
const newTexts = fc.oneof(fc.constant(""), piece);

/** Half of the texts are JSON before one of their characters is lost. */
const texts = fc.oneof(
  fc.array(piece, { maxLength: 12 }).map((it) => it.join("")),
  fc.tuple(fc.jsonValue({ maxDepth: 3 }), fc.nat(), fc.boolean()).map(([value, at, isWide]) => {
    const text = JSON.stringify(value, undefined, isWide ? 1 : undefined);
    const lost = at % text.length;
    return text.slice(0, lost) + text.slice(lost + 1);
  }),
);

test("an edited text is JSON where JSON.parse reads it", () => {
  let whole = 0;
  fc.assert(
    fc.property(texts, newTexts, fc.integer({ min: 0, max: 2 }), (text, newText, length) => {
      const isJsonWith = editedJsonCheck(text);
      for (let start = 0; start <= text.length; start += 1) {
        const end = Math.min(text.length, start + length);
        const edited = text.slice(0, start) + newText + text.slice(end);
        const expected = isRead(edited);
        if (expected) whole += 1;
        assert.equal(isJsonWith({ start, end, newText }), expected, edited);
      }
    }),
    { numRuns: 2000 },
  );
  assert.ok(whole > 500, `${whole} edits made JSON`);
});

test("a number that two pieces come to is read as one", () => {
  for (const [text, at] of [
    ["[1.x5]", 3],
    ["1ex5", 2],
    ["1e+x5", 3],
    ['{"a":-x0.5}', 6],
  ] as const)
    assert.equal(editedJsonCheck(text)({ start: at, end: at + 1, newText: "" }), true, text);
});

test("a hundred thousand open brackets or escapes are looked at like any other text", () => {
  const isJsonWith = editedJsonCheck("[".repeat(100_000));
  assert.equal(isJsonWith({ start: 100_000, end: 100_000, newText: "]".repeat(100_000) }), true);
  assert.equal(isJsonWith({ start: 50_000, end: 50_001, newText: "" }), false);
  const escaped = editedJsonCheck(`"${"\\n".repeat(100_000)}`);
  assert.equal(escaped({ start: 200_001, end: 200_001, newText: '"' }), true);
  assert.equal(escaped({ start: 7, end: 8, newText: "" }), false);
});
