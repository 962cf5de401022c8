// A value that a placeholder stands for is unknown to every filter that reads it: never zero, never a verdict.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { documentValue } from "../../../server/src/core/resources/documentValue";
import { openResource } from "../../../server/src/core/resources/resource";
import { daemonServiceOf } from "../../../server/src/core/scheduler/daemonServiceOf";
import { describePlacement } from "../../../server/src/core/scheduler/describePlacement";
import { notKnown } from "../../../server/src/core/scheduler/filters/unknownReason";
import { placeDaemon } from "../../../server/src/core/scheduler/placeDaemon";
import type { Verdict } from "../../../server/src/core/scheduler/placement";
import { cluster, containerInstance } from "../../support/builders";
import "../../support/sameSequences";

/** The verdict, and the messages of the reasons. */
function judge(text: string, instance = containerInstance()) {
  const document = openResource("a.taskdef.json", text);
  const placement = placeDaemon(daemonServiceOf(documentValue(document)), cluster([instance]));
  const [judged] = placement.instances;
  assert.ok(judged);
  return { verdict: judged.verdict, messages: judged.reasons.map((it) => it.message) };
}

const task = (members: string, container = '"memory": 64') =>
  `{ "family": "a", ${members} "containerDefinitions": [{ "name": "a", "image": "a", ${container} }] }`;

const gpuInstance = containerInstance({ registered: { gpus: ["g0"] } });

const texts: readonly (readonly [
  text: string,
  message: string,
  instance?: ReturnType<typeof containerInstance>,
])[] = [
  [task("", '"memory": ${MEM}'), "`${MEM}` is not known; up to 7,816 MiB fit."],
  [task("", '"memory": "{{ mem }}"'), "`{{ mem }}` is not known; up to 7,816 MiB fit."],
  [task("", '"memory": 64, "memoryReservation": $MEM'), "`$MEM` is not known; up to 7,816 MiB fit."],
  [task('"memory": "${MEM}",'), "`${MEM}` is not known; up to 7,816 MiB fit."],
  [task('"cpu": "[[CPU]]",'), "`[[CPU]]` is not known; up to 2,048 CPU units fit."],
  [task("", '"memory": 64, "cpu": %CPU%'), "`%CPU%` is not known; up to 2,048 CPU units fit."],
  [
    task("", '"memory": 64 }, { "name": "b", "image": "b", "memory": __MEM__'),
    "`__MEM__` is not known; up to 7,752 MiB more fit.",
  ],
  [
    task("", '"memory": 64, "portMappings": [{ "containerPort": 80, "hostPort": @@PORT@@ }]'),
    "`@@PORT@@` is not known; 5 host ports are in use here.",
  ],
  [
    task('"networkMode": "host",', '"memory": 64, "portMappings": [{ "containerPort": ${PORT} }]'),
    "`${PORT}` is not known; 5 host ports are in use here.",
  ],
  [
    task('"networkMode": "${MODE}",', '"memory": 64, "portMappings": [{ "containerPort": 22 }]'),
    "`${MODE}` is not known; host port 22/tcp the instance reserves for its system and the container agent.",
  ],
  [
    task("", '"memory": 64, "portMappings": [{ "containerPort": 22, "hostPort": 22, "protocol": "${P}" }]'),
    "`${P}` is not known; host port 22/tcp the instance reserves for its system and the container agent.",
  ],
  [
    task("", '"memory": 64, "resourceRequirements": [{ "type": "GPU", "value": "${N}" }]'),
    "`${N}` is not known; no GPU is left.",
  ],
  [
    task("", '"memory": 64, "resourceRequirements": [{ "type": "GPU", "value": "${N}" }]'),
    "`${N}` is not known; up to 1 GPU fits.",
    gpuInstance,
  ],
  [
    task('"runtimePlatform": { "cpuArchitecture": "${ARCH}" },'),
    "`${ARCH}` is not known; the instance has x86_64.",
  ],
  [
    task('"runtimePlatform": { "operatingSystemFamily": "${OS}" },'),
    "`${OS}` is not known; the instance runs LINUX.",
  ],
  [
    task("", '"memory": 64, "logConfiguration": { "logDriver": "${DRIVER}" }'),
    "`${DRIVER}` is not known; the instance has json-file, syslog, journald and 6 more.",
  ],
  [
    task('"taskRoleArn": "${ROLE}",'),
    "`${ROLE}` is not known; with taskRoleArn the instance lacks the attribute com.amazonaws.ecs.capability.task-iam-role.",
    containerInstance({ without: ["com.amazonaws.ecs.capability.task-iam-role"] }),
  ],
];

