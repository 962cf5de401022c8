// What a cell without a running task says: the cause, for how long it counts, and what helps.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isUnplaced } from "../../../server/src/core/coverage/causes";
import type { DaemonFacts, DaemonTask } from "../../../server/src/core/coverage/daemonFacts";
import { type CellInput, judgeCell } from "../../../server/src/core/coverage/judgeCell";
import { stopTimeoutOf } from "../../../server/src/ecs/coverage/facts";
import { containerInstance, daemonService } from "../../support/builders";

const now = Date.UTC(2026, 5, 1);
const minute = 60_000;
const hour = 60 * minute;
const rollout = { isInProgress: false, failure: undefined, olderRunning: 0, failedTasks: 0 };
const instance = containerInstance();
const full = containerInstance({ remaining: { memory: 100 } });

const facts = (more: Partial<DaemonFacts> = {}): DaemonFacts => ({
  service: "agent",
  status: "ACTIVE",
  definitionArn: "arn:aws:ecs:us-east-1:123456789012:task-definition/agent:2",
  launchType: "EC2",
  desired: 1,
  running: 0,
  pending: 0,
  rollout,
  events: [],
  daemon: daemonService(),
  ...more,
});

const stopped = (ago: number, stoppedReason?: string): DaemonTask => ({
  service: "agent",
  instance: "i-1",
  definitionArn: facts().definitionArn,
  lastStatus: "STOPPED",
  desiredStatus: "STOPPED",
  healthStatus: undefined,
  stoppedAt: now - ago,
  stopCode: "TaskFailedToStart",
  stoppedReason,
});

const cellOf = (more: Partial<CellInput> = {}) =>
  judgeCell({ facts: facts(), instance, tasks: [], now, grace: 10 * minute, ...more });

/** State, codes and remedy of a cell. */
const said = (more: Partial<CellInput> = {}) => {
  const { state, reasons, remedy } = cellOf(more);
  return [state, reasons.map((it) => it.code).join(" "), remedy];
};

const event = (message: string, ago = 0) => ({
  message: `(service agent) ${message}`,
  createdAt: now - ago,
});

test("the words of a stopped task name its cause", () => {
  for (const [reason, code] of [
    ["CannotPullContainerError: not found", "cannot-pull"],
    ["ResourceInitializationError: unable to pull secrets", "cannot-initialize"],
    ["CannotStartContainerError: no such file", "cannot-start"],
    ["OutOfMemoryError: Container killed", "out-of-memory"],
    ["Essential container in task exited", "task-stopped"],
    [undefined, "task-stopped"],
  ] as const)
    assert.deepEqual(said({ tasks: [stopped(minute, reason)] }), ["missing", code, "repair-definition"]);
});

test("three failures within half an hour are a crash loop, and fewer where ECS reports it of the service", () => {
  const loop = ["crash-looping", "crash-loop task-stopped", "repair-definition"];
  const failures = [1, 2, 29].map((it) => stopped(it * minute));
  assert.deepEqual(said({ tasks: failures }), loop);
  assert.deepEqual(said({ tasks: [...failures.slice(1), stopped(30 * minute)] })[0], "missing");
  const unstable = "is unable to consistently start tasks successfully.";
  const reports = (ago: number, ...more: ReturnType<typeof event>[]) =>
    facts({ events: [event(unstable, ago), ...more] });
  assert.deepEqual(said({ tasks: [stopped(minute)], facts: reports(7 * hour) }), loop);
  assert.deepEqual(said({ tasks: [stopped(minute)], facts: reports(7 * hour + 1) })[0], "missing");
  const steady = event("has reached a steady state.", hour);
  assert.equal(said({ tasks: [stopped(minute)], facts: reports(2 * hour, steady) })[0], "missing");
  assert.equal(said({ tasks: [stopped(minute)], facts: reports(hour, steady) })[0], "crash-looping");
  assert.equal(said({ facts: reports(hour) })[0], "missing");
});

test("what holds the whole service is a cause, for as long as ECS would repeat it", () => {
  const held = "was unable to stop or start tasks during a deployment because of the configuration.";
  const throttled = "operations are being throttled on elb.";
  for (const [message, code] of [
    [held, "held-by-percent"],
    [throttled, "scheduler-throttled"],
  ] as const) {
    assert.deepEqual(said({ facts: facts({ events: [event(message, 7 * hour)] }) }), [
      "missing",
      code,
      "wait",
    ]);
    assert.equal(said({ facts: facts({ events: [event(message, 7 * hour + 1)] }) })[1], "unexplained");
  }
  assert.deepEqual(said({ facts: facts({ status: "DRAINING" }) }), ["missing", "service-inactive", "wait"]);
});

test("a deployment explains what it has not reached yet, and one that is held or failed has to be changed", () => {
  const inProgress = { ...rollout, isInProgress: true };
  assert.deepEqual(said({ facts: facts({ rollout: inProgress }) }), [
    "updating",
    "deployment-in-progress",
    "wait",
  ]);
  const held = [event("was unable to stop or start tasks during a deployment because of X.")];
  assert.equal(said({ facts: facts({ rollout: inProgress, events: held }) })[2], "change-deployment");
  const failed = facts({ rollout: { ...rollout, failure: "circuit breaker" } });
  assert.deepEqual(said({ facts: failed }), ["missing", "deployment-failed", "change-deployment"]);
  const text = (failedTasks: number) =>
    cellOf({ facts: facts({ rollout: { ...inProgress, failedTasks } }) }).reasons[0]?.message;
  assert.equal(text(0), "A deployment is in progress.");
  assert.equal(text(1), "A deployment is in progress, 1 of its tasks failed.");
});

