// What Fargate, Windows, external instances and Managed Instances do not have: each property, each value, and each platform.

import assert from "node:assert/strict";
import { test } from "node:test";
import { definition, fargate, found, lines, unknown } from "../../support/checkedInputs";

const windowsFamily = "WINDOWS_SERVER_2022_CORE";
const windows = { runtimePlatform: { operatingSystemFamily: windowsFamily } };
const startingWith = (start: string, all: readonly string[]) =>
  all.filter((it) => it.startsWith(`${start} `));

/** Values that surely have something, and those that may have nothing. */
const contents: Readonly<Record<string, unknown>> = {
  links: ["side"],
  linuxParameters: { initProcessEnabled: true },
  user: "root",
  dnsServers: ["10.0.0.2"],
  dnsSearchDomains: ["a.test"],
  extraHosts: [{ hostname: "h", ipAddress: "10.0.0.1" }],
  ulimits: [{ name: "core", softLimit: 1, hardLimit: 1 }],
  systemControls: [{ namespace: "net.a", value: "1" }],
  dockerLabels: { a: "b" },
  dockerSecurityOptions: ["no-new-privileges"],
  hostname: "h",
};

test("Windows containers lack what is of Linux", () => {
  const of = (container: object, inTask: object = {}) =>
    startingWith("not-on-windows", lines(definition({ ...windows, ...inTask }, container)));
  const says = (name: string) => [`not-on-windows at ${name} (${windowsFamily}): Remove '${name}'`];
  for (const name of [
    "links",
    "linuxParameters",
    "user",
    "dnsServers",
    "dnsSearchDomains",
    "extraHosts",
    "ulimits",
    "systemControls",
  ]) {
    assert.deepEqual(of({ [name]: contents[name] }), says(name));
    for (const it of [unknown, null]) assert.deepEqual(of({ [name]: it }), [], name);
    assert.deepEqual(
      of({ [name]: contents[name] }, { runtimePlatform: { operatingSystemFamily: "LINUX" } }),
      [],
    );
    assert.deepEqual(of({ [name]: contents[name] }, { runtimePlatform: undefined }), []);
  }
  for (const name of ["privileged", "readonlyRootFilesystem", "disableNetworking"]) {
    assert.deepEqual(of({ [name]: true }), says(name));
    for (const it of [false, unknown]) assert.deepEqual(of({ [name]: it }), []);
  }
  for (const [name, value] of [
    ["pidMode", "task"],
    ["ipcMode", "task"],
  ])
    assert.deepEqual(of({}, { [name ?? ""]: value }), says(name ?? ""));
  for (const it of [true, false, unknown])
    assert.equal(of({}, { enableFaultInjection: it, networkMode: "awsvpc" }).length, it === true ? 1 : 0);
  for (const name of ["cpu", "memory"]) {
    assert.deepEqual(of({}, { [name]: "512" }), says(name));
    assert.deepEqual(of({}, { [name]: "512", requiresCompatibilities: ["FARGATE"] }), []);
    assert.deepEqual(of({}, { [name]: "512", requiresCompatibilities: [unknown] }), []);
  }
  const gpu = (type: string) => of({ resourceRequirements: [{ type, value: "1" }] });
  assert.deepEqual(gpu("GPU"), [`not-on-windows at GPU (${windowsFamily}): Remove it`]);
  assert.deepEqual(gpu(unknown), []);
  assert.deepEqual(of({ firelensConfiguration: { type: "fluentbit" } }), [
    `not-on-windows at firelensConfiguration (${windowsFamily})`,
  ]);
  const mode = (networkMode: string, more: object = {}) =>
    startingWith("windows-network-mode", lines(definition({ ...windows, networkMode, ...more })));
  for (const it of ["host", "none"]) {
    assert.deepEqual(mode(it), [`windows-network-mode at ${it}: Remove 'networkMode'`]);
    assert.deepEqual(mode(it, { requiresCompatibilities: ["FARGATE"] }), []);
  }
  for (const it of ["bridge", "awsvpc", unknown]) assert.deepEqual(mode(it), []);
  const arm = (cpuArchitecture: string, operatingSystemFamily: string) =>
    startingWith(
      "windows-arm64",
      lines(definition({ runtimePlatform: { cpuArchitecture, operatingSystemFamily } })),
    );
  assert.deepEqual(arm("ARM64", windowsFamily), [
    `windows-arm64 at ARM64 (${windowsFamily}): Change to 'X86_64'`,
  ]);
  for (const [one, other] of [
    ["X86_64", windowsFamily],
    ["ARM64", "LINUX"],
    [unknown, windowsFamily],
    ["ARM64", unknown],
  ])
    assert.deepEqual(arm(one ?? "", other ?? ""), []);
});

