// Managed daemons: each limit from both sides, each kind of ARN, and what is near a fault.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  diagnosticsOf,
  lines as linesOf,
  messages as messagesOf,
  text,
  unknown,
} from "../../support/checkedInputs";

const account = "123456789012";
const arn = (rest: string) => `arn:aws:ecs:eu-west-1:${account}:${rest}`;

const daemonFile = "agent.daemon.json";
const daemon = (more: object = {}) => ({
  daemonName: "agent",
  clusterArn: arn("cluster/prod"),
  daemonTaskDefinitionArn: arn("daemon-task-definition/agent:1"),
  capacityProviderArns: [arn("capacity-provider/hosts")],
  ...more,
});
const lines = (document: object) => linesOf(document, {}, daemonFile);
const codes = (document: object) => diagnosticsOf(document, {}, daemonFile).map((it) => it.code);
const deploying = (deploymentConfiguration: object, more: object = {}) =>
  daemon({ deploymentConfiguration, ...more });

test("names of daemons and capacity providers have up to 255 letters, digits, hyphens and underscores", () => {
  for (const it of ["a", "A_b-1", text(255), unknown])
    assert.deepEqual(lines(daemon({ daemonName: it })), []);
  assert.deepEqual(lines(daemon({ daemonName: " my agent " })), [
    "bad-daemon-name at  my agent : Change to 'my-agent'",
  ]);
  assert.deepEqual(lines(daemon({ daemonName: text(256) })), [
    `bad-daemon-name at ${text(256)}: Change to '${text(255)}'`,
  ]);
});

test("a share of 0 to 100 percent is drained at a time, and from half of the instances on it is high", () => {
  const share = (drainPercent: unknown, critical?: unknown) =>
    diagnosticsOf(deploying({ drainPercent }, { critical }), {}, daemonFile).map(
      ({ code, severity, fixes = [] }) => `${code} ${severity}: ${fixes.map((it) => it.title).join(" | ")}`,
    );
  const high = "drain-percent-high warning: Change to 25, the default";
  const both = "Change to 25, the default | Change to 1";
  assert.deepEqual(share(-1), [`drain-percent-range error: ${both}`]);
  assert.deepEqual(share(0), [`drain-percent-range warning: ${both}`]);
  for (const it of [1, 25, 49, unknown]) assert.deepEqual(share(it), [], `${it}`);
  for (const it of [50, 99, 100]) assert.deepEqual(share(it), [high], `${it}`);
  assert.deepEqual(share(101), ["drain-percent-range error: Change to 25, the default"]);
  for (const critical of [false, unknown]) {
    assert.deepEqual(share(99, critical), []);
    assert.deepEqual(share(100, critical), [high]);
  }
  assert.deepEqual(share(50, true), [high]);
  const what = (drainPercent: number) => messagesOf(deploying({ drainPercent }), {}, daemonFile)[0] ?? "";
  assert.match(what(100), /every instance/);
  assert.match(what(99), /99 % of the instances/);
});

test("the bake time is up to a day", () => {
  const alarms = { alarmNames: ["a"], enable: true };
  const bake = (bakeTimeInMinutes: unknown) => lines(deploying({ bakeTimeInMinutes, alarms }));
  for (const it of [0, 1, 1440, unknown]) assert.deepEqual(bake(it), []);
  assert.deepEqual(bake(-1), ["bake-time-range at -1: Change to 0"]);
  assert.deepEqual(bake(1441), ["bake-time-range at 1441: Change to 1440"]);
  assert.deepEqual(codes(deploying({ bakeTimeInMinutes: 1440.5, alarms })), ["wrong-type"]);
});

