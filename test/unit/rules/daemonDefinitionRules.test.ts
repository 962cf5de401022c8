// Definitions of managed daemons: what they may open and where they log, each value, and what is near a fault.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  diagnosticsOf,
  lines as linesOf,
  messages as messagesOf,
  unknown,
} from "../../support/checkedInputs";

const account = "123456789012";
const definitionFile = "agent.daemon-taskdef.json";
const managed = (more: object, container: object = {}) => ({
  family: "agent",
  executionRoleArn: `arn:aws:iam::${account}:role/execution`,
  cpu: "256",
  memory: "512",
  containerDefinitions: [
    {
      name: "agent",
      image: "agent:1",
      restartPolicy: { enabled: true },
      healthCheck: { command: ["CMD-SHELL", "true"], interval: 30, retries: 10, startPeriod: 300 },
      ...container,
    },
  ],
  ...more,
});
const managedLines = (more: object, container: object = {}) =>
  linesOf(managed(more, container), {}, definitionFile);

test("a daemon's containers log with the drivers of daemons", () => {
  const severities = (logDriver: string) =>
    diagnosticsOf(
      managed(
        {},
        {
          logConfiguration: {
            logDriver,
            options: {
              "awslogs-group": "g",
              "awslogs-region": "eu-west-1",
              "splunk-token": "t",
              "splunk-url": "https://s",
            },
          },
        },
      ),
      {},
      definitionFile,
    )
      .filter((it) => it.code === "daemon-log-driver")
      .map((it) => it.severity);
  for (const it of ["awslogs", "splunk", "awsfirelens", "none", unknown])
    assert.deepEqual(severities(it), [], it);
  assert.deepEqual(severities("json-file"), ["information"]);
  for (const it of ["syslog", "journald", "gelf", "fluentd"])
    assert.deepEqual(severities(it), ["warning"], it);
});

test("an execution role is for images of Amazon ECR and for CloudWatch Logs", () => {
  const of = (container: object, executionRoleArn?: string) =>
    managedLines({ executionRoleArn }, container).filter((it) => it.startsWith("execution-role-missing"));
  const image = `${account}.dkr.ecr.eu-west-1.amazonaws.com/agent:1`;
  const logConfiguration = {
    logDriver: "awslogs",
    options: { "awslogs-group": "g", "awslogs-region": "eu-west-1" },
  };
  assert.deepEqual(of({ image }), [`execution-role-missing at ${image}`]);
  assert.deepEqual(of({ logConfiguration }), ["execution-role-missing at awslogs"]);
  assert.deepEqual(of({ image, logConfiguration }), [`execution-role-missing at ${image}`]);
  assert.deepEqual(of({ image: "agent:1" }), []);
  assert.deepEqual(of({ image: unknown }), []);
  for (const role of [`arn:aws:iam::${account}:role/a`, unknown])
    assert.deepEqual(of({ image, logConfiguration }, role), []);
});

test("a daemon declares its size, or one of its two parts", () => {
  const of = (more: object) => managedLines(more).filter((it) => it.startsWith("size-not-declared"));
  assert.deepEqual(of({ cpu: undefined, memory: undefined }).length, 1);
  for (const it of [{ cpu: undefined }, { memory: undefined }, { cpu: unknown, memory: undefined }])
    assert.deepEqual(of(it), []);
  assert.deepEqual(of({ cpu: undefined, memory: undefined, containerDefinitions: [] }), []);
});

test("what a daemon can see and do on every instance is one diagnostic", () => {
  const of = (more: object, container: object = {}) =>
    managedLines(more, container).filter((it) => it.startsWith("host-namespace"));
  const able = (name: string) => ({ linuxParameters: { capabilities: { add: [name] } } });
  assert.deepEqual(of({}), []);
  for (const it of ["pidMode", "ipcMode"]) {
    assert.deepEqual(of({ [it]: "shared" }), [`host-namespace at ${it}`]);
    assert.deepEqual(of({ [it]: unknown }), []);
  }
  assert.deepEqual(of({}, { privileged: true }), ["host-namespace at privileged"]);
  for (const privileged of [false, unknown]) assert.deepEqual(of({}, { privileged }), []);
  for (const it of ["ALL", "SYS_ADMIN", "SYS_PTRACE", "SYS_MODULE", "BPF", "NET_ADMIN"])
    assert.deepEqual(of({}, able(it)), [`host-namespace at ${it}`]);
  for (const it of ["CHOWN", unknown]) assert.deepEqual(of({}, able(it)), []);
  assert.deepEqual(of({ pidMode: "shared", ipcMode: "shared" }, { privileged: true, ...able("BPF") }), [
    "host-namespace at pidMode (ipcMode, privileged, BPF)",
  ]);
});

