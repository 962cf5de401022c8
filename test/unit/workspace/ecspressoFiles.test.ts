// Task definitions of services by the configurations of ecspresso: only what each of them says, and says now.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResource } from "../../../server/src/core/resources/resource";
import { pairsOfEcspresso } from "../../../server/src/core/workspace/ecspressoFiles";
import { validateInWorkspace } from "../../../server/src/core/workspace/validateInWorkspace";
import { createWorkspace } from "../../../server/src/core/workspace/workspace";

const pairsOf = (...texts: readonly string[]) =>
  Object.fromEntries(
    pairsOfEcspresso(
      texts.map((text) => ({ folder: "/w", text })),
      (folder, name) => `${folder}/${name.replace(/^\.\//, "")}`,
    ),
  );
const config = (service: string, taskDefinition: string) =>
  `region: us-east-1\ncluster: default\nservice: agent\nservice_definition: ${service}\ntask_definition: ${taskDefinition}\ntimeout: 10m\n`;

const cases: readonly (readonly [string, readonly string[], object])[] = [
  ["names both files", [config("s.json", "./t.json")], { "/w/s.json": "/w/t.json" }],
  [
    "may be JSON",
    ['{ "service_definition": "s.json", "task_definition": "t.json" }'],
    { "/w/s.json": "/w/t.json" },
  ],
  ["may be quoted", [config('"s.json"', "'t.json'")], { "/w/s.json": "/w/t.json" }],
  [
    "may agree with another one",
    [config("s.json", "t.json"), config("s.json", "t.json")],
    { "/w/s.json": "/w/t.json" },
  ],
  [
    "decides nothing where another one disagrees",
    [config("s.json", "t.json"), config("s.json", "u.json")],
    {},
  ],
  [
    "decides nothing where another one leaves it open",
    [config("s.json", "t.json"), config("s.json", "{{ must_env `T` }}")],
    {},
  ],
  ["may fill in a name", [config("s-{{ env `STAGE` }}.json", "t.json")], {}],
  ["may name Jsonnet", [config("s.jsonnet", "t.jsonnet"), config("s.json", "t.jsonnet")], {}],
  ["may have a service alone", ["service_definition: s.json\n"], {}],
  ["may be for tasks alone", ["task_definition: t.json\n"], {}],
  ["may be half typed", ["service_definition: s.json\ntask_definition:", "{", "- a", ""], {}],
];
for (const [what, texts, expected] of cases)
  test(`a configuration ${what}`, () => assert.deepEqual(pairsOf(...texts), expected));

test("a service goes with the task definition of its configuration, whatever its own reference", () => {
  const definition = (family: string, networkMode: string) =>
    JSON.stringify({ family, networkMode, containerDefinitions: [{ name: "a", image: "a", memory: 64 }] });
  for (const reference of [{}, { taskDefinition: "other" }]) {
    const service = {
      serviceName: "s",
      schedulingStrategy: "DAEMON",
      ...reference,
      networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-0aaa1111"] } },
    };
    const files = [
      openResource("/w/s.service.json", JSON.stringify(service)),
      openResource("/w/t.taskdef.json", definition("agent", "bridge")),
      openResource("/w/u.taskdef.json", definition("other", "awsvpc")),
    ];
    const of = (configured: string | undefined) => {
      const workspace = createWorkspace({
        files: files.map((document) => ({ path: document.source.file, document })),
        pathOf: (it) => it.source.file,
        configured: (path) => (path === "/w/s.service.json" ? configured : undefined),
      });
      const [document] = files;
      assert.ok(document);
      const { taskDefinition } = workspace.pairingOf(document);
      const errors = validateInWorkspace(document, () => workspace).filter((it) => it.severity === "error");
      return [taskDefinition?.source.file, ...errors.map((it) => it.code)];
    };
    assert.deepEqual(of("/w/t.taskdef.json"), ["/w/t.taskdef.json", "network-configuration-needless"]);
    assert.deepEqual(of("/w/u.taskdef.json"), ["/w/u.taskdef.json"]);
    // One that is not there leaves it to the reference.
    const referred = "taskDefinition" in reference ? "/w/u.taskdef.json" : undefined;
    assert.deepEqual(of("/w/missing.json"), [referred]);
    assert.deepEqual(of(undefined), [referred]);
  }
});
