// What holds for every text, not only for those somebody thought of.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkQuery } from "../../../server/src/core/query/checks/check";
import { compileQuery } from "../../../server/src/core/query/evaluate";
import { explainQuery } from "../../../server/src/core/query/explain";
import { parseQuery } from "../../../server/src/core/query/parse/parser";
import { scanQuery } from "../../../server/src/core/query/parse/scanner";
import { compilePattern } from "../../../server/src/core/query/patterns/pattern";
import { combineQueries, formatQuery, printQuery, splitQuery } from "../../../server/src/core/query/print";
import type { Expression } from "../../../server/src/core/query/syntax";
import type { QueryTarget } from "../../../server/src/core/query/target";
import { processorTime } from "../../support/processorTime";
import { readVectors } from "./vectors";
import "../../support/sameSequences";

/** Bits of the language in any order: far more of it is reached than with arbitrary characters. */
const fragments = fc.constantFrom(
  ..."attribute: attribute:env attribute:ecs.instance-type agentVersion registeredAt runningTasksCount task:group == != < <= > >= = === =~ !~ ~= in !in exists !exists equals not_in is not in and or not AND && || ! & | ( ) [ ] , ' prod dev m5.* (m5|c5).large [cm]5 1.2.3 2018-06-18 {{ }} $B < > <x> é 😀 __proto__".split(
    " ",
  ),
  "${",
  "}",
  '"',
  "\\",
  "\ud800",
  " ",
  "\t",
  "\n",
  "'a b'",
);
const scraps = fc
  .array(fragments, { maxLength: 30 })
  .chain((parts) => fc.constantFrom(parts.join(" "), parts.join("")));
const anyText = fc.oneof(scraps, fc.string({ unit: "binary", maxLength: 80 }), fc.string({ maxLength: 80 }));

const names = fc.constantFrom("a", "b", "ecs.instance-type");
const values = fc.constantFrom("x", "y", "m5.large", "'x y'", "or");
const comparisons = fc.oneof(
  fc
    .tuple(names, fc.constantFrom("==", "!=", "equals", "not_equals"), values)
    .map(([name, operator, value]) => {
      return `attribute:${name} ${operator} ${value === "or" ? "'or'" : value}`;
    }),
  fc
    .tuple(
      names,
      fc.constantFrom("in", "!in", "not_in"),
      fc.array(fc.constantFrom("x", "y", "'x y'"), { maxLength: 3 }),
    )
    .map(([name, operator, items]) => `attribute:${name} ${operator} [${items.join(",")}]`),
  fc
    .tuple(names, fc.constantFrom("=~", "!~"), fc.constantFrom("x.*", "(m5|c5).large", "[xy]"))
    .map((it) => `attribute:${it.join(" ")}`),
  fc.tuple(names, fc.constantFrom("exists", "!exists")).map((it) => `attribute:${it.join(" ")}`),
  fc.constantFrom(
    "runningTasksCount > 1",
    "task:group == service:a",
    "agentVersion <= 1.9",
    "agentConnected == true",
  ),
);
const { expression } = fc.letrec<{ expression: string }>((tie) => ({
  expression: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    comparisons,
    fc
      .tuple(tie("expression"), fc.constantFrom(" and ", " or ", "&&", " || "), tie("expression"))
      .map((it) => it.join("")),
    tie("expression").map((it) => `(${it})`),
    tie("expression").map((it) => `not(${it})`),
    tie("expression").map((it) => `! ${it}`),
  ),
}));

const targets: fc.Arbitrary<QueryTarget> = fc.record({
  attributes: fc
    .dictionary(names, fc.constantFrom("x", "y", "x y", "m5.large", "or", undefined))
    .map((it) => new Map(Object.entries(it))),
  runningTasksCount: fc.option(fc.nat(3), { nil: undefined }),
  agentVersion: fc.option(fc.constantFrom("1.8.0", "1.10.0"), { nil: undefined }),
  agentConnected: fc.option(fc.boolean(), { nil: undefined }),
  taskGroups: fc.option(fc.array(fc.constantFrom("service:a", "family:b"), { maxLength: 2 }), {
    nil: undefined,
  }),
});

function spansOf(tree: Expression): readonly { readonly start: number; readonly end: number }[] {
  switch (tree.kind) {
    case "missing":
      return [tree.span];
    case "comparison":
      return [
        tree.span,
        tree.subject.span,
        ...(tree.operator === undefined ? [] : [tree.operator.span]),
        ...(tree.argument === undefined ? [] : [tree.argument.span]),
      ];
    case "not":
    case "group":
      return [tree.span, ...spansOf(tree.operand)];
    default:
      return [tree.span, ...tree.operands.flatMap(spansOf)];
  }
}

test("tokens are the text, without a gap or an overlap", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      let end = 0;
      for (const { span } of scanQuery(text)) {
        assert.equal(span.start, end);
        assert.ok(span.end > span.start);
        end = span.end;
      }
      assert.equal(end, text.length);
    }),
    { numRuns: 2000 },
  );
});

test("any text is parsed, checked, explained and printed without a throw, and every span is inside it", () => {
  fc.assert(
    fc.property(anyText, targets, (text, target) => {
      const parsed = parseQuery(text);
      const problems = [...parsed.problems, ...checkQuery(parsed)];
      const edits = problems.flatMap((it) => it.fixes ?? []).flatMap((it) => it.edits);
      for (const span of [
        ...spansOf(parsed.tree),
        ...problems.map((it) => it.span),
        ...edits.map((it) => it.span),
      ]) {
        assert.ok(0 <= span.start && span.start <= span.end && span.end <= text.length, JSON.stringify(span));
      }
      assert.equal(compileQuery(parsed.tree)(target), explainQuery(parsed, target).truth);
      printQuery(parsed.tree);
    }),
    { numRuns: 3000 },
  );
});

