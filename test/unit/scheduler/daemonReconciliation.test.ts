import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { ContainerInstance, InstanceTask } from "../../../server/src/core/cluster/containerInstance";
import {
  type DaemonAction,
  type DaemonTask,
  type ReconcileRequest,
  reconcileDaemon,
} from "../../../server/src/core/scheduler/daemonReconciliation";
import { containerInstance, daemonService, instances, instanceTask } from "../../support/builders";
import "../../support/sameSequences";

const current = "agent:2";
const old = "agent:1";
const service = daemonService();

const task = (on: string, more: Partial<DaemonTask> = {}): DaemonTask => ({
  arn: `task-${on}`,
  instanceId: on,
  taskDefinitionArn: current,
  lastStatus: "RUNNING",
  desiredStatus: "RUNNING",
  ...more,
});

const actions = (request: Partial<ReconcileRequest>) =>
  reconcileDaemon({
    daemon: service,
    instances: [],
    tasks: [],
    currentTaskDefinitionArn: current,
    minimumHealthyPercent: 0,
    ...request,
  }).map(print);

const print = (it: DaemonAction) =>
  it.kind === "start" ? `start ${it.instanceId}` : `stop ${it.taskArn} ${it.reason}`;

describe("reconciliation", () => {
  it("starts one task on every instance, in the order of ids", () => {
    const list = [...instances(3)].reverse();
    assert.deepEqual(actions({ instances: list }), ["start i-1", "start i-2", "start i-3"]);
    assert.deepEqual(actions({ instances: list, tasks: [task("i-2")] }), ["start i-1", "start i-3"]);
    assert.deepEqual(actions({ instances: list, tasks: list.map((it) => task(it.id)) }), []);
  });

  it("waits while a task is on its way, up or down", () => {
    const list = instances(2);
    const tasks = [task("i-1", { lastStatus: "PENDING" }), task("i-2", { desiredStatus: "STOPPED" })];
    assert.deepEqual(actions({ instances: list, tasks }), []);
  });

  it("replaces a task that has stopped", () => {
    const tasks = [task("i-1", { lastStatus: "STOPPED", desiredStatus: "STOPPED" })];
    assert.deepEqual(actions({ instances: instances(1), tasks }), ["start i-1"]);
  });

  it("starts nothing where the task does not fit", () => {
    const list = [
      containerInstance({ id: "i-1", remaining: { memory: 10 } }),
      containerInstance({ id: "i-2", agentConnected: false }),
    ];
    assert.deepEqual(actions({ instances: list }), []);
  });

  it("stops the task of an instance that no longer matches", () => {
    const daemon = daemonService(["attribute:env == prod"]);
    const list = [
      containerInstance({ id: "i-1" }),
      containerInstance({ id: "i-2", attributes: { env: "prod" } }),
    ];
    const tasks = [task("i-1"), task("i-2")];
    assert.deepEqual(actions({ daemon, instances: list, tasks }), ["stop task-i-1 constraint"]);
  });

  it("leaves alone what it cannot judge", () => {
    const daemon = daemonService(["task:group == service:web"]);
    const list = [1, 2].map((it) =>
      containerInstance({ id: `i-${it}`, tasks: undefined, taskGroups: undefined }),
    );
    assert.deepEqual(actions({ daemon, instances: list, tasks: [task("i-1")] }), []);
  });

  it("leaves the task of a disconnected agent running, matching or not", () => {
    const away = containerInstance({ id: "i-1", agentConnected: false });
    const tasks = [task("i-1", { taskDefinitionArn: old })];
    assert.deepEqual(actions({ instances: [away], tasks }), []);
    assert.deepEqual(
      actions({ daemon: daemonService(["attribute:x exists"]), instances: [away], tasks }),
      [],
    );
  });

  it("stops the tasks of instances that are gone", () => {
    const inactive = containerInstance({ id: "i-1", status: "INACTIVE" });
    assert.deepEqual(actions({ instances: [inactive], tasks: [task("i-9"), task("i-1")] }), [
      "stop task-i-9 deregistered",
      "stop task-i-1 deregistered",
    ]);
  });

  it("keeps one of two tasks on an instance, the current one", () => {
    const tasks = [
      task("i-1", { arn: "a", taskDefinitionArn: old }),
      task("i-1", { arn: "b" }),
      task("i-1", { arn: "c" }),
    ];
    assert.deepEqual(actions({ instances: instances(1), tasks }), ["stop c duplicate", "stop a update"]);
  });
});

