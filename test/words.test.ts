// Every sentence that a user can see is in the plain English of the AWS and VS Code documentation.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { projectRoot } from "./support/paths";
import { finishedTexts, literalsOf, visibleTexts } from "./support/visibleTexts";

/** What is not written, and what is written in its place. */
const refused: readonly (readonly [RegExp, string])[] = [
  [/(?<!\bthere )\b(?:is|are) no(?! (?:longer|more))\b/i, "is not a valid …, unknown …"],
  [/\bsa(?:y|ys|id)\b/i, "for example; shows, reports, defines"],
  [/\bbeside\b/i, "with, next to"],
  [/\bwant(?:s|ed)?\b/i, "expected, desired"],
  [/\b(?:told|tells?)\b/i, "shown, reported"],
  [/\bmember(?!Of)s?\b/i, "property"],
  [/\bstands?\b(?! for\b)/i, "is"],
  [/\bacted\b|\bact it out\b/i, "simulated, run"],
  [/\bcomplain/i, "report"],
  [/\bobeys?\b/i, "applies"],
  [/\bfindings?\b/i, "diagnostic, problem"],
  [/\blook(?:ed|s)? at\b|\b(?:a|half a|this|next|earlier) look\b/i, "read, checked, evaluated"],
  [/\basked (?:of|for)\b|\bis asked\b/i, "required, requested; does not apply to"],
  [/\b(?:no|some|every)body\b/i, "not known; another user, everyone"],
  [/\bnowhere\b/i, "not documented"],
  [/\bany more\b|\banew\b/i, "no longer, again"],
  [/\bgo(?:es|ing)? on\b(?! [A-Z])/i, "continue"],
  [/, so that\b/i, ", so"],
  [/\bours\b|\bmade up\b|\bdearer\b/i, "of ECS Daemon, an example, costs more"],
  [/\b(?:cluster|account) is chosen\b|\bchosen (?:cluster|account)\b/i, "selected"],
  [/[“”‘’]/, "'…' around what is named"],
  [/\b(?:the|this|that|a|its|your|same|each|and|AWS) regions?\b/, "Region"],
  [/\b(?:lower|upper)-case\b/i, "lowercase, uppercase"],
  [
    /\b(?:behaviour|colour|favour|neighbour|labell|cancell|modell|travell)|\b(?:recogn|organ|initial|serial|normal|custom|summar|optim)is(?:e|ed|es|ing)\b|\b(?:analys(?:e|ed|es|ing)|centre|grey|licence|catalogue|whilst|misspelt)\b/i,
    "American spelling",
  ],
  [
    /\ba (?=[aeio][a-z])(?!one\b|once\b|eu-)|\ba ARM64\b|\ban (?!code\b|value\b)(?=[bcdfgjkpqtvwyz][a-z])/,
    "a or an, by how it is spoken",
  ],
  [/\b(the|a|an|is|are|of|to|in|that|for|with|it|be|has|not|on|by|as) \1\b/, "the word once"],
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

test("a number before a noun is written with its plural by counted", () => {
  const offences = visibleTexts()
    .filter(({ place }) => /\.ts:\d+$/.test(place))
    .filter(({ text }) => countedNoun.test(text))
    .map(({ place, text }) => `${place}: ${text.slice(0, 160)}`);
  assert.deepEqual(offences, []);
});

/** A value and a noun in the plural. What follows a limit or all of them is never one, and ages begin at two days. */
const countedNoun =
  /(?<!\b(?:most|than|all|and|within|over|diagnostics has) )… (?:(?:more|matching|missing|active) )?(?:container instances|instances|tasks|services|daemons|expressions|errors|files|lines|changes|attributes|problems|types|batches|groups|entries|replicas)\b/i;

test("titles of commands and views are in title case", () => {
  const { commands, views, viewsContainers, submenus = [] } = manifest();
  const titles = [
    ...commands.map((it) => it.title),
    ...Object.values(views).flatMap((it) => it.map(({ name }) => name)),
    ...Object.values(viewsContainers).flatMap((it) => it.map(({ title }) => title)),
    ...submenus.map((it) => it.label),
  ];
  assert.ok(titles.length > 20, `${titles.length} titles are found`);
  assert.deepEqual(
    titles.filter((title) =>
      title.split(" ").some((word, at) => /^[a-z]/.test(word) && (at === 0 || !smallWords.has(word))),
    ),
    [],
  );
});

/** Words that stay small inside a title. */
const smallWords = new Set([
  "a",
  "an",
  "and",
  "as",
  "at",
  "by",
  "for",
  "from",
  "in",
  "of",
  "on",
  "or",
  "the",
  "to",
  "with",
]);

interface Titles {
  readonly commands: readonly { readonly title: string }[];
  readonly views: Readonly<Record<string, readonly { readonly name: string }[]>>;
  readonly viewsContainers: Readonly<Record<string, readonly { readonly title: string }[]>>;
  readonly submenus?: readonly { readonly label: string }[];
}

function manifest(): Titles {
  const text = readFileSync(join(projectRoot, "package.json"), "utf8");
  return (JSON.parse(text) as { readonly contributes: Titles }).contributes;
}

test("finished messages are sentences, and titles of fixes are not", () => {
  const texts = finishedTexts();
  assert.ok(texts.length > 500, `${texts.length} texts are found`);
  const faults = texts.filter(({ text, isTitle }) =>
    isTitle ? !/^[A-Z].*[^.]$/.test(text) : !isSentenceWithValues(withoutCode(text)),
  );
  assert.deepEqual(faults, []);
});

/** Begins with a capital, a value or a name, ends with a full stop, and has every value. */
function isSentenceWithValues(text: string): boolean {
  const begins = /^(?:[A-Z'"\d]|code|value|ecs(?:\.|presso ))/.test(text);
  return begins && /[.?]$/.test(text) && !/\.\.| {2}|\{/.test(text);
}

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
 * Without what names things as they are named: code between backquotes, tags, codes of diagnostics and anchors, and the
 * places where a message has a value.
 */
function withoutCode(text: string): string {
  return text
    .replace(/\\?`[^`]*`/g, "code")
    .replace(/<[^>]*>/g, "")
    .replace(/\{\w+\}/g, "value")
    .replace(/\b\w+(?:-\w+)+\b/g, "code");
}
