// What fixes make of an expression: the whole text after each, and which of them are safe enough for "fix all".

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkQuery, type QueryContext } from "../../../server/src/core/query/checks/check";
import { parseQuery } from "../../../server/src/core/query/parse/parser";
import type { TextEdit } from "../../../server/src/core/source/change";
import { anyExpression } from "../../support/queryArbitraries";
import "../../support/sameSequences";

/** Each problem as `code «underlined»`, with the text after each of its fixes; `!` before what is safe. */
function fixesOf(text: string, context: QueryContext = {}): readonly (readonly string[])[] {
  const parsed = parseQuery(text);
  return [...parsed.problems, ...checkQuery(parsed, context)].map(({ code, span, fixes = [] }) => [
    `${code.replace("expression-", "")} «${text.slice(span.start, span.end)}»`,
    ...fixes.map(({ edits, safe }) => `${safe ? "!" : ""}${applied(text, edits)}`),
  ]);
}

function applied(text: string, edits: readonly TextEdit[]): string {
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((it, edit) => it.slice(0, edit.span.start) + edit.newText + it.slice(edit.span.end), text);
}

const cases: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "memberOf(attribute:env == prod)": [["unknown-subject «memberOf»", "attribute:env == prod"]],
  "memberOf(attribute:a exists) and (attribute:b exists)": [
    ["unknown-subject «memberOf»", "(attribute:a exists) and (attribute:b exists)"],
    ["needless-parentheses «(attribute:b exists)»", "!memberOf(attribute:a exists) and attribute:b exists"],
  ],
  "memberOf((attribute:a exists) and (attribute:b exists))": [
    ["unknown-subject «memberOf»", "(attribute:a exists) and (attribute:b exists)"],
    ["needless-parentheses «(attribute:a exists)»", "!memberOf(attribute:a exists and (attribute:b exists))"],
    ["needless-parentheses «(attribute:b exists)»", "!memberOf((attribute:a exists) and attribute:b exists)"],
  ],
  "attribute:env in [a, a, b]": [["duplicate-list-item «a»", "!attribute:env in [a, b]"]],
  "attribute:env in [${X}, ${X}]": [],
  "attribute:env in [a, b)": [["unclosed-list «[»", "attribute:env in [a, b]"]],
  "(attribute:env in [a, b)": [["unclosed-list «[»", "(attribute:env in [a, b])"]],
  "(attribute:env in [a, b))": [["unclosed-list «[»", "(attribute:env in [a, b])"]],
  "(attribute:env in [a)) and (attribute:b exists or attribute:c exists)": [
    ["unclosed-list «[»", "(attribute:env in [a]) and (attribute:b exists or attribute:c exists)"],
  ],
  "attribute:env in (a, b]": [["parenthesized-list «(a, b]»", "!attribute:env in [a, b]"]],
  "attribute:env in [a, b": [["unclosed-list «[»", "attribute:env in [a, b]"]],
  "attribute:env not_in[a]": [
    [
      "skips-missing-attribute «attribute:env not_in[a]»",
      "not(attribute:env in [a])",
      "attribute:env !exists or attribute:env not_in[a]",
    ],
  ],
  "attribute:env is not null": [["unknown-operator «is not null»", "attribute:env exists"]],
  "attribute:env is not 'null'": [["unknown-operator «is not»", "attribute:env != 'null'"]],
  "attribute:env is not set": [["unknown-operator «is not set»", "attribute:env !exists"]],
  "attribute:env is_not_null and attribute:a == b": [
    ["unknown-operator «is_not_null»", "attribute:env exists and attribute:a == b"],
  ],
  "attribute:env is null": [["unknown-operator «is null»", "attribute:env !exists"]],
  "attribute:env isnull": [["unknown-operator «isnull»", "attribute:env !exists"]],
  "attribute:env notin [a]": [["unknown-operator «notin»", "attribute:env !in [a]"]],
  "agentVersion >= v1.2.3": [["value-type «v1.2.3»", "agentVersion >= 1.2.3"]],
  "agentConnected == TRUE": [["value-type «TRUE»", "agentConnected == true"]],
  "registeredAt > 2026/01/02 10:00:00": [
    ["unexpected-text «10:00:00»", "registeredAt > '2026/01/02 10:00:00'"],
    ["value-type «2026/01/02»", "registeredAt > 2026-01-02 10:00:00"],
  ],
  "runningTasksCount > 5.0": [["value-type «5.0»", "runningTasksCount > 5"]],
  "runningTasksCount > five": [["value-type «five»"]],
  "task:group == service: web": [["unexpected-text «web»", "task:group == service:web"]],
  "task:group == web": [],
  "attribute:env == a b": [["unexpected-text «b»", "attribute:env == 'a b'"]],
  "attribute:env == a, b": [["unexpected-text «, b»", "attribute:env in [a, b]"]],
  "attribute:env == a;": [["unexpected-text «;»", "attribute:env == a"]],
  "attribute:env == a(b)c": [["invalid-attribute-value «a(b)c»", "attribute:env =~ a(b)c"]],
  "attribute:env == a&&b": [["unknown-subject «b»", "attribute:env in [a, b]"]],
  "attribute:env == a&&attribute:b exists": [],
  "attribute:env =~ a(b|c)&&attribute:b exists": [
    [
      "pattern-anchoring «a(b|c)»",
      "attribute:env =~ (a(b|c)).*&&attribute:b exists",
      "attribute:env =~ .*(a(b|c)).*&&attribute:b exists",
    ],
  ],
  "attribute:a exists and(attribute:b exists or(attribute:b exists))": [
    [
      "needless-parentheses «(attribute:b exists)»",
      "!attribute:a exists and(attribute:b exists or attribute:b exists)",
    ],
    ["redundant-clause «(attribute:b exists)»", "attribute:a exists and attribute:b exists"],
  ],
  "not((attribute:b exists or attribute:b exists))": [
    ["redundant-clause «attribute:b exists»", "not(attribute:b exists)"],
  ],
  "attribute:env == prod*": [["invalid-attribute-value «prod*»", "attribute:env =~ prod*"]],
};

