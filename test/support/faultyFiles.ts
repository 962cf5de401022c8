// Files with mistakes in several formats, and edits of them: what is kept from one keystroke to the next is tested with them.

import fc from "fast-check";
import { configurationText, templateText } from "../bench/fleets";

/** The same as JSON, with the long names of functions. */
const json = JSON.stringify(
  {
    Parameters: { AgentMemory: { Type: "Number", Default: 64 }, Cluster: { Type: "String" } },
    Mappings: { Sizes: { small: { memory: 128 } } },
    Resources: Object.fromEntries(
      ["A", "B", "C"].flatMap((id) => [
        [
          `${id}Definition`,
          {
            Type: "AWS::ECS::TaskDefinition",
            Properties: {
              Family: id,
              ContainerDefinitions: [
                {
                  Name: "agent",
                  Image: { "Fn::Sub": "agent:${AgentMemory}" },
                  Memory: { Ref: "AgentMemory" },
                  MemoryReservation: { "Fn::FindInMap": ["Sizes", "small", "memory"] },
                  Essental: true,
                },
              ],
            },
          },
        ],
        [
          `${id}Service`,
          {
            Type: "AWS::ECS::Service",
            Properties: {
              SchedulingStrategy: "DAEMON",
              TaskDefinition: { Ref: `${id}Definition` },
              PlacementConstraints: [{ Type: "memberOf", Expression: "attribute:env in [prod, test" }],
            },
          },
        ],
      ]),
    ),
  },
  null,
  2,
);

/** Files with resources in which something is wrong, by their names. */
export const faultyFiles = {
  "stack.json": json,
  "stack.yaml": templateText(6000)
    .replace("Essential: true", "Essental: true")
    .replace("SourceVolume: proc", "SourceVolume: prok")
    .replace("Default: 256", "Default: 64")
    .replace("in [prod, test]", "in [prod, test")
    .replace("DD_ENV", "!Sub '${AWS::Region}-${AgentMemory}'"),
  "main.tf": `${configurationText(6000)
    .replace("essential         = true", "essental = true")
    .replace('sourceVolume = "proc"', 'sourceVolume = "prok"')
    .replace("attribute:env == prod and", "attribute:env = prod and")}
resource "aws_ecs_task_definition" "of_locals" {
  family                = "of-locals"
  container_definitions = jsonencode(local.containers)
}

resource "aws_ecs_task_definition" "of_text" {
  family                = "of-text"
  container_definitions = local.text
}

locals {
  containers = [{ name = "agent", image = "agent:\${var.agent_memory}", memory = 64, essental = true }]
  text       = <<-EOT
    [{ "name": "agent", "image": "agent:7", "memory": "64", "essental": true }]
  EOT
}
`,
} as const;

/** What is typed: pieces of the language, and pieces of the text itself. */
const typed = fc.constantFrom(
  "",
  "",
  " ",
  "\n",
  "0",
  '"',
  "'",
  ":",
  "=",
  "{",
  "}",
  "[",
  "#",
  "x",
  "      Memory: 7\n",
  "${",
  "<<EOT\n",
  "  Other:\n    Type: AWS::ECS::Service\n",
  'variable "x" {}\n',
);

export interface AnyEdit {
  /** From 0 to 1. */
  readonly at: number;
  /** How many characters are taken away. */
  readonly taken: number;
  readonly typed: string;
}

export const anyEdit: fc.Arbitrary<AnyEdit> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  taken: fc.nat(3),
  typed,
});

/** Which part of the text an edit replaces. */
export function placeOfEdit(text: string, { at, taken }: AnyEdit) {
  const start = Math.floor(at * text.length);
  return { start, end: Math.min(start + taken, text.length) };
}
