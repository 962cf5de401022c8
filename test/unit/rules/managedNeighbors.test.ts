// Managed daemons, definitions and capacity providers that refer to each other: what one file shows of the others.

import assert from "node:assert/strict";
import { test } from "node:test";
import { lines, messages, unknown, withManaged } from "../../support/checkedInputs";

const arn = (rest: string) => `arn:aws:ecs:eu-west-1:123456789012:${rest}`;
const hosts = arn("capacity-provider/hosts");
const daemon = (more: object = {}) => ({
  daemonName: "agent",
  clusterArn: arn("cluster/prod"),
  daemonTaskDefinitionArn: arn("daemon-task-definition/agent:1"),
  capacityProviderArns: [hosts],
  ...more,
});
const container = {
  name: "agent",
  image: "agent:1",
  restartPolicy: { enabled: true },
  healthCheck: { command: ["CMD-SHELL", "true"] },
};
const definition = (more: object = {}, inContainer: object = {}) => ({
  family: "agent",
  cpu: "256",
  memory: "512",
  containerDefinitions: [{ ...container, ...inContainer }],
  ...more,
});
const provider = (more: object = {}, requirements: object = { allowedInstanceTypes: ["m5.large"] }) => ({
  name: "hosts",
  cluster: "prod",
  managedInstancesProvider: {
    infrastructureRoleArn: "arn:aws:iam::123456789012:role/infrastructure",
    instanceLaunchTemplate: {
      ec2InstanceProfileArn: "arn:aws:iam::123456789012:instance-profile/hosts",
      networkConfiguration: { subnets: ["subnet-0123456789abcdef0"] },
      instanceRequirements: requirements,
    },
  },
  ...more,
});

type Files = Readonly<Record<string, object>>;
const daemonFile = "agent.daemon.json";
const definitionFile = "agent.daemon-taskdef.json";
const providerFile = "hosts.capacity-provider.json";
const ofDaemon = (document: object, beside: Files = {}) =>
  lines(document, withManaged({ [daemonFile]: document, ...beside }), daemonFile);
const ofDefinition = (document: object, beside: Files = {}) =>
  lines(document, withManaged({ [definitionFile]: document, ...beside }), definitionFile);
const codesOf = (found: readonly string[]) => found.map((it) => it.split(" ")[0]);

test("the file of a capacity provider shows its kind and its cluster", () => {
  const beside = (file: object, more: object = {}) => ofDaemon(daemon(more), { [providerFile]: file });
  assert.deepEqual(beside(provider()), []);
  assert.deepEqual(beside(provider({ cluster: "test" })), [`capacity-provider-kind at ${hosts}`]);
  assert.deepEqual(beside(provider({ cluster: arn("cluster/prod") })), []);
  for (const cluster of [unknown, undefined]) assert.deepEqual(beside(provider({ cluster })), []);
  assert.deepEqual(beside(provider({ cluster: "test" }), { clusterArn: unknown }), []);
  const autoScalingGroupProvider = { autoScalingGroupArn: "group" };
  assert.deepEqual(beside({ name: "hosts", autoScalingGroupProvider }), [
    `capacity-provider-kind at ${hosts}`,
  ]);
  assert.deepEqual(beside(provider({ autoScalingGroupProvider })), []);
  assert.deepEqual(beside({ name: "others", autoScalingGroupProvider }), []);
  const twice = { [providerFile]: provider({ cluster: "test" }), "b.capacity-provider.json": provider() };
  assert.deepEqual(ofDaemon(daemon(), twice), []);
  assert.match(
    messages(daemon(), withManaged({ [providerFile]: provider({ cluster: "test" }) }), daemonFile)[0] ?? "",
    /'hosts'.* belongs to the cluster 'test'/,
  );
});

test("a workspace with definitions has that of its daemon", () => {
  const other = { "other.daemon-taskdef.json": definition({ family: "other" }) };
  assert.deepEqual(codesOf(ofDaemon(daemon(), other)), ["unknown-daemon-definition"]);
  assert.deepEqual(ofDaemon(daemon()), []);
  assert.deepEqual(ofDaemon(daemon(), { ...other, [definitionFile]: definition() }), []);
  assert.deepEqual(ofDaemon(daemon({ daemonTaskDefinitionArn: unknown }), other), []);
});

