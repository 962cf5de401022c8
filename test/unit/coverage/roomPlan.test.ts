// Room for missing daemons: what is stopped, and what never is.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { InstanceTask } from "../../../server/src/core/cluster/containerInstance";
import {
  planRoom,
  type RoomRequest,
  type RoomTask,
  type SpareService,
} from "../../../server/src/core/coverage/roomPlan";
import { daemonServiceOf } from "../../../server/src/core/scheduler/daemonServiceOf";
import { containerInstance } from "../../support/builders";
import "../../support/sameSequences";

const serviceOf = (name: string, size: object = {}, expression?: string) =>
  daemonServiceOf(
    { family: name, containerDefinitions: [{ name: "c", image: "x", cpu: 100, memory: 1000, ...size }] },
    {
      serviceName: name,
      placementConstraints: expression === undefined ? [] : [{ type: "memberOf", expression }],
    },
  );

const spare = (name: string, more: Partial<SpareService> = {}): SpareService => ({
  service: serviceOf(name),
  desired: 4,
  running: 4,
  minimumHealthyPercent: 50,
  obstacle: undefined,
  hasLoadBalancer: false,
  stopTimeout: 30,
  ...more,
});

const taskOf = (arn: string, group: string, more: Partial<InstanceTask> = {}): RoomTask => ({
  task: {
    arn,
    group,
    taskDefinitionArn: "x:1",
    lastStatus: "RUNNING",
    desiredStatus: "RUNNING",
    cpu: 100,
    memory: 1000,
    ports: [],
    gpus: [],
    enis: 0,
    ...more,
  },
  startedAt: 1,
  isProtected: false,
});

function request(tasks: readonly RoomTask[], more: Partial<RoomRequest> = {}): RoomRequest {
  const memory = 7816 - tasks.reduce((sum, it) => sum + (it.task.memory ?? 0), 0);
  return {
    instance: containerInstance({
      tasks: tasks.map((it) => it.task),
      remaining: { memory: Math.max(0, memory), cpu: 1000 },
    }),
    tasks,
    missing: [serviceOf("agent")],
    services: new Map([["web", spare("web")]]),
    others: [],
    mostStops: 4,
    ...more,
  };
}

const stopped = (it: RoomRequest): readonly string[] => {
  const plan = planRoom(it);
  return plan.kind === "stops" ? plan.stops.map((stop) => stop.task) : ["impossible", ...plan.reasons];
};

test("nothing is stopped where there is room, and as little as possible where there is not", () => {
  assert.deepEqual(stopped(request([taskOf("a", "service:web")])), []);
  const small = [1, 2, 3].map((it) => taskOf(`s${it}`, "service:web", { memory: 400 }));
  const full = [...small, taskOf("large", "service:web", { memory: 6600 })];
  assert.deepEqual(stopped(request(full)), ["large"]);
  const services = new Map([["web", spare("web", { running: 10, desired: 10 })]]);
  const many = Array.from({ length: 19 }, (_, index) => taskOf(`t${index}`, "service:web", { memory: 400 }));
  assert.equal(stopped(request(many, { services })).length, 2);
  assert.equal(stopped(request(many, { services, mostStops: 1 }))[0], "impossible");
});

test("a stop frees CPU as it frees memory", () => {
  const tasks = [
    taskOf("wide", "service:web", { cpu: 900, memory: 100 }),
    taskOf("narrow", "service:web", { cpu: 50, memory: 100 }),
  ];
  const instance = containerInstance({ tasks: tasks.map((it) => it.task), remaining: { cpu: 40 } });
  assert.deepEqual(stopped(request(tasks, { instance })), ["wide"]);
});

test("the order of the tasks on the instance does not matter to which of them hurt least", () => {
  const timeouts = { a: 30, b: 10, c: 90, d: 2 };
  const names = Object.keys(timeouts);
  const services = new Map(
    Object.entries(timeouts).map(([name, stopTimeout]) => [name, spare(name, { stopTimeout })]),
  );
  const tasks = names.map((it) => taskOf(it, `service:${it}`, { memory: 1900 }));
  const missing = [serviceOf("agent", { memory: 3900 })];
  assert.deepEqual([...stopped(request(tasks, { services, missing }))].sort(), ["b", "d"]);
});