test("file systems and volume drivers are of one platform", () => {
  const of = (volume: object, operatingSystemFamily: string | undefined) =>
    startingWith(
      "volume-platform",
      lines(definition({ runtimePlatform: { operatingSystemFamily }, volumes: [{ name: "v", ...volume }] })),
    );
  const kinds = {
    efsVolumeConfiguration: "LINUX",
    s3filesVolumeConfiguration: "LINUX",
    fsxWindowsFileServerVolumeConfiguration: windowsFamily,
  };
  for (const [name, right] of Object.entries(kinds))
    for (const family of ["LINUX", windowsFamily, unknown, undefined])
      assert.deepEqual(
        of({ [name]: {} }, family),
        family === right || family === unknown || family === undefined
          ? []
          : [`volume-platform at ${name} (${family})`],
        `${name} ${family}`,
      );
  const driver = (it: string, family = windowsFamily) =>
    of({ dockerVolumeConfiguration: { driver: it } }, family);
  assert.deepEqual(driver("rexray"), [`volume-platform at rexray (${windowsFamily}): Change to 'local'`]);
  for (const it of ["local", unknown]) assert.deepEqual(driver(it), []);
  assert.deepEqual(driver("rexray", "LINUX"), []);
});

test("external instances lack what is of AWS", () => {
  const of = (inTask: object, container: object = {}, requires: readonly unknown[] = ["EXTERNAL"]) =>
    startingWith(
      "not-on-external",
      lines(definition({ requiresCompatibilities: requires, ...inTask }, container)),
    );
  assert.deepEqual(of({ networkMode: "awsvpc" }), ["not-on-external at awsvpc"]);
  for (const it of ["bridge", "host", unknown]) assert.deepEqual(of({ networkMode: it }), []);
  assert.deepEqual(of({ volumes: [{ name: "v", efsVolumeConfiguration: {} }] }), [
    "not-on-external at efsVolumeConfiguration",
  ]);
  assert.deepEqual(of({ proxyConfiguration: { containerName: "agent" } }), [
    "not-on-external at proxyConfiguration: Remove 'proxyConfiguration'",
  ]);
  assert.deepEqual(of({}, { resourceRequirements: [{ type: "GPU", sharingStrategy: {} }] }), [
    "not-on-external at sharingStrategy",
  ]);
  assert.deepEqual(of({}, { resourceRequirements: [{ type: "GPU", value: "1" }] }), []);
  assert.deepEqual(of({}, { dockerSecurityOptions: ["label:x"] }), ["not-on-external at label:x: Remove it"]);
  for (const it of ["no-new-privileges", unknown])
    assert.deepEqual(of({}, { dockerSecurityOptions: [it] }), []);
  assert.deepEqual(of({ networkMode: "awsvpc" }, {}, ["EC2", "EXTERNAL"]).length, 1);
  for (const it of [["EC2"], [unknown], []]) assert.deepEqual(of({ networkMode: "awsvpc" }, {}, it), []);
});

