// Ansible's tasks and ecs-params.yml: their inputs, problems at the places of the text, and fixes in their names.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { applied } from "../../support/hostFixes";
import { plain } from "../source/trees";

const playbook = `- hosts: localhost
  tasks:
    - name: the agent
      block:
        - name: define the agent
          community.aws.ecs_taskdefinition:
            family: agent
            network_mode: host
            state: present
            containers:
              - name: agent
                image: "{{ image }}"
                memory: 128
                portMappings: [{ containerPort: 8126, hostPort: 8125 }]
        - name: run it everywhere
          ecs_service:
            state: present
            name: agent
            cluster: main
            task_definition: agent
            scheduling_strategy: DAEMON
            placement_constraints:
              - type: memberOf
                expression: attribute:env = prod
            deployment_configuration: { maximum_percent: 100, minimum_healthy_percent: 0 }
        - name: remove it
          ecs_service: { state: absent, name: agent }
`;

const params = `version: 1
run_params:
  task_placement:
    constraints:
      - type: memberOf
        expression: attribute:env = prod
`;

test("the tasks of a playbook are inputs of ECS", () => {
  const found = openResources("playbook.yml", playbook);
  assert.deepEqual(
    found.map((it) => [it.hosted?.id, it.kind]),
    [
      ["define the agent", "taskDefinition"],
      ["run it everywhere", "service"],
    ],
  );
  assert.deepEqual(plain(found[1]?.input), {
    serviceName: "agent",
    cluster: "main",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
    placementConstraints: [{ type: "memberOf", expression: "attribute:env = prod" }],
    deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 0 },
  });
});

for (const [file, text, code, from, to] of [
  ["playbook.yml", playbook, "host-port-mismatch", "hostPort: 8125", "hostPort: 8126"],
  ["playbook.yml", playbook, "expression-single-equals", "env = prod", "env == prod"],
  ["ecs-params.yml", params, "expression-single-equals", "env = prod", "env == prod"],
] as const)
  test(`${code} in ${file} is found and mended`, () => {
    const diagnostics = openResources(file, text).flatMap((it) => validateDocument(it));
    const found = diagnostics.find((it) => it.code === code);
    assert.ok(found, JSON.stringify(diagnostics.map((it) => it.code)));
    assert.equal(applied(text, found.fixes?.[0]?.edits ?? []), text.replace(from, to));
  });

test("a misspelt expression of ecs-params.yml is found: the constraint would have none", () => {
  const text = params.replace("expression:", "expresion:");
  const [found, ...others] = openResources("ecs-params.yml", text).flatMap((it) => validateDocument(it));
  assert.deepEqual(others, []);
  assert.equal(found?.code, "misspelt-member");
  assert.equal(applied(text, found?.fixes?.[0]?.edits ?? []), params);
});

test("other YAML is left alone", () => {
  for (const text of [
    "ecs_service_name: a\n",
    "a:\n  - ecs_taskdefinition_family: b\n",
    "task_placement: 1\n",
  ])
    assert.deepEqual(
      openResources("vars.yml", text).map((it) => it.kind),
      [undefined],
    );
});
