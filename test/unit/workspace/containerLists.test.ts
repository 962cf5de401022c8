// Lists of containers in files of their own: what is missing in one is known where its reader is seen to take it whole.

import assert from "node:assert/strict";
import { test } from "node:test";
import { nameOfResource, openResources } from "../../../server/src/core/resources/openResources";
import { validateInWorkspace } from "../../../server/src/core/workspace/validateInWorkspace";
import { createWorkspace } from "../../../server/src/core/workspace/workspace";

/** All that is missing is in the containers that somebody adds. */
const part = `[
  {
    "name": "agent", "image": "agent:7", "memory": 128, "essential": false, "links": ["cache"],
    "dependsOn": [{ "containerName": "router", "condition": "START" }],
    "volumesFrom": [{ "sourceContainer": "data" }],
    "logConfiguration": { "logDriver": "awsfirelens" }
  }
]
`;
const missing = [
  "no-essential-container",
  "unknown-link",
  "depends-on-unknown",
  "volumes-from-unknown",
  "firelens-router-missing",
];

const reading = (containers: string) => `resource "aws_ecs_task_definition" "agent" {
  family                = "agent"
  container_definitions = ${containers}
}
`;

function codesOf(list: string, modules: readonly string[] = []): readonly string[] {
  const texts: Record<string, string> = { "list.json": list };
  for (const [index, text] of modules.entries()) texts[`main${index}.tf`] = text;
  const documents = Object.entries(texts).flatMap(([file, text]) =>
    openResources(file, text, { readFile: (path) => texts[path] }),
  );
  const [first] = documents;
  assert.ok(first);
  const files = documents.map((document) => ({ path: nameOfResource(document), document }));
  const workspace = createWorkspace({ files, pathOf: nameOfResource });
  // The other way round after the whole one: a list that is alone again is a part again.
  const found = validateInWorkspace(first, () => workspace).map((it) => it.code);
  const alone = createWorkspace({ files: files.slice(0, 1), pathOf: nameOfResource });
  const aloneAgain = validateInWorkspace(first, () => alone).map((it) => it.code);
  assert.ok(!aloneAgain.some((it) => missing.includes(it)), aloneAgain.join());
  return found;
}

test("a list that nobody is seen to read, or that others are added to, may have more containers", () => {
  assert.deepEqual(codesOf(part), []);
  assert.deepEqual(
    codesOf(part, [reading('jsonencode(concat(jsondecode(file("list.json")), var.more))')]),
    [],
  );
  assert.deepEqual(codesOf(part.replace("128", '128, "essental": true')), ["misspelt-member"]);
});

test("a list that a definition reads as it is has all containers", () => {
  for (const call of ['file("list.json")', 'templatefile("list.json", {})'])
    assert.deepEqual(
      missing.filter((it) => !codesOf(part, [reading(call)]).includes(it)),
      [],
      call,
    );
});
