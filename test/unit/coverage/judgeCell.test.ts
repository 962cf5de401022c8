// A cell is covered only where it is certain: what cannot be known is unknown, whatever runs there.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { DaemonFacts, DaemonTask } from "../../../server/src/core/coverage/daemonFacts";
import {
  type CellInput,
  isReadingSure,
  judgeCell,
  keptCell,
  placeOfInstance,
} from "../../../server/src/core/coverage/judgeCell";
import { refusalReasons } from "../../../server/src/core/coverage/refusals";
import { containerInstance, daemonService } from "../../support/builders";

const definitionArn = "arn:aws:ecs:us-east-1:123456789012:task-definition/agent:1";
const now = Date.UTC(2026, 5, 1);

const facts = (more: Partial<DaemonFacts> = {}): DaemonFacts => ({
  service: "agent",
  status: "ACTIVE",
  definitionArn,
  launchType: "EC2",
  desired: 1,
  running: 1,
  pending: 0,
  rollout: { isInProgress: false, failure: undefined, olderRunning: 0, failedTasks: 0 },
  events: [],
  daemon: daemonService(),
  ...more,
});

const running: DaemonTask = {
  service: "agent",
  instance: "i-1",
  definitionArn,
  lastStatus: "RUNNING",
  desiredStatus: "RUNNING",
  healthStatus: undefined,
  stoppedAt: undefined,
  stopCode: undefined,
  stoppedReason: undefined,
};

const stateOf = (more: Partial<CellInput> = {}) =>
  judgeCell({
    facts: facts(),
    instance: containerInstance(),
    tasks: [running],
    now,
    grace: 600_000,
    ...more,
  }).state;

/** Nobody can know whether it holds: ECS does not say how an attribute compares with <. */
const uncertain = facts({ daemon: daemonService(["attribute:rack < 5"]) });
const placed = containerInstance({ attributes: { rack: "3" } });

test("a running task covers an instance whose constraints are true", () => {
  assert.equal(stateOf(), "running");
  assert.equal(stateOf({ tasks: [] }), "missing");
});

test("where nobody knows whether the constraints hold, the cell is unknown, with a task and without", () => {
  for (const tasks of [[running], []])
    assert.equal(stateOf({ facts: uncertain, instance: placed, tasks }), "unknown");
});

test("what ECS says of the constraints decides where we do not know", () => {
  const cell = { facts: uncertain, instance: placed };
  assert.equal(stateOf({ ...cell, ecsWants: true }), "running");
  assert.equal(stateOf({ ...cell, ecsWants: false }), "unexpected");
  assert.equal(stateOf({ ...cell, ecsWants: false, tasks: [] }), "not-wanted");
  const input = { ...cell, ecsWants: false, tasks: [running], now, grace: 0 };
  assert.deepEqual(
    judgeCell(input).reasons.map((it) => it.code),
    ["constraint-false"],
  );
});

test("more than one task of the service is not what a daemon service has", () => {
  assert.equal(stateOf({ tasks: [running, running] }), "unexpected");
});

test("a disconnected instance is not covered by the task that ran there", () => {
  const instance = containerInstance({ agentConnected: false });
  assert.equal(stateOf({ instance }), "stale");
  assert.equal(stateOf({ instance, tasks: [] }), "missing");
});

test("without the task definition, an instance without a task is unknown", () => {
  assert.equal(stateOf({ facts: facts({ daemon: undefined }), tasks: [] }), "unknown");
});

test("only failures of the last half an hour make a crash loop, and no stop that somebody asked for", () => {
  const stopped = (minutesAgo: number, stopCode = "EssentialContainerExited"): DaemonTask => ({
    ...running,
    lastStatus: "STOPPED",
    desiredStatus: "STOPPED",
    stopCode,
    stoppedAt: now - minutesAgo * 60_000,
  });
  const three = (...more: Parameters<typeof stopped>) => [running, ...Array(3).fill(stopped(...more))];
  assert.equal(stateOf({ tasks: three(5) }), "crash-looping");
  assert.equal(stateOf({ tasks: three(60) }), "running");
  assert.equal(stateOf({ tasks: three(5, "UserInitiated") }), "running");
});

test("a reason carries what is needed and what there is, where it is about amounts", () => {
  const instance = containerInstance({ remaining: { memory: 100 } });
  const { reasons } = judgeCell({ facts: facts(), instance, tasks: [], now, grace: 0 });
  assert.deepEqual(
    reasons.map(({ filter, requested, available }) => ({ filter, requested, available })),
    [{ filter: "memory", requested: 256, available: 100 }],
  );
  assert.match(reasons[0]?.remedy ?? "", /MiB/);
  const unknown = judgeCell({ facts: uncertain, instance: placed, tasks: [], now, grace: 0 });
  const documented = ["available", "code", "filter", "message", "remedy", "requested"];
  for (const reason of [...reasons, ...unknown.reasons])
    for (const member of Object.keys(reason)) assert.ok(documented.includes(member), member);
});

