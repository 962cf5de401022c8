import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { completeCapabilities } from "../../../server/src/core/cluster/capabilities";
import { readFleet } from "../../../server/src/core/cluster/fleet";
import { fleetInstanceId } from "../../../server/src/core/cluster/fleetInstances";
import {
  cpuArchitectureOf,
  instanceTypes,
  registeredMemory,
} from "../../../server/src/core/cluster/instanceTypes";
import { readClusterText } from "../../../server/src/core/cluster/readClusterText";
import { compileQuery } from "../../../server/src/core/query/evaluate";
import { parseQuery } from "../../../server/src/core/query/parse/parser";
import { requirementsOf } from "../../../server/src/core/requirements/requirementsOf";
import { instanceFacts } from "../../../server/src/lsp/preview/previewResult";
import "../../support/sameSequences";

const read = (...groups: unknown[]) => readFleet(JSON.stringify({ groups }));
const problemsOf = (...groups: unknown[]) =>
  read(...groups).problems.map((it) => `${it.severity} ${it.path} ${it.message}`);

describe("a fleet", () => {
  it("has the instances of its groups, zones in turn", () => {
    const { cluster, problems } = read({
      count: 5,
      instanceType: "m5.large",
      zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
      attributes: { env: "prod", gateway: null },
    });
    assert.deepEqual(problems, []);
    assert.equal(cluster.instances.length, 5);
    const zones = cluster.instances.map((it) => it.attributes.get("ecs.availability-zone")).sort();
    assert.deepEqual(zones, ["eu-west-1a", "eu-west-1a", "eu-west-1b", "eu-west-1b", "eu-west-1c"]);
    const [first] = cluster.instances;
    assert.match(first?.id ?? "", /^[0-9a-f]{32}$/);
    assert.match(
      first?.arn ?? "",
      /^arn:aws:ecs:eu-west-1:123456789012:container-instance\/fleet\/[0-9a-f]{32}$/,
    );
    assert.match(first?.ec2InstanceId ?? "", /^i-[0-9a-f]{17}$/);
    assert.equal(first?.attributes.get("env"), "prod");
    assert.ok(first?.attributes.has("gateway"));
    assert.equal(first?.attributes.get("ecs.instance-type"), "m5.large");
    assert.equal(first?.registered.cpu, 2048);
    assert.equal(first?.registered.memory, 7816);
    assert.deepEqual(first?.tasks, []);
  });

  it("has instances without an age: they never registered", () => {
    const { cluster } = read({ count: 2, instanceType: "m5.large" });
    const [first] = cluster.instances;
    assert.ok(first !== undefined);
    assert.equal(first.registeredAt, undefined);
    assert.equal(instanceFacts(first).registeredAt, undefined);
    assert.equal(compileQuery(parseQuery("registeredAt < 2030-01-01").tree)(first), "unknown");
  });

  it("gives every instance of a zone the same subnet", () => {
    const { cluster } = read({ count: 4, instanceType: "m5.large", zones: ["us-east-1a", "us-east-1b"] });
    const pairs = cluster.instances.map(
      (it) => `${it.attributes.get("ecs.availability-zone")} ${it.attributes.get("ecs.subnet-id")}`,
    );
    assert.equal(new Set(pairs).size, 2);
  });

  it("is always the same, and keeps its instances when a group grows", () => {
    const small = read(
      { count: 3, instanceType: "c5.large" },
      { count: 2, instanceType: "m5.large" },
    ).cluster;
    const grown = read(
      { count: 9, instanceType: "c5.large" },
      { count: 2, instanceType: "m5.large" },
    ).cluster;
    const ids = new Set(grown.instances.map((it) => it.id));
    assert.deepEqual(
      read({ count: 3, instanceType: "c5.large" }, { count: 2, instanceType: "m5.large" }).cluster,
      small,
    );
    assert.ok(small.instances.every((it) => ids.has(it.id)));
  });

  it("keeps the ids of a group when one before it cannot be used", () => {
    const broken = read(
      { count: 3, instanceType: "z9.huge" },
      { count: 2, instanceType: "m5.large" },
    ).cluster;
    const whole = read(
      { count: 0, instanceType: "c5.large" },
      { count: 2, instanceType: "m5.large" },
    ).cluster;
    assert.deepEqual(
      broken.instances.map((it) => it.id),
      whole.instances.map((it) => it.id),
    );
  });

  it("sizes GPU instances, ARM and Windows as their kind", () => {
    const { cluster } = read(
      { count: 1, instanceType: "g5.xlarge" },
      { count: 1, instanceType: "c7g.large" },
      { count: 1, instanceType: "m5.large", attributes: { "ecs.os-family": "WINDOWS_SERVER_2022_CORE" } },
    );
    const by = (name: string, value: string) =>
      cluster.instances.find((it) => it.attributes.get(name) === value);
    assert.equal(by("ecs.instance-type", "g5.xlarge")?.remaining.gpus.length, 1);
    assert.equal(by("ecs.instance-type", "c7g.large")?.attributes.get("ecs.cpu-architecture"), "arm64");
    const windows = by("ecs.os-type", "windows");
    assert.ok(windows?.attributes.has("ecs.capability.gmsa"));
    assert.ok(!windows?.attributes.has("ecs.capability.efs"));
    assert.ok(windows?.remaining.usedTcpPorts.has(3389));
  });

  it("takes sizes over the table, and needs them for a type outside it", () => {
    const own = read({ count: 1, instanceType: "x9g.large", cpu: 4096, memory: 9000 });
    assert.deepEqual(own.problems, []);
    assert.equal(own.cluster.instances[0]?.registered.memory, 9000);
    assert.equal(own.cluster.instances[0]?.attributes.get("ecs.cpu-architecture"), "arm64");
    const bare = read({ count: 1, cpu: 512, memory: 512 });
    assert.deepEqual(bare.problems, []);
    assert.ok(!bare.cluster.instances[0]?.attributes.has("ecs.instance-type"));
  });

  it("may have comments and a trailing comma", () => {
    const { cluster, problems } = readFleet(`{
      // Three of each.
      "groups": [{ "count": 3, "instanceType": "m5.large" },]
    }`);
    assert.deepEqual(problems, []);
    assert.equal(cluster.instances.length, 3);
  });
});