describe("a draining instance", () => {
  const draining = (...tasks: InstanceTask[]) =>
    containerInstance({ id: "i-1", status: "DRAINING", tasks: [instanceTask(), ...tasks] });

  it("loses the daemon's task last", () => {
    const web = instanceTask({ arn: "w", group: "service:web" });
    const tasks = [task("i-1")];
    assert.deepEqual(actions({ instances: [draining(web)], tasks }), []);
    const stopping = { ...web, desiredStatus: "STOPPED" };
    assert.deepEqual(actions({ instances: [draining(stopping)], tasks }), []);
    const stopped = { ...web, desiredStatus: "STOPPED", lastStatus: "STOPPED" };
    assert.deepEqual(actions({ instances: [draining(stopped)], tasks }), ["stop task-i-1 draining"]);
    assert.deepEqual(actions({ instances: [draining()], tasks }), ["stop task-i-1 draining"]);
  });

  it("is not held by another daemon's task, or two daemons would wait for each other", () => {
    const other = instanceTask({ arn: "o", group: "service:logs" });
    const daemonGroups = new Set(["service:agent", "service:logs"]);
    assert.deepEqual(actions({ instances: [draining(other)], tasks: [task("i-1")], daemonGroups }), [
      "stop task-i-1 draining",
    ]);
  });
});

describe("an update", () => {
  const outdated = (count: number) => instances(count).map((it) => task(it.id, { taskDefinitionArn: old }));

  it("without a healthy minimum stops everything at once", () => {
    assert.equal(actions({ instances: instances(4), tasks: outdated(4) }).length, 4);
  });

  it("stops only as many tasks as the healthy minimum leaves, rounded up", () => {
    const stops = (count: number, minimumHealthyPercent: number) =>
      actions({ instances: instances(count), tasks: outdated(count), minimumHealthyPercent }).length;
    assert.equal(stops(4, 50), 2);
    assert.equal(stops(5, 50), 2);
    assert.equal(stops(3, 66), 1);
    assert.equal(stops(1, 50), 0);
    assert.equal(stops(10, 100), 0);
  });

  it("counts tasks of either revision as healthy, but not those still starting", () => {
    const tasks = [
      task("i-1", { lastStatus: "PENDING" }),
      task("i-2", { taskDefinitionArn: old }),
      task("i-3", { taskDefinitionArn: old }),
      task("i-4"),
    ];
    assert.deepEqual(actions({ instances: instances(4), tasks, minimumHealthyPercent: 50 }), [
      "stop task-i-2 update",
    ]);
  });

  it("replaces an outdated task that does not run yet, whatever the minimum", () => {
    const tasks = [task("i-1", { taskDefinitionArn: old, lastStatus: "PENDING" })];
    assert.deepEqual(actions({ instances: instances(1), tasks, minimumHealthyPercent: 100 }), [
      "stop task-i-1 update",
    ]);
  });

  it("with a forced deployment replaces tasks of the same revision", () => {
    const tasks = [task("i-1", { deploymentId: "d-1" }), task("i-2", { deploymentId: "d-2" })];
    assert.deepEqual(actions({ instances: instances(2), tasks, deploymentId: "d-2" }), [
      "stop task-i-1 update",
    ]);
  });

  it("starts no more tasks than the maximum has room for", () => {
    const request = { instances: instances(4), maximumPercent: 50 };
    assert.deepEqual(actions(request), ["start i-1", "start i-2"]);
    assert.deepEqual(actions({ ...request, tasks: [task("i-1")] }), ["start i-2"]);
    assert.deepEqual(actions({ ...request, tasks: [task("i-1"), task("i-4")] }), []);
  });

  it("of a part of the cluster heeds what is elsewhere", () => {
    const request = { instances: instances(2), tasks: outdated(2), minimumHealthyPercent: 50 };
    const elsewhere = { wanted: 6, healthy: 3, live: 6 };
    assert.equal(actions({ ...request, elsewhere }).length, 1);
    assert.equal(actions({ ...request, elsewhere: { ...elsewhere, healthy: 2 } }).length, 0);
  });
});

