// What a diagnostic means in a template, a module or a list of containers, and what settings make of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { openResource } from "../../../server/src/core/resources/resource";
import { fileGlob } from "../../../server/src/core/rules/fileGlob";
import {
  applySeveritySettings,
  pointerAt,
  type SeveritySetting,
} from "../../../server/src/core/rules/severitySettings";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { container, textOf } from "../../support/checkedInputs";

const foundIn = (file: string, text: string) =>
  openResources(file, text)
    .flatMap((it) => validateDocument(it))
    .map(({ code, severity, message }) => ({ code, severity, message }));
const codes = (file: string, text: string) => foundIn(file, text).map((it) => `${it.code} ${it.severity}`);

const moduleOf = (resource: string, kind = "task_definition") => `resource "aws_ecs_${kind}" "a" {
${resource}
}
`;
const task = (container: string, more = "") =>
  moduleOf(
    `  family = "a"\n${more}  container_definitions = jsonencode([{ name = "a", image = "a:1", memory = 64, ${container} }])`,
  );
const stack = (container: string) => `Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: a
      ContainerDefinitions:
        - { Name: a, Image: "a:1", Memory: 64, ${container} }
`;

test("names that no property has are warnings in the containers of Terraform, and left to it elsewhere", () => {
  assert.deepEqual(codes("main.tf", task("foo = 1")), ["unknown-member warning"]);
  assert.deepEqual(codes("main.tf", task("cpuu = 1")), ["misspelt-member warning"]);
  assert.match(
    foundIn("main.tf", task("cpuu = 1"))[0]?.message ?? "",
    /The AWS provider drops it without a message/,
  );
  assert.deepEqual(codes("main.tf", task("cpu = 1", "  foo = 1\n")), []);
  const [slip] = foundIn("main.tf", task("cpu = 1", '  netwok_mode = "host"\n'));
  assert.equal(slip?.code, "misspelt-member");
  assert.match(slip?.message ?? "", /terraform plan fails\.$/);
  const wrong = foundIn("main.tf", task('cpu = "many"'));
  assert.deepEqual(
    wrong.map((it) => it.code),
    ["wrong-type"],
  );
  assert.match(wrong[0]?.message ?? "", /terraform plan fails/);
});

test("a template leaves unknown names to its own linter, and names near a right one have their fix", () => {
  assert.deepEqual(codes("stack.yaml", stack("Foo: 1")), []);
  assert.deepEqual(codes("stack.yaml", stack("Cpuu: 1")), ["misspelt-member error"]);
  assert.deepEqual(codes("stack.yaml", stack("Cpu: many")), ["wrong-type error"]);
  assert.doesNotMatch(foundIn("stack.yaml", stack("Cpu: many"))[0]?.message ?? "", /terraform/);
});

test("a list of containers is one that Terraform reads", () => {
  const list = (more: object) =>
    JSON.stringify([{ name: "a", image: "a:1", memory: 64, essential: true, ...more }]);
  assert.deepEqual(codes("containers.json", list({})), []);
  assert.deepEqual(codes("containers.json", list({ foo: 1 })), ["unknown-member warning"]);
  assert.match(foundIn("containers.json", list({ cpu: "many" }))[0]?.message ?? "", /terraform plan fails/);
});

test("what Terraform does not send for a daemon is a hint", () => {
  const daemon = (more: string) =>
    moduleOf(`  name = "a"\n  task_definition = "a"\n  scheduling_strategy = "DAEMON"\n${more}`, "service");
  for (const it of ["  desired_count = 2", "  deployment_maximum_percent = 200"]) {
    const [found, ...others] = foundIn("main.tf", daemon(it));
    assert.deepEqual([found?.severity, others], ["hint", []], it);
    assert.match(found?.message ?? "", /does not send it for a DAEMON service/);
  }
  const [constraint] = foundIn("main.tf", daemon('  placement_constraints {\n    type = "memberOf"\n  }'));
  assert.equal(constraint?.code, "constraint-without-expression");
  assert.match(constraint?.message ?? "", /Expression cannot be nil/);
});

test("what files for the AWS CLI lack is not missed in a module", () => {
  assert.deepEqual(codes("main.tf", moduleOf('  cluster = "c"', "service")), []);
  assert.deepEqual(codes("main.tf", task("cpu = 1", "  tags = {}\n")), []);
});

const document = openResource(
  "/work/legacy/agent.taskdef.json",
  textOf(container({ memory: 5, stopTimeout: 1 })),
);
const found = validateDocument(document);
const left = (...settings: readonly SeveritySetting[]) =>
  applySeveritySettings(document, found, settings).map((it) => `${it.code} ${it.severity}`);