test("the remedy is for what is in the way, and room is made only where it is missing and can be had", () => {
  const sized = (size: object) =>
    daemonService([], { containerDefinitions: [{ name: "c", image: "x", ...size }] });
  const gpus = [{ type: "GPU", value: "1" }];
  const port = (used: number) => ({ usedTcpPorts: new Set([used]) });
  const mapped = daemonService([], {
    containerDefinitions: [
      { name: "c", image: "x", memory: 256, portMappings: [{ containerPort: 1, hostPort: 8125 }] },
    ],
  });
  const cases = [
    [{ instance: full }, "make-room"],
    [{ instance: containerInstance({ agentConnected: false }) }, "repair-agent"],
    [{ instance: containerInstance({ agentConnected: false, remaining: { memory: 100 } }) }, "repair-agent"],
    [
      { facts: facts({ daemon: mapped }), instance: containerInstance({ remaining: port(8125) }) },
      "change-port",
    ],
    [
      {
        facts: facts({ daemon: mapped }),
        instance: containerInstance({ remaining: { ...port(8125), memory: 100 } }),
      },
      "make-room",
    ],
    [{ facts: facts({ daemon: sized({ memory: 9000 }) }) }, "resize"],
    [{ facts: facts({ daemon: sized({ memory: 256, cpu: 4096 }) }), instance: full }, "resize"],
    [{ facts: facts({ daemon: sized({ memory: 256, resourceRequirements: gpus }) }) }, "resize"],
  ] as const;
  for (const [cell, remedy] of cases) assert.equal(cellOf(cell).remedy, remedy);
});

test("an instance that has just registered is given time", () => {
  const young = (ago: number) => cellOf({ instance: containerInstance({ registeredAt: now - ago }) });
  assert.equal(young(10 * minute).state, "missing");
  assert.equal(young(10 * minute - 1).state, "starting");
  for (const [ago, text] of [
    [1000, "1 second"],
    [89_000, "89 seconds"],
    [90_000, "2 minutes"],
    [300_000, "5 minutes"],
  ] as const)
    assert.deepEqual(young(ago).reasons[0]?.message, `The instance registered ${text} ago.`);
});

test("what nothing explains is said so, and so is what was not looked at", () => {
  assert.deepEqual(said(), ["missing", "unexplained", "force-deployment"]);
  assert.deepEqual(said({ isCrowdUnknown: true }), ["missing", "not-examined", "force-deployment"]);
});

test("a task that is stopping or starting is on its way, and an unhealthy one is not well", () => {
  const task = { ...stopped(0), stoppedAt: undefined, stopCode: undefined };
  const stopping = { ...task, lastStatus: "RUNNING" };
  assert.deepEqual(said({ tasks: [stopping] }), ["replacing", "task-stopping", "wait"]);
  const pending = { ...task, lastStatus: "PENDING", desiredStatus: "RUNNING" };
  assert.deepEqual(said({ tasks: [pending] }), ["starting", "task-starting", "wait"]);
  const unhealthy = { ...pending, lastStatus: "RUNNING", healthStatus: "UNHEALTHY" };
  assert.deepEqual(said({ tasks: [unhealthy] }), ["unhealthy", "unhealthy", "repair-definition"]);
});

test("how long a task may still take to stop is shown where its definition and ECS tell", () => {
  const task = { ...stopped(0), stoppedAt: undefined, stopCode: undefined, lastStatus: "RUNNING" };
  const textOf = (ago: number | undefined, stopTimeout: number | undefined) => {
    const stoppingAt = ago === undefined ? undefined : now - ago * 1000;
    const stopTimeoutOf = (arn: string) => (arn === task.definitionArn ? stopTimeout : undefined);
    return cellOf({ tasks: [{ ...task, stoppingAt }], stopTimeoutOf }).reasons[0]?.message;
  };
  const still = "A task of the service is still being stopped there.";
  assert.equal(textOf(40, 120), `${still} Its stopTimeout of 120 s ends in 80 s.`);
  assert.equal(textOf(135, 120), `${still} Its stopTimeout of 120 s ended 15 seconds ago.`);
  assert.equal(textOf(40, undefined), still);
  assert.equal(textOf(undefined, 120), still);
});

test("a stop timeout is known where every container has one, and none is stopped after another", () => {
  const known = (...containerDefinitions: readonly object[]) => stopTimeoutOf({ containerDefinitions });
  assert.equal(known({ stopTimeout: 10 }, { stopTimeout: 90 }), 90);
  assert.equal(known({ stopTimeout: 10 }, {}), undefined);
  assert.equal(
    known({ stopTimeout: 10, dependsOn: [{ containerName: "b", condition: "START" }] }),
    undefined,
  );
  assert.equal(stopTimeoutOf(undefined), undefined);
});

test("of several failures the newest is told, in whatever order ECS lists them", () => {
  const [old, young] = [
    stopped(9 * minute, "CannotPullContainerError: denied"),
    stopped(minute, "OutOfMemoryError"),
  ];
  for (const tasks of [
    [old, young],
    [young, old],
  ])
    assert.equal(said({ tasks })[1], "out-of-memory");
});

test("a service that finds no instance is told by its newest events, in whatever order a pass wrote them", () => {
  const unable = (createdAt: number) => ({ createdAt, message: "(service web) was unable to place a task." });
  const started = (createdAt: number) => ({ createdAt, message: "(service web) has started 1 tasks." });
  assert.equal(isUnplaced([started(10_002), unable(10_000)]), true);
  assert.equal(isUnplaced([unable(10_000), started(9_000)]), true);
  assert.equal(isUnplaced([started(70_000), unable(10_000)]), false);
  assert.equal(isUnplaced([started(10_000)]), false);
  assert.equal(isUnplaced([]), false);
});