// A cluster that obeys: started tasks are PENDING for a round, stopping ones take a round to stop.
describe("doing what reconciliation says", () => {
  const status = fc.constantFrom(
    "ACTIVE" as const,
    "ACTIVE" as const,
    "DRAINING" as const,
    "INACTIVE" as const,
  );
  const instance = fc.record({
    status,
    agentConnected: fc.constantFrom(true, true, false),
    env: fc.constantFrom("prod", "dev", null),
    roomy: fc.constantFrom(true, true, false),
  });
  const daemon = daemonService(["attribute:env == prod"]);
  const scenario = fc.record({
    instances: fc.array(instance, { maxLength: 12 }),
    tasks: fc.array(
      fc.record({ on: fc.nat(13), current: fc.boolean(), status: fc.constantFrom("RUNNING", "PENDING") }),
      { maxLength: 14 },
    ),
    minimumHealthyPercent: fc.constantFrom(0, 34, 50, 75, 100),
  });

  const build = (
    from: {
      status: ContainerInstance["status"];
      agentConnected: boolean;
      env: string | null;
      roomy: boolean;
    },
    index: number,
  ) =>
    containerInstance({
      id: `i-${String(index).padStart(2, "0")}`,
      status: from.status,
      agentConnected: from.agentConnected,
      attributes: from.env === null ? {} : { env: from.env },
      remaining: from.roomy ? {} : { memory: 0 },
    });

  const advance = (
    tasks: readonly DaemonTask[],
    done: readonly DaemonAction[],
    round: number,
  ): DaemonTask[] => {
    const stopped = new Set(done.flatMap((it) => (it.kind === "stop" ? [it.taskArn] : [])));
    const moved = tasks
      .filter((it) => it.desiredStatus === "RUNNING")
      .map((it) =>
        stopped.has(it.arn) ? { ...it, desiredStatus: "STOPPED" } : { ...it, lastStatus: "RUNNING" },
      );
    const started = done.flatMap((it) =>
      it.kind === "start"
        ? [task(it.instanceId, { arn: `r${round}-${it.instanceId}`, lastStatus: "PENDING" })]
        : [],
    );
    return [...moved, ...started];
  };

  const healthyOn = (wanted: readonly ContainerInstance[], tasks: readonly DaemonTask[]) =>
    wanted.filter((one) =>
      tasks.some(
        (it) => it.instanceId === one.id && it.lastStatus === "RUNNING" && it.desiredStatus === "RUNNING",
      ),
    ).length;

  it("ends, with tasks exactly where they belong, and never goes below the healthy minimum", () => {
    fc.assert(
      fc.property(scenario, (given) => {
        const list = given.instances.map(build);
        let tasks: DaemonTask[] = given.tasks.map((it, index) =>
          task(`i-${String(it.on).padStart(2, "0")}`, {
            arn: `t${index}`,
            lastStatus: it.status,
            taskDefinitionArn: it.current ? current : old,
          }),
        );
        const wanted = list.filter((it) => it.status === "ACTIVE" && it.attributes.get("env") === "prod");
        const minimum = Math.ceil((given.minimumHealthyPercent * wanted.length) / 100);
        let round = 0;
        for (; round < 60; round += 1) {
          const done = reconcileDaemon({
            daemon,
            instances: list,
            tasks,
            currentTaskDefinitionArn: current,
            minimumHealthyPercent: given.minimumHealthyPercent,
          });
          const before = healthyOn(wanted, tasks);
          if (
            done.length === 0 &&
            tasks.every((it) => it.lastStatus === "RUNNING" && it.desiredStatus === "RUNNING")
          )
            break;
          tasks = advance(tasks, done, round);
          assert.ok(healthyOn(wanted, tasks) >= Math.min(before, minimum), "an update took too much");
        }
        assert.ok(round < 60, "it never came to rest");
        checkRest(list, tasks, wanted, minimum);
      }),
      { numRuns: 1000 },
    );
  });

  function checkRest(
    list: readonly ContainerInstance[],
    tasks: readonly DaemonTask[],
    wanted: readonly ContainerInstance[],
    minimum: number,
  ): void {
    const on = (id: string) => tasks.filter((it) => it.instanceId === id);
    const healthy = healthyOn(wanted, tasks);
    for (const it of list.filter((one) => one.agentConnected)) {
      const roomy = it.remaining.memory > 0;
      if (!wanted.includes(it)) assert.deepEqual(on(it.id), [], `${it.id} is not wanted`);
      else if (roomy) assert.equal(on(it.id).length, 1, `${it.id} is wanted`);
      if (wanted.includes(it) && on(it.id).some((one) => one.taskDefinitionArn === old)) {
        assert.ok(healthy <= minimum, `${it.id} could have been updated`);
      }
    }
    const known = new Set(list.map((it) => it.id));
    assert.ok(tasks.every((it) => known.has(it.instanceId)));
  }
});