test("a setting fits by code, file and place, and the last one that fits counts", () => {
  const both = ["memory-too-small warning", "timeout-too-short error"];
  assert.deepEqual(left().sort(), both);
  const off = { severity: "off" } as const;
  assert.deepEqual(left({ code: "memory-too-small", ...off }), ["timeout-too-short error"]);
  assert.deepEqual(left({ code: "*", ...off }), []);
  assert.deepEqual(left({ code: "other", ...off }).sort(), both);
  assert.deepEqual(left({ code: "*", ...off }, { code: "memory-too-small", severity: "hint" }), [
    "memory-too-small hint",
  ]);
  for (const files of [
    "*.taskdef.json",
    "legacy/*",
    "legacy/**",
    "/work/**",
    "**/agent.*",
    "{agent,other}.taskdef.json",
    "agent.taskdef.jso?",
  ])
    assert.deepEqual(left({ code: "*", files, ...off }), [], files);
  for (const files of [
    "*.service.json",
    "work",
    "/legacy/**",
    "agent",
    "{other,third}.taskdef.json",
    "agent.taskdef.jso",
  ])
    assert.deepEqual(left({ code: "*", files, ...off }).length, 2, files);
  const place = (path: string) => left({ code: "*", path, ...off }).length;
  for (const path of [
    "",
    "/containerDefinitions",
    "/containerDefinitions/0",
    "/**",
    "/*/*",
    "/containerDefinitions/**",
  ])
    assert.equal(place(path), 0, path);
  for (const path of [
    "/containerDefinitions/0/memory",
    "/**/memory",
    "/*/0/stopTimeout",
    "/containerDefinitions/**/memory",
  ])
    assert.equal(place(path), 1, path);
  for (const path of [
    "/volumes",
    "/containerDefinitions/1",
    "/containerDefinitions/0/memory/0",
    "/*/*/*/*",
    "/**/other",
  ])
    assert.equal(place(path), 2, path);
});

test("a pointer names the innermost value or name, with its signs escaped", () => {
  const text = '{ "a/b": { "c~d": [1, { "e": 2 }] } }';
  const whole = openResource("a.taskdef.json", text);
  const at = (part: string) => pointerAt(whole, { start: text.indexOf(part), end: text.indexOf(part) + 1 });
  assert.deepEqual(['{ "a', '"a/b', '"c~d', "1,", '"e"', "2 }"].map(at), [
    "",
    "/a~1b",
    "/a~1b/c~0d",
    "/a~1b/c~0d/0",
    "/a~1b/c~0d/1/e",
    "/a~1b/c~0d/1/e",
  ]);
  assert.equal(pointerAt(whole, { start: text.length, end: text.length }), "");
});

test("a glob reads paths and addresses alike", () => {
  const fits = (glob: string, file: string) => fileGlob(glob)(file);
  assert.ok(fits("a b.json", "file:///work/a%20b.json"));
  assert.ok(fits("work/*.json", "C:\\work\\a.json"));
  assert.ok(fits("./work/*.json", "/work/a.json"));
  assert.ok(fits("work/**/a.json", "/work/a.json") && fits("work/**/a.json", "/work/x/y/a.json"));
  assert.ok(fits("**.json", "/work/a.json") && fits("a+(b).json", "a+(b).json"));
  assert.ok(fits("{a,b{c,d}}.json", "bd.json") && !fits("{a,b{c,d}}.json", "b.json"));
  assert.ok(fits("a,b}.json", "a,b}.json") && fits("{a,b", "b"));
  assert.ok(!fits("*.json", "/a.json/b") && !fits("work/*.json", "/work/x/a.json") && !fits("a?b", "a/b"));
  assert.ok(fits("a".repeat(1000), "a".repeat(1000)) && !fits("a".repeat(1001), "a".repeat(1001)));
  assert.ok(fits("file.json", "file:///%zz/file.json"));
});

test("units and initials are words of Terraform's arguments", () => {
  const right = [
    moduleOf(
      '  family = "a"\n  container_definitions = jsonencode([{ name = "a", image = "a:1", memory = 64 }])\n  ephemeral_storage {\n    size_in_gib = 30\n  }',
    ),
    moduleOf(
      `  name    = "a"
  cluster = "c"
  managed_instances_provider {
    infrastructure_role_arn = "arn:aws:iam::123456789012:role/a"
    instance_launch_template {
      ec2_instance_profile_arn = "arn:aws:iam::123456789012:instance-profile/a"
      network_configuration {
        subnets = ["subnet-01234567"]
      }
      storage_configuration {
        storage_size_gib = 50
      }
      instance_requirements {
        vcpu_count {
          min = 1
        }
        memory_mib {
          min = 1
        }
        memory_gib_per_vcpu {
          min = 1
        }
        total_local_storage_gb {
          min = 1
        }
        accelerator_total_memory_mib {
          min = 1
        }
      }
    }
  }`,
      "capacity_provider",
    ),
  ];
  for (const it of right) assert.deepEqual(foundIn("main.tf", it), []);
  const [first = ""] = right;
  const [slip] = foundIn("main.tf", first.replace("size_in_gib", "sizeInGiB"));
  assert.match(slip?.message ?? "", /Terraform calls the argument size_in_gib/);
});

test("a slip in a container of a managed daemon is one that Terraform finds", () => {
  const body =
    '  family = "a"\n  cpu = "256"\n  memory = "512"\n  container_definition {\n    name = "a"\n    image = "a:1"\n    cpuu = 1\n  }';
  const slips = foundIn("main.tf", moduleOf(body, "daemon_task_definition")).filter(
    (it) => it.code === "misspelt-member",
  );
  assert.deepEqual(
    slips.map((it) => it.severity),
    ["error"],
  );
  assert.match(slips[0]?.message ?? "", /terraform plan fails\.$/);
});

test("a wrong type outside of the containers is left to Terraform's own words", () => {
  const body =
    '  family = "a"\n  container_definitions = jsonencode([{ name = "a", image = "a:1", memory = 64 }])\n  ephemeral_storage {\n    size_in_gib = "many"\n  }';
  const all = foundIn("main.tf", moduleOf(body));
  assert.deepEqual(
    all.map((it) => it.code),
    ["wrong-type"],
  );
  assert.doesNotMatch(all[0]?.message ?? "", /terraform plan fails/);
});
