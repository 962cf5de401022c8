// Placement constraints and strategies, and capacity providers: each type, each limit, and expressions that exclude each other.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  daemon,
  definition,
  found,
  lines,
  messages,
  service,
  times,
  unknown,
  withTask,
} from "../../support/checkedInputs";

const where = (expression: unknown, type: unknown = "memberOf") => ({ type, expression });
const constrained = (...placementConstraints: readonly unknown[]) => ({ placementConstraints });
const ofService = (...constraints: readonly unknown[]) => lines(service(constrained(...constraints)));

test("a constraint has a type and what the type needs", () => {
  assert.deepEqual(ofService(where("attribute:a == b")), []);
  assert.deepEqual(ofService({ expression: "attribute:a == b" }), [
    'constraint-without-type at {: !Add "type": "memberOf"',
  ]);
  for (const it of [{ type: unknown }, { [unknown]: 1 }, where(unknown), unknown])
    assert.deepEqual(ofService(it), [], JSON.stringify(it));
  assert.deepEqual(ofService({ type: "memberOf" }), ["constraint-without-expression at {: Remove it"]);
  assert.deepEqual(ofService({ type: "memberOf", [unknown]: 1 }), []);
  assert.deepEqual(ofService({ type: "distinctInstance" }), []);
  assert.deepEqual(ofService(where("attribute:a == b", "distinctInstance")), [
    "distinct-instance-expression at expression: !Remove 'expression'",
  ]);
  assert.deepEqual(lines(definition(constrained({ type: "distinctInstance" }))), [
    "distinct-instance-in-task-definition at distinctInstance: Remove it",
  ]);
  assert.deepEqual(lines(daemon(constrained({ type: "distinctInstance" }))), [
    "distinct-instance-on-daemon at distinctInstance: Remove it",
  ]);
  assert.deepEqual(lines(daemon(constrained({ type: "distinctInstance" }, unknown))).length, 1);
});

test("ten constraints are taken, of the service and its definition together", () => {
  const many = (count: number) => constrained(...times(count, (at) => where(`attribute:a${at} == b`)));
  const task = (count: number) => withTask(definition(many(count)));
  assert.deepEqual(lines(service(many(5)), task(5)), []);
  assert.deepEqual(lines(service(many(5)), task(6)), [
    "too-many-constraints at placementConstraints (agent.taskdef.json)",
  ]);
  assert.deepEqual(found(service(many(1)), task(10)), ["too-many-constraints"]);
  assert.deepEqual(found(service(many(0)), task(10)), []);
  assert.deepEqual(found(service({ placementConstraints: unknown }), task(10)), []);
  assert.match(messages(service(many(5)), task(6))[0] ?? "", /11.* here and in the task definition 'agent'/);
  assert.deepEqual(found(definition(many(11))), ["too-many-constraints"]);
});

test("constraints that cannot all be true are told, with the one that they exclude", () => {
  const [prod, test_] = ["attribute:env == prod", "attribute:env == test"];
  const contradiction = (other: string) => [`constraints-contradict at ${test_} (${other})`];
  assert.deepEqual(ofService(where(prod), where(test_)), contradiction(prod));
  assert.deepEqual(ofService(where(prod), where(prod)), []);
  assert.deepEqual(
    ofService(where(prod), where(`${test_} and attribute:a ==`)).some((it) =>
      it.startsWith("constraints-contradict"),
    ),
    false,
  );
  assert.deepEqual(ofService(where(prod), where(test_, unknown)), []);
  assert.deepEqual(ofService(where(prod), where(`attribute:env == ${unknown}`)), []);
  assert.deepEqual(
    lines(service(constrained(where(test_))), withTask(definition(constrained(where(prod))))),
    contradiction("agent.taskdef.json"),
  );
  assert.match(
    messages(service(constrained(where(test_))), withTask(definition(constrained(where(prod)))))[0] ?? "",
    /a constraint of the task definition/,
  );
  assert.match(messages(service(constrained(where(prod), where(test_))))[0] ?? "", /another constraint/);
  assert.deepEqual(
    lines(
      service(constrained(where(prod))),
      withTask(definition(constrained(where(prod), where(test_)))),
    ).filter((it) => !it.includes("agent.taskdef")),
    [],
  );
  const never = "attribute:a == b and attribute:a == c";
  assert.ok(!ofService(where(never), where(prod)).some((it) => it.startsWith("constraints-contradict")));
});