test("the reason names the value and the room for it", () => {
  for (const [text, message, instance] of texts) {
    const { verdict, messages } = judge(text, instance);
    assert.equal(verdict, "unknown", text);
    assert.ok(messages.includes(message), `${text}\n${messages.join("\n")}`);
  }
});

test("what does not depend on the value is decided all the same", () => {
  assert.equal(judge(task("", '"memory": ${MEM}, "memoryReservation": 64')).verdict, "place");
  assert.equal(judge(task('"memory": "64",', '"memory": ${MEM}')).verdict, "place");
  assert.equal(judge(task("", '"memory": 64, "image": "${IMAGE}"')).verdict, "place");
  assert.equal(judge(task("", '"memory": 9000, "cpu": ${CPU}')).verdict, "blocked");
  const port =
    '"memory": 64, "portMappings": [{ "containerPort": 8125, "hostPort": 8125, "protocol": "${P}" }]';
  assert.equal(judge(task("", port)).verdict, "place");
  const taken = new Set([8125]);
  const both = containerInstance({ remaining: { usedTcpPorts: taken, usedUdpPorts: taken } });
  assert.equal(judge(task("", port), both).verdict, "blocked");
});

test("an instance with room for the most that a task can take has room, whatever the value is", () => {
  // Windows goes by the containers, which take less; the reason that stays is the platform.
  const sizes = task('"memory": "1024", "runtimePlatform": { "operatingSystemFamily": "${OS}" },');
  const reasons = (memory: number) => judge(sizes, containerInstance({ remaining: { memory } })).messages;
  const platform = "`${OS}` is not known; the instance runs LINUX.";
  assert.deepEqual(reasons(1024), [platform]);
  assert.deepEqual(reasons(1023), [platform, "`${OS}` is not known; up to 959 MiB more fit."]);
  assert.equal(judge(sizes, containerInstance({ remaining: { memory: 63 } })).verdict, "blocked");
});

test("a list that may get more is unknown, and blocks where what is there does not fit", () => {
  const list = (memory: number) =>
    `{ "family": "a", "containerDefinitions": [{ "name": "a", "image": "a", "memory": ${memory} }, \${MORE}] }`;
  assert.equal(judge(list(64)).verdict, "unknown");
  assert.ok(judge(list(64)).messages.includes("`${MORE}` is not known; up to 7,752 MiB more fit."));
  assert.equal(judge(list(9000)).verdict, "blocked");
  assert.equal(judge('{ "family": "a", "containerDefinitions": ${CONTAINERS} }').verdict, "unknown");
  assert.equal(judge(task("{{> task }}", '"memory": 64')).verdict, "unknown");
});

test("an instance that is not desired stays excluded, and one of unknown room says both", () => {
  const draining = containerInstance({ status: "DRAINING" });
  assert.equal(judge(task("", '"memory": ${MEM}'), draining).verdict, "excluded");
  const { messages } = judge(
    task("", '"memory": ${MEM}'),
    containerInstance({ unknownResources: ["memory"] }),
  );
  assert.deepEqual(messages, ["`${MEM}` is not known; how much the instance has left is not known."]);
});

test("the summary names the value", () => {
  const document = openResource("a.taskdef.json", task("", '"memory": ${MEM}'));
  const daemon = daemonServiceOf(documentValue(document));
  const placement = placeDaemon(daemon, cluster([containerInstance()]));
  assert.equal(placement.summary.unknown, 1);
  assert.equal(
    describePlacement(placement, daemon),
    "Lands on 0 of 1 container instance: 1 is unknown because of `${MEM}`.",
  );
});