test("Managed Instances lack what is of Docker", () => {
  const of = (inTask: object, container: object = {}, requires: readonly unknown[] = ["MANAGED_INSTANCES"]) =>
    startingWith(
      "not-on-managed-instances",
      lines(
        definition(
          { requiresCompatibilities: requires, networkMode: "host", cpu: "256", memory: "512", ...inTask },
          container,
        ),
      ),
    );
  const says = (name: string) => [`not-on-managed-instances at ${name}: Remove '${name}'`];
  for (const name of ["dnsSearchDomains", "dockerLabels", "dockerSecurityOptions"]) {
    assert.deepEqual(of({}, { [name]: contents[name] }), says(name));
    assert.deepEqual(of({ networkMode: "awsvpc" }, { [name]: contents[name] }), says(name));
    for (const it of [unknown, null]) assert.deepEqual(of({}, { [name]: it }), []);
  }
  for (const name of ["dnsServers", "extraHosts", "hostname", "links"]) {
    assert.deepEqual(of({}, { [name]: contents[name] }), says(name));
    assert.deepEqual(of({ networkMode: "awsvpc" }, { [name]: contents[name] }), []);
  }
  for (const name of ["maxSwap", "sharedMemorySize"])
    assert.deepEqual(of({}, { linuxParameters: { [name]: 64 } }), says(name));
  for (const name of ["dockerVolumeConfiguration", "fsxWindowsFileServerVolumeConfiguration"])
    assert.deepEqual(of({ volumes: [{ name: "v", [name]: { x: 1 } }] }), says(name));
  assert.deepEqual(of({ proxyConfiguration: { containerName: "a" } }), says("proxyConfiguration"));
  const storage = { ephemeralStorage: { sizeInGiB: 30 } };
  assert.deepEqual(of(storage), says("ephemeralStorage"));
  assert.deepEqual(of(storage, {}, ["MANAGED_INSTANCES", "EC2"]), []);
  assert.deepEqual(of(windows), [`not-on-managed-instances at ${windowsFamily}`]);
  assert.deepEqual(of({}, { dockerLabels: { a: "b" } }, ["MANAGED_INSTANCES", "FARGATE"]), []);
  for (const it of [["EC2"], [unknown], []]) assert.deepEqual(of({}, { dockerLabels: { a: "b" } }, it), []);
});

test("Fargate lacks what is of the instance", () => {
  const of = (inTask: object, container: object = {}) =>
    lines(fargate(inTask, container)).filter((it) => it.startsWith("fargate"));
  const removed = (code: string, name: string) => [`${code} at ${name}: Remove '${name}'`];
  assert.deepEqual(of({}), []);
  for (const it of ["bridge", "host", "none"])
    assert.deepEqual(of({ networkMode: it }), [
      `fargate-network-mode at ${it} (FARGATE): Set "networkMode": "awsvpc"`,
    ]);
  assert.deepEqual(of({ networkMode: undefined }), [
    'fargate-network-mode at { (FARGATE): Set "networkMode": "awsvpc"',
  ]);
  for (const it of [unknown, "awsvcp"]) assert.deepEqual(of({ networkMode: it }), []);
  const constraint = [{ type: "memberOf", expression: "attribute:a == b" }];
  assert.deepEqual(
    of({ placementConstraints: constraint }),
    removed("fargate-placement-constraints", "placementConstraints"),
  );
  for (const it of [[], unknown]) assert.deepEqual(of({ placementConstraints: it }), []);
  assert.deepEqual(of({ ipcMode: "task" }), removed("fargate-ipc-mode", "ipcMode"));
  assert.deepEqual(of({ pidMode: "host" }), [
    "fargate-pid-mode at host: Change to 'task' | Remove 'pidMode'",
  ]);
  for (const it of ["task", unknown]) assert.deepEqual(of({ pidMode: it }), []);
  const volume = (more: object) => of({ volumes: [{ name: "v", ...more }] });
  assert.deepEqual(volume({ host: { sourcePath: "/x" } }), removed("fargate-host-path", "sourcePath"));
  for (const it of [{}, null]) assert.deepEqual(volume({ host: it }), []);
  assert.deepEqual(
    volume({ dockerVolumeConfiguration: {} }),
    removed("fargate-docker-volume", "dockerVolumeConfiguration"),
  );
  assert.deepEqual(of({}, { privileged: true }), ["fargate-privileged at true: Remove 'privileged'"]);
  for (const it of [false, unknown]) assert.deepEqual(of({}, { privileged: it }), []);
  assert.deepEqual(
    of({}, { dockerSecurityOptions: ["no-new-privileges"] }),
    removed("fargate-security-options", "dockerSecurityOptions"),
  );
  assert.deepEqual(of({}, { resourceRequirements: [{ type: "GPU", value: "1" }] }), [
    "fargate-gpu at GPU: Remove it",
  ]);
  for (const name of ["startTimeout", "stopTimeout"]) {
    assert.deepEqual(of({}, { [name]: 121 }), ["fargate-timeout at 121: Change to 120"]);
    for (const it of [120, unknown]) assert.deepEqual(of({}, { [name]: it }), []);
  }
  const linux = (more: object) => of({}, { linuxParameters: more });
  assert.deepEqual(linux({ devices: [{ hostPath: "/d" }] }), removed("fargate-devices", "devices"));
  for (const it of [[], unknown]) assert.deepEqual(linux({ devices: it }), []);
  assert.deepEqual(linux({ sharedMemorySize: 64 }), removed("fargate-shared-memory", "sharedMemorySize"));
  assert.deepEqual(linux({ maxSwap: 64, swappiness: 1 }), [
    ...removed("fargate-swap", "maxSwap"),
    ...removed("fargate-swap", "swappiness"),
  ]);
  const able = (list: string, name: string) => linux({ capabilities: { [list]: [name] } });
  assert.deepEqual(able("add", "SYS_ADMIN"), ["fargate-capability at SYS_ADMIN: Remove it"]);
  for (const it of ["SYS_PTRACE", unknown, "FLY"]) assert.deepEqual(able("add", it), []);
  assert.deepEqual(able("drop", "SYS_ADMIN"), []);
  for (const it of ["WINDOWS_SERVER_2016_FULL", "WINDOWS_SERVER_2004_CORE", "WINDOWS_SERVER_20H2_CORE"])
    assert.ok(
      found(
        fargate({ runtimePlatform: { operatingSystemFamily: it }, cpu: "1024", memory: "2048" }),
      ).includes("fargate-windows-version"),
      it,
    );
  for (const it of [windowsFamily, "WINDOWS_SERVER_2019_CORE", "LINUX"])
    assert.ok(
      !found(
        fargate({ runtimePlatform: { operatingSystemFamily: it }, cpu: "1024", memory: "2048" }),
      ).includes("fargate-windows-version"),
      it,
    );
});

