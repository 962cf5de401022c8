import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { parseTree } from "jsonc-parser";
import { maskTemplates } from "../../../server/src/core/source/json/maskPlaceholders";
import { readWholeJson } from "../../../server/src/core/source/json/wholeJson";
import type { Node } from "../../../server/src/core/source/node";
import "../../support/sameSequences";

const deepest = 200;

/** JSON of all kinds, written with different white space; many strings look like placeholders or hold escapes. */
const part = fc.constantFrom(
  "$X",
  "${a}",
  "{{ b }}",
  "__C__",
  "<d>",
  "%E%",
  '"',
  "\\",
  "\n",
  "é",
  "\u{1f600}",
  "(f g)",
);
const texts = fc.oneof(
  fc.string(),
  fc.array(part, { maxLength: 4 }).map((it) => it.join("")),
);
const values = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    texts,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.constantFrom(true, false, null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(texts, tie("value"), { maxKeys: 4 }),
  ),
})).value;
const jsonTexts = fc
  .tuple(values, fc.constantFrom("", " ", "  ", "\t"), fc.constantFrom("", "\n", "\r\n ", "\ufeff"))
  .map(([value, indent, before]) => `${before}${JSON.stringify(value, undefined, indent)}\n`);

test("of a text that is JSON the tree is the one of jsonc-parser", () => {
  fc.assert(
    fc.property(jsonTexts, (text) => {
      const whole = readWholeJson(text, true, deepest);
      const withoutMark = text.replace(/^\ufeff/, " ");
      assert.deepEqual(plain(whole?.root), plain(parseTree(withoutMark, [], { disallowComments: true })));
      assert.deepEqual(whole?.templates, maskTemplates(text).templates);
    }),
  );
});

test("what is JSON, and nothing else, is read", () => {
  const damaged = fc
    .tuple(
      jsonTexts,
      fc.nat(),
      fc.nat({ max: 2 }),
      fc.constantFrom("", ",", '"', "\\", "{", "]", "0", ".", "/", "\u0001"),
    )
    .map(([text, at, length, put]) => {
      const start = at % (text.length + 1);
      return text.slice(0, start) + put + text.slice(start + length);
    });
  fc.assert(
    fc.property(damaged, (text) => {
      assert.equal(readWholeJson(text, false, deepest) !== undefined, isJson(text.replace(/^\ufeff/, "")));
    }),
    { numRuns: 1000 },
  );
});

test("deep nesting is left to the reader that reports it", () => {
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  assert.ok(readWholeJson(nested(200), true, deepest));
  assert.equal(readWholeJson(nested(201), true, deepest), undefined);
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What a node says, without its parents, and with what is absent left out. */
function plain(node: Node | undefined): unknown {
  if (node === undefined) return undefined;
  const { type, offset, length, value, children, colonOffset } = node;
  return [type, offset, length, value, colonOffset, children?.map((it) => [plain(it), it.parent === node])];
}
