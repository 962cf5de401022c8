// Ports of containers and hosts: each reserved one, the ends of each range, and what the network mode makes of them.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  afterFix,
  container,
  containers,
  definition,
  fargate,
  found,
  lines,
  messages,
  service,
  text,
  times,
  unknown,
  withTask,
} from "../../support/checkedInputs";

const mapping = (more: object) => ({ portMappings: [more] });
const ofMode = (networkMode: string | undefined, ...mappings: readonly object[]) =>
  definition({ networkMode }, { portMappings: mappings });
const ofSystem = (operatingSystemFamily: string, hostPort: number, protocol = "tcp") =>
  definition(
    { runtimePlatform: { operatingSystemFamily } },
    mapping({ containerPort: 80, hostPort, protocol }),
  );
const udpToo = (port: number) => [
  { containerPort: port, protocol: "tcp" },
  { containerPort: port, protocol: "udp" },
];

const reserved = {
  LINUX: [22, 2375, 2376, 51678, 51679, 51680],
  WINDOWS_SERVER_2022_CORE: [53, 135, 139, 445, 2375, 2376, 3389, 5985, 5986, 51678, 51679],
};

for (const [system, ports] of Object.entries(reserved))
  test(`the agent's ports on ${system} are those, over TCP`, () => {
    const near = new Set(ports.flatMap((it) => [it - 1, it, it + 1]));
    const isReserved = (port: number) => found(ofSystem(system, port)).includes("reserved-host-port");
    assert.deepEqual([...near].filter(isReserved), ports);
    for (const port of ports)
      assert.deepEqual(found(ofSystem(system, port, "udp")).includes("reserved-host-port"), false);
  });

test("the range from which ports are handed out has two ends on each system", () => {
  const inRange = (system: string, ...ports: readonly number[]) =>
    ports.filter((it) => found(ofSystem(system, it)).includes("dynamic-host-port"));
  assert.deepEqual(inRange("LINUX", 32_767, 32_768, 60_999, 61_000), [32_768, 60_999]);
  assert.deepEqual(inRange("WINDOWS_SERVER_2019_FULL", 32_768, 49_151, 49_152, 65_535), [49_152, 65_535]);
  const mode = (networkMode: string) =>
    found(ofMode(networkMode, { containerPort: 40_000, hostPort: 40_000 }));
  assert.deepEqual(["bridge", "host", "awsvpc", unknown].map(mode), [["dynamic-host-port"], [], [], []]);
});

test("a host port is taken once for each protocol, wherever the second mapping is", () => {
  const udp = { containerPort: 81, hostPort: 8080, protocol: "udp" };
  const tcp = { containerPort: 80, hostPort: 8080 };
  assert.deepEqual(lines(ofMode("bridge", tcp, udp, { ...tcp, containerPort: 82 })), [
    "host-port-used-twice at 8080 (8080): Remove 'hostPort' to use any free port",
  ]);
  assert.deepEqual(found(containers(mapping(tcp), mapping(tcp))), ["host-port-used-twice"]);
  assert.deepEqual(messages(containers(mapping(udp), mapping(udp))).length, 1);
  assert.match(messages(containers(mapping(udp), mapping(udp)))[0] ?? "", /UDP.*container 'agent'/);
  assert.deepEqual(found(containers(mapping(tcp), mapping({ ...tcp, protocol: unknown }))), []);
  assert.deepEqual(found(containers(mapping(tcp), mapping({ ...tcp, hostPort: unknown }))), []);
  for (const hostPort of [0, undefined]) {
    const free = { containerPort: 80, hostPort };
    assert.deepEqual(found(containers(mapping(free), mapping(free))), []);
  }
  for (const hostPort of [-1, 65_536]) {
    const bad = { containerPort: 80, hostPort };
    assert.deepEqual(found(containers(mapping(bad), mapping(bad))), ["bad-port", "bad-port"]);
  }
});

test("where ports are not translated the container's port is the host's", () => {
  const same = [{ containerPort: 80 }, { containerPort: 80 }];
  const both = (networkMode: string) => lines({ networkMode, ...containers(...same.map(mapping)) });
  assert.deepEqual(both("bridge"), []);
  assert.deepEqual(both(unknown), []);
  assert.deepEqual(both("host"), ["host-port-used-twice at 80 (80)"]);
  assert.deepEqual(both("awsvpc"), ["port-used-twice at 80 (80)"]);
  assert.deepEqual(both("none"), [
    "ports-without-network at portMappings: Remove 'portMappings'",
    "ports-without-network at portMappings: Remove 'portMappings'",
  ]);
  assert.match(
    messages({ networkMode: "awsvpc", ...containers(...same.map(mapping)) })[0] ?? "",
    /The container 'agent'/,
  );
});

