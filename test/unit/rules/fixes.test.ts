// The edits of a fix never overlap, in whole and in damaged texts: an editor refuses a change whose edits do.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addConstraint } from "../../../server/src/core/language/expressions/addConstraint";
import { constraintRefactorings } from "../../../server/src/core/language/expressions/constraintRefactorings";
import { expressionsOf } from "../../../server/src/core/language/expressions/expressions";
import { openResource } from "../../../server/src/core/resources/resource";
import { fix } from "../../../server/src/core/rules/fix";
import { makeDiagnostic } from "../../../server/src/core/rules/reporter";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { areApart, replaceText, type TextEdit } from "../../../server/src/core/source/change";
import { documents } from "../../fuzz/corpus";
import { editedFile } from "../../fuzz/texts";
import { applyEdits, readFixture } from "../../support/markers";
import { validationFixtures } from "../../support/validationFixtures";
import "../../support/sameSequences";

interface Change {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** Every change of a text that an author is offered. */
function changesOf(name: string, text: string): readonly Change[] {
  const document = openResource(name, text);
  const edits = addConstraint(document, "attribute:env == prod", true);
  return [
    ...validateDocument(document).flatMap((it) => it.fixes ?? []),
    ...expressionsOf(document).flatMap((it) => constraintRefactorings(document, it.span)),
    ...(typeof edits === "string" ? [] : [{ title: "Add the constraint", edits }]),
  ];
}

function assertApart(name: string, text: string): void {
  for (const { title, edits } of changesOf(name, text))
    assert.ok(areApart(edits), `The edits of "${title}" overlap in ${JSON.stringify(text)}`);
}

test("the edits of a change are apart, whatever was damaged", () => {
  fc.assert(
    fc.property(editedFile(documents), ({ name = "", text = "" }) => assertApart(name, text)),
    { numRuns: 1000 },
  );
});

test("a change of valid JSON leaves valid JSON, in every layout", () => {
  const fixtures = validationFixtures.map((it) => readFixture(it.source, "agent.taskdef.json"));
  for (const { fileName, text } of fixtures) {
    const value = tryParse(text);
    if (value === undefined) continue;
    const layouts = [
      JSON.stringify(value),
      JSON.stringify(value, null, 2),
      JSON.stringify(value, null, "\t "),
    ];
    for (const layout of layouts)
      for (const { title, edits } of changesOf(fileName, layout))
        assert.notEqual(tryParse(applyEdits(layout, edits)), undefined, `"${title}" in ${layout}`);
  }
});

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

test("a character lost anywhere in a task definition leaves no change whose edits overlap", () => {
  const text = JSON.stringify({
    family: "agent",
    networkMode: "none",
    containerDefinitions: [
      { name: "a", image: "a", pidMode: "host", logConfiguration: { "awslogs-group": "a" } },
    ],
    placementConstraints: [{ type: "memberOf", expression: "attribute:a == b and attribute:c == d" }],
  });
  for (let at = 0; at <= text.length; at += 1)
    assertApart("a.taskdef.json", text.slice(0, at) + text.slice(at + 1));
});

test("a log option without a neighbour is moved into options", () => {
  const text =
    '{ "family": "a", "containerDefinitions": [{ "logConfiguration": { "awslogs-group": "g" } }] }';
  const [move] = changesOf("a.taskdef.json", text).filter((it) => it.title === "Move 'awslogs-group' there");
  assert.equal(
    applyEdits(text, move?.edits ?? []),
    '{ "family": "a", "containerDefinitions": [{ "logConfiguration": { "options": { "awslogs-group": "g" } } }] }',
  );
});

test("a fix whose edits overlap is not offered, whichever rule made it", () => {
  const edit = (start: number, end: number) => replaceText({ start, end }, "");
  const { fixes } = makeDiagnostic(
    "json-syntax",
    { start: 0, end: 1 },
    { problem: "" },
    {
      fixes: [
        fix("apart", true, edit(4, 6), edit(0, 4)),
        fix("overlapping", true, edit(3, 6), edit(0, 4)),
        fix("empty", true),
      ],
    },
  );
  assert.deepEqual(
    fixes?.map((it) => it.title),
    ["apart"],
  );
});

test("the text in which a fix once overlapped itself", () => {
  const text = '{"","containerDefinitions":[{"","logConfiguration":{true"","awslogs-":"\n\n';
  assertApart("a.taskdef.json", text);
  assert.ok(validateDocument(openResource("a.taskdef.json", text)).length > 0);
});
