import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { compatibilitiesOf } from "../../../server/src/core/requirements/compatibilitiesOf";
import { requirementsOf, requiresAttributesOf } from "../../../server/src/core/requirements/requirementsOf";
import { taskDefinition } from "../../support/builders";
import "../../support/sameSequences";

describe("cpu and memory", () => {
  const size = (task: object, ...containers: object[]) => {
    const { cpu, memory } = requirementsOf({ ...task, containerDefinitions: containers });
    return { cpu, memory };
  };

  it("come from the containers, memory by reservation before limit", () => {
    assert.deepEqual(size({}, { cpu: 10, memory: 300, memoryReservation: 100 }, { cpu: 5, memory: 50 }, {}), {
      cpu: 15,
      memory: 150,
    });
  });

  it("of the task win, in units and in words", () => {
    assert.deepEqual(size({ cpu: "256", memory: "512" }, { cpu: 10, memory: 10 }), { cpu: 256, memory: 512 });
    assert.deepEqual(size({ cpu: "1 vCPU", memory: "0.5GB" }), { cpu: 1024, memory: 512 });
    assert.deepEqual(size({ cpu: ".25 vcpu", memory: "2 GB" }), { cpu: 256, memory: 2048 });
  });

  it("of the task are ignored on Windows", () => {
    const task = {
      cpu: "1024",
      memory: "2048",
      runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE" },
    };
    assert.deepEqual(size(task, { cpu: 10, memory: 20 }), { cpu: 10, memory: 20 });
  });

  it("that are templates or no sizes ask for nothing", () => {
    assert.deepEqual(size({ cpu: "{{ must_env `CPU` }}", memory: "$MEM" }, { cpu: "7", memory: -3 }), {
      cpu: 0,
      memory: 0,
    });
    assert.deepEqual(size({ cpu: "1 GB", memory: "1 vCPU" }), { cpu: 0, memory: 0 });
  });
});

describe("host ports", () => {
  const ports = (networkMode: string | undefined, ...portMappings: object[]) =>
    requirementsOf(
      taskDefinition(networkMode === undefined ? {} : { networkMode }, { portMappings }),
    ).ports.map((it) => `${it.port}/${it.protocol}`);

  it("in bridge mode are the ones written and not 0", () => {
    const mappings = [
      { containerPort: 8125, hostPort: 8125, protocol: "udp" },
      { containerPort: 80, hostPort: 0 },
      { containerPort: 81 },
      { containerPort: 8126, hostPort: 18126 },
    ];
    assert.deepEqual(ports(undefined, ...mappings), ["8125/udp", "18126/tcp"]);
    assert.deepEqual(ports("bridge", ...mappings), ["8125/udp", "18126/tcp"]);
  });

  it("in host mode are the container's ports, each once", () => {
    assert.deepEqual(ports("host", { containerPort: 9100 }, { containerPort: 9100, hostPort: 9100 }), [
      "9100/tcp",
    ]);
  });

  it("in awsvpc and none mode are none, but awsvpc takes a network interface", () => {
    assert.deepEqual(ports("awsvpc", { containerPort: 80, hostPort: 80 }), []);
    assert.deepEqual(ports("none", { containerPort: 80, hostPort: 80 }), []);
    assert.equal(requirementsOf(taskDefinition({ networkMode: "awsvpc" })).enis, 1);
    assert.equal(requirementsOf(taskDefinition({ networkMode: "host" })).enis, 0);
  });

  it("read an unknown protocol as tcp, and ask nothing for a range", () => {
    assert.deepEqual(ports("bridge", { hostPort: 5000, protocol: "sctp" }, { containerPortRange: "80-90" }), [
      "5000/tcp",
    ]);
  });

  it("outside 1 to 65535 are no ports", () => {
    assert.deepEqual(
      ports("bridge", { hostPort: 65536 }, { hostPort: -1 }, { hostPort: 1.5 }, { hostPort: "80" }),
      [],
    );
  });
});

