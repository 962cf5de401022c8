// What the network mode excludes, and the proxy of a task: each property and each mode.

import assert from "node:assert/strict";
import { test } from "node:test";
import { afterFix, definition, found, lines, messages, unknown } from "../../support/checkedInputs";

const modes = ["awsvpc", "bridge", "host", "none", unknown];
const modesWith = (code: string, document: (mode: string) => object) =>
  modes.filter((it) => (found(document(it)) as readonly string[]).includes(code));

test("each property of a container is excluded by the modes that exclude it, and by no other", () => {
  const values = {
    links: ["side:s"],
    hostname: "h",
    extraHosts: [{ hostname: "h", ipAddress: "10.0.0.1" }],
    dnsServers: ["10.0.0.2"],
    disableNetworking: true,
  };
  const codes = {
    links: "awsvpc-links",
    hostname: "awsvpc-hostname",
    extraHosts: "awsvpc-extra-hosts",
    dnsServers: "awsvpc-dns-servers",
    disableNetworking: "awsvpc-disable-networking",
  };
  for (const [name, code] of Object.entries(codes)) {
    const of = (value: unknown) => (networkMode: string) => definition({ networkMode }, { [name]: value });
    const given = values[name as keyof typeof values];
    assert.deepEqual(modesWith(code, of(given)), ["awsvpc"], name);
    assert.ok(lines(of(given)("awsvpc")).includes(`${code} at ${name}: Remove '${name}'`));
    const nothing = name === "disableNetworking" ? false : typeof given === "string" ? "" : [];
    for (const it of [nothing, unknown, null]) assert.deepEqual(modesWith(code, of(it)), [], `${name} ${it}`);
  }
  const linked = (networkMode: string) => definition({ networkMode }, { links: ["side"] });
  assert.deepEqual(modesWith("links-outside-bridge", linked), ["host", "none"]);
});

test("fault injection needs the modes awsvpc or host", () => {
  const injecting = (more: object) =>
    found(definition({ enableFaultInjection: true, ...more })).filter((it) =>
      it.startsWith("fault-injection"),
    );
  const code = "fault-injection-network-mode";
  assert.deepEqual(
    modes.filter((networkMode) => injecting({ networkMode }).length > 0),
    ["bridge", "none"],
  );
  assert.deepEqual(injecting({}), [code]);
  assert.deepEqual(injecting({ requiresCompatibilities: ["EC2"] }), []);
  assert.deepEqual(injecting({ networkMode: "bridge", requiresCompatibilities: ["EC2"] }), [code]);
  assert.deepEqual(injecting({ networkMode: "bridge", requiresCompatibilities: ["FARGATE"] }), []);
  assert.deepEqual(injecting({ networkMode: "bridge", requiresCompatibilities: [unknown] }), []);
  for (const enableFaultInjection of [false, unknown])
    assert.deepEqual(injecting({ enableFaultInjection }), []);
  assert.match(messages(definition({ enableFaultInjection: true }))[0] ?? "", /bridge, the default/);
});

test("the mode bridge is wrong where Managed Instances are all that a task is for", () => {
  const managed = (requiresCompatibilities: unknown, networkMode: string) =>
    found(definition({ requiresCompatibilities, networkMode, cpu: "256", memory: "512" })).includes(
      "managed-instances-network-mode",
    );
  assert.deepEqual(
    modes.filter((it) => managed(["MANAGED_INSTANCES"], it)),
    ["bridge"],
  );
  for (const it of [
    ["EC2"],
    ["MANAGED_INSTANCES", "EC2"],
    ["MANAGED_INSTANCES", unknown],
    unknown,
    undefined,
  ])
    assert.ok(!managed(it, "bridge"), JSON.stringify(it));
});

const right: Readonly<Record<string, string>> = {
  ProxyIngressPort: "15000",
  ProxyEgressPort: "15001",
  AppPorts: "80",
  EgressIgnoredIPs: "169.254.170.2,169.254.169.254",
  IgnoredUID: "1337",
};
const proxied = (values: object, more: object = {}, inTask: object = {}) =>
  definition(
    {
      networkMode: "awsvpc",
      proxyConfiguration: {
        type: "APPMESH",
        containerName: "agent",
        properties: Object.entries(values).flatMap(([name, value]) =>
          value === undefined ? [] : [{ name, value }],
        ),
        ...more,
      },
      ...inTask,
    },
    { user: "1337" },
  );

test("a proxy needs awsvpc and a container of the task", () => {
  assert.deepEqual(lines(proxied(right)), []);
  assert.deepEqual(
    modes.filter((networkMode) => found(proxied(right, {}, { networkMode })).includes("proxy-network-mode")),
    ["bridge", "host", "none"],
  );
  assert.deepEqual(found(proxied(right, {}, { networkMode: undefined })), ["proxy-network-mode"]);
  assert.match(messages(proxied(right, {}, { networkMode: undefined }))[0] ?? "", /the default, bridge/);
  assert.deepEqual(lines(proxied(right, { containerName: "agnet" })), [
    "proxy-container at agnet: !Change to 'agent'",
  ]);
  assert.deepEqual(lines(proxied(right, { containerName: "proxy" })), ["proxy-container at proxy"]);
  assert.deepEqual(found(proxied(right, { containerName: unknown })), []);
});

