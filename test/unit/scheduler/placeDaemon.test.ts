import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { ContainerInstance } from "../../../server/src/core/cluster/containerInstance";
import { snapshotFromValue } from "../../../server/src/core/cluster/snapshot";
import { daemonServiceOf } from "../../../server/src/core/scheduler/daemonServiceOf";
import { describePlacement } from "../../../server/src/core/scheduler/describePlacement";
import { isWanted, judgeInstance, placeDaemon } from "../../../server/src/core/scheduler/placeDaemon";
import type { DaemonService, InstanceVerdict } from "../../../server/src/core/scheduler/placement";
import {
  cluster,
  containerInstance,
  daemonService,
  type InstanceOptions,
  instances,
  instanceTask,
  taskDefinition,
} from "../../support/builders";
import "../../support/sameSequences";

/** A verdict and the codes of its reasons, in order. */
function said({ verdict, reasons }: InstanceVerdict): string {
  return [verdict, ...reasons.map((it) => it.code)].join(" ");
}

const judge = (daemon: DaemonService, options: InstanceOptions = {}) =>
  said(judgeInstance(daemon, containerInstance(options)));
const reasonOf = (daemon: DaemonService, instance: ContainerInstance) =>
  judgeInstance(daemon, instance).reasons[0];

const ports = (...list: readonly (readonly [number, "tcp" | "udp"])[]) =>
  taskDefinition(
    {},
    { portMappings: list.map(([port, protocol]) => ({ containerPort: port, hostPort: port, protocol })) },
  );