test("a constraint does not exclude the platform of the task", () => {
  const of = (expression: string, runtimePlatform: object | undefined) =>
    lines(definition({ runtimePlatform, ...constrained(where(expression)) })).filter((it) =>
      it.startsWith("constraint-excludes"),
    );
  const platform = (operatingSystemFamily?: string, cpuArchitecture?: string) => ({
    operatingSystemFamily,
    cpuArchitecture,
  });
  const [linux, windows, arm, x86] = [
    "attribute:ecs.os-type == linux",
    "attribute:ecs.os-type == windows",
    "attribute:ecs.cpu-architecture == arm64",
    "attribute:ecs.cpu-architecture == x86_64",
  ];
  const family = "WINDOWS_SERVER_2022_CORE";
  assert.deepEqual(of(linux, platform(family)), [`constraint-excludes-platform at ${linux}`]);
  assert.deepEqual(of(windows, platform("LINUX")), [`constraint-excludes-platform at ${windows}`]);
  assert.deepEqual(of(arm, platform(undefined, "X86_64")), [`constraint-excludes-platform at ${arm}`]);
  assert.deepEqual(of(x86, platform(undefined, "ARM64")), [`constraint-excludes-platform at ${x86}`]);
  assert.deepEqual(
    [
      of(linux, platform("LINUX")),
      of(windows, platform(family)),
      of(arm, platform(undefined, "ARM64")),
      of(x86, platform(undefined, "X86_64")),
    ],
    [[], [], [], []],
  );
  for (const it of [platform(unknown, unknown), undefined])
    assert.deepEqual([of(windows, it), of(arm, it)], [[], []]);
  const task = definition({ runtimePlatform: platform("LINUX") });
  assert.deepEqual(lines(service(constrained(where(windows))), withTask(task)), [
    `constraint-excludes-platform at ${windows}`,
  ]);
});

test("a daemon does not count its own task", () => {
  const of = (expression: string, make = daemon) =>
    lines(make(constrained(where(expression)))).filter((it) => it.startsWith("daemon-"));
  const code = (clause: string) => [
    `daemon-counts-itself at ${clause}: Add "or task:group == service:agent"`,
  ];
  for (const it of [
    "runningTasksCount < 1",
    "runningTasksCount <= 0",
    "runningTasksCount == 0",
    "runningTasksCount < 100",
    "runningTasksCount <= 100",
  ])
    assert.deepEqual(of(it), code(it), it);
  for (const it of [
    "runningTasksCount > 0",
    "runningTasksCount >= 1",
    "runningTasksCount <= 101",
    "runningTasksCount < 101",
    "runningTasksCount != 1",
    "registeredAt < 1",
  ])
    assert.deepEqual(of(it), [], it);
  for (const it of ["runningTasksCount > 1", "runningTasksCount >= 1", "runningTasksCount != 0"]) {
    assert.equal(of(`not(${it})`).length, 1, it);
    assert.ok(!of(`not(${it})`)[0]?.includes("Add"), it);
  }
  assert.deepEqual(of("not(runningTasksCount >= 0)"), []);
  assert.deepEqual(of("runningTasksCount < 1 or task:group == service:web"), []);
  assert.deepEqual(of("runningTasksCount < 1 or (task:group == service:web)"), []);
  assert.equal(of("runningTasksCount < 1 or attribute:a == b").length, 1);
  assert.deepEqual(of("runningTasksCount < 1", service), []);
  const own = (clause: string) => [`daemon-asks-for-itself at ${clause}`];
  for (const it of ["task:group == service:agent", "task:group != service:agent"])
    assert.deepEqual(of(it), own(it));
  for (const it of ["task:group == service:other", "task:group == service:agent or attribute:a == b"])
    assert.deepEqual(of(it), [], it);
  const outcome = (it: string) => messages(daemon(constrained(where(it))))[0] ?? "";
  assert.match(outcome("task:group == service:agent"), /none ever starts/);
  assert.match(outcome("task:group != service:agent"), /stops it again/);
  const task = definition(constrained(where("runningTasksCount < 1")));
  const [line = ""] = lines(task, withTask(task, daemon({})));
  assert.ok(line.startsWith("daemon-counts-itself at runningTasksCount < 1 (agent.service.json)"), line);
  assert.deepEqual(lines(task, withTask(task, service({}))), []);
});

