// Values and names of another form: what they are mended to, and where a property belongs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { stemOf } from "../../../server/src/core/rules/shape/missingValues";
import {
  afterFix,
  container,
  definition,
  diagnosticsOf,
  found,
  lines,
  messages,
  service,
  unknown,
  withManaged,
} from "../../support/checkedInputs";

const mended = (name: string, written: unknown, title: string) => {
  const after = afterFix(container({ [name]: written }), title) as ReturnType<typeof container>;
  return (after.containerDefinitions[0] as Record<string, unknown>)[name];
};
const toList = "Change to a list";

test("a text is made a list as a command line is read", () => {
  assert.deepEqual(mended("command", "run  --fast x", toList), ["run", "--fast", "x"]);
  for (const it of ["run 'a b'", "a | b", "a && b", "a; b", "a > b"])
    assert.deepEqual(mended("command", it, toList), ["sh", "-c", it]);
  assert.deepEqual(mended("entryPoint", "a b", toList), ["a", "b"]);
  assert.deepEqual(mended("links", "a b", toList), ["a b"]);
  const check = container({ healthCheck: { command: "curl -f x" } });
  assert.deepEqual(
    afterFix(check, toList),
    container({ healthCheck: { command: ["CMD-SHELL", "curl -f x"] } }),
  );
  assert.deepEqual(lines(container({ command: "" })), ["wrong-type at "]);
  assert.deepEqual(lines(container({ command: {} })), ["wrong-type at {}"]);
});

test("an object is made a list of its pairs, or of itself", () => {
  assert.deepEqual(mended("environment", { A: "1", B: "2" }, toList), [
    { name: "A", value: "1" },
    { name: "B", value: "2" },
  ]);
  assert.deepEqual(mended("environment", { name: "A", value: "1" }, toList), [{ name: "A", value: "1" }]);
  assert.deepEqual(mended("environment", { name: "1" }, toList), [{ name: "name", value: "1" }]);
  assert.deepEqual(
    lines(container({ environment: { A: 1 } })).map((it) => it.includes(toList)),
    [false],
  );
  assert.deepEqual(mended("portMappings", { containerPort: 80 }, toList), [{ containerPort: 80 }]);
  assert.ok(
    !lines(container({ portMappings: { web: 80 } }))
      .join()
      .includes(toList),
  );
  assert.ok(
    !lines(container({ portMappings: {} }))
      .join()
      .includes(toList),
  );
  const tagged = (tags: object) => afterFix(definition({ tags }), toList) as { tags: unknown };
  assert.deepEqual(tagged({ team: "a" }).tags, [{ key: "team", value: "a" }]);
  assert.deepEqual(tagged({ key: "k", value: "v" }).tags, [{ key: "k", value: "v" }]);
});

test("the short forms of Docker are made objects", () => {
  const toObject = "Change to an object";
  const item = (name: string, written: string) =>
    (mended(name, [written], toObject) as readonly unknown[])[0];
  assert.deepEqual(item("environment", "A=1=2"), { name: "A", value: "1=2" });
  assert.deepEqual(item("environment", "A="), { name: "A", value: "" });
  assert.deepEqual(item("portMappings", "80"), { containerPort: 80, protocol: "tcp" });
  assert.deepEqual(item("portMappings", "8080:80/udp"), {
    containerPort: 80,
    hostPort: 8080,
    protocol: "udp",
  });
  assert.deepEqual(item("dependsOn", "db"), { containerName: "db", condition: "START" });
  assert.deepEqual(mended("dockerLabels", ["a=1", "b="], toObject), { a: "1", b: "" });
  for (const [name, it] of [
    ["environment", "A"],
    ["portMappings", "80-90"],
    ["portMappings", "80/sctp"],
    ["dependsOn", "a b"],
    ["mountPoints", "/a:/b"],
  ])
    assert.ok(
      !lines(container({ [name ?? ""]: [it] }))
        .join()
        .includes(toObject),
      it,
    );
  for (const it of [[], ["a"], ["a=1", "b"]])
    assert.ok(
      !lines(container({ dockerLabels: it }))
        .join()
        .includes(toObject),
    );
});

