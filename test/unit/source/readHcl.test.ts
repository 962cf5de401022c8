// HCL to tree: blocks, attributes, what is computed, places of the text, and texts that are half typed.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type HclBlock, readHcl } from "../../../server/src/core/source/hcl/readHcl";
import { nodeAtPath } from "../../../server/src/core/source/node";
import { assertSound, plain } from "./trees";

const configuration = `# a daemon
resource "aws_ecs_service" "agent" {
  name            = "agent"
  task_definition = aws_ecs_task_definition.agent.arn
  count           = var.enabled ? 1 : 0
  placement_constraints {
    type       = "memberOf"
    expression = "attribute:x =~ a\\\\.b $\${x}" // a dot
  }
  dynamic "tags" { for_each = var.tags }
}

resource "aws_ecs_task_definition" "agent" {
  container_definitions = jsonencode([
    { name = "a", image = "a:\${var.tag}", memory = 128, essential = true, "cpu" : 1 },
    local.more...
  ])
  list = [for it in x : it]
  text = <<-EOT
    { "a": 1 }
      b
  EOT
}
`;

function read(text: string): readonly HclBlock[] {
  const { blocks } = readHcl(text);
  for (const { body } of blocks) assertSound(body, text);
  return blocks;
}

describe("HCL", () => {
  test("blocks have types, labels and places", () => {
    assert.deepEqual(
      read(configuration).map(({ type, labels, offset, headerLength }) => [
        type,
        ...labels,
        configuration.slice(offset, offset + headerLength).trim(),
      ]),
      [
        ["resource", "aws_ecs_service", "agent", 'resource "aws_ecs_service" "agent"'],
        ["resource", "aws_ecs_task_definition", "agent", 'resource "aws_ecs_task_definition" "agent"'],
      ],
    );
  });

  test("what is computed is unknown, with its text", () => {
    assert.deepEqual(plain(read(configuration)[0]?.body), {
      name: "agent",
      task_definition: { unknown: "aws_ecs_task_definition.agent.arn" },
      count: { unknown: "var.enabled ? 1 : 0" },
      placement_constraints: { type: "memberOf", expression: "attribute:x =~ a\\.b ${x}" },
      tags: { unknown: undefined },
    });
    assert.deepEqual(plain(read(configuration)[1]?.body), {
      container_definitions: {
        jsonencode: [
          [
            { name: "a", image: { unknown: "a:${var.tag}" }, memory: 128, essential: true, cpu: 1 },
            { unknown: "local.more" },
          ],
        ],
      },
      list: { unknown: "[for it in x : it]" },
      text: '{ "a": 1 }\n  b\n',
    });
  });

  test("escapes keep the way back to the text", () => {
    const node = nodeAtPath(read(configuration)[0]?.body, ["placement_constraints", "expression"]);
    const start = String(node?.value).indexOf(".b");
    const span = node?.content?.().toDocument({ start, end: start + 2 });
    assert.equal(configuration.slice(span?.start, span?.end), ".b");
  });

  test("a slip costs an attribute: the other blocks stay whole", () => {
    const second = plain(read(configuration)[1]?.body);
    const end = configuration.indexOf("count");
    for (let at = configuration.indexOf("name"); at < end; at += 1)
      for (const typed of ["", "x", "=", ","]) {
        const text = configuration.slice(0, at) + typed + configuration.slice(at + 1);
        const blocks = read(text);
        assert.deepEqual(plain(blocks.at(-1)?.body), second, text.slice(0, 120));
      }
  });

  test("nothing throws or hangs, whatever is typed", () => {
    for (let at = 0; at <= configuration.length; at += 7)
      for (const typed of ["", '"', "{", "}", "${", "<<EOT\n", "(", "[", "/*"])
        read(configuration.slice(0, at) + typed + configuration.slice(at));
    for (const hostile of ["${", "[", "{a=", "(", '"${"', "a {", "!"])
      read(`x "y" {\n a = ${hostile.repeat(20_000)}`);
  });
});