/** Members that filters read, with values that some instances take and others do not. */
const holes: Readonly<Record<string, readonly unknown[]>> = {
  taskCpu: ["256", "4096", undefined],
  taskMemory: ["128", "20000", undefined],
  networkMode: ["bridge", "host", "awsvpc", "none", undefined],
  os: ["LINUX", "WINDOWS_SERVER_2022_CORE", undefined],
  architecture: ["X86_64", "ARM64", undefined],
  role: ["agentRole", undefined],
  cpu: [10, 5000, undefined],
  memory: [64, 9000],
  reservation: [32, 9000, undefined],
  containerPort: [22, 8125],
  hostPort: [0, 22, 8125, undefined],
  protocol: ["tcp", "udp", undefined],
  gpu: ["1", "5"],
  gpuType: ["GPU", "InferenceAccelerator"],
  driver: ["awslogs", "splunk", "json-file"],
  mode: ["blocking", undefined],
  image: ["agent:1", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/agent:1"],
  startPeriod: [10, undefined],
  privileged: [true, false],
};
const names = Object.keys(holes);

function definitionOf(value: (name: string) => unknown): string {
  const definition = {
    family: "a",
    cpu: value("taskCpu"),
    memory: value("taskMemory"),
    networkMode: value("networkMode"),
    taskRoleArn: value("role"),
    runtimePlatform: { operatingSystemFamily: value("os"), cpuArchitecture: value("architecture") },
    containerDefinitions: [
      {
        name: "a",
        image: value("image"),
        cpu: value("cpu"),
        memory: value("memory"),
        memoryReservation: value("reservation"),
        privileged: value("privileged"),
        portMappings: [
          { containerPort: value("containerPort"), hostPort: value("hostPort"), protocol: value("protocol") },
        ],
        resourceRequirements: [{ type: value("gpuType"), value: value("gpu") }],
        logConfiguration: { logDriver: value("driver"), options: { mode: value("mode") } },
        healthCheck: { command: ["CMD", "x"], startPeriod: value("startPeriod") },
      },
    ],
  };
  return JSON.stringify(definition).replace(/"@@HOLE@@"/g, "${HOLE}");
}

const instanceArbitrary = fc
  .record({
    bare: fc.boolean(),
    without: fc.subarray([
      "com.amazonaws.ecs.capability.task-iam-role",
      "com.amazonaws.ecs.capability.ecr-auth",
      "com.amazonaws.ecs.capability.logging-driver.awslogs",
      "com.amazonaws.ecs.capability.docker-remote-api.1.24",
      "com.amazonaws.ecs.capability.docker-remote-api.1.28",
      "ecs.capability.task-eni",
    ]),
    memory: fc.constantFrom(50, 7816),
    cpu: fc.constantFrom(5, 2048),
    gpus: fc.constantFrom<readonly string[]>([], ["g0", "g1"]),
    ports: fc.subarray([22, 8125]),
  })
  .map(({ bare, without, memory, cpu, gpus, ports }) =>
    containerInstance({
      bare,
      without,
      registered: { memory: 7816, cpu: 2048, gpus },
      remaining: { memory, cpu, gpus, usedTcpPorts: new Set(ports), usedUdpPorts: new Set(ports.slice(1)) },
    }),
  );

const chosen = fc.record(
  Object.fromEntries(names.map((name) => [name, fc.constantFrom(...(holes[name] ?? []))])),
);

test("a placeholder never gives a verdict that one of its values contradicts", () => {
  fc.assert(
    fc.property(
      instanceArbitrary,
      chosen,
      fc.subarray(names, { minLength: 1, maxLength: 2 }),
      (instance, base, open) => {
        const value = (name: string) => (open.includes(name) ? "@@HOLE@@" : base[name]);
        const { verdict, messages } = judge(definitionOf(value), instance);
        const fillings = open.reduce<readonly Readonly<Record<string, unknown>>[]>(
          (all, name) =>
            all.flatMap((it) =>
              (holes[name] ?? [])
                .filter((each) => each !== undefined)
                .map((each) => ({ ...it, [name]: each })),
            ),
          [base],
        );
        const verdicts = new Set<Verdict>(
          fillings.map(
            (filling) =>
              judge(
                definitionOf((name) => filling[name]),
                instance,
              ).verdict,
          ),
        );
        const text = `${definitionOf(value)}\n${[...verdicts].join(" ")}\n${messages.join("\n")}`;
        if (verdict !== "unknown") assert.deepEqual([...verdicts], [verdict], text);
        assert.ok(!messages.some((it) => it.includes("undefined")), text);
      },
    ),
    { numRuns: 600 },
  );
});

test("unknown values are listed by name, of many the first few", () => {
  const names = ["A", "B", "C", "D", "E"];
  const text = (count: number) => notKnown(names.slice(0, count), false);
  assert.equal(text(1), "A is not known");
  assert.equal(text(2), "A and B are not known");
  assert.equal(text(4), "A, B, C and D are not known");
  assert.equal(text(5), "A, B, C and 2 more are not known");
});