test("what is tied to the daemon comes first, then what fits elsewhere", () => {
  const tied = spare("tied", { service: serviceOf("tied", {}, "task:group == service:agent") });
  const services = new Map([
    ["web", spare("web")],
    ["tied", tied],
  ]);
  const tasks = [
    taskOf("web", "service:web", { memory: 3800 }),
    taskOf("tied", "service:tied", { memory: 3800 }),
  ];
  assert.deepEqual(stopped(request(tasks, { services })), ["tied"]);
  const plan = planRoom(request(tasks, { services }));
  assert.equal(plan.kind === "stops" && plan.stops[0]?.isRaceClosed, true);
  const others = [containerInstance({ id: "other" })];
  const elsewhere = planRoom(
    request([tasks[0] ?? taskOf("x", "x"), taskOf("b", "service:web", { memory: 3800 })], { others }),
  );
  assert.equal(elsewhere.kind === "stops" && elsewhere.stops[0]?.replacement, "other");
});

test("among many tasks the plan is still the best one, whatever host ports they got", () => {
  const small = Array.from({ length: 120 }, (_, index) =>
    taskOf(`small${index}`, "service:web", { memory: 10, ports: [{ port: 32768 + index, protocol: "tcp" }] }),
  );
  const large = [1, 2, 3].map((it) => taskOf(`large${it}`, "service:api", { memory: 2000 + it }));
  const services = new Map([
    ["web", spare("web", { running: 200, desired: 200 })],
    ["api", spare("api", { running: 9, hasLoadBalancer: true })],
  ]);
  const missing = [serviceOf("agent", { memory: 6600 })];
  const tasks = [...small, ...large];
  assert.deepEqual([...stopped(request(tasks, { services, missing }))].sort(), [
    "large1",
    "large2",
    "large3",
  ]);
});

test("where not every choice can be tried, the plan does not say that none makes room", () => {
  const services = new Map([["web", spare("web", { running: 900, desired: 900 })]]);
  const tasks = Array.from({ length: 400 }, (_, index) =>
    taskOf(`t${index}`, "service:web", { memory: 10, cpu: index }),
  );
  // The daemon waits for a service whose tasks no stop brings.
  const missing = [
    daemonServiceOf(
      { family: "agent", containerDefinitions: [{ name: "c", image: "x", cpu: 1, memory: 3846 }] },
      {
        serviceName: "agent",
        placementConstraints: [{ type: "memberOf", expression: "task:group == service:none" }],
      },
    ),
  ];
  const reasons = stopped(request(tasks, { services, missing }));
  assert.match(reasons[1] ?? "", /^No choice of at most 4 tasks was found .* too many to try each\./);
});

test("of two services the one is asked whose replacement fits elsewhere, then the one with more to spare, then without a load balancer", () => {
  const half = { memory: 3800 };
  const choice = (web: Partial<SpareService>, api: Partial<SpareService>, others: readonly string[] = []) => {
    const services = new Map([
      ["web", spare("web", web)],
      ["api", spare("api", api)],
    ]);
    const tasks = [taskOf("w", "service:web", half), taskOf("a", "service:api", half)];
    return stopped(
      request(tasks, {
        services,
        missing: [serviceOf("agent", { memory: 3000 })],
        others: others.map((id) => containerInstance({ id, attributes: { only: "api" } })),
      }),
    );
  };
  const onApi = { service: serviceOf("api", {}, "attribute:only == api") };
  const onWeb = { service: serviceOf("web", {}, "attribute:only == web") };
  const rich = { desired: 9, running: 9 };
  assert.deepEqual(choice(onWeb, onApi, ["other"]), ["a"]);
  assert.deepEqual(choice({ ...onWeb, ...rich }, onApi, ["other"]), ["a"]);
  assert.deepEqual(choice({}, rich), ["a"]);
  assert.deepEqual(choice({ hasLoadBalancer: true }, {}), ["a"]);
  assert.deepEqual(choice({}, { hasLoadBalancer: true }), ["w"]);
  assert.deepEqual(choice({ stopTimeout: 31 }, {}), ["a"]);
  assert.deepEqual(choice({}, { stopTimeout: 31 }), ["w"]);
});

test("a stop says since when its task runs, where that is known", () => {
  const startedOf = (startedAt: number | undefined) => {
    const plan = planRoom(request([{ ...taskOf("a", "service:web", { memory: 7800 }), startedAt }]));
    return plan.kind === "stops" ? plan.stops.map((it) => it.startedAt) : plan.reasons;
  };
  assert.deepEqual(startedOf(Date.UTC(2026, 0, 2)), ["2026-01-02T00:00:00.000Z"]);
  assert.deepEqual(startedOf(undefined), [undefined]);
});