describe("a verdict", () => {
  const plain = daemonService();
  const prod = daemonService(["attribute:env == prod"]);
  const own = instanceTask();
  const cases: readonly (readonly [
    what: string,
    verdict: string,
    daemon: DaemonService,
    options: InstanceOptions,
  ])[] = [
    ["an empty instance", "place", plain, {}],
    ["an instance that runs the task", "keep", plain, { tasks: [own] }],
    ["a draining instance", "excluded instance-draining", plain, { status: "DRAINING" }],
    [
      "a draining instance that runs the task",
      "stop instance-draining",
      plain,
      { status: "DRAINING", tasks: [own] },
    ],
    ["one being registered", "excluded instance-registering", plain, { status: "REGISTERING" }],
    [
      "one whose registration failed",
      "excluded instance-registration-failed",
      plain,
      { status: "REGISTRATION_FAILED" },
    ],
    ["an inactive instance", "excluded instance-inactive", plain, { status: "INACTIVE" }],
    ["a matching instance", "place", prod, { attributes: { env: "prod" } }],
    ["another value", "excluded constraint-false", prod, { attributes: { env: "dev" } }],
    ["a missing attribute", "excluded constraint-false", prod, {}],
    [
      "another value while it runs",
      "stop constraint-false",
      prod,
      { attributes: { env: "dev" }, tasks: [own] },
    ],
    ["a disconnected agent", "blocked agent-disconnected", plain, { agentConnected: false }],
    [
      "a disconnected agent while the task runs",
      "keep agent-disconnected",
      plain,
      { agentConnected: false, tasks: [own] },
    ],
    ["too little CPU", "blocked insufficient-cpu", plain, { remaining: { cpu: 127 } }],
    ["just enough CPU", "place", plain, { remaining: { cpu: 128 } }],
    ["too little memory", "blocked insufficient-memory", plain, { remaining: { memory: 255 } }],
    [
      "everything wrong at once",
      "excluded instance-draining constraint-false agent-disconnected insufficient-cpu insufficient-memory",
      prod,
      { status: "DRAINING", agentConnected: false, remaining: { cpu: 0, memory: 0 } },
    ],
    [
      "no room but what its own task holds",
      "keep",
      plain,
      { tasks: [own], remaining: { cpu: 0, memory: 0 } },
    ],
    [
      "no room but what a smaller task holds",
      "blocked insufficient-memory",
      plain,
      { tasks: [instanceTask({ memory: 200 })], remaining: { cpu: 0, memory: 0 } },
    ],
    [
      "no room beside another service's task",
      "blocked insufficient-cpu insufficient-memory",
      plain,
      { tasks: [instanceTask({ group: "service:web" })], remaining: { cpu: 0, memory: 0 } },
    ],
    [
      "a task of the service that is stopping, whose room is free already",
      "place",
      plain,
      { tasks: [instanceTask({ desiredStatus: "STOPPED" })], remaining: { cpu: 128, memory: 256 } },
    ],
    [
      "a task of the service that is stopping, whose room another one took",
      "blocked insufficient-memory",
      plain,
      { tasks: [instanceTask({ desiredStatus: "STOPPED" })], remaining: { cpu: 128, memory: 0 } },
    ],
    [
      "unknown memory",
      "unknown unknown-memory",
      plain,
      { unknownResources: ["memory"], remaining: { memory: 0 } },
    ],
    [
      "unknown memory and a disconnected agent",
      "blocked agent-disconnected unknown-memory",
      plain,
      { unknownResources: ["memory"], remaining: { memory: 0 }, agentConnected: false },
    ],
    [
      "unknown memory while the same task runs",
      "keep",
      plain,
      { unknownResources: ["memory"], remaining: { memory: 0 }, tasks: [own] },
    ],
  ];
  for (const [what, verdict, daemon, options] of cases) {
    it(`for ${what} is: ${verdict}`, () => {
      assert.equal(judge(daemon, options), verdict);
    });
  }

  it("is unknown where a constraint is, even if something blocks; a false constraint outranks it", () => {
    const tied = daemonService(["task:group == service:web", "attribute:env == prod"]);
    const noTasks = { tasks: undefined, taskGroups: undefined };
    assert.equal(judge(tied, { ...noTasks, attributes: { env: "prod" } }), "unknown constraint-unknown");
    assert.equal(
      judge(tied, { ...noTasks, attributes: { env: "prod" }, remaining: { memory: 0 } }),
      "unknown constraint-unknown insufficient-memory",
    );
    assert.equal(judge(tied, noTasks), "excluded constraint-unknown constraint-false");
  });

  it("is unknown where an expression is not finished or holds a placeholder", () => {
    const text = daemonService(["attribute:env == $ENV"]);
    const filled = {
      ...text,
      constraints: text.constraints.map((it) => ({ ...it, template: true as const })),
    };
    assert.equal(judge(filled, { attributes: { env: "x" } }), "unknown constraint-unknown");
    assert.equal(judge(text, { attributes: { env: "x" } }), "excluded constraint-false");
    assert.equal(judge(text, { attributes: { env: "$ENV" } }), "place");
    assert.equal(
      judge(daemonService(["attribute:env =="]), { attributes: { env: "x" } }),
      "unknown constraint-unknown",
    );
  });

  it("ignores distinctInstance, and a memberOf without an expression", () => {
    const daemon = daemonServiceOf(taskDefinition(), {
      placementConstraints: [{ type: "distinctInstance" }, { type: "memberOf" }, { type: "other" }, null],
    });
    assert.equal(judge(daemon), "place");
  });

  it("needs all constraints, those of the task definition too", () => {
    const daemon = daemonServiceOf(
      taskDefinition({ placementConstraints: [{ type: "memberOf", expression: "attribute:a == 1" }] }),
      { serviceName: "agent", placementConstraints: [{ type: "memberOf", expression: "attribute:b == 2" }] },
    );
    assert.equal(judge(daemon, { attributes: { a: "1", b: "2" } }), "place");
    const { reasons } = judgeInstance(daemon, containerInstance());
    assert.deepEqual(
      reasons.map((it) => `${it.constraint?.from} ${it.constraint?.index}`),
      ["taskDefinition 0", "service 0"],
    );
  });
});