test("several values of the wrong type are one mistake", () => {
  const of = (more: object) => lines(container(more));
  assert.deepEqual(of({ cpu: "10" }), ["wrong-type at 10: !Change to 10"]);
  assert.deepEqual(of({ cpu: "10", essential: "true" }), ["wrong-type at 10 (true): !Change all 2"]);
  assert.deepEqual(
    afterFix(container({ cpu: "10", essential: "no" }), "Change all 2"),
    container({ cpu: 10, essential: false }),
  );
  assert.match(
    messages(container({ cpu: "10", essential: "true", privileged: "no" }))[0] ?? "",
    /and 2 more of the wrong type/,
  );
  assert.deepEqual(of({ command: [1, true] }), ["wrong-type at 1 (true): !Change all 2"]);
  assert.deepEqual(of({ environment: [{ name: "A", value: 5 }] }), ["wrong-type at 5: !Change its type"]);
  assert.ok(
    !messages(container({ dockerLabels: { a: 12345 } }))
      .join()
      .includes("12345"),
  );
  assert.match(messages(container({ command: ["a", {}] }))[0] ?? "", /'command\[\]'.*an object/);
  assert.match(messages(container({ cpu: [] }))[0] ?? "", /a list/);
});

test("a switch is ENABLED or DISABLED", () => {
  const of = (it: boolean) =>
    lines(service({ availabilityZoneRebalancing: it })).filter((line) => line.startsWith("wrong-type"));
  assert.deepEqual(of(true), ['wrong-type at true: !Change to "ENABLED"']);
  assert.deepEqual(of(false), ['wrong-type at false: !Change to "DISABLED"']);
});