test("each property that a proxy needs is missed alone and with the others, and the fix adds usual values", () => {
  for (const name of Object.keys(right)) {
    const document = proxied({ ...right, [name]: undefined });
    const words = name === "IgnoredUID" ? "IgnoredUID or IgnoredGID" : name;
    assert.deepEqual(lines(document), [`proxy-properties at properties: Add ${words}`]);
    assert.deepEqual(found(afterFix(document, `Add ${words}`) as object), []);
  }
  const all = lines(proxied({}));
  assert.deepEqual(all, [
    "proxy-properties at properties: Add ProxyIngressPort, ProxyEgressPort, AppPorts, EgressIgnoredIPs, IgnoredUID or IgnoredGID",
  ]);
  assert.deepEqual(found(proxied({ ...right, IgnoredUID: undefined, IgnoredGID: "1" })), []);
  assert.deepEqual(found(proxied({ ...right, [unknown]: "1", IgnoredUID: undefined })), []);
  assert.deepEqual(found(proxied({}, { properties: unknown })), []);
  assert.deepEqual(lines(proxied({}, { properties: undefined })), ["proxy-properties at proxyConfiguration"]);
  assert.deepEqual(found(proxied({}, { type: undefined })), ["proxy-properties"]);
  assert.deepEqual(found(proxied({}, { type: unknown })), []);
});

test("each property of a proxy has its form", () => {
  const ports = { good: ["1", "9999", "10000", "65535"], bad: ["0", "65536", "99999", "ssh", "080"] };
  const forms: Readonly<
    Record<string, { good: readonly string[]; bad: readonly string[]; isList: boolean; mayBeEmpty: boolean }>
  > = {
    ProxyIngressPort: { ...ports, isList: false, mayBeEmpty: false },
    ProxyEgressPort: { ...ports, isList: false, mayBeEmpty: false },
    AppPorts: { ...ports, isList: true, mayBeEmpty: false },
    EgressIgnoredPorts: { ...ports, isList: true, mayBeEmpty: true },
    EgressIgnoredIPs: {
      good: ["10.0.0.1", "255.255.255.255", "10.0.0.0/8", "10.0.0.0/32", "fd00::1", "fd00::/64"],
      bad: ["10.0.0", "256.0.0.1", "10.0.0.0/33", "10.0.0.1.1", "localhost"],
      isList: true,
      mayBeEmpty: true,
    },
    IgnoredGID: {
      good: ["0", "4294967295"],
      bad: ["-1", "12345678901", "root"],
      isList: false,
      mayBeEmpty: true,
    },
    IgnoredUID: { good: ["1337"], bad: ["-1", "12345678901", "root"], isList: false, mayBeEmpty: true },
  };
  const isRight = (name: string, value: string) =>
    !found(proxied({ ...right, [name]: value })).includes("proxy-property-value");
  for (const [name, { good, bad, isList, mayBeEmpty }] of Object.entries(forms)) {
    for (const it of [...good, unknown, "{{ x }}", "A_PORT"]) assert.ok(isRight(name, it), `${name} ${it}`);
    for (const it of bad) assert.ok(!isRight(name, it), `${name} ${it}`);
    assert.equal(isRight(name, good.slice(0, 2).join(", ")), isList || good.length < 2, name);
    assert.equal(isRight(name, ` ${good[0]} `), true, name);
    assert.equal(isRight(name, [good[0], bad[0]].join(",")), false, name);
    for (const it of ["", " "]) assert.equal(isRight(name, it), mayBeEmpty, `${name} '${it}'`);
  }
});

test("a property that a proxy does not have is named, unless the right one is missed", () => {
  assert.deepEqual(lines(proxied({ ...right, Ports: "80" })), ["proxy-property-value at Ports"]);
  assert.deepEqual(lines(proxied({ ...right, AppPort: "80" })), [
    "proxy-property-value at AppPort: !Change to 'AppPorts'",
  ]);
  assert.deepEqual(found(proxied({ ...right, AppPorts: undefined, AppPort: "80" })), ["proxy-properties"]);
  assert.deepEqual(lines(proxied({ ...right, EgressIgnoredPort: "22" })), [
    "proxy-property-value at EgressIgnoredPort: !Change to 'EgressIgnoredPorts'",
  ]);
});

test("the traffic of the proxy's own user is ignored", () => {
  const user = (own: unknown, values: object = right) =>
    lines({
      ...proxied(values),
      containerDefinitions: [{ name: "agent", image: "agent:1", memory: 128, user: own }],
    });
  for (const it of ["1337", "01337", "1337:1337", "envoy", undefined, unknown])
    assert.deepEqual(user(it), []);
  for (const it of ["1338", "0:1337"])
    assert.deepEqual(user(it), [`proxy-user at 1337 (${it}): Change to '${it.split(":")[0]}'`]);
  assert.deepEqual(user("1338", { ...right, IgnoredGID: "1" }), []);
  assert.deepEqual(user("1338", { ...right, IgnoredGID: "" }).length, 1);
  assert.deepEqual(user("1338", { ...right, IgnoredUID: unknown }), []);
});