describe("a problem of a fleet", () => {
  const cases: readonly (readonly [what: string, group: unknown, expected: RegExp])[] = [
    [
      "an instance type that is not in the table",
      { count: 1, instanceType: "x9.huge", cpu: 5 },
      /^error \/groups\/0\/instanceType The size of "x9.huge" is not known here\. Add "cpu"/,
    ],
    ["neither type nor size", { count: 1 }, /^error \/groups\/0 A group needs an "instanceType"/],
    [
      "a count of text",
      { count: "5", instanceType: "m5.large" },
      /^error \/groups\/0\/count "count" is a whole number/,
    ],
    ["a negative count", { count: -1, instanceType: "m5.large" }, /^error \/groups\/0\/count /],
    [
      "a misspelt member",
      { count: 1, instanceType: "m5.large", zone: [] },
      /^warning \/groups\/0\/zone A group has no/,
    ],
    [
      "zones that are no list",
      { count: 1, instanceType: "m5.large", zones: "a" },
      /^error \/groups\/0\/zones /,
    ],
    [
      "a number as attribute",
      { count: 1, instanceType: "m5.large", attributes: { "a/b": 5 } },
      /^warning \/groups\/0\/attributes\/a~1b ECS compares attributes as text: write "5"/,
    ],
    [
      "a status that ECS lacks",
      { count: 1, instanceType: "m5.large", status: "active" },
      /^error \/groups\/0\/status /,
    ],
    ["a group that is no object", 7, /^error \/groups\/0 A group is an object/],
  ];
  for (const [what, group, expected] of cases) {
    it(`is found and placed: ${what}`, () => {
      const problems = problemsOf(group);
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? "", expected);
    });
  }

  it("is a fleet of more than 100,000 instances, which is cut", () => {
    const { cluster, problems } = read(
      { count: 99_999, cpu: 1, memory: 1 },
      { count: 3_000_000_000, cpu: 1, memory: 1 },
    );
    assert.equal(cluster.instances.length, 100_000);
    assert.equal(new Set(cluster.instances.map((it) => it.id)).size, 100_000);
    assert.match(problems[0]?.path ?? "", /^\/groups\/1\/count$/);
  });

  it("is a file without groups, which is no fleet", () => {
    assert.notEqual(readFleet("{}").failure, undefined);
    assert.notEqual(readFleet("[").failure, undefined);
    assert.equal(readFleet('{"groups": []}').failure, undefined);
  });
});