test("a strategy has a type, and the field that the type takes", () => {
  const of = (strategy: unknown) => lines(service({ placementStrategy: [strategy] }));
  const fields = {
    spread: ["instanceId", "host", "attribute:rack", "ATTRIBUTE:x", unknown],
    binpack: ["cpu", "memory", "MEMORY", unknown],
  };
  for (const [type, all] of Object.entries(fields))
    for (const field of all) assert.deepEqual(of({ type, field }), [], `${type} ${field}`);
  assert.deepEqual(of({ type: "random" }), []);
  assert.deepEqual(of({ type: "spread" }), []);
  for (const it of [unknown, { type: unknown, field: "x" }, { type: "binpack", [unknown]: 1 }])
    assert.deepEqual(of(it), []);
  assert.deepEqual(of({ type: "random", field: "x" }), ["random-with-field at field: !Remove 'field'"]);
  assert.deepEqual(of({ type: "binpack", field: "disk" }), ["binpack-field at disk: Change to 'memory'"]);
  assert.deepEqual(of({ type: "binpack" }), [
    'binpack-without-field at {: Add "field": "memory" | Add "field": "cpu"',
  ]);
  const meant = {
    "ecs.availability-zone": "attribute:ecs.availability-zone",
    "availability-zone": "attribute:ecs.availability-zone",
    az: "attribute:ecs.availability-zone",
    zone: "attribute:ecs.availability-zone",
    "instance-type": "attribute:ecs.instance-type",
    "os-type": "attribute:ecs.os-type",
    instanceid: "",
    instance_id: "instanceId",
  };
  for (const [it, to] of Object.entries(meant))
    assert.deepEqual(
      of({ type: "spread", field: it }),
      to === "" ? [] : [`spread-field at ${it}: !Change to '${to}'`],
      it,
    );
  assert.deepEqual(of({ type: "spread", field: "rack" }), ["spread-field at rack"]);
  assert.deepEqual(of({ field: "cpu" }), ['strategy-without-type at {: Add "type": "binpack"']);
  assert.deepEqual(of({ field: "host" }), ['strategy-without-type at {: Add "type": "spread"']);
  assert.deepEqual(of({}), ["strategy-without-type at {"]);
});