test("paths of the instance are those of Managed Instances", () => {
  const of = (sourcePath: string) => {
    const volumes = [{ name: "v", host: { sourcePath } }];
    const mountPoints = [{ sourceVolume: "v", containerPath: "/v" }];
    return managedLines({ volumes }, { mountPoints });
  };
  const docker = (path: string, to?: string) => [
    `docker-on-managed-instances at ${path}${to === undefined ? "" : `: Change to '${to}'`}`,
  ];
  for (const it of ["/var/run/docker.sock", "/run/docker.sock", "/run/docker.sock/"])
    assert.deepEqual(of(it), docker(it, "/var/run/containerd/containerd.sock"));
  for (const it of ["/cgroup", "/cgroup/cpu"]) assert.deepEqual(of(it), docker(it, "/sys/fs/cgroup"));
  for (const it of ["/var/lib/docker", "/var/lib/docker/containers", "/run/docker", "/var/run/docker/x"])
    assert.deepEqual(of(it), docker(it));
  for (const it of ["/etc/ecs", "/var/lib/ecs/data", "/var/log/ecs", "/opt/aws"])
    assert.deepEqual(of(it), [`ec2-agent-path at ${it}`]);
  for (const it of [
    "/sys/fs/cgroup",
    "/var/lib/dockers",
    "/etc/ecs2",
    "/cgroups",
    "/run/dockerd",
    "/proc",
    unknown,
  ])
    assert.deepEqual(of(it), [], it);
});

test("a log driver volume is read only, and by a container whose own logs are not in it", () => {
  const logs = { name: "logs", logDriverVolumeConfiguration: { driver: "json-file" } };
  const of = (readOnly: unknown, volume: object = {}, more: object = {}) => {
    const mountPoints = [{ sourceVolume: "logs", containerPath: "/logs", readOnly }];
    return managedLines({ volumes: [{ ...logs, ...volume }] }, { mountPoints, ...more }).filter(
      (it) => !it.startsWith("log-volume-old-client"),
    );
  };
  const writable = ['log-volume-writable at logs: Add "readOnly": true'];
  for (const it of [undefined, false]) assert.deepEqual(of(it), writable);
  for (const it of [true, unknown]) assert.deepEqual(of(it), []);
  const driver = (name: string) => of(true, { logDriverVolumeConfiguration: { driver: name } });
  assert.deepEqual(driver("awslogs"), ["log-volume-driver at awslogs: Change to 'json-file'"]);
  assert.deepEqual(driver(unknown), []);
  assert.deepEqual(of(true, { host: { sourcePath: "/logs" } }), [
    "volume-both-kinds at logDriverVolumeConfiguration (host): Remove 'host' | Remove 'logDriverVolumeConfiguration'",
  ]);
  const own = of(true, {}, { logConfiguration: { logDriver: "json-file" } });
  assert.ok(own.includes("log-volume-own-logs at json-file"), own.join());
});

test("a health check of a daemon gives it half a minute, counted from the defaults, and two failures", () => {
  const of = (healthCheck: object) =>
    managedLines({}, { healthCheck: { command: ["CMD-SHELL", "true"], ...healthCheck } }).map(
      (it) => it.split(" ")[0],
    );
  const tight: readonly object[] = [
    { interval: 5, retries: 5 },
    { interval: 9 },
    { interval: 300, retries: 1 },
    { interval: 5, retries: 5, startPeriod: 4 },
  ];
  const wide: readonly object[] = [
    {},
    { interval: 10 },
    { interval: 5, retries: 6 },
    { interval: 5, retries: 5, startPeriod: 5 },
    { interval: 300, retries: 1, startPeriod: 1 },
    { interval: unknown, retries: 1 },
    { retries: unknown, interval: 5 },
    { retries: 1, startPeriod: unknown },
    { retries: 1, [unknown]: 1 },
    { retries: 1, startPeriod: null },
  ];
  for (const it of tight) assert.deepEqual(of(it), ["critical-health-check-tight"], JSON.stringify(it));
  for (const it of wide.slice(0, -1)) assert.deepEqual(of(it), [], JSON.stringify(it));
  for (const it of [
    { interval: 4 },
    { interval: 301 },
    { retries: 0 },
    { retries: 11 },
    { startPeriod: 301 },
  ])
    assert.deepEqual(of({ retries: 1, ...it }), ["health-check-range"], JSON.stringify(it));
  assert.match(
    messagesOf(
      managed({}, { healthCheck: { command: ["CMD", "true"], interval: 9 } }),
      {},
      definitionFile,
    )[0] ?? "",
    /27 s/,
  );
});

test("essential containers of a daemon are checked and start again; others need not", () => {
  const of = (container: object) => managedLines({}, container).map((it) => it.split(" ")[0]);
  const plain = { healthCheck: undefined, restartPolicy: undefined };
  const both = ["critical-without-health-check", "essential-without-restart-policy"];
  assert.deepEqual(of(plain), both);
  assert.deepEqual(of({ ...plain, essential: true }), both);
  assert.deepEqual(of({ ...plain, essential: unknown }), []);
  assert.deepEqual(of({ healthCheck: { command: ["NONE"] } }), ["critical-without-health-check"]);
  assert.deepEqual(of({ healthCheck: unknown, restartPolicy: unknown }), []);
});
