import assert from "node:assert/strict";
import { test } from "node:test";
import { isAnsweredByCall, readCallArguments } from "../../../client/src/commands/callArguments";
import { readStoredPairs, storedPairs, withoutFile, withPair } from "../../../client/src/pairing/storedPairs";

const pair = (taskDefinition: string, service: string | null) => ({ taskDefinition, service });

test("answers are read as they were stored, those of another form are not guessed at", () => {
  const pairs = [pair("file:///w/a.json", "file:///w/s.json"), pair("file:///w/b.json", null)];
  assert.deepEqual(readStoredPairs(JSON.parse(JSON.stringify(storedPairs(pairs)))), pairs);
  for (const value of [undefined, null, "x", pairs, { version: 2, pairs }, { version: 1, pairs: {} }])
    assert.deepEqual(readStoredPairs(value), []);
  const odd = [null, 1, {}, pair("a", "b"), { taskDefinition: "a" }, { taskDefinition: 1, service: null }];
  assert.deepEqual(readStoredPairs({ version: 1, pairs: odd }), [pair("a", "b")]);
});

test("a new answer takes the place of the one about the same task definition and counts first", () => {
  const before = [pair("a", "s"), pair("b", "t")];
  assert.deepEqual(withPair(before, pair("a", null)), [pair("b", "t"), pair("a", null)]);
  assert.deepEqual(withoutFile(before, "t"), [pair("a", "s")]);
  assert.deepEqual(withoutFile(before, "a"), [pair("b", "t")]);
});

test("a call with options is a program's, what VS Code adds to a menu entry is not an option", () => {
  const asked = (...values: readonly unknown[]) => !isAnsweredByCall(readCallArguments(values));
  assert.ok(asked());
  assert.ok(asked("file:///w/a.json"));
  assert.ok(asked("file:///w/a.json", { groupId: 0, editorIndex: 1 }));
  assert.ok(!asked("file:///w/a.json", { cluster: "local" }));
  assert.ok(!asked({ uri: "file:///w/a.json", service: null }));
});
