// How much of its text a document's rules search with patterns: twice as much text is searched for twice as long, not for
// four times as long. Characters are counted, not time.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";

const many = (count: number, part: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => part(index)).join("");

const terraform = (index: number) => `resource "aws_ecs_task_definition" "t${index}" {
  family       = "f${index}"
  network_mode = "host"
  volume {
    name      = "files"
    host_path = "/files"
  }
  placement_constraints {
    type       = "memberOf"
    expression = "attribute:env == prod"
  }
  container_definitions = jsonencode([{ name = "agent", image = "agent:1", memory = 64 }])
}
resource "aws_ecs_service" "s${index}" {
  name                = "s${index}"
  cluster             = "prod"
  task_definition     = aws_ecs_task_definition.t${index}.arn
  scheduling_strategy = "DAEMON"
  deployment_controller {
    type = "ECS"
  }
}
`;
const template = (index: number) => `  Task${index}:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: f${index}
      NetworkMode: host
      Volumes: [{ Name: files, Host: { SourcePath: /files } }]
      PlacementConstraints: [{ Type: memberOf, Expression: attribute:env == prod }]
      ContainerDefinitions:
        - { Name: agent, Image: "agent:1", Memory: 64, Environment: [{ Name: A, Value: !Ref B }] }
  Service${index}:
    Type: AWS::ECS::Service
    Properties: { Cluster: prod, TaskDefinition: !Ref Task${index}, SchedulingStrategy: DAEMON }
`;
const container = (index: number) =>
  `${index === 0 ? "" : ","}{ "name": "c${index}", "image": "agent:1", "memory": 64, "command": ["run", "--on=${index}"],
    "environment": [{ "name": "A", "value": "b" }], "mountPoints": [{ "sourceVolume": "v", "containerPath": "/v" }] }\n`;

const documents: Readonly<Record<string, (count: number) => string>> = {
  "main.tf": (count) => many(count, terraform),
  "stack.yaml": (count) => `Resources:\n${many(count, template)}`,
  "agent.taskdef.json": (count) =>
    `{ "family": "f", "volumes": [{ "name": "v" }], "containerDefinitions": [\n${many(count, container)}] }`,
};

/** Characters that patterns pass over while the document is read and checked. */
function searchedIn(fileName: string, text: string): number {
  let searched = 0;
  const search = RegExp.prototype.exec;
  const exec = mock.method(RegExp.prototype, "exec", function (this: RegExp, within: string) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const found = search.call(this, within);
    const isTied = this.sticky || (this.source.startsWith("^") && !this.multiline);
    const last = found === null ? (isTied ? from : String(within).length) : found.index + found[0].length;
    searched += Math.max(0, last - from);
    return found;
  });
  try {
    for (const it of openResources(fileName, text)) validateDocument(it);
  } finally {
    exec.mock.restore();
  }
  return searched;
}

for (const [fileName, textOf] of Object.entries(documents))
  test(`patterns pass over ${fileName} as often, however long it is`, () => {
    const [once, twice] = [searchedIn(fileName, textOf(40)), searchedIn(fileName, textOf(80))];
    assert.ok(once > textOf(40).length);
    assert.ok(twice < 2.3 * once, `${once} characters, and ${twice} of a text twice as long`);
  });