test("a cell names its instance as far as it is known", () => {
  const known = containerInstance({ id: "a", ec2InstanceId: "i-0a" });
  assert.deepEqual(placeOfInstance(known), {
    instance: "a",
    ec2InstanceId: "i-0a",
    zone: "us-east-1a",
    type: "m5.large",
  });
  const external = { ...containerInstance({ id: "b", bare: true }), ec2InstanceId: undefined };
  assert.deepEqual(placeOfInstance(external), { instance: "b" });
});

test("an instance is too small only where that is known", () => {
  const remedyOf = (memory: number) => {
    const daemon = daemonService();
    const unknown = { cpu: { values: ["<CPU>"], most: undefined }, ports: [], attributes: [] };
    const requirements = { ...daemon.requirements, memory, unknown };
    const instance = containerInstance({ remaining: { memory: 100 } });
    const input = { facts: facts({ daemon: { ...daemon, requirements } }), instance, tasks: [] };
    return judgeCell({ ...input, now, grace: 0 }).remedy;
  };
  assert.equal(remedyOf(256), "make-room");
  assert.equal(remedyOf(8_000), "resize");
});

test("a cell is kept with its place, its reasons and what helps, and where it has nothing to say not at all", () => {
  const place = { instance: "a", ec2InstanceId: "i-0a", zone: "z", type: "t" };
  const judged = (more: Partial<CellInput>) =>
    judgeCell({ facts: facts(), instance: containerInstance(), tasks: [], now, grace: 0, ...more });
  const short = judged({ instance: containerInstance({ remaining: { memory: 100 } }) });
  assert.deepEqual(keptCell(place, short), {
    ...place,
    state: "missing",
    reasons: short.reasons,
    remedy: "make-room",
  });
  const { remedy: _, ...helpless } = short;
  assert.deepEqual(Object.keys(keptCell({ instance: "a" }, helpless) ?? {}), [
    "instance",
    "state",
    "reasons",
  ]);
  assert.equal(keptCell(place, judged({ tasks: [running] })), undefined);
  assert.equal(keptCell(place, judged({ instance: containerInstance({ status: "DRAINING" }) })), undefined);
});

test("a cell says whether ECS counts a task there, and one of another revision", () => {
  const older = { ...running, definitionArn: definitionArn.replace(/1$/, "0") };
  const stopped = { ...older, lastStatus: "STOPPED", desiredStatus: "STOPPED" };
  const counted = (...tasks: readonly DaemonTask[]) => {
    const cell = judgeCell({ facts: facts(), instance: containerInstance(), tasks, now, grace: 0 });
    return [cell.hasRunning, cell.hasOlder];
  };
  assert.deepEqual(counted(), [false, false]);
  assert.deepEqual(counted(running), [true, false]);
  assert.deepEqual(counted(running, stopped), [true, false]);
  assert.deepEqual(counted(running, older), [true, true]);
  assert.deepEqual(counted(stopped), [false, false]);
});

test("a task of an older revision is named with both revisions", () => {
  const older = { ...running, definitionArn: definitionArn.replace(/:1$/, ":0") };
  const { state, reasons } = judgeCell({
    ...{ facts: facts(), instance: containerInstance(), tasks: [older], now, grace: 0 },
  });
  assert.equal(state, "updating");
  assert.equal(reasons[0]?.message, "The task there is of agent:0, not yet of agent:1.");
});

test("our reading of constraints is sure, but for patterns, orders, and and with or", () => {
  for (const it of ["attribute:env == prod", "a == b and c == d", "a == b or c == d", "a == b && c != d"])
    assert.equal(isReadingSure(true, [it]), true, it);
  for (const it of [
    "a =~ b.*",
    "a !~ b",
    "a > 1",
    "a < 1",
    "a == b and c == d or e == f",
    "a == b && c == d || e == f",
  ])
    assert.equal(isReadingSure(false, ["attribute:env == prod", it]), false, it);
  assert.equal(isReadingSure("unknown", []), false);
});

test("what ECS decides is no refusal, nor is the filter that is said already", () => {
  const reasons = (["status", "constraints", "agent", "memory"] as const).map((filter) => ({
    ...{ filter, code: "attribute-missing" as const, message: `${filter}.` },
  }));
  const verdict = { id: "i-1", verdict: "blocked", reasons } as const;
  const said = (except?: string) => refusalReasons(verdict, except).map((it) => it.message);
  assert.deepEqual(said(), ["agent.", "memory."]);
  assert.deepEqual(said("agent"), ["memory."]);
});