test("a capacity provider strategy has one base, a weight, and providers of one kind", () => {
  const of = (strategy: unknown, more: object = {}) =>
    lines(service({ capacityProviderStrategy: strategy, ...more })).filter((it) => !it.startsWith("network"));
  const provider = (capacityProvider: unknown, more: object = {}) => ({
    capacityProvider,
    weight: 1,
    ...more,
  });
  assert.deepEqual(of([provider("hosts"), provider("others")]), []);
  assert.deepEqual(of([provider("hosts")], { launchType: "EC2" }), [
    "launch-type-and-capacity-provider at capacityProviderStrategy (launchType): Remove 'capacityProviderStrategy' | Remove 'launchType'",
  ]);
  for (const it of ["", unknown])
    assert.ok(!of([provider("hosts")], { launchType: it }).some((it) => it.startsWith("launch-type-and")));
  assert.deepEqual(of([provider("a", { base: 1 }), provider("b", { base: 2 })]), [
    "capacity-provider-bases at base (1): Remove 'base'",
  ]);
  assert.deepEqual(
    of([provider("a", { base: 1 }), provider("b", { base: 0 }), provider("c", { base: unknown })]),
    [],
  );
  assert.deepEqual(of([provider("a", { weight: 0 })]), ["capacity-provider-weights at 0: Change to 1"]);
  assert.deepEqual(of([{ capacityProvider: "a" }]), [
    "capacity-provider-weights at capacityProviderStrategy",
  ]);
  assert.deepEqual(of([{ capacityProvider: "a" }, provider("b", { weight: 0 })]), [
    "capacity-provider-weights at 0: Change to 1",
  ]);
  for (const it of [
    [provider("a", { weight: unknown })],
    [{ capacityProvider: "a", [unknown]: 1 }],
    [provider("a", { weight: 0 }), provider("b")],
    [unknown],
    unknown,
    [],
  ])
    assert.deepEqual(of(it), [], JSON.stringify(it));
  assert.deepEqual(of([provider("Fargate-Spot")]), [
    "capacity-provider-name at Fargate-Spot: !Change to 'FARGATE_SPOT'",
  ]);
  for (const it of ["aws-x", "ecs1", "fargates"])
    assert.deepEqual(of([provider(it)]), [`capacity-provider-name at ${it}`]);
  for (const it of ["FARGATE", "FARGATE_SPOT", "my-aws", unknown])
    assert.deepEqual(of([provider(it)]), [], it);
  assert.deepEqual(of([provider("hosts"), provider("FARGATE")]), [
    "capacity-providers-mixed at FARGATE (hosts)",
  ]);
  assert.deepEqual(of([provider("FARGATE"), provider("hosts")]), [
    "capacity-providers-mixed at hosts (FARGATE)",
  ]);
  for (const it of [unknown, "arn:aws:ecs:eu-west-1:123456789012:capacity-provider/a"])
    assert.deepEqual(of([provider("FARGATE"), provider(it)]), []);
});

test("Fargate has no placement, and its platform versions are its own", () => {
  const of = (more: object) => lines(service(more)).filter((it) => !it.startsWith("network"));
  const placed = {
    placementConstraints: [where("attribute:a == b")],
    placementStrategy: [{ type: "random" }],
  };
  for (const [name, value] of Object.entries(placed)) {
    assert.deepEqual(of({ launchType: "FARGATE", [name]: value }), [
      `fargate-placement at ${name} (FARGATE): Remove '${name}'`,
    ]);
    for (const it of ["EC2", unknown]) assert.deepEqual(of({ launchType: it, [name]: value }), []);
    for (const it of [[], unknown]) assert.deepEqual(of({ launchType: "FARGATE", [name]: it }), []);
  }
  const version = (platformVersion: string, launchType?: string) => of({ platformVersion, launchType });
  for (const it of ["LATEST", "1.4.0", unknown]) assert.deepEqual(version(it, "FARGATE"), []);
  assert.deepEqual(version("latest", "FARGATE"), ["platform-version at latest: !Change to 'LATEST'"]);
  for (const it of ["1.4", "v1.4.0"]) assert.deepEqual(version(it, "FARGATE"), [`platform-version at ${it}`]);
  assert.deepEqual(version("1.4.0", "EC2"), [
    "platform-version-on-ec2 at platformVersion: !Remove 'platformVersion'",
  ]);
  assert.deepEqual(of({ launchType: "MANAGED_INSTANCES" }), [
    "managed-instances-launch-type at MANAGED_INSTANCES",
  ]);
});
