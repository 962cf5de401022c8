import assert from "node:assert/strict";
import { test } from "node:test";
import { documentValue } from "../../../server/src/core/resources/documentValue";
import { openResource } from "../../../server/src/core/resources/resource";

test("a member called __proto__ is a member like any other", () => {
  const document = openResource("x.json", '{"containerDefinitions": [], "__proto__": {"polluted": true}}');
  const value = documentValue(document) as Record<string, unknown>;
  assert.equal(Object.getPrototypeOf(value), null);
  assert.deepEqual(Object.keys(value), ["containerDefinitions", "__proto__"]);
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
});

test("of two members with one name the last counts, as for the AWS CLI", () => {
  const document = openResource("x.json", '{"containerDefinitions": [], "cpu": "1", "cpu": "2"}');
  assert.equal((documentValue(document) as Record<string, unknown>).cpu, "2");
});

test("lone surrogates and broken texts have a value too", () => {
  const document = openResource(
    "x.taskdef.json",
    '{"family": "\\ud800", "containerDefinitions": [{"name": "a"',
  );
  assert.equal((documentValue(document) as Record<string, unknown>).family, "\ud800");
});
