// What an older or a newer version of the extension left in a workspace.

import assert from "node:assert/strict";
import { test } from "node:test";
import { readStoredChoice, storedChoice } from "../../../client/src/cluster/clusterChoice";
import { refusedPage } from "../../../client/src/preview/panelPage";
import { readFleet } from "../../../server/src/core/cluster/fleet";

const aws = { kind: "aws", cluster: "web", profile: "dev" } as const;

test("a choice is read as it was stored", () => {
  for (const choice of ["local", "file:///w/a.ecs-fleet.json", aws])
    assert.deepEqual(readStoredChoice(JSON.parse(JSON.stringify(storedChoice(choice)))), { choice });
});

test("a choice that was stored before it had a version is still read", () => {
  for (const choice of ["local", aws]) assert.deepEqual(readStoredChoice(choice), { choice });
  assert.deepEqual(readStoredChoice(undefined), { choice: undefined });
});

test("a choice of another version is named, not guessed at", () => {
  for (const version of [2, "1", null, 0])
    assert.deepEqual(readStoredChoice({ version, cluster: "local" }), { unknownVersion: String(version) });
});

test("a panel of another version says so on a page that runs nothing", () => {
  const page = refusedPage("<2>");
  assert.match(page, /another version of ECS Daemon/);
  assert.match(page, /form &lt;2&gt;/);
  assert.doesNotMatch(page, /<script/);
  assert.match(page, /default-src 'none'/);
});

test("a fleet file of a later version is refused with its version, whatever groups it has", () => {
  const groups = [{ count: 2, instanceType: "m5.large" }];
  const { cluster, failure, problems } = readFleet(JSON.stringify({ version: 2, groups }));
  assert.match(failure ?? "", /version, 2.*later version/);
  assert.deepEqual([cluster.instances.length, problems.map((it) => it.path)], [0, ["/version"]]);
  assert.equal(readFleet(JSON.stringify({ groups })).failure, undefined);
});
