// Random histories of services and container instances, held to a model that reads nothing but answers: who runs where,
// what is left of an instance, what the counts add up to, and in which order things are told.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { type EngineCalls, startEngine } from "../support/engineCalls";
import type { AnyAnswer } from "../support/localEndpoint";
import "../support/sameSequences";

const services = ["everywhere", "prod", "web"] as const;
const number = fc.nat({ max: 5 });
const step = fc.oneof(
  fc.record({ kind: fc.constant("join" as const) }),
  fc.record({ kind: fc.constant("leave" as const), instance: number }),
  fc.record({ kind: fc.constant("drain" as const), instance: number, back: fc.boolean() }),
  fc.record({ kind: fc.constant("agent" as const), instance: number, isConnected: fc.boolean() }),
  fc.record({ kind: fc.constant("attribute" as const), instance: number, isProd: fc.boolean() }),
  fc.record({
    kind: fc.constant("create" as const),
    service: fc.constantFrom(...services),
    revision: number,
  }),
  fc.record({
    kind: fc.constant("update" as const),
    service: fc.constantFrom(...services),
    revision: number,
    count: number,
    force: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("delete" as const), service: fc.constantFrom(...services) }),
  fc.record({ kind: fc.constant("stop" as const), task: fc.nat({ max: 20 }) }),
  fc.record({ kind: fc.constant("run" as const) }),
  fc.record({ kind: fc.constant("time" as const), seconds: fc.nat({ max: 20 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

function begin({ call }: EngineCalls): void {
  call("CreateCluster");
  for (const memory of [64, 128, 2000])
    call("RegisterTaskDefinition", {
      family: "f",
      containerDefinitions: [
        { name: "a", image: "a", cpu: 64, memory, portMappings: [{ containerPort: 80, hostPort: 0 }] },
      ],
    });
  call("AddContainerInstances", { count: 3 });
}

/** Everything that can be read. */
function look({ call }: EngineCalls) {
  const { containerInstanceArns } = call("ListContainerInstances");
  const instances: AnyAnswer[] =
    containerInstanceArns.length === 0
      ? []
      : call("DescribeContainerInstances", { containerInstances: containerInstanceArns }).containerInstances;
  const taskArns = ["RUNNING", "STOPPED"].flatMap(
    (desiredStatus) => call("ListTasks", { desiredStatus }).taskArns as string[],
  );
  assert.ok(taskArns.length <= 1000, "a history is short");
  const pages = Array.from({ length: Math.ceil(taskArns.length / 100) }, (_, page) =>
    taskArns.slice(100 * page, 100 * page + 100),
  );
  const tasks: AnyAnswer[] = pages.flatMap((page) => call("DescribeTasks", { tasks: page }).tasks);
  const found: AnyAnswer[] = call("DescribeServices", { services }).services;
  const [cluster] = call("DescribeClusters").clusters;
  return { instances, tasks, services: found, cluster };
}
type Look = ReturnType<typeof look>;

function take(endpoint: EngineCalls, it: Step): unknown {
  const { call } = endpoint;
  const { instances, tasks } = look(endpoint);
  const live = tasks.filter((one) => one.lastStatus !== "STOPPED");
  const instance = "instance" in it ? instances[it.instance % Math.max(1, instances.length)] : undefined;
  const containerInstance = instance?.containerInstanceArn;
  const task = "task" in it ? live[it.task % Math.max(1, live.length)]?.taskArn : undefined;
  const env = { name: "env", targetId: containerInstance };
  const definition = "revision" in it ? { taskDefinition: `f:${1 + (it.revision % 3)}` } : {};
  const isWeb = "service" in it && it.service === "web";
  switch (it.kind) {
    case "join":
      return call("AddContainerInstances", { count: 1 });
    case "leave":
      return call("DeregisterContainerInstance", { containerInstance, force: true });
    case "drain":
      return call("UpdateContainerInstancesState", {
        containerInstances: [containerInstance],
        status: it.back ? "ACTIVE" : "DRAINING",
      });
    case "agent":
      return call("UpdateContainerInstance", { containerInstance, agentConnected: it.isConnected });
    case "attribute":
      if (!it.isProd) return call("DeleteAttributes", { attributes: [env] });
      return call("PutAttributes", { attributes: [{ ...env, value: "prod" }] });
    case "create": {
      const expression = "attribute:env == prod";
      return call("CreateService", {
        ...definition,
        serviceName: it.service,
        ...(isWeb ? { desiredCount: 2 } : { schedulingStrategy: "DAEMON" }),
        ...(it.service === "prod" ? { placementConstraints: [{ type: "memberOf", expression }] } : {}),
      });
    }
    case "update":
      return call("UpdateService", {
        ...definition,
        service: it.service,
        forceNewDeployment: it.force,
        ...(isWeb ? { desiredCount: it.count } : {}),
      });
    case "delete":
      return call("DeleteService", { service: it.service, force: true });
    case "stop":
      return task === undefined ? undefined : call("StopTask", { task });
    case "run":
      return call("RunTask", { taskDefinition: "f:1" });
    case "time":
      return call("AdvanceClock", { seconds: it.seconds });
  }
}

const sum = (numbers: readonly number[]) => numbers.reduce((left, right) => left + right, 0);
const resource = (list: readonly AnyAnswer[], name: string): number =>
  list.find((it) => it.name === name)?.integerValue;
const stages = ["PENDING", "RUNNING", "STOPPED"];

/** At every moment. */
function checkMoment({ instances, tasks, services: found, cluster }: Look, before: Look | undefined): void {
  const live = tasks.filter((it) => it.lastStatus !== "STOPPED");
  for (const it of instances) {
    const here = live.filter((one) => one.containerInstanceArn === it.containerInstanceArn);
    for (const [name, member] of [
      ["CPU", "cpu"],
      ["MEMORY", "memory"],
    ] as const) {
      // A task that is on its way out has given its room back.
      const used = sum(
        here.filter((one) => one.desiredStatus === "RUNNING").map((one) => Number(one[member])),
      );
      const left = resource(it.remainingResources, name);
      assert.equal(left, resource(it.registeredResources, name) - used, `${name} that is left`);
      assert.ok(left >= 0, `${name} is never negative`);
    }
    const count = (status: string) => here.filter((one) => one.lastStatus === status).length;
    assert.deepEqual([it.runningTasksCount, it.pendingTasksCount], [count("RUNNING"), count("PENDING")]);
  }
  assert.equal(cluster.registeredContainerInstancesCount, instances.length);
  const count = (status: string) => live.filter((one) => one.lastStatus === status).length;
  assert.deepEqual(
    [cluster.runningTasksCount, cluster.pendingTasksCount],
    [count("RUNNING"), count("PENDING")],
  );
  for (const it of found) checkService(it, live);
  const earlier = new Map(before?.tasks.map((it) => [it.taskArn, it]));
  for (const it of tasks) {
    const was = earlier.get(it.taskArn);
    if (was === undefined) continue;
    assert.ok(stages.indexOf(it.lastStatus) >= stages.indexOf(was.lastStatus), "a task goes forward only");
    assert.ok(it.version >= was.version, "versions grow");
    const moments = [it.createdAt, it.startedAt, it.stoppingAt, it.stoppedAt].filter(
      (at) => at !== undefined,
    );
    assert.deepEqual(
      moments,
      moments.toSorted((a, b) => a - b),
      "a task's moments are in order",
    );
  }
}

function checkService(it: AnyAnswer, live: readonly AnyAnswer[]): void {
  const own = live.filter((one) => one.group === `service:${it.serviceName}`);
  const count = (status: string) => own.filter((one) => one.lastStatus === status).length;
  assert.deepEqual([it.runningCount, it.pendingCount], [count("RUNNING"), count("PENDING")], it.serviceName);
  const times = it.events.map((one: AnyAnswer) => one.createdAt);
  assert.deepEqual(
    times,
    times.toSorted((a: number, b: number) => b - a),
    "the newest event comes first",
  );
  if (it.status !== "ACTIVE") return;
  const total = (name: string) => sum(it.deployments.map((one: AnyAnswer) => one[name]));
  for (const name of ["runningCount", "pendingCount", "desiredCount"])
    assert.equal(total(name), it[name], `${name} of the deployments of ${it.serviceName}`);
  const primaries = it.deployments.filter((one: AnyAnswer) => one.status === "PRIMARY");
  assert.equal(primaries.length, 1, "one deployment is the primary one");
  assert.equal(primaries[0], it.deployments[0]);
  if (it.schedulingStrategy !== "DAEMON") return;
  const places = own.filter((one) => one.desiredStatus === "RUNNING").map((one) => one.containerInstanceArn);
  assert.equal(new Set(places).size, places.length, "an instance has one task of a daemon");
}

const staysOn = (instance: AnyAnswer, task: AnyAnswer): boolean =>
  task.containerInstanceArn === instance.containerInstanceArn &&
  task.lastStatus === "RUNNING" &&
  ["family:f", "service:web"].includes(task.group);

/** When nothing is on its way, every instance that can has its daemons, in the revision of the service. */
function checkRest(endpoint: EngineCalls): void {
  for (const it of look(endpoint).instances)
    endpoint.call("UpdateContainerInstance", {
      containerInstance: it.containerInstanceArn,
      agentConnected: true,
    });
  for (let round = 0; round < 40; round += 1) endpoint.call("AdvanceClock", { seconds: 120 });
  const { instances, tasks, services: found } = look(endpoint);
  for (const it of found) {
    if (it.status !== "ACTIVE" || it.schedulingStrategy !== "DAEMON") continue;
    const isFor = (one: AnyAnswer) =>
      it.serviceName === "everywhere" ||
      one.attributes.some((at: AnyAnswer) => at.name === "env" && at.value === "prod");
    const eligible = instances.filter((one) => one.status === "ACTIVE" && isFor(one));
    assert.equal(it.desiredCount, eligible.length, `${it.serviceName} on every eligible instance`);
    const own = tasks.filter(
      (one) => one.group === `service:${it.serviceName}` && one.lastStatus === "RUNNING",
    );
    assert.ok(own.every((one) => one.taskDefinitionArn === it.taskDefinition));
    const places = new Set(own.map((one) => one.containerInstanceArn));
    for (const one of eligible) {
      const hasRoom = resource(one.remainingResources, "MEMORY") >= 2000;
      if (hasRoom) assert.ok(places.has(one.containerInstanceArn), `${it.serviceName} is missing`);
      places.delete(one.containerInstanceArn);
    }
    // A daemon leaves a draining instance last: a task of no service stays there.
    for (const one of instances.filter((at) => at.status === "DRAINING"))
      if (tasks.some((task) => staysOn(one, task))) places.delete(one.containerInstanceArn);
    assert.equal(places.size, 0, `${it.serviceName} runs where it does not belong`);
  }
}

test("no history breaks what holds of services and container instances", () => {
  const history = (delay: number, steps: readonly Step[]) => {
    const endpoint = startEngine(delay);
    try {
      begin(endpoint);
      let before: Look | undefined;
      for (const it of steps) {
        take(endpoint, it);
        const now = look(endpoint);
        checkMoment(now, before);
        before = now;
      }
      checkRest(endpoint);
    } finally {
      endpoint.close();
    }
  };
  const steps = fc.array(step, { minLength: 1, maxLength: 30 });
  fc.assert(fc.property(fc.constantFrom(0, 5000), steps, history), {
    numRuns: Number(process.env.RUNS ?? 100),
  });
});
