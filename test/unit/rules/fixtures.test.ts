// Every fixture of test/fixtures/validation says what is found in it, and what each fix makes of it.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";
import { queryProblems } from "../../../server/src/core/query/problemCodes";
import { openResources } from "../../../server/src/core/resources/openResources";
import { openResource, type Resource } from "../../../server/src/core/resources/resource";
import { senderOf } from "../../../server/src/core/resources/senders";
import { type Code, catalogue, topicOf } from "../../../server/src/core/rules/catalogue";
import type { Diagnostic } from "../../../server/src/core/rules/diagnostic";
import { validateDocument } from "../../../server/src/core/rules/validate";
import type { ValidationContext } from "../../../server/src/core/rules/validationContext";
import { applyEdits, type Fixture, printMarked, readFixture } from "../../support/markers";
import { validationFixtures } from "../../support/validationFixtures";

const update = process.env.UPDATE === "1";
const seen = new Set<Code>();

function contextOf(fixture: Fixture, document: Resource): ValidationContext {
  const others = fixture.beside.map(({ name, text }) => openResource(name, text));
  return {
    managed: { documents: [document, ...others] },
    findTaskDefinition: (reference) =>
      others.find(
        (it) =>
          it.kind === "taskDefinition" && it.source.text.includes(`"family": "${reference?.split(":")[0]}"`),
      ),
    findServices: (family) =>
      others.filter(
        (it) => it.kind === "service" && it.source.text.includes(`"taskDefinition": "${family}"`),
      ),
    onRuleFault: (codes, fault) => {
      throw new Error(`A rule failed (${codes.join(", ")}): ${fault}`);
    },
  };
}

function validate(fixture: Fixture, text: string): readonly Diagnostic[] {
  const document = openResource(fixture.fileName, text);
  const sender = senderOf(document, { neighbors: fixture.beside.map((it) => it.name), workflows: [] });
  return validateDocument(document, { ...contextOf(fixture, document), sender });
}

function printFixture(fixture: Fixture, found: readonly Diagnostic[]): string {
  const parts = [printMarked(fixture.title, fixture.text, found)];
  for (const { name, text } of fixture.beside) parts.push(`--- beside ${name}\n${text}`);
  for (const { fixes } of found) {
    for (const { title, safe, edits } of fixes ?? [])
      parts.push(`--- after ${safe ? "(safe) " : ""}${title}\n${applyEdits(fixture.text, edits)}`);
  }
  if (fixture.right !== undefined) parts.push(`--- right\n${fixture.right}`);
  return parts.join("");
}

for (const { name, path, source } of validationFixtures) {
  const fixture = readFixture(source, "agent.taskdef.json");

  test(`${name}: ${fixture.title.split("\n")[0]}`, () => {
    const found = validate(fixture, fixture.text);
    for (const { code } of found) seen.add(code);
    const printed = printFixture(fixture, found);
    if (update) writeFileSync(path, printed);
    else assert.equal(printed, source);

    for (const diagnostic of found) {
      const { fixes, related } = diagnostic;
      assert.ok(fixes?.length !== 0 && related?.length !== 0, "what there is none of is left out");
      assert.ok(diagnostic.span.start <= diagnostic.span.end && diagnostic.span.end <= fixture.text.length);
      assert.doesNotMatch(diagnostic.message, /\{\w+\}/, "every slot of the message is filled");
      for (const fix of diagnostic.fixes ?? [])
        assertMends(fixture, found, diagnostic, applyEdits(fixture.text, fix.edits), fix.title);
    }
    if (fixture.right !== undefined) {
      const remaining = validate(fixture, fixture.right);
      assert.deepEqual(
        remaining.map((it) => `${it.code}: ${it.message}`),
        [],
      );
    }
  });
}

/** A fix takes its finding away (perhaps others with it) and brings none. */
function assertMends(
  fixture: Fixture,
  before: readonly Diagnostic[],
  mended: Diagnostic,
  text: string,
  title: string,
): void {
  const after = validate(fixture, text);
  const count = (list: readonly Diagnostic[], code: Code) => list.filter((it) => it.code === code).length;
  assert.equal(
    count(after, mended.code),
    count(before, mended.code) - 1,
    `'${title}' removes ${mended.code}`,
  );
  for (const { code, message } of after) {
    assert.ok(count(after, code) <= count(before, code), `'${title}' brings ${code}: ${message}`);
  }
}