test("a host port that differs from the container's is wrong where ports are not translated", () => {
  const differing = (networkMode: string, more: object) =>
    found(ofMode(networkMode, { containerPort: 80, hostPort: 8080, ...more }));
  for (const mode of ["host", "awsvpc"]) {
    assert.deepEqual(differing(mode, {}), ["host-port-mismatch"]);
    for (const silent of [
      { hostPort: 0 },
      { hostPort: 80 },
      { hostPort: unknown },
      { containerPort: unknown },
    ])
      assert.deepEqual(differing(mode, silent), [], JSON.stringify(silent));
    assert.deepEqual(differing(mode, { hostPort: 65_536 }), ["bad-port"]);
    assert.deepEqual(differing(mode, { containerPort: 65_536 }), ["bad-port"]);
    assert.deepEqual(differing(mode, { containerPort: 0 }), ["bad-port"]);
  }
  for (const mode of ["bridge", "bridg", unknown])
    assert.ok(!differing(mode, {}).includes("host-port-mismatch"), mode);
  const document = ofMode("host", { containerPort: 80, hostPort: 8080 });
  assert.deepEqual(lines(document), [
    "host-port-mismatch at 8080 (80): !Change hostPort to 80 | Change containerPort to 8080 | Remove hostPort",
  ]);
  const after = (title: string) => afterFix(document, title);
  assert.deepEqual(after("Change hostPort to 80"), ofMode("host", { containerPort: 80, hostPort: 80 }));
  assert.deepEqual(
    after("Change containerPort to 8080"),
    ofMode("host", { containerPort: 8080, hostPort: 8080 }),
  );
  assert.deepEqual(after("Remove hostPort"), ofMode("host", { containerPort: 80 }));
});

test("ports are from 1 to 65535, host ports from 0 on", () => {
  const bad = (more: object) => found(container(mapping({ containerPort: 80, ...more })));
  for (const it of [-1, 0, 65_536]) assert.deepEqual(bad({ containerPort: it }), ["bad-port"], `${it}`);
  for (const it of [1, 65_535]) assert.deepEqual(bad({ containerPort: it }), [], `${it}`);
  for (const it of [-1, 65_536]) assert.deepEqual(bad({ hostPort: it }), ["bad-port"], `${it}`);
  for (const it of [0, 1, 65_535]) assert.deepEqual(bad({ hostPort: it }), [], `${it}`);
  const range = { containerPort: 0, hostPort: 0, containerPortRange: "80-90" };
  assert.deepEqual(found(container(mapping(range))), []);
  assert.deepEqual(found(container(mapping({ hostPort: 80 }))), ["port-mapping-without-port"]);
  assert.deepEqual(found(container(mapping({ containerPortRange: unknown }))), []);
});

test("Fargate keeps one port on Windows", () => {
  const windows = {
    runtimePlatform: { operatingSystemFamily: "WINDOWS_SERVER_2022_CORE", cpuArchitecture: "X86_64" },
  };
  const sized = { cpu: "1024", memory: "2048" };
  const has = (document: object) => found(document).includes("fargate-windows-port");
  const port = (containerPort: number) => mapping({ containerPort });
  assert.ok(has(fargate({ ...windows, ...sized }, port(3150))));
  assert.ok(!has(fargate({ ...windows, ...sized }, port(3149))));
  assert.ok(!has(fargate(sized, port(3150))));
  assert.ok(!has(definition(windows, port(3150))));
});

test("protocols are tcp and udp, in small letters", () => {
  const of = (protocol: string) => lines(container(mapping({ containerPort: 80, protocol })));
  for (const it of ["tcp", "udp", unknown]) assert.deepEqual(of(it), []);
  assert.deepEqual(of("UDP "), ["unknown-protocol at UDP : !Change to 'udp'"]);
  assert.deepEqual(of("tpc"), ["unknown-protocol at tpc: !Change to 'tcp'"]);
  assert.deepEqual(of("http"), ["unknown-protocol at http: Change to 'tcp'"]);
});