test("Fargate needs an execution role for logs and images of AWS", () => {
  const image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/a:1";
  const logConfiguration = {
    logDriver: "awslogs",
    options: { "awslogs-group": "g", "awslogs-region": "eu-west-1", "awslogs-stream-prefix": "a" },
  };
  const of = (container: object, inTask: object = {}) =>
    lines(fargate(inTask, container)).filter((it) => it.startsWith("fargate"));
  const add = "Add the execution role ecsTaskExecutionRole";
  assert.deepEqual(of({ logConfiguration }), [`fargate-execution-role at { (awslogs): ${add}`]);
  assert.deepEqual(of({ image }), [`fargate-image-role at { (${image}): ${add}`]);
  assert.deepEqual(of({ image, logConfiguration }), [`fargate-execution-role at { (awslogs): ${add}`]);
  for (const it of ["a:1", unknown]) assert.deepEqual(of({ image: it }), []);
  for (const it of ["role", unknown])
    assert.deepEqual(of({ image, logConfiguration }, { executionRoleArn: it }), []);
  assert.deepEqual(of({ image }, { [unknown]: 1 }), []);
  assert.deepEqual(of({ image, secrets: [{ name: "A", valueFrom: "s" }] }), []);
  assert.deepEqual(of({ image, repositoryCredentials: { credentialsParameter: "s" } }), []);
});

test("Fargate logs with three drivers, and awslogs needs a prefix there", () => {
  const of = (logDriver: string, options: object) =>
    found(fargate({ executionRoleArn: "role" }, { logConfiguration: { logDriver, options } })).filter((it) =>
      it.startsWith("fargate"),
    );
  const group = { "awslogs-group": "g", "awslogs-region": "eu-west-1" };
  assert.deepEqual(of("awslogs", { ...group, "awslogs-stream-prefix": "a" }), []);
  assert.deepEqual(of("awslogs", group), ["fargate-stream-prefix"]);
  assert.deepEqual(of("awslogs", { ...group, [unknown]: "x" }), []);
  for (const it of ["splunk", "awsfirelens", unknown]) assert.deepEqual(of(it, {}), []);
  for (const it of ["json-file", "syslog", "gelf"]) assert.deepEqual(of(it, {}), ["fargate-log-driver"]);
});