describe("host ports", () => {
  it("in use block, with who holds them and another that is free", () => {
    const holder = instanceTask({
      arn: "arn:aws:ecs:us-east-1:123456789012:task/test/abc",
      group: "service:statsd",
      ports: [{ port: 8125, protocol: "udp" }],
    });
    const instance = containerInstance({
      remaining: { usedUdpPorts: new Set([8125, 8126]) },
      tasks: [holder],
    });
    assert.deepEqual(reasonOf(daemonService([], ports([8125, "udp"])), instance), {
      filter: "ports",
      code: "port-in-use",
      message: "Container agent needs host port 8125/udp, which is held by task abc of service:statsd.",
      requested: "8125/udp",
      holder: { kind: "task", id: "abc", group: "service:statsd" },
      remedy: "Use another host port; 8127/udp is free here.",
    });
  });

  it("of another protocol do not block", () => {
    const used = { remaining: { usedUdpPorts: new Set([8125]) } };
    assert.equal(judge(daemonService([], ports([8125, "tcp"])), used), "place");
  });

  it("that the agent keeps say so", () => {
    const message = reasonOf(daemonService([], ports([51678, "tcp"])), containerInstance())?.message;
    assert.match(message ?? "", /which the instance reserves for its system and the container agent/);
  });

  it("are each a reason", () => {
    const used = { remaining: { usedTcpPorts: new Set([80, 81]) } };
    assert.equal(
      judge(daemonService([], ports([80, "tcp"], [81, "tcp"])), used),
      "blocked port-in-use port-in-use",
    );
  });

  it("of the service's own task count as free, unless a task of another service holds them", () => {
    const daemon = daemonService([], ports([8126, "tcp"]));
    const remaining = { usedTcpPorts: new Set([8126]) };
    const bound = instanceTask({ ports: [{ port: 8126, protocol: "tcp" }] });
    assert.equal(judge(daemon, { tasks: [bound], remaining }), "keep");
    assert.equal(judge(daemon, { tasks: [instanceTask()], remaining }), "keep");
    const stranger = instanceTask({
      arn: "t/2",
      group: "service:web",
      ports: [{ port: 8126, protocol: "tcp" }],
    });
    assert.equal(judge(daemon, { tasks: [instanceTask(), stranger], remaining }), "blocked port-in-use");
  });
});

describe("required attributes", () => {
  const privileged = daemonService([], taskDefinition({}, { privileged: true }));
  const name = "com.amazonaws.ecs.capability.privileged-container";

  it("that are missing block, with what the agent has to be told", () => {
    const reason = reasonOf(privileged, containerInstance({ without: [name] }));
    assert.equal(reason?.code, "missing-attribute");
    assert.equal(reason?.requested, name);
    assert.equal(reason?.remedy, "Start the instance's container agent with ECS_DISABLE_PRIVILEGED=false.");
  });

  it("are checked only where the instance lists a capability", () => {
    assert.equal(judge(privileged, { bare: true }), "place");
    assert.equal(
      judge(privileged, { bare: true, attributes: { "ecs.capability.task-eni": null } }),
      "blocked missing-attribute",
    );
  });

  it("are each a reason, with their own remedy", () => {
    const daemon = daemonService(
      [],
      taskDefinition(
        { volumes: [{ name: "v", dockerVolumeConfiguration: { driver: "rexray/ebs:0.11" } }] },
        { logConfiguration: { logDriver: "splunk" } },
      ),
    );
    const { reasons } = judgeInstance(
      daemon,
      containerInstance({ without: ["com.amazonaws.ecs.capability.logging-driver.splunk"] }),
    );
    assert.deepEqual(
      reasons.map((it) => it.remedy),
      [
        "Add splunk to ECS_AVAILABLE_LOGGING_DRIVERS of the instance's container agent, and restart it.",
        'Run "docker plugin install rexray/ebs:0.11" on the instance, and restart its container agent.',
      ],
    );
  });
});

