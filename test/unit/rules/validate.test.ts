import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readClusterText } from "../../../server/src/core/cluster/readClusterText";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { applyEdits, readFixture } from "../../support/markers";
import { validationFixtures } from "../../support/validationFixtures";
import "../../support/sameSequences";

test("a document that is none of ours has no findings", () => {
  assert.deepEqual(validateDocument(openResource("package.json", '{"name": 1,}')), []);
});

test("findings come in the order of the text", () => {
  const text = '{"tags": [], "containerDefinitions": [{"image": 1}], "family": ""}';
  const starts = validateDocument(openResource("x.json", text)).map((it) => it.span.start);
  assert.ok(starts.length > 3);
  assert.deepEqual(
    starts,
    [...starts].sort((left, right) => left - right),
  );
});

test("an expression that cannot be read is not held against the cluster as well", () => {
  const cluster = readClusterText(
    "x.ecs-fleet.json",
    '{ "groups": [{ "count": 1, "instanceType": "m5.large", "zones": ["eu-west-1a"], "attributes": { "env": "prod" } }] }',
  ).cluster;
  assert.ok(cluster);
  const codes = (text: string) =>
    validateDocument(openResource("x.ecsquery", text), { cluster }).map((it) => it.code);
  assert.deepEqual(codes("attribute:evn == prod"), ["expression-unknown-attribute"]);
  assert.deepEqual(codes("attribute:evn = prod"), ["expression-single-equals"]);
  assert.deepEqual(codes("attribute:evn == prod and"), ["expression-missing-comparison"]);
});

test("a rule that fails costs its own findings only, and the fault is told", () => {
  const text = '{"family": "a b", "containerDefinitions": [], "requiresCompatibilities": ["FARGATE"]}';
  const faults: string[] = [];
  const found = validateDocument(openResource("x.taskdef.json", text.replace("a b", "ab")), {
    findServices: () => {
      throw new Error("a bug");
    },
    onRuleFault: (codes, fault) => faults.push(`${codes.join()}: ${(fault as Error).message}`),
  });
  assert.deepEqual(faults, ["never-a-daemon: a bug"]);
  assert.ok(found.some((it) => it.code === "no-containers"));
});

test("whatever is edited, rules do not fail, spans lie inside the text and fixes can be applied", () => {
  const texts = validationFixtures
    .map((it) => readFixture(it.source, "agent.taskdef.json"))
    .filter((it) => it.text.length < 2000);
  const piece = fc.constantFrom(
    '"',
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "null",
    "true",
    "-1",
    '""',
    "{{ x }}",
    "$A",
    "[]",
    "{}",
    "1e9",
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.nat(2000),
      fc.nat(30),
      piece,
      ({ text, fileName }, at, drop, insert) => {
        const edited = text.slice(0, at) + insert + text.slice(at + drop);
        const found = validateDocument(openResource(fileName, edited), {
          onRuleFault: (codes, fault) => assert.fail(`${codes.join()}: ${(fault as Error).stack}`),
        });
        for (const { span, fixes } of found) {
          assert.ok(0 <= span.start && span.start <= span.end && span.end <= edited.length);
          for (const fix of fixes ?? []) applyEdits(edited, fix.edits);
        }
      },
    ),
    { numRuns: 500 },
  );
});