test("a task definition over 64 KiB is too large, white space not counted", () => {
  const definition = (length: number) => ({
    family: "agent",
    containerDefinitions: [{ name: "agent", image: "agent:1", memory: 128, command: ["x".repeat(length)] }],
  });
  const room = 65_536 - JSON.stringify(definition(0)).length;
  const find = (length: number) =>
    validateDocument(openResource("agent.taskdef.json", JSON.stringify(definition(length), undefined, 4)));
  assert.deepEqual(find(room), []);
  const [found] = find(room + 1);
  assert.equal(found?.code, "task-definition-too-large");
  assert.equal(found?.server?.message, "Actual length: '65537'. Max allowed length is '65536' bytes.");
  seen.add("task-definition-too-large");
});

test("a fixture that is named after a code is in the folder of the code's topic", () => {
  for (const { name } of validationFixtures) {
    const [folder, file = ""] = name.split("/");
    const code = file.replace(".jsonc", "");
    assert.equal(folder, topicOf(code) ?? folder, name);
  }
});

test("a minimum of 100 percent is one that Terraform does not send for a daemon", () => {
  const text = (percent: number) => `resource "aws_ecs_service" "a" {
  name                               = "a"
  task_definition                    = "agent"
  scheduling_strategy                = "DAEMON"
  deployment_minimum_healthy_percent = ${percent}
}
`;
  const find = (percent: number) =>
    openResources("main.tf", text(percent)).flatMap((it) => validateDocument(it).map(({ code }) => code));
  assert.deepEqual([0, 50, 100].map(find), [[], ["daemon-minimum-percent"], ["daemon-minimum-not-sent"]]);
  seen.add("daemon-minimum-not-sent");
});

test("the names of the API in a template are one mistake with one fix", () => {
  const text = `Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: agent
      ContainerDefinitions:
        - name: agent
          image: agent:1
          Memory: 64
          LogConfiguration: { LogDriver: awslogs, Options: { awslogs-group: a, awslogs-region: eu-west-1 } }
          DockerLabels: { team: agents }
      Volumes: [{ Name: v, Host: { SourcePath: /v } }]
`;
  const find = (from: string) => openResources("stack.yaml", from).flatMap((it) => validateDocument(it));
  const right = find(text.replaceAll("name:", "Name:").replaceAll("image:", "Image:"));
  const [found, ...others] = find(text);
  assert.deepEqual(
    [found?.code, ...others.map(({ code }) => code)],
    ["property-case", ...right.map(({ code }) => code)],
  );
  assert.equal(text.slice(found?.span.start, found?.span.end), "name");
  const fixed = applyEdits(text, found?.fixes?.[0]?.edits ?? []);
  assert.ok(fixed.includes("- Name: agent\n          Image: agent:1\n"), fixed);
  seen.add("property-case");
});

test("an argument of Terraform has no capitals, and containers have the names of the API", () => {
  const text = `resource "aws_ecs_service" "agent" {
  name            = "agent"
  task_definition = "agent:3"
  launchType      = "EC2"
  tags            = { Value = "x", Key = "y" }
  placement_constraints {
    type       = "memberOf"
    Expression = "attribute:env == prod"
  }
}
resource "aws_ecs_task_definition" "agent" {
  family                = "agent"
  container_definitions = jsonencode([{ name = "agent", image = "agent:1", memory = 128, dockerLabels = {} }])
}
`;
  const find = (from: string) => openResources("main.tf", from).flatMap((it) => validateDocument(it));
  const [found, ...others] = find(text);
  assert.deepEqual([found?.code, others], ["argument-case", []]);
  assert.equal(text.slice(found?.span.start, found?.span.end), "launchType");
  const fixed = applyEdits(text, found?.fixes?.[0]?.edits ?? []);
  assert.ok(/ launch_type +=/.test(fixed) && fixed.includes('expression = "attribute:env'), fixed);
  assert.deepEqual(find(fixed), []);
  // blockOrArgument.test.ts has these.
  for (const it of [
    "argument-case",
    "argument-for-block",
    "block-for-argument",
    "block-or-argument-name",
  ] as const)
    seen.add(it);
});

test("every code of the catalogue is found in a fixture", () => {
  const missing = Object.keys(catalogue).filter(
    (code) => !seen.has(code as Code) && !(code in queryProblems),
  );
  assert.deepEqual(missing, []);
});
