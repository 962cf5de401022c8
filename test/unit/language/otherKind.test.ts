// The renaming that makes a definition one of the other kind.

import assert from "node:assert/strict";
import { test } from "node:test";
import { renameToOtherKind, settingOfOtherKind } from "../../../server/src/core/language/managed/otherKind";
import { openResource } from "../../../server/src/core/resources/resource";

const definition = (more = "") =>
  `{${more}"family": "a", "containerDefinitions": [{"name": "a", "image": "b"}]}`;
const renamed = (file: string, text = definition()) => renameToOtherKind(openResource(file, text))?.file;

test("what could be of either kind gets the name of the other one, and the way back", () => {
  assert.equal(renamed("file:///w/a.taskdef.json"), "file:///w/a.daemon-taskdef.json");
  assert.equal(renamed("/w/task-definition.json"), "/w/task-definition.daemon-taskdef.json");
  assert.equal(renamed("/w/a.daemon-taskdef.json"), "/w/a.taskdef.json");
  const ordinary = definition('"networkMode": "host", ');
  assert.equal(renamed("/w/a.daemon-taskdef.json", ordinary), "/w/a.taskdef.json");
  const text = definition();
  assert.equal(openResource("/w/a.daemon-taskdef.json", text).kind, "daemonTaskDefinition");
  assert.equal(openResource("/w/a.taskdef.json", text).kind, "taskDefinition");
});

test("where the content decides, no name would change it", () => {
  assert.equal(renamed("/w/a.taskdef.json", definition('"networkMode": "host", ')), undefined);
  assert.equal(renamed("/w/a.taskdef.json", definition('"pidMode": "shared", ')), undefined);
  assert.equal(renamed("/w/a.daemon-taskdef.json", definition('"pidMode": "shared", ')), undefined);
  assert.equal(renamed("/w/a.service.json", '{"serviceName": "a", "taskDefinition": "b"}'), undefined);
});

test("a setting is offered where neither content nor name decides, both ways", () => {
  const offered = (file: string, kind?: "daemonTaskDefinition", text = definition()) =>
    settingOfOtherKind(openResource(file, text, { kind }))?.kind;
  assert.equal(offered("/w/a.taskdef.json"), "daemonTaskDefinition");
  assert.equal(offered("/w/a.taskdef.json", "daemonTaskDefinition"), "taskDefinition");
  assert.equal(offered("/w/a.daemon-taskdef.json"), undefined);
  assert.equal(offered("/w/a.json", undefined, definition('"pidMode": "shared", ')), undefined);
});
