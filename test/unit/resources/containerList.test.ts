// Lists of containers: alone, as the containers of a definition that nobody sees, and in the definition that reads them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { applied, checkFixes } from "../../support/hostFixes";

const list = `[
  { "name": "agent", "image": "\${image}", "memory": 128, "essental": true,
    "portMappings": [{ "containerPort": 80, "hostPort": \${port} }],
    "mountPoints": [{ "sourceVolume": "sock", "containerPath": "/s" }] }
]
`;

const terraform = `resource "aws_ecs_task_definition" "a" {
  family                = "a"
  container_definitions = templatefile("\${path.module}/td/list.json.tpl", { image = "x", port = 8080 })
}
data "template_file" "list" { template = file("td/list.json.tpl") }
resource "aws_ecs_task_definition" "b" {
  family                = "b"
  container_definitions = data.template_file.list.rendered
  volume { name = "sock" }
}
`;

const found = (file: string, text: string, readFile?: (path: string) => string | undefined) =>
  openResources(file, text, readFile === undefined ? {} : { readFile }).map((it) => [
    it.kind,
    ...validateDocument(it).map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`),
  ]);

test("a list is checked as containers, and its volumes are written elsewhere", () => {
  for (const file of ["list.json", "list.json.tpl", "list.tftpl"])
    assert.deepEqual(found(file, list), [["taskDefinition", 'misspelt-member "essental"']]);
});

test("a list with conditions of a template is left alone, one with a loop is open", () => {
  assert.deepEqual(found("list.tftpl", list.replace("128,", '%{ if a }128%{ else }"b"%{ endif },')), [
    [undefined],
  ]);
  const loop = `[\n%{ for name in names ~}\n${list.trim().slice(1, -1)}\n%{ endfor ~}\n]`;
  assert.deepEqual(found("list.tftpl", loop), [["taskDefinition", 'misspelt-member "essental"']]);
  const optional = list.replace(
    /\n\]/,
    '%{ if more },\n  { "name": "b%{ if x }c%{ endif }", "image": "b" }%{ endif }\n]',
  );
  assert.deepEqual(found("list.tftpl", optional), [["taskDefinition", 'misspelt-member "essental"']]);
});

test("a comma or a comment too many is one problem of a list, and a directive may be what the comma is for", () => {
  const sound = list.replace(', "essental": true', "");
  for (const [text, at] of [
    [sound.replace(" }]\n", " }],\n").replace("}\n]", "},\n]"), ","],
    [sound.replace("{", "{ // the agent\n"), "// the agent"],
  ] as const) {
    const problems = found("list.json", text)[0]?.slice(1);
    assert.ok(problems?.every((it) => it === `json-syntax ${at}`) && problems.length > 0, String(problems));
  }
  const loop = `[\n%{ for name in names ~}\n${sound.trim().slice(1, -1)},\n%{ endfor ~}\n]`;
  assert.deepEqual(found("list.tftpl", loop), [["taskDefinition"]]);
});

test("lists of names and images that have nothing of ECS are others'", () => {
  for (const text of [
    '[{ "name": "Pizza", "image": "pizza.png", "price": 3 }]',
    '[{ "name": "a" }]',
    "[]",
    '["essential"]',
  ])
    assert.deepEqual(found("menu.json", text), [[undefined]]);
});

test("a definition that reads a list knows its network and volumes", () => {
  const readFile = (path: string) => (path === "td/list.json.tpl" ? list : undefined);
  const [a, b] = found("main.tf", terraform, readFile);
  assert.ok(
    a?.some((it) => it?.startsWith("unknown-volume templatefile(")),
    JSON.stringify(a),
  );
  assert.ok(!b?.some((it) => it?.startsWith("unknown-volume")), JSON.stringify(b));
  // What is read from another file is changed there alone.
  for (const it of openResources("main.tf", terraform, { readFile }))
    for (const { fixes } of validateDocument(it))
      for (const { edits } of fixes ?? [])
        assert.ok(
          edits.every(({ newText }) => /volume \{/.test(newText)),
          JSON.stringify(edits),
        );
  assert.deepEqual(found("main.tf", terraform), [["taskDefinition"], ["taskDefinition"]]);
});

test("its fixes are written as JSON", async () => {
  assert.deepEqual(
    (await checkFixes("list.json", list.replace(/"\$\{.*?\}"|\$\{.*?\}/g, "80"))).problems,
    [],
  );
  const [resource] = openResources("list.json.tpl", list);
  const fix = resource && validateDocument(resource)[0]?.fixes?.[0];
  assert.equal(applied(list, fix?.edits ?? []), list.replace("essental", "essential"));
});

test("of a list nobody knows which tool reads it, so that both are named", () => {
  const text =
    '[{ "name": "agent", "image": "agent:7", "memory": "128", "essental": true, "mountPoints": [] }]';
  const messages = openResources("list.json", text).flatMap((it) => validateDocument(it));
  const [type, name] = messages;
  assert.deepEqual([type?.severity, name?.severity], ["error", "warning"]);
  assert.match(String(type?.message), /terraform plan fails, and the AWS CLI refuses it\.$/);
  assert.match(String(name?.message), /drops it without a message, and the AWS CLI refuses it\.$/);
});
