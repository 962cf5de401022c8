// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of other tools are what is tested here.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { documentValue, isTemplateValue } from "../../../server/src/core/resources/documentValue";
import { openResource } from "../../../server/src/core/resources/resource";
import { maskTemplates } from "../../../server/src/core/source/json/maskPlaceholders";
import { get, isOpen, isTemplate } from "../../../server/src/core/source/tree";
import "../../support/sameSequences";

const open = (text: string) => openResource("x.taskdef.json", text);

for (const placeholder of [
  "{{ memory }}",
  "${MEMORY}",
  "$MEMORY",
  "<memory>",
  "{{ a }}00",
  "${A}${B}",
  "{% m %}",
  "{{{ memory }}}",
  "<%= memory %>",
  "#{memory}",
  "%MEMORY%",
  "@MEMORY@",
  "__MEMORY__",
  "((memory))",
  '${jsonencode({ a = "b" })}',
]) {
  test(`${placeholder} stands for a value`, () => {
    const document = open(`{"family": "a", "memory": ${placeholder}, "cpu": "1"}`);
    assert.deepEqual(document.source.problems, []);
    const memory = get(document.input, "memory");
    assert.ok(memory && isTemplate(memory));
    assert.ok(get(document.input, "cpu"));
    const value = documentValue(document) as Record<string, unknown>;
    assert.ok(isTemplateValue(value.memory));
    assert.equal(value.memory.template, placeholder);
  });
}

test("placeholders inside strings leave the string as it is", () => {
  const document = open('{"family": "agent-${ENV}", "cpu": "{{ must_env \\"CPU\\" }}"}');
  assert.deepEqual(document.source.problems, []);
  assert.equal(document.source.placeholders.length, 2);
  assert.ok(isTemplate(get(document.input, "family")!));
});

test("a placeholder in a string may have quotes of its own", () => {
  const document = open('{"family": "{{ must_env "FAMILY" }}", "cpu": "1"}');
  assert.deepEqual(document.source.problems, []);
  assert.ok(get(document.input, "cpu"));
});

for (const placeholder of [
  "{name}",
  "%NAME%",
  "@@NAME@@",
  "__NAME__",
  "#{name}#",
  "((name))",
  "<% name %>",
]) {
  test(`a string with ${placeholder} is one that nobody knows`, () => {
    const document = open(`{"family": "a-${placeholder}", "cpu": "1"}`);
    assert.deepEqual(document.source.problems, []);
    assert.ok(isTemplate(get(document.input, "family")!));
    assert.ok(!isTemplate(get(document.input, "cpu")!));
  });
}

test("ordinary texts are no placeholders", () => {
  for (const text of [
    "a {1,2} b",
    "50% of 100%",
    "me@example.com",
    "__init__",
    "\\\\p{Alpha}",
    "a_b",
    "(a)",
    "#1",
    "{}",
    "$1",
  ]) {
    assert.deepEqual(maskTemplates(`"${text}"`).templates, [], text);
  }
});

test("braces in two strings are no placeholder", () => {
  const document = open('{"family": "{{", "cpu": "}}"}');
  assert.deepEqual(document.source.placeholders, []);
  assert.deepEqual(documentValue(document), Object.assign(Object.create(null), { family: "{{", cpu: "}}" }));
});

test("a steering placeholder leaves its surroundings readable and unsure", () => {
  const document = open('{\n  "family": "a",\n  {{#if x}}\n  "cpu": "1",\n  {{/if}}\n  "memory": "2"\n}');
  assert.deepEqual(document.source.problems, []);
  assert.ok(get(document.input, "memory"));
  assert.ok(isOpen(document.input));
});

test("lists that a placeholder fills are unsure", () => {
  const document = open('{"family": "a", "containerDefinitions": [{{ containers }}]}');
  assert.deepEqual(document.source.problems, []);
  assert.ok(isOpen(get(document.input, "containerDefinitions")));
  assert.ok(!isOpen(document.input));
});

test("a syntax error that no placeholder causes is reported beside one", () => {
  const document = open('{\n  "family": {{ family }},\n  "cpu" "1"\n}');
  assert.equal(document.source.problems.length, 1);
});

test("the placeholder of a pattern's named group is none", () => {
  assert.deepEqual(maskTemplates('"attribute:a =~ (?<name>x)"').templates, []);
});

test("masking keeps the length of any text and its placeholders inside it", () => {
  const pieces = fc.constantFrom(
    "{{ a }}",
    "${B}",
    "$C",
    "<d>",
    '"',
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\\",
    "\n",
    " ",
    "1",
    "x",
    "{% if %}",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 }))), (parts) => {
      const text = parts.join("");
      const masked = maskTemplates(text);
      assert.equal(masked.text.length, text.length);
      for (const { start, end } of masked.templates)
        assert.ok(0 <= start && start < end && end <= text.length);
    }),
  );
});

test("opening never throws and every span lies inside the text", () => {
  const base = '{"family": "a", "containerDefinitions": [{"name": {{ n }}, "image": "<i>"}], "memory": $M}';
  fc.assert(
    fc.property(
      fc.nat(base.length),
      fc.nat(base.length),
      fc.string({ maxLength: 6, unit: "binary" }),
      (at, drop, insert) => {
        const text = base.slice(0, at) + insert + base.slice(Math.max(at, drop));
        const document = open(text);
        for (const { span } of document.source.problems) {
          assert.ok(
            0 <= span.start && span.start <= span.end && span.end <= text.length,
            JSON.stringify([text, span]),
          );
        }
      },
    ),
  );
});
