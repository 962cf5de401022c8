// A bracket or quote that is missing, doubled or of the wrong kind is one diagnostic, and what mends it leaves none.

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkQuery } from "../../../server/src/core/query/checks/check";
import { parseQuery } from "../../../server/src/core/query/parse/parser";
import { queryProblems } from "../../../server/src/core/query/problemCodes";

const sound = [
  "attribute:a in [b, c]",
  "not(attribute:a == b)",
  "(attribute:a == b or attribute:c == d) and attribute:e == f",
  "attribute:e == f and (attribute:a in [b, c] or not(attribute:c exists))",
  "attribute:a == 'b c' and attribute:d in ['e', f]",
  "not(attribute:a == b and (attribute:c == d or attribute:e exists))",
];

const partners: Readonly<Record<string, string>> = { "(": "[", "[": "(", ")": "]", "]": ")", "'": '"' };

/** The expression with one slip at a bracket or quote. */
function slips(text: string): readonly string[] {
  return [...text].flatMap((character, at) => {
    const other = Object.hasOwn(partners, character) ? partners[character] : undefined;
    if (other === undefined) return [];
    const [before, behind] = [text.slice(0, at), text.slice(at + 1)];
    // Without its parenthesis 'not' is another word.
    const missing = before.endsWith("not") ? [] : [before + behind];
    return [...missing, before + character + character + behind, before + other + behind];
  });
}

function found(text: string): readonly string[] {
  const query = parseQuery(text);
  return [...query.problems, ...checkQuery(query)]
    .filter((it) => queryProblems[it.code].severity === "error")
    .map((it) => `${it.code} ${it.span.start}`);
}

for (const text of sound) {
  assert.deepEqual(found(text), []);
  for (const slip of slips(text))
    test(`${slip} has one fault at most`, () => assert.ok(found(slip).length <= 1, found(slip).join(", ")));
}

test("parentheses are not called needless beside one without a partner", () => {
  for (const text of [
    "((attribute:a == b)",
    "(attribute:a == b))",
    "not((attribute:a == b) and (attribute:c == d)",
  ])
    assert.deepEqual(
      parseQuery(text).problems.map((it) => it.code),
      ["expression-unbalanced-parenthesis"],
      text,
    );
});
