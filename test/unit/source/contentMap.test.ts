import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { placementExpressions } from "../../../server/src/core/resources/placementExpressions";
import { openResource } from "../../../server/src/core/resources/resource";
import { stringMap } from "../../../server/src/core/source/contentMap";
import "../../support/sameSequences";

test("offsets behind an escape are those of the text as written", () => {
  const text = ' "a\\"b\\u0041c"';
  const map = stringMap(text, 1, text.length - 1);
  const written = (start: number, end: number) => {
    const span = map.toDocument({ start, end });
    return text.slice(span.start, span.end);
  };
  assert.equal(written(0, 1), "a");
  assert.equal(written(1, 2), '\\"');
  assert.equal(written(3, 4), "\\u0041");
  assert.equal(written(4, 5), "c");
  assert.equal(map.toValue(text.indexOf("u0041")), 3);
  assert.equal(map.toValue(text.length), 5);
});

test("any stretch of any string maps to the text that decodes to it", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary" }),
      fc.nat(),
      fc.nat(),
      fc.boolean(),
      (value, from, length, escapeAll) => {
        const literal = escapeAll
          ? `"${[...Array(value.length).keys()].map((at) => `\\u${value.charCodeAt(at).toString(16).padStart(4, "0")}`).join("")}"`
          : JSON.stringify(value);
        const start = Math.min(from, value.length);
        const end = Math.min(start + length, value.length);
        const span = stringMap(`xx${literal}`, 2, literal.length).toDocument({ start, end });
        assert.equal(JSON.parse(`"${`xx${literal}`.slice(span.start, span.end)}"`), value.slice(start, end));
      },
    ),
  );
});

test("expressions of a document come with the way back into it", () => {
  const text =
    '{"containerDefinitions": [], "placementConstraints": [{"type": "distinctInstance"}, {"type": "memberOf", "expression": "attribute:a == \\"b\\""}]}';
  const [first, second] = placementExpressions(openResource("x.json", text));
  assert.equal(first?.type, "distinctInstance");
  assert.equal(first?.text, undefined);
  assert.equal(second?.text, 'attribute:a == "b"');
  const span = second!.toDocumentSpan({ start: 15, end: 18 });
  assert.equal(text.slice(span.start, span.end), '\\"b\\"');
  assert.equal(second!.toTextOffset(span.start), 15);
});

test("a query document is one expression without its surrounding white space", () => {
  const [only] = placementExpressions(openResource("x.ecsquery", "\n attribute:a exists\n"));
  assert.equal(only?.text, "attribute:a exists");
  assert.deepEqual(only?.toDocumentSpan({ start: 0, end: 9 }), { start: 2, end: 11 });
});