describe("the platform", () => {
  const on = (runtimePlatform: object) => daemonService([], taskDefinition({ runtimePlatform }));
  const cases: readonly (readonly [
    what: string,
    platform: object,
    attributes: Record<string, string>,
    verdict: string,
  ])[] = [
    ["ARM64 on x86_64", { cpuArchitecture: "ARM64" }, {}, "blocked wrong-cpu-architecture"],
    ["ARM64 on arm64", { cpuArchitecture: "ARM64" }, { "ecs.cpu-architecture": "arm64" }, "place"],
    ["X86_64 on x86_64", { cpuArchitecture: "X86_64", operatingSystemFamily: "LINUX" }, {}, "place"],
    [
      "one Windows on another",
      { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" },
      { "ecs.os-family": "WINDOWS_SERVER_2019_FULL" },
      "blocked wrong-operating-system",
    ],
    [
      "Windows on Linux",
      { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" },
      {},
      "blocked wrong-operating-system",
    ],
    ["a template", { cpuArchitecture: "{{ arch }}", operatingSystemFamily: "$OS" }, {}, "place"],
    ["nothing", {}, { "ecs.os-family": "WINDOWS_SERVER_2019_FULL" }, "place"],
  ];
  for (const [what, platform, attributes, verdict] of cases) {
    it(`asked as ${what} is: ${verdict}`, () => {
      assert.equal(judge(on(platform), { attributes }), verdict);
    });
  }

  it("goes by os-type where there is no os-family, and fits where there is neither", () => {
    const linux = on({ operatingSystemFamily: "LINUX", cpuArchitecture: "ARM64" });
    assert.equal(
      judge(linux, { bare: true, attributes: { "ecs.os-type": "windows" } }),
      "blocked wrong-operating-system",
    );
    assert.equal(judge(linux, { bare: true }), "place");
  });
});

describe("GPUs and network interfaces", () => {
  const twoGpus = daemonService(
    [],
    taskDefinition({}, { resourceRequirements: [{ type: "GPU", value: "2" }] }),
  );
  const awsvpc = daemonService([], taskDefinition({ networkMode: "awsvpc" }));
  const neighbor = (id: number) => instanceTask({ arn: `t/${id}`, group: "service:web", enis: 1 });

  it("block where too few GPUs are left", () => {
    const gpus = { registered: { gpus: ["a", "b"] } };
    assert.equal(judge(twoGpus, gpus), "place");
    assert.equal(judge(twoGpus, { ...gpus, remaining: { gpus: ["a"] } }), "blocked insufficient-gpu");
    const reason = reasonOf(twoGpus, containerInstance());
    assert.equal(reason?.message, "The task needs 2 GPUs, and none is left.");
    assert.equal(reason?.remedy, "Select instances with at least 2 GPUs.");
  });

  it("of the service's own task count as free", () => {
    const tasks = [instanceTask({ gpus: ["a", "b"] })];
    assert.equal(
      judge(twoGpus, { registered: { gpus: ["a", "b"] }, remaining: { gpus: [] }, tasks }),
      "keep",
    );
  });

  it("of the service's own task count as free where nobody says which it holds", () => {
    const registered = { gpus: ["a", "b"] };
    const other = instanceTask({ arn: "t/2", group: "service:web", gpus: ["b"] });
    assert.equal(judge(twoGpus, { registered, remaining: { gpus: [] }, tasks: [instanceTask()] }), "keep");
    assert.equal(
      judge(twoGpus, { registered, remaining: { gpus: [] }, tasks: [instanceTask(), other] }),
      "blocked insufficient-gpu",
    );
  });

  it("block where all interfaces but the instance's own are taken", () => {
    assert.equal(judge(awsvpc, { tasks: [neighbor(1)] }), "place");
    assert.equal(judge(awsvpc, { tasks: [neighbor(1), neighbor(2)] }), "blocked insufficient-eni");
    assert.equal(judge(daemonService(), { tasks: [neighbor(1), neighbor(2)] }), "place");
  });

  it("do not block on an instance with trunking, or of a type that is not known", () => {
    const tasks = [neighbor(1), neighbor(2)];
    assert.equal(judge(awsvpc, { tasks, attributes: { "ecs.awsvpc-trunk-id": "x" } }), "place");
    assert.equal(judge(awsvpc, { tasks, attributes: { "ecs.instance-type": "x9.large" } }), "place");
  });
});

describe("a remedy", () => {
  const remedy = (expression: string, attributes: Record<string, string> = {}) =>
    reasonOf(daemonService([expression]), containerInstance({ attributes }))?.remedy;

  it("for memory is the smallest change on either side", () => {
    const instance = containerInstance({ remaining: { memory: 192 } });
    assert.deepEqual(reasonOf(daemonService(), instance), {
      filter: "memory",
      code: "insufficient-memory",
      message: "The task reserves 256 MiB of memory, and 192 are left.",
      requested: 256,
      available: 192,
      remedy: "Free 64 MiB, or reserve at most 192 MiB.",
    });
  });

  it("for a task larger than the instance is a smaller task or larger instances", () => {
    const instance = containerInstance({ registered: { memory: 200 } });
    const reason = reasonOf(daemonService(), instance);
    assert.equal(reason?.message, "The task reserves 256 MiB of memory, and the whole instance has 200.");
    assert.equal(reason?.remedy, "Reserve at most 200 MiB, or select larger instances.");
  });

  const cases: readonly (readonly [
    expression: string,
    attributes: Record<string, string>,
    remedy: string | undefined,
  ])[] = [
    ["attribute:env == prod", {}, "Add the attribute env=prod."],
    ["attribute:env==prod", { env: "dev" }, "Change the attribute to env=prod."],
    ["attribute:env in [prod, stage]", {}, "Add the attribute env=prod."],
    ["attribute:env exists", {}, "Add the attribute env."],
    ["attribute:env !exists", { env: "x" }, "Remove the attribute env."],
    ["not(attribute:env == prod)", { env: "prod" }, "Remove the attribute env."],
    ["attribute:a == 1 and attribute:b == 2", { a: "1" }, "Add the attribute b=2."],
    ["attribute:a == 1 and attribute:b == 2", {}, "Add the attribute a=1 and add the attribute b=2."],
    ["(attribute:a == 1 and attribute:b == 2) or attribute:c == 3", {}, "Add the attribute c=3."],
    ["attribute:ecs.instance-type == c5.large", {}, undefined],
    ["attribute:a == 1 and attribute:a == 2", {}, undefined],
    ["attribute:env =~ pro.*", {}, undefined],
    ["attribute:env == pro*", {}, undefined],
    ["attribute:env in [pro*, prod]", {}, "Add the attribute env=prod."],
    ["runningTasksCount > 3", {}, undefined],
    ["runningTasksCount > 3 or attribute:x == y", {}, "Add the attribute x=y."],
  ];
  for (const [expression, attributes, expected] of cases) {
    const having = Object.entries(attributes).map((it) => it.join("="));
    it(`for ${expression} on ${having.join(", ") || "nothing"} is: ${expected ?? "none"}`, () => {
      assert.equal(remedy(expression, attributes), expected);
    });
  }
});

describe("the sentence", () => {
  const sentence = (daemon: DaemonService, list: readonly ContainerInstance[]) =>
    describePlacement(placeDaemon(daemon, cluster(list)), daemon);
  const numbered = (...options: InstanceOptions[]) =>
    options.map((it, index) => containerInstance({ ...it, id: `i-${index}` }));

  it("tells the story of five instances and a sixth", () => {
    const datadog = ports([8125, "udp"], [8126, "tcp"]);
    const five = instances(5);
    assert.equal(sentence(daemonService([], datadog), five), "Lands on 5 of 5 container instances.");
    const six = [...five, containerInstance({ id: "i-6", attributes: { env: "prod" } })];
    const prod = daemonService(["attribute:env==prod"], datadog);
    assert.equal(
      sentence(prod, six),
      "Lands on 1 of 6 container instances: 5 are excluded by `attribute:env==prod`.",
    );
    const placement = placeDaemon(prod, cluster(six));
    assert.deepEqual(placement.summary, {
      instances: 6,
      place: 1,
      keep: 0,
      stop: 0,
      excluded: 5,
      blocked: 0,
      unknown: 0,
    });
    for (const it of placement.instances.filter((one) => one.id !== "i-6")) {
      assert.match(it.reasons[0]?.message ?? "", /^`attribute:env==prod` is false: /);
    }
    assert.deepEqual(
      placeDaemon(prod, cluster(six))
        .instances.filter(isWanted)
        .map((it) => it.id),
      ["i-6"],
    );
  });

  it("groups instances by what is first in their way", () => {
    const prod = { attributes: { env: "prod" } };
    const list = numbered(
      prod,
      { ...prod, tasks: [instanceTask()] },
      {},
      {},
      { ...prod, remaining: { memory: 192 } },
      { ...prod, remaining: { memory: 192 } },
      { ...prod, agentConnected: false },
      { status: "DRAINING" },
    );
    assert.equal(
      sentence(daemonService(["attribute:env == prod"]), list),
      "Lands on 2 of 8 container instances: 1 is DRAINING, 2 are excluded by `attribute:env == prod`, " +
        "1 has its agent disconnected, 2 lack 64 MiB of memory.",
    );
  });

  it("names the clause that decided in a longer expression, and the whole where several did", () => {
    const daemon = daemonService(["attribute:env == prod and attribute:tier == web"]);
    assert.equal(
      sentence(daemon, numbered({ attributes: { env: "prod" } })),
      "Lands on 0 of 1 container instance: 1 is excluded by `attribute:tier == web`.",
    );
    assert.match(
      sentence(daemon, numbered({})),
      /excluded by `attribute:env == prod and attribute:tier == web`/,
    );
  });

  it("is repeated by each instance's message, with the value that decided", () => {
    const daemon = daemonService(["attribute:env == prod and attribute:tier == web"]);
    const message = (attributes: Record<string, string>) =>
      reasonOf(daemon, containerInstance({ attributes }))?.message ?? "";
    assert.match(message({ env: "prod", tier: "db" }), /^`attribute:tier == web` is false: .*db/);
    assert.match(message({}), /^`attribute:env == prod and attribute:tier == web` is false: .*;/);
  });

  it("gives the largest gap where amounts differ", () => {
    const list = numbered({ remaining: { cpu: 100 } }, { remaining: { cpu: 64 } });
    assert.equal(
      sentence(daemonService(), list),
      "Lands on 0 of 2 container instances: 2 lack up to 64 CPU units.",
    );
  });

  it("says ports, attributes, GPUs, platforms and what is unknown", () => {
    const list = (options: InstanceOptions) => numbered(options);
    const of = (definition: Record<string, unknown>, options: InstanceOptions) =>
      sentence(daemonService([], definition), list(options)).replace(/^.*: 1 /, "");
    assert.equal(
      of(ports([80, "tcp"]), { remaining: { usedTcpPorts: new Set([80]) } }),
      "has port 80/tcp in use.",
    );
    assert.equal(
      of(taskDefinition({ networkMode: "awsvpc" }), { without: ["ecs.capability.task-eni"] }),
      "lacks the attribute ecs.capability.task-eni.",
    );
    assert.equal(
      of(taskDefinition({}, { resourceRequirements: [{ type: "GPU", value: "1" }] }), {}),
      "lacks a GPU.",
    );
    assert.equal(of(taskDefinition({ runtimePlatform: { cpuArchitecture: "ARM64" } }), {}), "is not ARM64.");
    assert.equal(
      of(taskDefinition(), { unknownResources: ["memory"] }),
      "does not report how much memory is left.",
    );
  });

  it("names six groups and counts the rest", () => {
    const daemon = daemonService([], ports(...[1, 2, 3, 4, 5, 6, 7, 8].map((it) => [it, "tcp"] as const)));
    const list = [1, 2, 3, 4, 5, 6, 7, 8].map((port) =>
      containerInstance({ id: `i-${port}`, remaining: { usedTcpPorts: new Set([port]) } }),
    );
    assert.match(
      sentence(daemon, list),
      /^Lands on 0 of 8 .* 1 has port 6\/tcp in use, 2 more for other reasons\.$/,
    );
  });

  it("says that a cluster is empty", () => {
    assert.equal(sentence(daemonService(), []), "The cluster has no container instances.");
  });
});

describe("a placement", () => {
  it("is plain data, the same every time, in the order of ids", () => {
    const daemon = daemonService(["attribute:env == prod or attribute:tier in [a, b]"]);
    const list = cluster([...instances(3), containerInstance({ id: "i-0", attributes: { tier: "b" } })]);
    const placement = placeDaemon(daemon, list);
    assert.deepEqual(structuredClone(placement), placement);
    assert.deepEqual(
      placeDaemon(daemonService(["attribute:env == prod or attribute:tier in [a, b]"]), list),
      placement,
    );
    assert.deepEqual(
      placement.instances.map((it) => it.id),
      ["i-0", "i-1", "i-2", "i-3"],
    );
  });

  it("has a headline for everything that does not land, and none that stands in the way of what does", () => {
    const option = fc.record<InstanceOptions>(
      {
        status: fc.constantFrom("ACTIVE", "DRAINING", "INACTIVE"),
        agentConnected: fc.boolean(),
        attributes: fc.dictionary(fc.constantFrom("env", "tier"), fc.constantFrom("prod", "web", null)),
        tasks: fc.constantFrom([], [instanceTask()], undefined),
        unknownResources: fc.constantFrom([], ["cpu" as const]),
        remaining: fc.record({ cpu: fc.constantFrom(0, 4096), memory: fc.constantFrom(-5, 200, 4096) }),
      },
      { requiredKeys: [] },
    );
    const expression = fc.constantFrom(
      "attribute:env == prod",
      "not(attribute:tier == web) or task:group == service:agent",
      "attribute:env exists and",
      "",
    );
    fc.assert(
      fc.property(fc.array(option), fc.array(expression, { maxLength: 2 }), (options, expressions) => {
        const list = options.map((it, index) => containerInstance({ ...it, id: `i-${index}` }));
        const { instances: verdicts, summary } = placeDaemon(daemonService(expressions), cluster(list));
        const { instances: total, ...counts } = summary;
        assert.equal(
          Object.values(counts).reduce((sum, it) => sum + it, 0),
          total,
        );
        for (const it of verdicts) {
          if (it.verdict === "place") assert.deepEqual(it.reasons, []);
          if (it.verdict === "keep") assert.ok(it.reasons.every((one) => one.filter === "agent"));
          if (it.verdict !== "place" && it.verdict !== "keep") assert.notEqual(it.reasons.length, 0);
        }
      }),
    );
  });

  it("of a snapshot without resources is unknown, not blocked", () => {
    const { cluster: bare } = snapshotFromValue({
      containerInstances: [
        { containerInstanceArn: "arn:aws:ecs:r:1:container-instance/c/x", attributes: [] },
      ],
    });
    assert.equal(placeDaemon(daemonService(), bare).summary.unknown, 1);
  });

  it("assumes nothing to run where the snapshot has no tasks", () => {
    assert.equal(judge(daemonService(), { tasks: undefined }), "place");
  });
});
