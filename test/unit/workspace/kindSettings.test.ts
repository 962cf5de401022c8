// The setting `ecsDaemon.documentKinds`: for what it decides, and for what not.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResource } from "../../../server/src/core/resources/resource";
import { inSetKind, readKindSettings } from "../../../server/src/core/workspace/kindSettings";

const containers = '"containerDefinitions": [{"name": "a", "image": "b"}]';
const kindWith = (settings: unknown, file: string, text: string) =>
  inSetKind(openResource(file, text), readKindSettings(settings)).kind;
const daemons = [{ files: "daemons/**", kind: "daemonTaskDefinition" }];

test("an entry decides where content and name leave it open", () => {
  const open = `{"family": "a", ${containers}}`;
  assert.equal(kindWith(daemons, "/w/daemons/a.json", open), "daemonTaskDefinition");
  assert.equal(kindWith(daemons, "/w/daemons/falcon.taskdef.json", open), "daemonTaskDefinition");
  assert.equal(kindWith(daemons, "/w/other/a.json", open), "taskDefinition");
  const both = [...daemons, { files: "a.json", kind: "taskDefinition" }];
  assert.equal(kindWith(both, "/w/daemons/a.json", open), "taskDefinition");
  const service = [{ files: "/w/x.json", kind: "service" }];
  assert.equal(kindWith(service, "/w/x.json", '{"desiredCount": 1}'), "service");
});

test("content that only one kind can have, and a daemon's name, count more", () => {
  const ordinary = `{"family": "a", "networkMode": "host", ${containers}}`;
  assert.equal(kindWith(daemons, "/w/daemons/a.json", ordinary), "taskDefinition");
  const shared = `{"family": "a", "pidMode": "shared", ${containers}}`;
  const ordinaries = [{ files: "**", kind: "taskDefinition" }];
  assert.equal(kindWith(ordinaries, "/w/falcon.taskdef.json", shared), "daemonTaskDefinition");
  const open = `{"family": "a", ${containers}}`;
  assert.equal(kindWith(ordinaries, "/w/a.daemon-taskdef.json", open), "daemonTaskDefinition");
});

test("what is not an entry is left out, and the answer for one document stays the same object", () => {
  assert.deepEqual(readKindSettings([{ files: "x" }, { kind: "fleet" }, 3, { files: "x", kind: "no" }]), []);
  assert.deepEqual(readKindSettings({}), []);
  const settings = readKindSettings(daemons);
  const document = openResource("/w/daemons/a.json", `{"family": "a", ${containers}}`);
  assert.equal(inSetKind(document, settings), inSetKind(document, settings));
});

test("a snapshot with the capacity providers of its cluster is a snapshot", () => {
  const text =
    '{"capacityProviders": [{"name": "mi", "managedInstancesProvider": {"infrastructureRoleArn": "x"}}], "containerInstances": []}';
  assert.equal(openResource("/w/a.json", text).kind, "clusterSnapshot");
});
