// Files that quote task definitions, or speak of them, are none: they are no JSON with a slip.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";

const kindsOf = (file: string, text: string, options = {}) =>
  openResources(file, text, options).map((it) => it.kind);

const definition = `{ "family": "agent", "containerDefinitions": [{ "name": "agent", "image": "agent:7" }] }`;
const service = `{ "serviceName": "agent", "taskDefinition": "agent", "schedulingStrategy": "DAEMON" }`;
const others: Readonly<Record<string, string>> = {
  "buildspec.yml": `version: 0.2\nphases:\n  build:\n    commands:\n      - |\n        cat <<EOF > taskdef.json\n        ${definition}\n        EOF\n`,
  ".github/workflows/deploy.yml": `jobs:\n  deploy:\n    steps:\n      - run: aws ecs register-task-definition --cli-input-json '${definition}'\n`,
  "charts/agent.yaml": `{{- if .Values.agent }}\ndata:\n  taskdef.json: |\n    ${definition}\n{{- end }}\n`,
  "agent.yaml": "family: agent\ncontainerDefinitions:\n  - name: agent\n    image: agent:7\n",
  "service.yaml": "serviceName: agent\ntaskDefinition: agent\nschedulingStrategy: DAEMON\n",
  "inline.yaml": `{ family: agent, containerDefinitions: [{ name: agent, image: "agent:7" }] }\n`,
  "user_data.sh.tpl": `#!/bin/sh\naws ecs create-service --cli-input-json '${service}'\n`,
  "user_data.tftpl": `#cloud-config\nwrite_files:\n  - content: '${definition}'\n`,
  "motd.template": "The containerDefinitions: of the agent\n",
  "README.md": `# Agent\n\n\`\`\`json\n${definition}\n\`\`\`\n`,
  "notes.txt": "serviceName: agent, schedulingStrategy: DAEMON\n",
};

for (const [file, text] of Object.entries(others))
  test(`${file} is none of ours`, () => assert.deepEqual(kindsOf(file, text), [undefined]));

test("JSON with a slip stays a task definition, under any name that JSON may have", () => {
  const slip = definition.replace('"agent",', '"agent"');
  const files = ["agent.json", "agent.jsonc", "agent.json.dist", "agent.json.tpl", "agent.taskdef.json"];
  for (const file of files) {
    assert.deepEqual(kindsOf(file, slip), ["taskDefinition"], file);
    assert.deepEqual(kindsOf(file, slip.replace("{", "")), ["taskDefinition"], `${file}, without its brace`);
  }
  for (const file of ["Untitled-1", "agent", "agent.tpl", "agent.template", "stdin"]) {
    assert.deepEqual(kindsOf(file, slip), ["taskDefinition"], file);
    assert.deepEqual(kindsOf(file, `\ufeff// Agent\n${slip}`), ["taskDefinition"], `${file}, with a comment`);
    const earlier = { earlierKind: "taskDefinition" };
    assert.deepEqual(kindsOf(file, `x${slip}`, earlier), ["taskDefinition"], `${file}, being typed`);
  }
});

test("a word under the name of the containers shows nothing", () => {
  assert.deepEqual(kindsOf("en.json", '{ "containerDefinitions": "Containers" }'), [undefined]);
  assert.deepEqual(kindsOf("settings.json", '{ "containerDefinitions": true }'), [undefined]);
  const settings = '{ "taskDefinition": { "cpu": 256, "containerDefinitions": { "web": {} } } }';
  assert.deepEqual(kindsOf("values.json", settings), [undefined]);
  const answer = `{ "taskDefinition": ${definition} }`;
  assert.deepEqual(kindsOf("answer.json", answer), ["taskDefinition"]);
  assert.deepEqual(kindsOf("agent.json", '{ "containerDefinitions": ${CONTAINERS} }'), ["taskDefinition"]);
  assert.deepEqual(kindsOf("agent.json", '{ "containerDefinitions": "${CONTAINERS}" }'), ["taskDefinition"]);
  assert.deepEqual(kindsOf("agent.taskdef.json", '{ "containerDefinitions": "agent" }'), ["taskDefinition"]);
});
