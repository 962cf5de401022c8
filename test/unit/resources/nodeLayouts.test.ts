// Nodes with the same properties share one layout of the engine. Where each node has its own, all that reads nodes is many
// times slower, and no other test notices.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { openResources } from "../../../server/src/core/resources/openResources";
import type { Resource } from "../../../server/src/core/resources/resource";
import { withDefaults } from "../../../server/src/core/resources/withDefaults";
import { choicesOf } from "../../../server/src/core/rules/branches";
import { Doubts } from "../../../server/src/core/rules/doubts";
import { sentDocument } from "../../../server/src/core/rules/sentDocument";
import { copiedNode, type Node } from "../../../server/src/core/source/node";
import { configurationText, taskDefinitionText, templateText } from "../../bench/fleets";

setFlagsFromString("--allow-natives-syntax");
const hasSameLayout = new Function("left", "right", "return %HaveSameMap(left, right)") as (
  left: object,
  right: object,
) => boolean;

const containers = JSON.stringify(
  Array.from({ length: 20 }, (_, index) => ({
    name: `agent-${index}`,
    image: "agent:7",
    memory: 64,
    environment: [{ name: "TEAM", value: "a" }],
  })),
);

const files: Readonly<Record<string, string>> = {
  "agent.taskdef.json": taskDefinitionText(8 * 1024),
  "stack.yaml": templateText(16 * 1024),
  "stack.json": JSON.stringify({
    Resources: Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [
        `Agent${index}`,
        {
          Type: "AWS::ECS::TaskDefinition",
          Properties: {
            Family: { "Fn::Sub": "agent-$" },
            ContainerDefinitions: [
              { Name: "agent", Image: "agent:7", Cpu: { "Fn::If": ["IsSmall", "10", 20] }, Memory: 64 },
            ],
          },
        },
      ]),
    ),
  }),
  "main.tf": configurationText(16 * 1024),
  "text.tf": `resource "aws_ecs_task_definition" "agent" {
  family                = "agent"
  container_definitions = <<EOT
${containers}
EOT
}
`,
  "local.tf": `locals {
  containers = ${containers.replaceAll('":', '" =')}
}

resource "aws_ecs_task_definition" "agent" {
  family                = "agent"
  container_definitions = jsonencode(local.containers)
}
`,
};

/** What a file is read into, and what rules and previews make of that. */
const trees: Readonly<Record<string, (document: Resource) => readonly (Node | undefined)[]>> = {
  "as it is read": ({ input }) => [input],
  "before it is moved": ({ hosted }) => [(hosted?.part?.read as { input?: Node } | undefined)?.input],
  "of the host": ({ input }) => [input?.origin?.node],
  "with a doubt": (document) => {
    const doubts = new Doubts();
    if (document.input) doubts.noteMember(document.input, "memory");
    return [doubts.appliedTo(document).input];
  },
  "with a choice": (document) => choicesOf(document).map((it) => it.document.input),
  "as ecspresso sends it": (document) => [sentDocument(document, "ecspresso").document.input],
  "with its defaults": (document) => [withDefaults(document).document.input],
};

for (const [file, text] of Object.entries(files))
  for (const [name, treesOf] of Object.entries(trees))
    test(`nodes of ${file}, ${name}, share layouts`, () => {
      const layouts = new Map<string, Node[]>();
      const visit = (node: Node) => {
        const properties = Object.keys(node).join(" ");
        const known = layouts.get(properties) ?? [];
        layouts.set(properties, known);
        if (!known.some((it) => hasSameLayout(it, node))) known.push(node);
        for (const part of [...(node.children ?? []), ...(node.branches ?? [])]) visit(part);
      };
      for (const it of openResources(file, text)) for (const tree of treesOf(it)) if (tree) visit(tree);
      const most = Math.max(0, ...[...layouts.values()].map((it) => it.length));
      const first = [...layouts].find(([, it]) => it.length === most)?.[0];
      assert.ok(most <= 4, `${most} layouts of nodes with ${first}`);
    });

test("a copied node has all of it but its children, under another parent", () => {
  const child: Node = { type: "null", offset: 7, length: 4, value: null };
  const node: Required<Node> = {
    type: "array",
    offset: 1,
    length: 2,
    value: "a",
    children: [child],
    parent: child,
    colonOffset: 3,
    tag: "!Ref",
    content: () => assert.fail("nobody asks for it"),
    bare: true,
    fallback: child,
    sample: "b",
    branches: [child],
    condition: "c",
    when: false,
    needs: [{ name: "d" }],
    unknown: true,
    open: true,
    origin: { node: child, base: 0 },
    locked: true,
    sealed: true,
    dropped: true,
    assumed: new Map(),
  };
  const { children: _, parent: __, ...own } = node;
  assert.deepEqual(copiedNode(node, undefined), own);
  const parent: Node = { type: "array", offset: 0, length: 9 };
  assert.deepEqual(copiedNode(node, parent), { ...own, parent });
  assert.deepEqual(copiedNode({ type: "null", offset: 0, length: 4 }, undefined), {
    type: "null",
    offset: 0,
    length: 4,
  });
});
