// Configurations of the Serverless Framework: which resources are read, and that nothing is said of what is unknown there.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { editsFor } from "../../../server/src/core/resources/writer";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { applyEdits } from "../../support/markers";

const read = (text: string, file = "serverless.yml") =>
  openResources(file, text).filter((it) => it.kind !== undefined);
const idsOf = (text: string, file?: string) => read(text, file).map((it) => it.hosted?.id);
const codesOf = (text: string) => read(text).flatMap((it) => validateDocument(it).map(({ code }) => code));

const task = (id: string, indent: string, more = "") =>
  `${indent}${id}:\n${indent}  Type: AWS::ECS::TaskDefinition\n${indent}  Properties:\n${indent}    ContainerDefinitions:\n${indent}      - { Name: a, Image: a, Memory: 64${more} }\n`;

const shapes: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "one template",
    `service: s\nresources:\n  Resources:\n${task("A", "    ")}${task("B", "    ")}`,
    ["A", "B"],
  ],
  [
    "Windows line ends",
    `service: s\nresources:\n  Resources:\n${task("A", "    ")}`.replaceAll("\n", "\r\n"),
    ["A"],
  ],
  [
    "a comment",
    `resources: # of the agent\n  # more\n  Resources:\n${task("A", "    ")}\nservice: s\n`,
    ["A"],
  ],
  [
    "two parts",
    `resources:\n  - Resources:\n${task("A", "      ")}  - Resources:\n${task("B", "      ")}`,
    ["A", "B"],
  ],
  [
    "parts of files",
    `resources:\n  - \${file(a.yml)}\n  - Resources:\n${task("A", "      ")}  - \${file(b.yml)}\n`,
    ["A"],
  ],
  [
    "parts that are merged",
    `resources:\n  - Resources:\n${task("A", "      ")}${task("B", "      ")}  - Resources:\n${task("A", "      ")}`,
    ["B"],
  ],
  ["two documents", `---\nservice: s\nresources:\n  Resources:\n${task("A", "    ")}`, ["A"]],
  [
    "flow style",
    "resources: { Resources: { A: { Type: AWS::ECS::TaskDefinition, Properties: { Family: a } } } }",
    ["A"],
  ],
  ["resources of a file", "resources: ${file(x.yml)}\ncustom:\n  Resources: AWS::ECS::Service\n", []],
  [
    "other resources alone",
    "resources:\n  Resources:\n    A: { Type: AWS::S3::Bucket }\n# AWS::ECS::Service\n",
    [],
  ],
  ["outputs alone", "resources:\n  Outputs:\n    Resources: { Value: AWS::ECS::Service }\n", []],
  [
    "properties of a file",
    "resources:\n  Resources:\n    A:\n      Type: AWS::ECS::Service\n      Properties: ${file(x.yml)}\n",
    [],
  ],
  ["Resources elsewhere", `custom:\n  resources:\n    Resources:\n${task("A", "      ")}`, []],
];
for (const [what, text, expected] of shapes)
  test(`with ${what}`, () => assert.deepEqual(idsOf(text), expected));

test("in JSON", () => {
  const text = JSON.stringify({
    service: "s",
    resources: { Resources: { A: { Type: "AWS::ECS::TaskDefinition", Properties: { Family: "a" } } } },
  });
  assert.deepEqual(idsOf(text, "serverless.json"), ["A"]);
});

test("a template with a part of that name stays a template", () => {
  const text = `Resources:\n${task("A", "  ")}resources:\n  Resources:\n${task("B", "    ")}`;
  assert.deepEqual(idsOf(text), ["A"]);
});

test("variables are unknown wherever they are", () => {
  const values = [
    "${self:custom.x}",
    "${opt:stage, 'dev'}",
    "${self:custom.${opt:stage}.x, 256}",
    '"${env:X}"',
    "${file(./x.yml):a.b}",
    "${ssm:/x/y~true}",
    "${cf:stack.Output}",
    "${sls:stage}-${aws:accountId}",
    '"#{AWS::AccountId}"',
    "${param:x}",
  ];
  const task = [
    "Family",
    "Cpu",
    "Memory",
    "NetworkMode",
    "ExecutionRoleArn",
    "ContainerDefinitions",
    "Volumes",
    "PlacementConstraints",
  ];
  const container = [
    "Name",
    "Image",
    "Memory",
    "PortMappings",
    "Environment",
    "Secrets",
    "Essential",
    "LogConfiguration",
    "User",
  ];
  const service = [
    "ServiceName",
    "Cluster",
    "TaskDefinition",
    "SchedulingStrategy",
    "DesiredCount",
    "LaunchType",
    "PlacementConstraints",
    "LoadBalancers",
    "NetworkConfiguration",
    "DeploymentConfiguration",
  ];
  const withProperties = (type: string, properties: Readonly<Record<string, string>>) =>
    `resources:\n  Resources:\n    A:\n      Type: AWS::ECS::${type}\n      Properties:\n${Object.entries(
      properties,
    )
      .map(([name, value]) => `        ${name}: ${value}\n`)
      .join("")}`;
  const plainContainer = { Name: "a", Image: "a", Memory: "64" };
  const containers = (properties: Readonly<Record<string, string>>) =>
    `\n${Object.entries(properties)
      .map(([name, value], at) => `          ${at === 0 ? "-" : " "} ${name}: ${value}`)
      .join("\n")}`;
  for (const value of values) {
    for (const name of task) {
      const properties = { ContainerDefinitions: containers(plainContainer), [name]: value };
      assert.deepEqual(codesOf(withProperties("TaskDefinition", properties)), [], `${name}: ${value}`);
    }
    for (const name of container) {
      const properties = { ContainerDefinitions: containers({ ...plainContainer, [name]: value }) };
      assert.deepEqual(codesOf(withProperties("TaskDefinition", properties)), [], `${name}: ${value}`);
    }
    for (const name of service)
      assert.deepEqual(codesOf(withProperties("Service", { [name]: value })), [], `${name}: ${value}`);
  }
});

test("conditions and parameters of other parts count", () => {
  const text = `resources:\n  - Parameters:\n      Memory: { Type: Number, Default: 4 }\n  - Resources:\n${task("A", "      ").replace("64", "!Ref Memory")}`;
  const [resource] = read(text);
  const memory = resource?.input?.children?.[0]?.children?.[1]?.children?.[0]?.children?.find(
    (it) => it.children?.[0]?.value === "memory",
  );
  assert.equal(memory?.children?.[1]?.fallback?.value, 4);
});

test("edits are written in their places, also after the text before them changed", () => {
  const text = (more: string) =>
    `service: s\n${more}resources:\n  - Resources:\n${task("A", "      ", ", Essental: true")}`;
  for (const more of ["", "custom: { a: b }\n", "# a comment\n\n"]) {
    const [resource] = read(text(more));
    assert.ok(resource);
    const [diagnostic, ...others] = validateDocument(resource);
    assert.deepEqual(others, []);
    const edits = diagnostic?.fixes?.[0]?.edits ?? [];
    assert.equal(applyEdits(text(more), edits), text(more).replace("Essental", "Essential"));
    assert.notEqual(editsFor(resource, []), undefined);
  }
});

test("a text that is cut anywhere is read without an error", () => {
  const [, text = ""] = shapes[3] ?? [];
  for (let end = 0; end < text.length; end += 1) assert.doesNotThrow(() => read(text.slice(0, end)));
});