test("every obstacle keeps a task", () => {
  const full = { memory: 7800 };
  const cases: readonly (readonly [RoomTask, Partial<RoomRequest>])[] = [
    [taskOf("a", "service:agent2", full), {}],
    [taskOf("a", "family:job", full), {}],
    [{ ...taskOf("a", "service:web", full), isProtected: true }, {}],
    [{ ...taskOf("a", "service:web", full), isProtected: undefined }, {}],
    [taskOf("a", "service:web", { ...full, lastStatus: "PENDING" }), {}],
    [
      taskOf("a", "service:web", full),
      { services: new Map([["web", spare("web", { minimumHealthyPercent: 100 })]]) },
    ],
    [
      taskOf("a", "service:web", full),
      { services: new Map([["web", spare("web", { running: 1, desired: 1, minimumHealthyPercent: 0 })]]) },
    ],
    [
      taskOf("a", "service:web", full),
      { services: new Map([["web", spare("web", { obstacle: "A deployment is in progress." })]]) },
    ],
  ];
  for (const [task, more] of cases) assert.equal(stopped(request([task], more))[0], "impossible");
});

test("a service keeps its minimum to the task, however large it is", () => {
  const services = (running: number) =>
    new Map([["web", spare("web", { desired: 200, running, minimumHealthyPercent: 100 })]]);
  const full = [taskOf("a", "service:web", { memory: 7800 })];
  assert.equal(stopped(request(full, { services: services(200) }))[0], "impossible");
  assert.deepEqual(stopped(request(full, { services: services(201) })), ["a"]);
});

test("a plan that is not possible says how much was tried, and what is in the way", () => {
  const small = [taskOf("a", "service:web", { memory: 100 }), taskOf("b", "family:job", { memory: 7700 })];
  assert.deepEqual(stopped(request(small)), [
    "impossible",
    "Stopping 1 task does not make room for every missing daemon.",
    "A task of the group family:job would not be started again.",
  ]);
  assert.deepEqual(stopped(request(small.slice(1))).slice(0, 2), [
    "impossible",
    "No task there may be stopped.",
  ]);
});

test("no random instance loses a daemon, a standalone or protected task, or more than its service can spare", () => {
  const anyTask = fc.record({
    group: fc.constantFrom("service:web", "service:api", "service:agent2", "family:job", "free"),
    memory: fc.constantFrom(100, 500, 1500, 3000),
    lastStatus: fc.constantFrom("RUNNING", "RUNNING", "RUNNING", "PENDING"),
    isProtected: fc.constantFrom(false, false, false, true, undefined),
  });
  const anyService = fc.record({
    running: fc.nat(6),
    desired: fc.integer({ min: 1, max: 6 }),
    minimumHealthyPercent: fc.constantFrom(0, 50, 100),
  });
  fc.assert(
    fc.property(
      fc.array(anyTask, { maxLength: 14 }),
      anyService,
      anyService,
      fc.nat(3000),
      (all, web, api, memory) => {
        const tasks = all.map((it, index) => ({
          ...taskOf(`t${index}`, it.group, { memory: it.memory, lastStatus: it.lastStatus }),
          isProtected: it.isProtected,
        }));
        const services = new Map([
          ["web", spare("web", web)],
          ["api", spare("api", api)],
        ]);
        const input = request(tasks, { services });
        const plan = planRoom({
          ...input,
          instance: { ...input.instance, remaining: { ...input.instance.remaining, memory } },
        });
        if (plan.kind !== "stops") return;
        for (const stop of plan.stops) {
          const found = tasks.find((it) => it.task.arn === stop.task);
          assert.ok(found?.isProtected === false && found.task.lastStatus === "RUNNING");
          assert.match(found.task.group ?? "", /^service:(web|api)$/);
        }
        for (const [name, { running, desired, minimumHealthyPercent }] of services) {
          const left = running - plan.stops.filter((it) => it.service === name).length;
          if (left === running) continue;
          assert.ok(left >= 1 && left >= Math.ceil((desired * minimumHealthyPercent) / 100));
        }
      },
    ),
    { numRuns: 2_000 },
  );
});