test("what people write for values of the API is understood", () => {
  const platform = (cpuArchitecture: string) => lines(definition({ runtimePlatform: { cpuArchitecture } }));
  for (const it of ["amd64", "x64", "x86"])
    assert.deepEqual(platform(it), [`unknown-value at ${it}: !Change to 'X86_64'`]);
  for (const it of ["aarch64", "arm"])
    assert.deepEqual(platform(it), [`unknown-value at ${it}: !Change to 'ARM64'`]);
  const waits = (condition: string) =>
    lines(
      definition({
        containerDefinitions: [
          { name: "a", image: "a", memory: 64, essential: false },
          { name: "b", image: "b", memory: 64, dependsOn: [{ containerName: "a", condition }] },
        ],
      }),
    );
  const meant = {
    started: "START",
    running: "START",
    service_started: "START",
    completed: "COMPLETE",
    exited: "COMPLETE",
    succeeded: "SUCCESS",
    service_completed_successfully: "SUCCESS",
    service_healthy: "HEALTHY",
  };
  for (const [it, to] of Object.entries(meant))
    assert.deepEqual(waits(it), [`unknown-value at ${it}: !Change to '${to}'`]);
  const driver = (logDriver: string) => lines(container({ logConfiguration: { logDriver } }));
  for (const it of ["cloudwatch", "cloudwatchlogs", "CloudWatch "])
    assert.deepEqual(driver(it), [`unknown-value at ${it}: !Change to 'awslogs'`]);
  const family = lines(definition({ runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2019" } }));
  assert.match(family[0] ?? "", /Change to 'WINDOWS_SERVER_2019_(?:FULL|CORE)' \| Change to/);
  assert.match(messages(definition({ pidMode: "zzz" }))[0] ?? "", /'host' or 'task'|'task' or 'host'/);
});

test("a required property is added with the value that can be known", () => {
  const added = (more: object) => lines(container(more)).filter((it) => it.startsWith("missing-member"));
  assert.deepEqual(added({ dependsOn: [{ containerName: "agent" }] }), [
    'missing-member at {: Add "condition": "START"',
  ]);
  assert.deepEqual(added({ restartPolicy: {} }), ['missing-member at restartPolicy: Add "enabled": true']);
  assert.deepEqual(added({ healthCheck: {} }), [
    'missing-member at healthCheck: Add "command": ["CMD-SHELL", "exit 0"]',
  ]);
  assert.deepEqual(added({ ulimits: [{ name: "core", softLimit: 1 }] }), ["missing-member at {"]);
  for (const driver of ["awslogs", "splunk", "syslog", "gelf", "fluentd"])
    assert.deepEqual(added({ logConfiguration: { options: { [`${driver}-x`]: "y" } } }), [
      `missing-member at logConfiguration: Add "logDriver": "${driver}"`,
    ]);
  assert.deepEqual(added({ logConfiguration: { options: { x: "y" } } }), [
    'missing-member at logConfiguration: Add "logDriver": "json-file"',
  ]);
  const { family: _, ...nameless } = container({});
  assert.deepEqual(lines(nameless, {}, "my agent.taskdef.json"), [
    'missing-member at {: Add "family": "my-agent"',
  ]);
  assert.deepEqual(["/a/b.taskdef.json", "C:\\a\\b.json", ".json", "ä.json"].map(stemOf), [
    "b",
    "b",
    "my-daemon",
    "-",
  ]);
  const deployment = (more: object) =>
    lines(service({ deploymentConfiguration: more })).filter((it) => it.startsWith("missing-member"));
  for (const it of ["enable", "rollback"]) {
    const other = it === "enable" ? "rollback" : "enable";
    assert.deepEqual(deployment({ deploymentCircuitBreaker: { [other]: true } }), [
      `missing-member at deploymentCircuitBreaker: Add "${it}": true`,
    ]);
    assert.deepEqual(deployment({ alarms: { alarmNames: ["a"], [other]: true } }), [
      `missing-member at alarms: Add "${it}": true`,
    ]);
  }
  assert.deepEqual(lines(service({ serviceConnectConfiguration: {} })), [
    'missing-member at serviceConnectConfiguration: Add "enabled": true',
  ]);
  assert.deepEqual(added({ restartPolicy: { [unknown]: true } }), []);
});

test("properties of services have no place in managed daemons", () => {
  const file = "a.daemon.json";
  const arn = (rest: string) => `arn:aws:ecs:eu-west-1:123456789012:${rest}`;
  const daemon = (more: object) => ({
    daemonName: "a",
    clusterArn: arn("cluster/c"),
    daemonTaskDefinitionArn: arn("daemon-task-definition/a:1"),
    capacityProviderArns: [arn("capacity-provider/h")],
    ...more,
  });
  const of = (more: object) => lines(daemon(more), withManaged({ [file]: daemon(more) }), file);
  for (const it of [
    "cluster",
    "taskDefinition",
    "serviceName",
    "capacityProviderStrategy",
    "desiredCount",
    "schedulingStrategy",
    "launchType",
    "placementConstraints",
    "placementStrategy",
    "networkConfiguration",
    "loadBalancers",
    "serviceRegistries",
    "serviceConnectConfiguration",
    "deploymentController",
    "forceNewDeployment",
    "healthCheckGracePeriodSeconds",
    "platformVersion",
  ])
    assert.deepEqual(of({ [it]: "x" }), [`service-member-in-daemon at ${it}: Remove '${it}'`], it);
  assert.deepEqual(of({ clusterArn: undefined, cluster: arn("cluster/c") }), [
    "service-member-in-daemon at cluster: Change to 'clusterArn'",
  ]);
  for (const it of ["maximumPercent", "minimumHealthyPercent", "deploymentCircuitBreaker", "strategy"])
    assert.deepEqual(
      of({ deploymentConfiguration: { [it]: 1 } }),
      [`service-member-in-daemon at ${it}: Remove '${it}'`],
      it,
    );
  const strategy = (capacityProviderStrategy: unknown) =>
    lines(daemon({ capacityProviderArns: undefined, capacityProviderStrategy }), {}, file);
  assert.deepEqual(strategy([{ capacityProvider: arn("capacity-provider/h"), weight: 1 }]), [
    "service-member-in-daemon at capacityProviderStrategy: Change to 'capacityProviderArns'",
  ]);
  for (const it of [[], [{ weight: 1 }], [{ capacityProvider: unknown }], unknown])
    assert.deepEqual(
      strategy(it).map((line) => line.split(":")[0]),
      ["service-member-in-daemon at capacityProviderStrategy"],
    );
  const containers = [
    "portMappings",
    "dockerLabels",
    "resourceRequirements",
    "links",
    "hostname",
    "disableNetworking",
    "dnsServers",
    "volumesFrom",
    "dockerSecurityOptions",
    "credentialSpecs",
  ];
  for (const it of containers) {
    const codes = diagnosticsOf(
      { ...container({ memory: undefined, [it]: "x" }), cpu: "256", memory: "512" },
      {},
      "a.daemon-taskdef.json",
    ).map((found) => found.code);
    assert.ok(codes.includes("no-counterpart-member"), it);
  }
  assert.deepEqual(
    found(
      { ...container({}), networkMode: "host", cpu: "256", memory: "512" },
      {},
      "a.daemon-taskdef.json",
    ).includes("no-counterpart-member"),
    true,
  );
});
