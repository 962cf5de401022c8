// One fault, one diagnostic: what only follows from it is not reported too, and its fix leaves nothing behind.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";

const container = { name: "agent", image: "agent:1", memory: 128 };
const mounting = { ...container, mountPoints: [{ sourceVolume: "logs", containerPath: "/logs" }] };
const task = { family: "agent", containerDefinitions: [mounting], volumes: [{ name: "logs" }] };
const service = { serviceName: "agent", taskDefinition: "agent", schedulingStrategy: "DAEMON" };
const where = (expression: string) => ({
  ...service,
  placementConstraints: [{ type: "memberOf", expression }],
});

const faults: readonly (readonly [what: string, input: object, code: string])[] = [
  ["containers without a list", { ...task, containerDefinitions: mounting }, "wrong-type"],
  ["no containers yet", { ...task, containerDefinitions: [] }, "no-containers"],
  [
    "mounts as in Docker",
    { ...task, containerDefinitions: [{ ...container, mountPoints: ["/a:/b"] }] },
    "wrong-type",
  ],
  ["volumes by name", { ...task, volumes: { logs: {} } }, "wrong-type"],
  ["a flag for an allowed value", { ...service, propagateTags: true }, "wrong-type"],
  ["an object for a list of them", { ...service, loadBalancers: {} }, "wrong-type"],
  ["a family with its revision", { ...task, family: "agent:3" }, "bad-family"],
  [
    "a home folder",
    { ...task, volumes: [{ name: "logs", host: { sourcePath: "~/logs" } }] },
    "relative-path",
  ],
  [
    "capitals in every part of a name",
    { ...task, containerDefinitions: [{ ...mounting, image: "Acme/Agent:V1" }] },
    "image-not-pullable",
  ],
  [
    "waiting for the only essential container to end",
    {
      ...task,
      containerDefinitions: [
        { ...mounting, essential: true },
        {
          ...container,
          name: "side",
          essential: false,
          dependsOn: [{ containerName: "agent", condition: "COMPLETE" }],
        },
      ],
    },
    "depends-on-essential",
  ],
  [
    "a built-in value in another case, on a platform",
    {
      ...task,
      runtimePlatform: { operatingSystemFamily: "LINUX" },
      placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.os-type == Linux" }],
    },
    "expression-value-case",
  ],
  [
    "EBS volumes of a daemon",
    { ...service, volumeConfigurations: [{ name: "x", managedEBSVolume: { sizeInGiB: 5 } }] },
    "daemon-ebs-volumes",
  ],
  [
    "a percentage over 100",
    { ...service, deploymentConfiguration: { minimumHealthyPercent: 101, maximumPercent: 100 } },
    "percent-bounds",
  ],
  [
    "the type of the constraint in its expression",
    where("memberOf(attribute:env == prod)"),
    "expression-unknown-subject",
  ],
  ["a misspelt list of volumes", { ...task, volums: task.volumes, volumes: undefined }, "misspelt-member"],
  [
    "a misspelt memory of the task",
    { ...task, memoyr: "512", containerDefinitions: [{ ...mounting, memory: undefined }] },
    "misspelt-member",
  ],
  ["a text for a volume", { ...task, volumes: ["logs"] }, "wrong-type"],
  [
    "a log driver that does not exist, of a task with a router",
    {
      ...task,
      containerDefinitions: [
        { ...mounting, logConfiguration: { logDriver: "firelens" } },
        { ...container, name: "router", firelensConfiguration: { type: "fluentbit" } },
      ],
    },
    "unknown-value",
  ],
  [
    "a misspelt deployment controller",
    {
      ...service,
      deploymentController: { type: "ECZ" },
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    },
    "unknown-value",
  ],
  [
    "no essential container, of a task with one that has to end first",
    {
      ...task,
      containerDefinitions: [
        { ...container, name: "init", essential: false },
        {
          ...mounting,
          essential: false,
          dependsOn: [{ containerName: "init", condition: "SUCCESS" }],
        },
      ],
    },
    "no-essential-container",
  ],
  [
    "a container larger than its task, beside another one",
    {
      ...task,
      memory: "512",
      containerDefinitions: [
        { ...mounting, memory: 900 },
        { ...container, name: "side" },
      ],
    },
    "memory-over-task",
  ],
  [
    "a deployment controller that no daemon has",
    {
      ...service,
      deploymentController: { type: "CODE_DEPLOY" },
      deploymentConfiguration: {
        deploymentCircuitBreaker: { enable: true, rollback: true },
        alarms: { alarmNames: ["a"], enable: true, rollback: true },
      },
    },
    "daemon-controller",
  ],
  [
    "waiting for a name that is nearly the container's own",
    {
      ...task,
      containerDefinitions: [{ ...mounting, dependsOn: [{ containerName: "agnet", condition: "START" }] }],
    },
    "depends-on-unknown",
  ],
  [
    "volumes from a name that is nearly the container's own",
    { ...task, containerDefinitions: [{ ...mounting, volumesFrom: [{ sourceContainer: "agnet" }] }] },
    "volumes-from-unknown",
  ],
  [
    "a launch type in an update, with a platform version",
    { service: "agent", taskDefinition: "agent:1", launchType: "EC2", platformVersion: "LATEST" },
    "update-service-member",
  ],
  ["an open parenthesis", where("(attribute:env == prod"), "expression-unbalanced-parenthesis"],
  ["a version with a letter", where("agentVersion >= 1.x"), "expression-value-type"],
];