test("a container port is mapped for one protocol", () => {
  const two = (...mappings: readonly object[]) => lines(container({ portMappings: mappings }));
  assert.deepEqual(two(...udpToo(80)), ["port-with-two-protocols at 80 (80)"]);
  assert.deepEqual(two({ containerPort: 80 }, { containerPort: 80 }), []);
  assert.deepEqual(two({ containerPort: 80 }, { containerPort: 80, protocol: unknown }), []);
  assert.deepEqual(two({ containerPort: 80 }, { containerPort: 81, protocol: "udp" }), []);
  const [tcp, udp] = udpToo(80);
  assert.deepEqual(found(containers(mapping(tcp ?? {}), mapping(udp ?? {}))), []);
  const ranges = times(2, (at) => ({
    containerPort: 0,
    containerPortRange: `${at}1-${at}9`,
    protocol: at ? "udp" : "tcp",
  }));
  assert.deepEqual(two(...ranges), []);
});

test("names of ports are of small letters, digits and hyphens, and up to 64 of them", () => {
  const named = (name: string) => lines(container(mapping({ containerPort: 80, name })));
  for (const it of ["a", "_a", "0-a", text(64), unknown]) assert.deepEqual(named(it), []);
  assert.deepEqual(named("-Web Ä"), ["bad-port-name at -Web Ä: Change to 'web-'"]);
  assert.deepEqual(named(text(65)), [`bad-port-name at ${text(65)}: Change to '${text(64)}'`]);
  assert.deepEqual(named("Ä"), ["bad-port-name at Ä"]);
});

test("a name of a port is given once, and a mapping that is there twice is reported for its port", () => {
  const second = (networkMode: string | undefined, first: object, other: object) =>
    found({
      networkMode,
      ...containers(mapping({ name: "web", ...first }), mapping({ name: "web", ...other })),
    }).filter((it) => it === "duplicate-port-name").length;
  const port80 = { containerPort: 80 };
  const fixed80 = { containerPort: 80, hostPort: 80 };
  assert.equal(second("awsvpc", port80, port80), 0);
  assert.equal(second("host", port80, port80), 0);
  assert.equal(second("awsvpc", port80, { containerPort: 81 }), 1);
  assert.equal(second("awsvpc", port80, { ...port80, protocol: "udp" }), 1);
  assert.equal(second("awsvpc", port80, { ...port80, protocol: unknown }), 1);
  assert.equal(second("awsvpc", { ...port80, protocol: unknown }, { ...port80, protocol: unknown }), 1);
  for (const mode of [undefined, "bridge"]) {
    assert.equal(second(mode, fixed80, fixed80), 0);
    assert.equal(second(mode, port80, port80), 1);
    assert.equal(second(mode, fixed80, { containerPort: 80, hostPort: 81 }), 1);
  }
  for (const mode of ["none", unknown]) assert.equal(second(mode, fixed80, fixed80), 1);
  const three = times(3, (at) => mapping({ containerPort: 80 + at, name: at === 1 ? "web-2" : "web" }));
  assert.deepEqual(lines(containers(...three)), ["duplicate-port-name at web (web): Change to 'web-3'"]);
});

test("a range has two different ports in order, with a hyphen", () => {
  const of = (containerPortRange: string) => lines(container(mapping({ containerPortRange })));
  for (const it of ["1-2", "80-90", "1-65535", unknown]) assert.deepEqual(of(it), []);
  const range = "Change to '80-90'";
  assert.deepEqual(of("90-80"), [`bad-port-range at 90-80: !${range}`]);
  for (const it of ["80:90", "80..90", "80,90", "80 to 90", " 80-90", "80 - 90", "80-90 "])
    assert.deepEqual(of(it), [`bad-port-range at ${it}: !${range}`]);
  for (const it of ["80-80", "80"])
    assert.deepEqual(of(it), [`bad-port-range at ${it}: Change to "containerPort": 80`]);
  for (const it of ["0-90", "80-65536", "80-", "0", "65536", "a-b"])
    assert.deepEqual(of(it), [`bad-port-range at ${it}`]);
  for (const it of ["1", "65535"])
    assert.deepEqual(of(it), [`bad-port-range at ${it}: Change to "containerPort": ${it}`]);
  const document = container(mapping({ containerPortRange: "80-80" }));
  assert.deepEqual(
    afterFix(document, 'Change to "containerPort": 80'),
    container(mapping({ containerPort: 80 })),
  );
});

