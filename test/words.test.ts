// Every sentence that a user can see is in the plain English of the AWS and VS Code documentation.

import assert from "node:assert/strict";
import { test } from "node:test";
import { literalsOf, visibleTexts } from "./support/visibleTexts";

/** What is not written, and what is written in its place. */
const refused: readonly (readonly [RegExp, string])[] = [
  [/(?<!\bthere )\bis no(?! (?:longer|more))\b/i, "is not a valid …, unknown …"],
  [/, say\b|\bsay(?:s)? (?:so|that)\b/i, "for example; shows, reports"],
  [/\bbeside\b/i, "with, next to"],
  [/\bwanted\b/i, "expected, desired"],
  [/\b(?:told|tells)\b/i, "shown, reported"],
  [/\bmember(?!Of)s?\b/i, "property"],
  [/\bstands?\b(?! for\b)/i, "is"],
  [/\bacted\b|\bact it out\b/i, "simulated, run"],
  [/\bcomplain/i, "report"],
  [/\bobeys?\b/i, "applies"],
  [/\bfindings?\b/i, "diagnostic, problem"],
  [/\ba ARM64\b/, "an ARM64"],
];

test("texts that people see have none of the words of the list", () => {
  const texts = visibleTexts();
  assert.ok(texts.length > 1_500, `${texts.length} texts are found`);
  const offences = texts.flatMap(({ place, text }) =>
    refused.flatMap(([words, better]) => {
      const found = words.exec(withoutCode(text));
      return found === null ? [] : [`${place}: "${found[0]}" (better: ${better}) in: ${text.slice(0, 160)}`];
    }),
  );
  assert.deepEqual(offences, []);
});

test("the literals of a source are read without its comments", () => {
  const source = [
    "// It 'is no' text",
    'const a = "one \\" two"; /* `no` */',
    `const b = \`three \${c ? "four" : \`five \${d}\`} six\`;`,
    "const e = /'\"/.test(f) ? 'seven' : g;",
  ].join("\n");
  assert.deepEqual(
    literalsOf(source).map((it) => it.text),
    ['one \\" two', "four", "five …", "three … six", "seven"],
  );
});

/**
 * Without what names things as they are named: code between backquotes or in quotation marks, codes of diagnostics and
 * anchors, and the places where a message has a value.
 */
function withoutCode(text: string): string {
  return text
    .replace(/\\?`[^`]*`/g, "code")
    .replace(/\{\w+\}/g, "value")
    .replace(/\b\w+(?:-\w+)+\b/g, "code");
}