test("a text without problems has no gaps in its tree, and any other text has an error", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { problems } = parseQuery(text);
      const printed = formatQuery(parseQuery(text));
      if (printed === undefined) return;
      assert.deepEqual(parseQuery(printed).problems, [], `${text} → ${printed}`);
      assert.ok(problems.every((it) => /double-quotes|keyword-case|needless-parentheses/.test(it.code)));
    }),
    { numRuns: 2000 },
  );
});

test("an expression means the same after formatting, splitting and combining", () => {
  fc.assert(
    fc.property(expression, targets, (text, target) => {
      const parsed = parseQuery(text);
      const truth = compileQuery(parsed.tree)(target);
      const printed = formatQuery(parsed) ?? assert.fail(`not formatted: ${text}`);
      assert.equal(compileQuery(parseQuery(printed).tree)(target), truth, printed);
      assert.equal(printQuery(parseQuery(printed).tree), printed);
      const combined = combineQueries(splitQuery(parsed.tree));
      assert.equal(compileQuery(parseQuery(combined).tree)(target), truth, combined);
    }),
    { numRuns: 1500 },
  );
});

test("not turns true into false and leaves unknown alone", () => {
  fc.assert(
    fc.property(expression, targets, (text, target) => {
      const truth = compileQuery(parseQuery(text).tree)(target);
      const negated = compileQuery(parseQuery(`not(${text})`).tree)(target);
      assert.equal(negated, truth === "unknown" ? truth : !truth);
    }),
    { numRuns: 1000 },
  );
});

test("what is called never true or always true, or a clause that changes nothing, is so for every instance", () => {
  fc.assert(
    fc.property(expression, fc.array(targets, { minLength: 5, maxLength: 20 }), (text, instances) => {
      const parsed = parseQuery(text);
      for (const { code, span, fixes, params } of checkQuery(parsed)) {
        const part = compileQuery(parseQuery(text.slice(span.start, span.end)).tree);
        for (const target of instances) {
          if (code === "expression-contradiction") assert.notEqual(part(target), true, text);
          const [, name] = /^true wherever (.+) has a value$/.exec(String(params.when)) ?? [];
          if (
            code === "expression-tautology" &&
            (name === undefined || target.attributes.get(name) !== undefined)
          )
            assert.notEqual(part(target), false, text);
          if (code === "expression-redundant-clause") {
            const [edit] = fixes?.[0]?.edits ?? assert.fail("no fix");
            const without = text.slice(0, edit?.span.start) + text.slice(edit?.span.end);
            const truth = compileQuery(parsed.tree)(target);
            if (truth !== "unknown")
              assert.equal(compileQuery(parseQuery(without).tree)(target), truth, `${text} → ${without}`);
          }
        }
      }
    }),
    { numRuns: 1000 },
  );
});

test("every prefix of an expression, as it is typed, is read with spans inside it", () => {
  const vectors = [...readVectors<{ expr?: string }>("syntax"), ...readVectors<{ expr?: string }>("meaning")];
  for (const { expr = "" } of vectors) {
    for (let length = 0; length <= expr.length; length += 1) {
      const text = expr.slice(0, length);
      const parsed = parseQuery(text);
      const spans = [...parsed.problems, ...checkQuery(parsed)].map((it) => it.span);
      assert.ok(
        [...spans, ...spansOf(parsed.tree)].every((it) => it.start <= it.end && it.end <= length),
        text,
      );
    }
  }
});

test("nesting beyond the limit is one problem and no overflow", () => {
  for (const bomb of ["(", "not ", "!", "not("]) {
    const text = `${bomb.repeat(450)}attribute:a == 1`;
    const codes = parseQuery(text).problems.map((it) => it.code);
    assert.ok(codes.includes("expression-too-deep"), bomb);
    assert.ok(codes.length <= 2, `${bomb}: ${codes.length}`);
    explainQuery(parseQuery(text), { attributes: new Map() });
  }
});

test("texts far beyond the limit are answered at once", () => {
  const parts = [
    "(",
    "attribute:a == 1 or ",
    "' ",
    "[",
    "{{",
    "! ",
    "attribute:a =~ g4* and ",
    "<a ",
    "$",
    "  ",
  ];
  const answerAll = () => {
    for (const part of parts) {
      const text = part.repeat(1_000_000 / part.length);
      assert.ok(checkQuery(parseQuery(text)).length >= 0);
      const within = part.repeat(Math.floor(99_000 / part.length));
      const parsed = parseQuery(within);
      checkQuery(parsed);
      compileQuery(parsed.tree)({ attributes: new Map() });
    }
  };
  assert.ok(processorTime(answerAll) < 30_000);
});

test("any pattern is read without a throw and answers in bounded time", () => {
  const bits = fc.constantFrom(
    ..."a b . * + ? | ( ) [ ] ^ $ { } {2} {,3} \\ \\d \\p{Alpha} \\Q \\E (?: (?i) (?= && - [^ 1 é".split(" "),
  );
  const patterns = fc.oneof(
    fc.array(bits, { maxLength: 20 }).map((it) => it.join("")),
    fc.string({ unit: "binary", maxLength: 30 }),
  );
  fc.assert(
    fc.property(patterns, fc.string({ maxLength: 30 }), (pattern, value) => {
      const compiled = compilePattern(pattern);
      const matches = compiled.matches(value);
      if (matches === true) assert.equal(compiled.finds(value), true);
      if (compiled.reading.kind !== "exact") assert.equal(matches, "unknown");
    }),
    { numRuns: 3000 },
  );
});