describe("GPUs", () => {
  it("are summed over the containers, ALL counting as one", () => {
    const definition = {
      containerDefinitions: [
        { resourceRequirements: [{ type: "GPU", value: "2" }] },
        {
          resourceRequirements: [
            { type: "GPU", value: "ALL" },
            { type: "NeuronDevice", value: "ALL" },
          ],
        },
      ],
    };
    assert.equal(requirementsOf(definition).gpus, 3);
  });
});

const awslogs = (options: Readonly<Record<string, string>>) => ({
  logConfiguration: { logDriver: "awslogs", options },
});

describe("required attributes", () => {
  const C = "com.amazonaws.ecs.capability.";
  const e = "ecs.capability.";
  const cases: readonly (readonly [what: string, definition: unknown, names: readonly string[]])[] = [
    ["nothing special", taskDefinition(), []],
    [
      "an ECR image with an execution role",
      taskDefinition(
        { executionRoleArn: "arn:aws:iam::123456789012:role/x" },
        { image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/agent:1" },
      ),
      [`${C}ecr-auth`, `${e}execution-role-ecr-pull`],
    ],
    ["memoryReservation", taskDefinition({}, { memoryReservation: 64 }), [`${C}docker-remote-api.1.21`]],
    [
      "awslogs that makes its group",
      taskDefinition({}, awslogs({ "awslogs-create-group": "true" })),
      [`${C}docker-remote-api.1.19`, `${C}docker-remote-api.1.29`, `${C}logging-driver.awslogs`],
    ],
    [
      "awslogs that does not block",
      taskDefinition({}, awslogs({ mode: "non-blocking", "max-buffer-size": "4m" })),
      [`${C}docker-remote-api.1.19`, `${C}docker-remote-api.1.28`, `${C}logging-driver.awslogs`],
    ],
    [
      "awslogs with a mode alone",
      taskDefinition({}, awslogs({ mode: "blocking" })),
      [`${C}docker-remote-api.1.19`, `${C}docker-remote-api.1.28`, `${C}logging-driver.awslogs`],
    ],
    [
      "a health check with a start period",
      taskDefinition({}, { healthCheck: { command: ["CMD", "x"], startPeriod: 10 } }),
      [`${C}docker-remote-api.1.29`, `${e}container-health-check`],
    ],
    [
      "an EFS volume without authorization",
      taskDefinition({ volumes: [{ name: "v", efsVolumeConfiguration: { fileSystemId: "fs-1" } }] }),
      [`${C}docker-remote-api.1.25`, `${e}efs`, `${e}efsAuth`],
    ],
    ["swap", taskDefinition({}, { linuxParameters: { maxSwap: 0, swappiness: 0 } }), []],
    [
      "tmpfs",
      taskDefinition({}, { linuxParameters: { sharedMemorySize: 8 } }),
      [`${C}docker-remote-api.1.22`],
    ],
    [
      "ipcMode, init, ulimits, no-new-privileges, swap, a user and awslogs together",
      taskDefinition(
        { ipcMode: "none" },
        {
          ...awslogs({}),
          linuxParameters: { initProcessEnabled: true, maxSwap: 0, swappiness: 0 },
          ulimits: [{ name: "nofile", softLimit: 1, hardLimit: 2 }],
          dockerSecurityOptions: ["no-new-privileges"],
          user: "1000",
          disableNetworking: true,
        },
      ),
      [
        ...[17, 18, 19, 23, 25, 32].map((it) => `${C}docker-remote-api.1.${it}`),
        `${C}logging-driver.awslogs`,
        `${e}pid-ipc-namespace-sharing`,
      ],
    ],
    ["a public ECR image", taskDefinition({}, { image: "public.ecr.aws/datadog/agent:7" }), []],
    [
      "awslogs with an execution role",
      taskDefinition({ executionRoleArn: "r" }, { logConfiguration: { logDriver: "awslogs" } }),
      [`${C}docker-remote-api.1.19`, `${C}logging-driver.awslogs`, `${e}execution-role-awslogs`],
    ],
    ["awsvpc", taskDefinition({ networkMode: "awsvpc" }), [`${C}docker-remote-api.1.18`, `${e}task-eni`]],
    [
      "a task role on the host network",
      taskDefinition({ taskRoleArn: "r", networkMode: "host" }),
      [`${C}task-iam-role`, `${C}task-iam-role-network-host`],
    ],
    [
      "secrets of both stores",
      taskDefinition(
        {},
        {
          secrets: [
            { name: "A", valueFrom: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:x" },
            { name: "B", valueFrom: "/path/in/ssm" },
          ],
        },
      ),
      [`${e}secrets.asm.environment-variables`, `${e}secrets.ssm.environment-variables`],
    ],
    [
      "a Docker volume",
      taskDefinition({ volumes: [{ name: "v", dockerVolumeConfiguration: { driver: "rexray/ebs:1.0" } }] }),
      [`${C}docker-remote-api.1.25`, `${e}docker-plugin.rexray/ebs.1.0`],
    ],
    [
      "FireLens",
      taskDefinition(
        {},
        { firelensConfiguration: { type: "fluentbit", options: { "config-file-type": "s3" } } },
      ),
      [`${e}firelens.fluentbit`, `${e}firelens.options.config.s3`],
    ],
    [
      "privileged with init and a health check",
      taskDefinition(
        { pidMode: "host" },
        {
          privileged: true,
          linuxParameters: { initProcessEnabled: true },
          healthCheck: { command: ["CMD", "x"] },
        },
      ),
      [
        `${C}docker-remote-api.1.24`,
        `${C}docker-remote-api.1.25`,
        `${C}privileged-container`,
        `${e}container-health-check`,
        `${e}pid-ipc-namespace-sharing`,
      ],
    ],
    [
      "a log driver that is a template",
      taskDefinition({}, { logConfiguration: { logDriver: "{{ driver }}" } }),
      [],
    ],
  ];
  for (const [what, definition, names] of cases) {
    it(`of ${what} are ${names.length === 0 ? "none" : "as ECS prints them"}`, () => {
      assert.deepEqual(
        requiresAttributesOf(definition).map((it) => it.name),
        names,
      );
    });
  }

  it("say what asked for them", () => {
    const [attribute] = requiresAttributesOf(taskDefinition({}, { privileged: true }));
    assert.equal(attribute?.because, "privileged");
  });
});

describe("compatibilities", () => {
  it("of a plain bridge definition are EXTERNAL and EC2", () => {
    assert.deepEqual(compatibilitiesOf(taskDefinition()), ["EXTERNAL", "EC2"]);
  });

  it("of an awsvpc definition with a size that Fargate sells include FARGATE", () => {
    const fargate = { networkMode: "awsvpc", cpu: "256", memory: "512" };
    assert.deepEqual(compatibilitiesOf(taskDefinition(fargate)), ["EC2", "FARGATE"]);
    assert.deepEqual(compatibilitiesOf(taskDefinition({ ...fargate, memory: "1536" })), ["EC2"]);
    assert.deepEqual(compatibilitiesOf(taskDefinition(fargate, { privileged: true })), ["EC2"]);
    assert.deepEqual(
      compatibilitiesOf(
        taskDefinition({ ...fargate, volumes: [{ name: "v", host: { sourcePath: "/proc" } }] }),
      ),
      ["EC2"],
    );
  });
});

describe("any value at all", () => {
  it("has requirements of finite numbers", () => {
    const words = fc.constantFrom(
      "containerDefinitions",
      "portMappings",
      "cpu",
      "memory",
      "hostPort",
      "__proto__",
      "volumes",
      "secrets",
      "networkMode",
      "logConfiguration",
      "logDriver",
      "linuxParameters",
      "resourceRequirements",
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        fc.jsonValue(),
        fc.array(tie("tree")),
        fc.dictionary(words, tie("tree")),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        const { cpu, memory, gpus } = requirementsOf(value);
        assert.ok(Number.isFinite(cpu) && cpu >= 0);
        assert.ok(Number.isFinite(memory) && memory >= 0);
        assert.ok(Number.isInteger(gpus) && gpus >= 0);
        assert.ok(compatibilitiesOf(value).includes("EC2"));
      }),
      { numRuns: 500 },
    );
  });
});