for (const [what, input, code] of faults) {
  test(what, () => {
    const name = "taskDefinition" in input ? "a.service.json" : "a.taskdef.json";
    const text = JSON.stringify(input, null, 2);
    const task1 = openResource("agent.taskdef.json", JSON.stringify(task));
    const check = (it: string) =>
      validateDocument(openResource(name, it), { findTaskDefinition: () => task1 });
    const own = check(text).filter((it) => it.code !== "missing-member");
    assert.deepEqual(
      own.map((it) => it.code),
      [code],
    );
    for (const { title, edits } of own[0]?.fixes ?? []) {
      const after = [...edits]
        .sort((left, right) => right.span.start - left.span.start)
        .reduce((now, it) => now.slice(0, it.span.start) + it.newText + now.slice(it.span.end), text);
      assert.deepEqual(
        check(after).map((it) => it.code),
        [],
        title,
      );
    }
  });
}

/** Faults whose fix leaves something for the author to give. */
const unfinished: typeof faults = [
  ["a null for an image", { ...task, containerDefinitions: [{ ...mounting, image: null }] }, "null-value"],
  ["a null for a volume", { ...task, volumes: [null] }, "null-value"],
  [
    "a null for the name of a container that another one waits for",
    {
      ...task,
      containerDefinitions: [
        mounting,
        { ...container, name: "side", dependsOn: [{ containerName: "init", condition: "START" }] },
        { ...container, name: null },
      ],
    },
    "null-value",
  ],
  [
    "a log configuration without a driver, of a task with a router",
    {
      ...task,
      containerDefinitions: [
        { ...mounting, logConfiguration: { options: { Name: "cloudwatch" } } },
        { ...container, name: "router", firelensConfiguration: { type: "fluentbit" } },
      ],
    },
    "missing-member",
  ],
];

test("a property in a map of its object, or around it, is misplaced and not missed as well", () => {
  const router = { ...container, name: "router", firelensConfiguration: { options: { type: "fluentbit" } } };
  const routed = { ...mounting, logConfiguration: { logDriver: "awsfirelens", options: { Name: "null" } } };
  const roleArn = "arn:aws:iam::123456789012:role/ecsInfrastructure";
  const inputs: readonly (readonly [name: string, input: object, code: string])[] = [
    ["a.taskdef.json", { ...task, containerDefinitions: [routed, router] }, "misplaced-member"],
    [
      "a.taskdef.json",
      {
        ...task,
        containerDefinitions: [{ ...mounting, logConfiguration: { options: { logDriver: "json-file" } } }],
      },
      "misplaced-member",
    ],
    [
      "a.taskdef.json",
      {
        ...task,
        volumes: [
          { name: "logs", host: { path: "/logs" }, efsVolumeConfiguration: { fileSystemId: "fs-12345678" } },
        ],
      },
      "misspelt-member",
    ],
    [
      "a.service.json",
      {
        ...service,
        schedulingStrategy: "REPLICA",
        desiredCount: 1,
        roleArn,
        volumeConfigurations: [{ name: "data", managedEBSVolume: { sizeInGiB: 5, filesystemType: "xfs" } }],
      },
      "misplaced-member",
    ],
  ];
  for (const [name, input, code] of inputs) {
    const found = validateDocument(openResource(name, JSON.stringify(input)));
    assert.deepEqual(
      found.map((it) => it.code),
      [code],
    );
  }
});

test("a count of a daemon under a name of another format is one fault, and named in a template too", () => {
  const file = { ...service, desired_count: 3 };
  const codes = (resources: readonly ReturnType<typeof openResource>[]) =>
    resources.flatMap((it) => validateDocument(it)).map((it) => it.code);
  assert.deepEqual(codes([openResource("a.service.json", JSON.stringify(file))]), ["misspelt-member"]);
  const template = (properties: string) => `Resources:
  Agent:
    Type: AWS::ECS::Service
    Properties:
${properties}
`;
  const all = ["service_name: a", "task_definition: a", "scheduling_strategy: DAEMON", "desired_count: 3"];
  for (const count of [1, 2, 4]) {
    const own = ["TaskDefinition: a", "SchedulingStrategy: DAEMON"].slice(count === 4 ? 2 : 0);
    const lines = [...own, ...all.slice(-count)].map((it) => `      ${it}`);
    if (count === 2) lines.splice(1, 1);
    assert.deepEqual(
      codes(openResources("stack.yaml", template(lines.join("\n")))),
      Array.from({ length: count }, () => "misspelt-member"),
    );
  }
});

for (const [what, input, code] of unfinished) {
  test(what, () => {
    const found = validateDocument(openResource("a.taskdef.json", JSON.stringify(input)));
    assert.deepEqual(
      found.map((it) => it.code),
      [code],
    );
  });
}
