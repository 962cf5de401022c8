import assert from "node:assert/strict";
import { test } from "node:test";
import { type NameKind, nameAt, namesIn, problemOfName } from "../../../server/src/core/language/names";
import { openResource } from "../../../server/src/core/resources/resource";
import { atCursor } from "../../support/cursor";

const places: readonly (readonly [string, NameKind, string, boolean])[] = [
  ['{ "family": "ag$0ent", "containerDefinitions": [] }', "family", "agent", true],
  ['{ "containerDefinitions": [{ "name": "a$0pp" }] }', "container", "app", true],
  ['{ "containerDefinitions": [{ "links": ["a$0pp:alias"] }] }', "container", "app", false],
  [
    '{ "containerDefinitions": [{ "dependsOn": [{ "containerName": "app$0" }] }] }',
    "container",
    "app",
    false,
  ],
  [
    '{ "containerDefinitions": [{ "volumesFrom": [{ "sourceContainer": "$0app" }] }] }',
    "container",
    "app",
    false,
  ],
  [
    '{ "containerDefinitions": [], "proxyConfiguration": { "containerName": "a$0pp" } }',
    "container",
    "app",
    false,
  ],
  ['{ "containerDefinitions": [], "volumes": [{ "name": "so$0ck" }] }', "volume", "sock", true],
  [
    '{ "containerDefinitions": [{ "mountPoints": [{ "sourceVolume": "so$0ck" }] }] }',
    "volume",
    "sock",
    false,
  ],
  ['{ "containerDefinitions": [{ "portMappings": [{ "name": "ht$0tp" }] }] }', "port", "http", true],
];
for (const [marked, kind, name, isDeclaration] of places)
  test(`${isDeclaration ? "the declaration" : "a use"} of a ${kind} is found at ${marked}`, () => {
    const { text, offset } = atCursor(marked);
    const found = nameAt(openResource("x.taskdef.json", text), offset);
    assert.ok(found);
    assert.deepEqual([found.kind, found.name, found.isDeclaration], [kind, name, isDeclaration]);
    assert.equal(text.slice(found.span.start, found.span.end), name);
  });

test("the family in a reference of any form is the name alone", () => {
  for (const reference of [
    "agent",
    "agent:3",
    "arn:aws:ecs:eu-west-1:123456789012:task-definition/agent:3",
  ]) {
    const text = JSON.stringify({ serviceName: "agent", taskDefinition: reference });
    const [found] = namesIn(openResource("x.service.json", text));
    assert.equal(found?.kind, "family");
    assert.equal(text.slice(found?.span.start, found?.span.end), "agent");
    assert.equal(found?.span.start, text.lastIndexOf("agent"));
  }
});

test("what is not a name has no place: placeholders, numbers, empty texts", () => {
  const text = '{ "family": "{{ family }}", "containerDefinitions": [{ "name": 3 }, { "name": "" }] }';
  assert.deepEqual(namesIn(openResource("x.taskdef.json", text)), []);
});

test("a name written with escapes is the name that it stands for", () => {
  const text =
    '{ "family": "x", "containerDefinitions": [{ "name": "\\u0061pp" }, { "links": ["\\u0061pp:other", "app"] }] }';
  const uses = namesIn(openResource("x.taskdef.json", text)).filter((it) => it.kind === "container");
  assert.deepEqual(
    uses.map((it) => [it.name, text.slice(it.span.start, it.span.end), it.isDeclaration]),
    [
      ["app", "\\u0061pp", true],
      ["app", "\\u0061pp", false],
      ["app", "app", false],
    ],
  );
});

test("a new name must be one that ECS accepts", () => {
  assert.equal(problemOfName("container", "side-car_2"), undefined);
  assert.match(problemOfName("container", "side car") ?? "", /letters, digits, hyphens and underscores\.$/);
  assert.match(problemOfName("family", "x".repeat(256)) ?? "", /255/);
  assert.equal(problemOfName("port", "http-1"), undefined);
  assert.match(problemOfName("port", "HTTP") ?? "", /lowercase/);
  assert.match(problemOfName("port", "-http") ?? "", /hyphen/);
});