describe("ids", () => {
  it("differ for every two instances", () => {
    const place = fc.tuple(fc.nat(1000), fc.nat(100_000));
    fc.assert(
      fc.property(place, place, ([group, number], [otherGroup, otherNumber]) => {
        const same = group === otherGroup && number === otherNumber;
        assert.equal(fleetInstanceId(group, number) === fleetInstanceId(otherGroup, otherNumber), same);
      }),
    );
  });
});

describe("the table of instance types", () => {
  it("has 22 types, and memory registered is a little less than what EC2 sells", () => {
    assert.equal(instanceTypes.size, 22);
    for (const type of instanceTypes.values()) {
      const share = registeredMemory(type.memoryGiB) / (type.memoryGiB * 1024);
      assert.ok(share > 0.9 && share < 0.97, `${type.name} ${share}`);
      assert.equal(cpuArchitectureOf(type.name), type.cpuArchitecture);
    }
  });

  it("knows Graviton by its name", () => {
    assert.equal(cpuArchitectureOf("m8gd.xlarge"), "arm64");
    assert.equal(cpuArchitectureOf("im4gn.large"), "arm64");
    assert.equal(cpuArchitectureOf("g6.xlarge"), "x86_64");
  });
});

describe("complete capabilities", () => {
  it("cover what any Linux definition without SELinux, AppArmor, gMSA or plug-ins requires", () => {
    const definition = {
      networkMode: "awsvpc",
      taskRoleArn: "r",
      executionRoleArn: "r",
      pidMode: "task",
      proxyConfiguration: {},
      enableFaultInjection: true,
      cpu: "16 vCPU",
      volumes: [
        { name: "e", efsVolumeConfiguration: { authorizationConfig: {} } },
        { name: "d", dockerVolumeConfiguration: { driver: "local" } },
        { name: "s", s3filesVolumeConfiguration: {} },
        { name: "b", configuredAtLaunch: true },
      ],
      containerDefinitions: [
        "json-file",
        "syslog",
        "journald",
        "gelf",
        "fluentd",
        "awslogs",
        "splunk",
        "awsfirelens",
      ].map((logDriver, index) => ({
        name: logDriver,
        image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/x",
        privileged: true,
        healthCheck: {},
        stopTimeout: 5,
        environmentFiles: [{}],
        repositoryCredentials: {},
        secrets: [{ valueFrom: "arn:aws:secretsmanager:x" }, { valueFrom: "x" }],
        portMappings: [{ containerPortRange: "1-5" }],
        restartPolicy: { enabled: true },
        linuxParameters: { initProcessEnabled: true, swappiness: 1 },
        logConfiguration: {
          logDriver,
          secretOptions: [{ valueFrom: "x" }, { valueFrom: "arn:aws:secretsmanager:x" }],
        },
        firelensConfiguration: {
          type: index % 2 ? "fluentd" : "fluentbit",
          options: { "config-file-type": "s3" },
        },
      })),
    };
    const complete = new Set(completeCapabilities("LINUX"));
    const missing = requirementsOf(definition).attributes.filter((it) => !complete.has(it.name));
    assert.deepEqual(missing, []);
    assert.equal(new Set(completeCapabilities("LINUX")).size, completeCapabilities("LINUX").length);
  });
});

describe("the text of a cluster file", () => {
  it("is a fleet or a snapshot by its content, whatever it is called", () => {
    assert.equal(readClusterText("x.ecs-cluster.json", '{"groups": []}').kind, "fleet");
    assert.equal(readClusterText("x.ecs-fleet.json", '{"containerInstances": []}').kind, "clusterSnapshot");
    assert.equal(
      readClusterText("x.json", '{"containerInstances": []}{"tasks": []}').kind,
      "clusterSnapshot",
    );
  });

  it("is by its name what its content does not tell", () => {
    assert.equal(readClusterText("/a/b.ecs-fleet.json", "{").kind, "fleet");
    const said = (name: string) => readClusterText(name, "{").problems.map((it) => it.message);
    assert.deepEqual(said("b.ecs-fleet.json"), ["The JSON ends before it is complete."]);
    assert.match(said("b.ecs-cluster.json").join(), /complete\. Write the whole answer of the AWS CLI/);
    assert.equal(readClusterText("C:\\a\\b.json", "{").kind, "clusterSnapshot");
  });

  it("names a cluster after its file", () => {
    assert.equal(readClusterText("/a/prod.ecs-fleet.json", '{"groups": []}').cluster.name, "prod");
    assert.equal(
      readClusterText("/a/prod.ecs-cluster.json", '{"containerInstances": []}').cluster.name,
      "prod",
    );
  });
});