test("a newer revision is known of an answer in the workspace, unless it is not active", () => {
  const described = (revision: number, more: object = {}) => ({
    [definitionFile]: definition({
      daemonTaskDefinitionArn: arn(`daemon-task-definition/agent:${revision}`),
      revision,
      ...more,
    }),
  });
  const at = (revision: number, beside: Files) =>
    codesOf(
      ofDaemon(daemon({ daemonTaskDefinitionArn: arn(`daemon-task-definition/agent:${revision}`) }), beside),
    );
  assert.deepEqual(at(1, described(2)), ["unknown-daemon-revision"]);
  assert.deepEqual(at(1, described(2, { status: "ACTIVE" })), ["unknown-daemon-revision"]);
  assert.deepEqual(at(1, described(2, { status: "DELETE_IN_PROGRESS" })), []);
  for (const it of [2, 3]) assert.deepEqual(at(it, described(2)), []);
  const other = described(2, { daemonTaskDefinitionArn: arn("daemon-task-definition/other:2") });
  assert.deepEqual(at(1, other), []);
  const latest = daemon({ daemonTaskDefinitionArn: arn("daemon-task-definition/agent") });
  assert.deepEqual(ofDaemon(latest, described(2)), []);
});

test("security sensors are critical, shippers of logs and metrics are not", () => {
  const of = (critical: unknown, ...images: readonly string[]) => {
    const containerDefinitions = images.map((image, at) => ({ ...container, name: `c${at}`, image }));
    return codesOf(
      ofDaemon(daemon({ critical }), { [definitionFile]: definition({ containerDefinitions }) }),
    );
  };
  const sensor = "falcosecurity/falco:0.38";
  const shipper = "timberio/vector:0.40";
  const code = ["non-critical-security"];
  assert.deepEqual(of(false, sensor), code);
  assert.deepEqual(of(false, "app:1", sensor), code);
  assert.deepEqual(of(true, sensor), []);
  assert.deepEqual(of(true, shipper), code);
  assert.deepEqual(of(true, shipper, "fluent/fluent-bit:3"), code);
  assert.deepEqual(of(true, shipper, sensor), []);
  assert.deepEqual(of(false, shipper), []);
  assert.deepEqual(of(true, "app:1"), []);
  for (const it of [undefined, unknown]) {
    assert.deepEqual(of(it, sensor), []);
    assert.deepEqual(of(it, shipper), []);
  }
  const both = { [definitionFile]: definition({}, { image: sensor }), "b.daemon-taskdef.json": definition() };
  assert.deepEqual(ofDaemon(daemon({ critical: false }), both), []);
});

test("one capacity provider runs a definition for one daemon", () => {
  const of = (other: object, own: object = {}) => ofDaemon(daemon(own), { "b.daemon.json": daemon(other) });
  const twice = [`same-provider-twice at ${hosts}`];
  assert.deepEqual(of({ daemonName: "b" }), twice);
  assert.deepEqual(of({ daemonName: "agent" }), []);
  for (const daemonName of [unknown, undefined]) assert.deepEqual(of({ daemonName }), []);
  assert.deepEqual(of({ daemonName: "b", capacityProviderArns: [arn("capacity-provider/b")] }), []);
  assert.deepEqual(of({ daemonName: "b", daemonTaskDefinitionArn: arn("daemon-task-definition/b:1") }), []);
  assert.deepEqual(
    of({ daemonName: "b", daemonTaskDefinitionArn: arn("daemon-task-definition/agent:2") }),
    twice,
  );
  assert.deepEqual(of({ daemonName: "b" }, { capacityProviderArns: [unknown] }), []);
});

test("a definition is large from a quarter of the smallest type on, and does not fit beyond all of it", () => {
  const beside = { [daemonFile]: daemon(), [providerFile]: provider() };
  const codes = (more: object, files: Files = beside) => codesOf(ofDefinition(definition(more), files));
  // An m5.large has 2048 CPU units and 8192 MiB.
  const sizes = { cpu: [512, 513, 2048, 2049], memory: [2048, 2049, 8192, 8193] };
  for (const [name, all] of Object.entries(sizes))
    assert.deepEqual(
      all.map((it) => codes({ [name]: String(it) }).filter((code) => /large|fit/.test(code ?? ""))),
      [[], ["size-large"], ["size-large"], ["does-not-fit"]],
      name,
    );
  const huge = { cpu: "4096" };
  assert.deepEqual(codes(huge), ["does-not-fit"]);
  assert.deepEqual(codes(huge, { [daemonFile]: daemon() }), []);
  assert.deepEqual(codes(huge, { ...beside, [daemonFile]: daemon({ capacityProviderArns: [unknown] }) }), []);
  assert.deepEqual(codes({ cpu: unknown }), []);
  const text = messages(definition({ cpu: "1024" }), withManaged(beside), definitionFile)[0] ?? "";
  assert.match(text, /1024 CPU units.*50 %.*m5\.large/);
});

