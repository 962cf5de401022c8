// A definition that could be of either kind is what the workspace makes of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateInWorkspace } from "../../../server/src/core/workspace/validateInWorkspace";
import { createWorkspace } from "../../../server/src/core/workspace/workspace";

const definition = '{"family": "agent", "containerDefinitions": [{"name": "agent", "image": "agent:1"}]}';
const arn = "arn:aws:ecs:eu-west-1:123456789012:";
const daemon = JSON.stringify({
  daemonName: "agent",
  daemonTaskDefinitionArn: `${arn}daemon-task-definition/agent:3`,
  capacityProviderArns: [`${arn}capacity-provider/general`],
});
const service = '{"serviceName": "agent", "taskDefinition": "agent", "schedulingStrategy": "DAEMON"}';

function memorySeverity(files: Readonly<Record<string, string>>): string | undefined {
  const documents = Object.entries(files).map(([name, text]) => openResource(name, text));
  const workspace = createWorkspace({
    files: documents.map((document) => ({ path: document.source.file, document })),
    pathOf: (it) => it.source.file,
  });
  const asked = documents.find((it) => it.source.file === "agent.taskdef.json");
  assert.ok(asked);
  return validateInWorkspace(asked, () => workspace).find((it) => it.code === "memory-missing")?.severity;
}

test("a daemon that refers to the family makes it a daemon task definition", () => {
  assert.equal(memorySeverity({ "agent.taskdef.json": definition }), "error");
  assert.equal(memorySeverity({ "agent.taskdef.json": definition, "a.daemon.json": daemon }), "warning");
});

test("a service that refers to it, or what only ordinary definitions have, keeps it ordinary", () => {
  const both = { "agent.taskdef.json": definition, "a.daemon.json": daemon, "a.service.json": service };
  assert.equal(memorySeverity(both), "error");
  const ordinary = definition.replace("{", '{"networkMode": "host", ');
  assert.equal(memorySeverity({ "agent.taskdef.json": ordinary, "a.daemon.json": daemon }), "error");
});
