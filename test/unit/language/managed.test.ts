// Hover and completion in the files of managed daemons.

import assert from "node:assert/strict";
import { test } from "node:test";
import { completeInput } from "../../../server/src/core/language/inputCompletion";
import { hoverInput } from "../../../server/src/core/language/inputHover";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";

const surroundings = { taskDefinition: undefined, families: [] };

function hover(file: string, marked: string): string {
  const offset = marked.indexOf("$0");
  return hoverInput(openResource(file, marked.replace("$0", "")), offset)?.text ?? "";
}

function labels(file: string, marked: string): readonly string[] {
  const offset = marked.indexOf("|");
  return completeInput(openResource(file, marked.replace("|", "")), offset, surroundings).map(
    (it) => it.label,
  );
}

test("hover says what is particular to managed daemons, and shares the rest with task definitions", () => {
  assert.match(
    hover("a.daemon.json", '{"daemonName": "a", "crit$0ical": true}'),
    /becomes? active|become active/,
  );
  assert.match(hover("a.daemon.json", '{"daemonArn": "a", "crit$0ical": true}'), /API_UpdateDaemon/);
  assert.match(
    hover("a.daemon-taskdef.json", '{"containerDefinitions": [{"im$0age": "a"}]}'),
    /API_DaemonContainerDefinition/,
  );
  assert.match(hover("a.daemon-taskdef.json", '{"containerDefinitions": [], "mem$0ory": "512"}'), /0.5 GiB/);
});

test("completion offers what managed daemons have, and nothing that they do not have", () => {
  const members = labels("a.daemon-taskdef.json", '{"containerDefinitions": [{"name": "a", "|"}]}');
  assert.ok(members.includes("healthCheck") && members.includes("health check over HTTP"));
  assert.ok(!members.includes("portMappings"));
  const modes = labels("a.daemon-taskdef.json", '{"containerDefinitions": [], "pidMode": "|"}');
  assert.deepEqual(modes, ["none", "shared"]);
  assert.ok(labels("a.daemon.json", '{"daemonName": "a", "|"}').includes("capacityProviderArns"));
  const dependency = '{"name": "b", "dependsOn": [{"containerName": "|"}]}';
  assert.deepEqual(
    labels("a.daemon-taskdef.json", `{"containerDefinitions": [{"name": "a"}, ${dependency}]}`),
    ["a"],
  );
});

test("the snippet of an empty file has nothing that is refused", () => {
  for (const file of ["a.daemon-taskdef.json", "a.daemon.json"]) {
    const [snippet] = completeInput(openResource(file, ""), 0, surroundings);
    const text = snippet?.insertText.replace(/\$\{\d+:([^}]*)\}/g, "$1").replaceAll("$0", "") ?? "";
    const found = validateDocument(openResource(file, text)).filter(
      ({ severity }) => severity === "error" || severity === "warning",
    );
    assert.deepEqual(found, [], text);
  }
});