test("a range and a port exclude each other", () => {
  const beside = (more: object) => lines(container(mapping({ containerPortRange: "80-90", ...more })));
  assert.deepEqual(beside({ containerPort: 80 }), [
    "port-range-and-port at containerPort: Remove 'containerPort'",
  ]);
  assert.deepEqual(beside({ hostPort: 80 }), ["port-range-and-port at hostPort: Remove 'hostPort'"]);
  assert.deepEqual(beside({ containerPort: 70, hostPort: 80 }), [
    "port-range-and-port at containerPort: Remove 'containerPort'",
  ]);
  for (const it of [{ containerPort: 0 }, { hostPort: 0 }, { containerPort: unknown }])
    assert.deepEqual(beside(it), []);
  assert.deepEqual(lines(container(mapping({ containerPortRange: "80", containerPort: 80 }))), [
    "bad-port-range at 80",
    "port-range-and-port at containerPort: Remove 'containerPort'",
  ]);
});

test("ranges of a protocol overlap from their first common port on", () => {
  const two = (...mappings: readonly object[]) => lines(container({ portMappings: mappings }));
  const range = (containerPortRange: string, more: object = {}) => ({ containerPortRange, ...more });
  assert.deepEqual(two(range("80-90"), range("91-99")), []);
  assert.deepEqual(two(range("91-99"), range("80-90")), []);
  assert.deepEqual(two(range("80-90"), range("90-99")), ["port-range-overlap at 90-99 (80-90)"]);
  assert.deepEqual(two(range("90-99"), range("80-90")), ["port-range-overlap at 80-90 (90-99)"]);
  assert.deepEqual(two(range("80-90"), { containerPort: 90 }), ["port-range-overlap at 90 (80-90)"]);
  assert.deepEqual(two({ containerPort: 80 }, range("80-90")), ["port-range-overlap at 80-90 (80)"]);
  assert.deepEqual(two({ containerPort: 91 }, range("80-90")), []);
  assert.deepEqual(two(range("80-90"), range("80-90", { protocol: "udp" })), []);
  assert.deepEqual(two(range("80-90"), range("80-90", { protocol: unknown })), []);
  assert.deepEqual(two(range("80-90", { protocol: unknown }), range("80-90", { protocol: unknown })), []);
  const apart = (networkMode: string) =>
    found({ networkMode, ...containers(mapping(range("80-90")), mapping(range("85-99"))) });
  assert.deepEqual(apart("bridge"), []);
  assert.deepEqual(apart("awsvpc"), ["port-range-overlap"]);
  assert.deepEqual(found(ofMode("host", range("80-90"))), ["port-range-network-mode"]);
  const many = (count: number) =>
    found(container({ portMappings: times(count, (at) => range(`${1000 + 10 * at}-${1009 + 10 * at}`)) }));
  assert.deepEqual([many(100), many(101)], [[], ["too-many-port-ranges"]]);
});

test("a load balancer and a registry reach the ports that a container maps", () => {
  const arn = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/0123456789abcdef";
  const balanced = (containerPort: number | string, ...mappings: readonly object[]) => {
    const task = container({ portMappings: mappings.length === 0 ? undefined : mappings });
    const loadBalancers = [{ targetGroupArn: arn, containerName: "agent", containerPort }];
    return { input: service({ loadBalancers }), task };
  };
  const check = ({ input, task }: ReturnType<typeof balanced>) => lines(input, withTask(task));
  const ranges = [{ containerPortRange: "90-99" }, { containerPort: 80 }];
  for (const port of [80, 90, 99]) assert.deepEqual(check(balanced(port, ...ranges)), []);
  for (const port of [79, 81, 89, 100])
    assert.deepEqual(check(balanced(port, ...ranges)), [
      `load-balancer-port at ${port} (agent.taskdef.json)`,
    ]);
  assert.deepEqual(check(balanced(81, { containerPort: 80 })), [
    "load-balancer-port at 81 (agent.taskdef.json): !Change to 80",
  ]);
  assert.deepEqual(check(balanced(81, { containerPortRange: "90-99" })), [
    "load-balancer-port at 81 (agent.taskdef.json)",
  ]);
  assert.deepEqual(check(balanced(81)), ["load-balancer-port at 81 (agent.taskdef.json)"]);
  for (const it of [{ containerPort: unknown }, { containerPortRange: unknown }, unknown])
    assert.deepEqual(check(balanced(81, { containerPort: 80 }, it as object)), []);
  const adviceOf = ({ input, task }: ReturnType<typeof balanced>) => messages(input, withTask(task))[0] ?? "";
  assert.match(adviceOf(balanced(81)), /It maps none\./);
  assert.match(adviceOf(balanced(81, ...ranges)), /It maps 90-99, 80\./);
});