for (const [text, expected] of Object.entries(cases))
  test(`fixes of ${text}`, () => assert.deepEqual(fixesOf(text), expected));

const context: QueryContext = {
  instances: 2,
  attributes: new Map([
    [
      "env",
      new Map([
        ["prod", 1],
        ["dev", 1],
      ]),
    ],
  ]),
};
test("a value that no instance has is reported, unless the expression excludes it", () => {
  assert.equal(fixesOf("attribute:env == staging", context).length, 1);
  assert.equal(fixesOf("attribute:env in [prod, staging]", context).length, 1);
  assert.deepEqual(fixesOf("attribute:env exists and not(attribute:env == staging)", context), []);
  assert.deepEqual(fixesOf("attribute:env exists and not(attribute:env =~ pre.*)", context), []);
});

test("a pattern that no instance matches is reported, one that may match is not", () => {
  assert.deepEqual(fixesOf("attribute:env =~ pro.*", context), []);
  assert.equal(fixesOf("attribute:env =~ pre.*", context).length, 1);
  // Which values it matches is not known.
  const found = fixesOf("attribute:env =~ pre(?=x)", context).map(([it]) => it);
  assert.ok(!found.some((it) => it?.startsWith("unknown-value")), String(found));
});

test("no fix of what an expression means leaves parentheses around a single comparison, or any other slip", () => {
  fc.assert(
    fc.property(anyExpression, anyExpression, fc.constantFrom("and", "or"), (one, other, word) => {
      const text = `(${one} ${word} ${one}) or ${other}`;
      const parsed = parseQuery(text);
      if (parsed.problems.length > 0) return;
      for (const { fixes = [] } of checkQuery(parsed, {}))
        for (const { edits } of fixes) {
          const fixed = applied(text, edits);
          assert.deepEqual(parseQuery(fixed).problems, [], `${text}\n${fixed}`);
        }
    }),
    { numRuns: 1000 },
  );
});