test("alarms have names and are enabled, and a bake time needs them", () => {
  const alarmed = (alarms: unknown, more: object = {}) => lines(deploying({ alarms, ...more }));
  const names = { alarmNames: ["a"] };
  const isOff = 'alarms-not-enabled at alarmNames: Set "enable": true';
  assert.deepEqual(alarmed({ ...names, enable: true }), []);
  assert.deepEqual(alarmed({ ...names, enable: false }), [isOff]);
  assert.deepEqual(alarmed(names), [isOff]);
  assert.deepEqual(alarmed({ ...names, enable: unknown }), []);
  const isNameless = "alarms-without-names at enable: Remove 'alarms'";
  assert.deepEqual(alarmed({ enable: true }), [isNameless]);
  assert.deepEqual(alarmed({ alarmNames: [], enable: true }), [isNameless]);
  for (const enable of [false, unknown, undefined]) assert.deepEqual(alarmed({ enable }), []);
  assert.deepEqual(alarmed({ alarmNames: unknown, enable: true }), []);
  assert.deepEqual(alarmed(unknown), []);
  const baking = { bakeTimeInMinutes: 1 };
  assert.deepEqual(alarmed(undefined, baking), ["bake-without-alarms at bakeTimeInMinutes"]);
  for (const it of [{ alarmNames: [] }, { enable: false }, {}])
    assert.deepEqual(alarmed(it, baking), ["bake-without-alarms at bakeTimeInMinutes: Remove it"]);
  assert.deepEqual(alarmed({ alarmNames: [] }, { bakeTimeInMinutes: 0 }), []);
  assert.deepEqual(alarmed(undefined, { bakeTimeInMinutes: 0 }), []);
  assert.deepEqual(alarmed(undefined, { bakeTimeInMinutes: unknown }), []);
  assert.deepEqual(alarmed(unknown, baking), []);
});

test("a daemon refers by ARNs of the right kinds", () => {
  const kinds = {
    daemonTaskDefinitionArn: "daemon-task-definition/agent:1",
    clusterArn: "cluster/prod",
    capacityProviderArns: "capacity-provider/hosts",
  };
  const given = (name: string, value: string) =>
    codes(daemon({ [name]: name === "capacityProviderArns" ? [value] : value }));
  for (const [name, own] of Object.entries(kinds))
    for (const other of Object.values(kinds))
      assert.deepEqual(given(name, arn(other)), own === other ? [] : ["wrong-arn"], `${name} ${other}`);
  for (const name of Object.keys(kinds)) {
    for (const it of [unknown, `arn:aws:ecs:${unknown}`, "<ARN>", "arn:<ARN>"])
      assert.deepEqual(given(name, it), [], `${name} ${it}`);
    assert.deepEqual(given(name, "agent"), ["not-an-arn"]);
    assert.deepEqual(given(name, arn(kinds[name as keyof typeof kinds]).replace(":ecs:", ":ec2:")), [
      "wrong-arn",
    ]);
  }
  for (const it of ["FARGATE", "FARGATE_SPOT", "fargate"]) {
    const [diagnostic] = diagnosticsOf(daemon({ capacityProviderArns: [it] }), {}, daemonFile);
    assert.deepEqual(
      [diagnostic?.code, diagnostic?.severity, diagnostic?.about],
      ["not-an-arn", "error", "fargate"],
    );
  }
  for (const it of ["FARGATE", "FARGATE_SPOT"])
    assert.deepEqual(given("capacityProviderArns", arn(`capacity-provider/${it}`)), [
      "capacity-provider-kind",
    ]);
  assert.deepEqual(given("daemonTaskDefinitionArn", arn("daemon-task-definition/agent:0")), ["wrong-arn"]);
  assert.deepEqual(given("daemonTaskDefinitionArn", arn("daemon-task-definition/agent:10")), []);
  assert.deepEqual(given("clusterArn", arn("cluster/prod:0")), []);
  assert.match(
    messagesOf(daemon({ clusterArn: arn("capacity-provider/a") }), {}, daemonFile)[0] ?? "",
    /a capacity provider/,
  );
  assert.deepEqual(codes(daemon({ capacityProviderArns: [] })), ["no-capacity-provider"]);
  assert.deepEqual(codes(daemon({ capacityProviderArns: unknown })), []);
  const hosts = arn("capacity-provider/hosts");
  assert.deepEqual(lines(daemon({ capacityProviderArns: [hosts, hosts] })), [
    `duplicate-capacity-provider at ${hosts} (${hosts}): Remove it`,
  ]);
});

test("what a daemon refers to is in one place", () => {
  const elsewhere = arn("cluster/prod").replace("eu-west-1", "us-east-1");
  const of = (more: object) =>
    diagnosticsOf(daemon(more), {}, daemonFile).map(
      ({ code, severity, message }) => `${code} ${severity} ${/where (.*)\./.exec(message)?.[1]}`,
    );
  assert.deepEqual(of({ clusterArn: elsewhere }), ["wrong-arn warning most of the others are"]);
  assert.deepEqual(of({ clusterArn: elsewhere, capacityProviderArns: unknown }), [
    "wrong-arn warning the first one is",
  ]);
  assert.deepEqual(of({ clusterArn: elsewhere.replace("us-east-1", unknown) }), []);
});
