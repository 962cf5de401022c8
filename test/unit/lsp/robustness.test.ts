// Every editing feature on every prefix of the sample files and on the files with pieces cut out of them.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readClusterText } from "../../../server/src/core/cluster/readClusterText";
import { linksIn } from "../../../server/src/core/language/documentLinks";
import { type OutlineEntry, outlineOf } from "../../../server/src/core/language/documentOutline";
import { constraintRefactorings } from "../../../server/src/core/language/expressions/constraintRefactorings";
import { expressionAt, expressionsOf } from "../../../server/src/core/language/expressions/expressions";
import { completeQuery } from "../../../server/src/core/language/expressions/queryCompletion";
import { hoverQuery } from "../../../server/src/core/language/expressions/queryHover";
import { queryTokens } from "../../../server/src/core/language/expressions/queryTokens";
import { completeInput } from "../../../server/src/core/language/inputCompletion";
import { hoverInput } from "../../../server/src/core/language/inputHover";
import { namesIn } from "../../../server/src/core/language/names";
import { openResource, type Resource } from "../../../server/src/core/resources/resource";
import type { Span } from "../../../server/src/core/text/span";
import { sampleWorkspace } from "../../support/paths";

const fleet = '{ "groups": [{ "count": 3, "instanceType": "m5.large", "attributes": { "env": "prod" } }] }';
const { cluster } = readClusterText("three.ecs-fleet.json", fleet);

/** A generator that gives the same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state % below;
  };
}

function spansOf(document: Resource, offset: number): readonly Span[] {
  const outline = (entries: readonly OutlineEntry[]): readonly Span[] =>
    entries.flatMap((it) => {
      assert.ok(it.span.start <= it.nameSpan.start && it.nameSpan.end <= it.span.end, it.name);
      return [it.span, ...outline(it.children)];
    });
  const completions = completeInput(document, offset, { taskDefinition: undefined, families: [] });
  for (const { replace } of completions) assert.ok(replace.start <= offset && offset <= replace.end);
  return [
    ...completions.map((it) => it.replace),
    ...outline(outlineOf(document)),
    ...namesIn(document).map((it) => it.span),
    ...linksIn(document).map((it) => it.span),
    ...constraintRefactorings(document, { start: offset, end: offset }).flatMap((it) =>
      it.edits.map((edit) => edit.span),
    ),
    ...[hoverInput(document, offset)].flatMap((it) => (it === undefined ? [] : [it.span])),
    ...expressionSpans(document, offset),
  ];
}

function expressionSpans(document: Resource, offset: number): readonly Span[] {
  const tokens = expressionsOf(document).flatMap((it) =>
    queryTokens(it.text).map((token) => it.toDocumentSpan(token.span)),
  );
  const expression = expressionAt(document, offset);
  if (expression === undefined) return tokens;
  const at = expression.toTextOffset(offset);
  const surroundings = { cluster, serviceNames: [], families: [], written: (text: string) => text };
  const found = [
    ...completeQuery(expression.text, at, surroundings).map((it) => it.replace),
    ...[hoverQuery(expression.query(), at, cluster)].flatMap((it) => (it === undefined ? [] : [it.span])),
  ];
  return [...tokens, ...found.map(expression.toDocumentSpan)];
}

function check(fileName: string, text: string, offset: number): void {
  for (const { start, end } of spansOf(openResource(fileName, text), offset))
    assert.ok(0 <= start && start <= end && end <= text.length, `${start} to ${end} of ${text.length}`);
}

const files = readdirSync(sampleWorkspace, { recursive: true })
  .map(String)
  .filter((it) => /\.(taskdef|service)\.json$|\.ecsquery$/.test(it));

for (const name of files)
  test(`no feature fails on any prefix of ${name}, or with pieces cut out of it`, () => {
    const text = readFileSync(join(sampleWorkspace, name), "utf8");
    const random = numbers(text.length);
    const step = Math.ceil(text.length / 400);
    for (let offset = 0; offset <= text.length; offset += step) {
      check(name, text.slice(0, offset), offset);
      check(name, text, offset);
      const from = random(text.length);
      check(name, text.slice(0, from) + text.slice(from + 1 + random(20)), from);
    }
  });

test("there are sample files to try", () => assert.ok(files.length >= 3, String(files)));