test("without a size of its own a definition has the sum of its containers", () => {
  const beside = { [daemonFile]: daemon(), [providerFile]: provider() };
  const of = (first: object, second: object) => {
    const containerDefinitions = [
      { ...container, ...first },
      { ...container, name: "b", ...second },
    ];
    const document = definition({ cpu: undefined, memory: undefined, containerDefinitions });
    return codesOf(ofDefinition(document, beside)).filter((it) => /large|fit/.test(it ?? ""));
  };
  assert.deepEqual(of({ cpu: 256 }, { cpu: 256 }), []);
  assert.deepEqual(of({ cpu: 256 }, { cpu: 257 }), ["size-large"]);
  assert.deepEqual(of({ cpu: 2000 }, { cpu: unknown }), []);
  assert.deepEqual(of({ memoryReservation: 1024, memory: 9000 }, { memory: 1024 }), []);
  assert.deepEqual(of({ memoryReservation: 1025 }, { memory: 1024 }), ["size-large"]);
  assert.deepEqual(of({ memory: 9000 }, { memory: unknown }), []);
});

test("what an update leaves out and the file beside it sets is lost, unless it is the default", () => {
  const update = (more: object = {}) => ({
    daemonArn: arn("daemon/prod/agent"),
    daemonTaskDefinitionArn: arn("daemon-task-definition/agent:1"),
    capacityProviderArns: [hosts],
    ...more,
  });
  const of = (created: object, more: object = {}, files: Files = {}) => {
    const document = update(more);
    const beside = { "update.daemon.json": document, "create.daemon.json": daemon(created), ...files };
    return lines(document, withManaged(beside), "update.daemon.json").filter((it) => it.includes("loses"));
  };
  const settings: readonly (readonly [name: string, value: unknown, usual: unknown])[] = [
    ["critical", false, true],
    ["propagateTags", "DAEMON", "NONE"],
    ["enableECSManagedTags", true, false],
    ["enableExecuteCommand", true, false],
  ];
  for (const [name, value, usual] of settings) {
    assert.deepEqual(of({ [name]: value }), [
      `update-loses-settings at { (create.daemon.json): Add '${name}'`,
    ]);
    for (const it of [usual, null]) assert.deepEqual(of({ [name]: it }), [], name);
    for (const it of [value, usual, unknown])
      assert.deepEqual(of({ [name]: value }, { [name]: it }), [], name);
    assert.deepEqual(of({ [name]: unknown }), ["update-loses-settings at { (create.daemon.json)"]);
  }
  assert.deepEqual(of({ deploymentConfiguration: { drainPercent: 20 } }).length, 1);
  assert.deepEqual(of({ critical: false, enableExecuteCommand: true }), [
    "update-loses-settings at { (create.daemon.json): Add all of them",
  ]);
  const words = (created: object) =>
    messages(
      update(),
      withManaged({ "update.daemon.json": update(), "create.daemon.json": daemon(created) }),
      "update.daemon.json",
    ).join();
  assert.match(words({ critical: false }), /takes it back/);
  assert.match(words({ critical: false, enableExecuteCommand: true }), /takes them back/);
  assert.deepEqual(of({ critical: false }, { daemonArn: arn("daemon/prod/other") }), []);
  assert.deepEqual(of({ critical: false }, { daemonArn: unknown }), []);
  assert.deepEqual(of({ critical: false }, {}, { "b.daemon.json": daemon() }), []);
});

test("whether a daemon is critical decides how its health is reported", () => {
  const of = (...criticals: readonly unknown[]) => {
    const daemons = criticals.map((critical, at) => [
      `d${at}.daemon.json`,
      daemon({ daemonName: `d${at}`, critical }),
    ]);
    const document = definition({}, { healthCheck: undefined });
    return codesOf(ofDefinition(document, Object.fromEntries(daemons)));
  };
  const code = "critical-without-health-check";
  for (const it of [[], [true], [undefined], [false, true], [unknown], [false, unknown]])
    assert.deepEqual(of(...it), [code], JSON.stringify(it));
  for (const it of [[false], [false, false]]) assert.deepEqual(of(...it), [], JSON.stringify(it));
});
