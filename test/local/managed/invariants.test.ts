// What holds of managed daemons whatever happens, at every moment of random histories.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { createEngine, type Engine } from "../../../server/src/local/engine";
import { EcsException } from "../../../server/src/local/errors";
import { ecsOperations, localOperations } from "../../../server/src/local/operations";
import type { DaemonDeploymentRecord } from "../../../server/src/local/state/managedRecords";
import type { InstanceRecord, TaskRecord } from "../../../server/src/local/state/records";
import { createWorld, tasksOn, type World } from "../../../server/src/local/state/world";
import { answerProblems } from "../../support/answerModel";
import type { AnyAnswer } from "../../support/localEndpoint";
import { managedProvider } from "./support";
import "../../support/sameSequences";

const providers = ["small", "large"] as const;
const daemons = ["a", "b"] as const;
const number = fc.nat({ max: 7 });
const daemon = fc.constantFrom(...daemons);
const settings = {
  daemon,
  family: fc.constantFrom("light", "heavy", "checked"),
  critical: fc.boolean(),
  drainPercent: fc.constantFrom(1, 25, 50, 100),
  bake: fc.constantFrom(0, 0, 10),
  on: fc.constantFrom(["small"], ["large"], ["small", "large"]),
};
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("create" as const), ...settings }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("update" as const), ...settings }) },
  fc.record({ kind: fc.constant("delete" as const), daemon }),
  fc.record({ kind: fc.constant("service" as const), on: fc.constantFrom(...providers), count: number }),
  fc.record({ kind: fc.constant("run" as const), on: fc.constantFrom(...providers) }),
  fc.record({ kind: fc.constant("add" as const), on: fc.constantFrom(...providers), count: number }),
  fc.record({ kind: fc.constant("stop" as const), task: number }),
  fc.record({ kind: fc.constant("drain" as const), instance: number, back: fc.boolean() }),
  fc.record({ kind: fc.constant("agent" as const), instance: number, connected: fc.boolean() }),
  fc.record({ kind: fc.constant("leave" as const), instance: number }),
  fc.record({
    kind: fc.constant("fault" as const),
    daemon,
    failure: fc.constantFrom("exit", "CannotPullContainerError", "unhealthy"),
    afterSeconds: fc.constantFrom(undefined, 30),
    count: fc.constantFrom(undefined, 1, 3),
  }),
  fc.record({ kind: fc.constant("alarm" as const) }),
  fc.record({ kind: fc.constant("clear" as const) }),
  fc.record({ kind: fc.constant("repair" as const), isOn: fc.boolean() }),
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("time" as const), seconds: fc.nat({ max: 400 }) }) },
  fc.record({ kind: fc.constant("time" as const), seconds: fc.constant(15 * 24 * 3600) }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Endpoint {
  readonly world: World;
  readonly engine: Engine;
  call(operation: string, input: object): AnyAnswer;
}

/** What ECS refuses is `undefined`. */
function startEndpoint(delay: number): Endpoint {
  const world = createWorld(() => 0, { start: delay, stop: delay });
  const engine = createEngine(
    world,
    () => undefined,
    (error) => {
      throw error;
    },
  );
  const call = (operation: string, input: object) => {
    const found = ecsOperations.get(operation) ?? localOperations.get(operation);
    assert.ok(found, operation);
    try {
      const answer = engine.run(found, { ...input }, "us-east-1");
      assert.deepEqual(answerProblems(operation, JSON.parse(JSON.stringify(answer))), []);
      return answer;
    } catch (error) {
      if (error instanceof EcsException) return undefined;
      throw error;
    }
  };
  return { world, engine, call };
}

function begin({ call }: Endpoint): void {
  call("CreateCluster", {});
  for (const [name, allowed] of [
    ["small", ["t3.small", "m5.large"]],
    ["large", ["m5.large"]],
  ] as const)
    call("CreateCapacityProvider", {
      name,
      cluster: "default",
      managedInstancesProvider: managedProvider({ allowed }),
    });
  const daemonDefinition = (family: string, memory: number, more: object = {}) =>
    call("RegisterDaemonTaskDefinition", {
      family,
      containerDefinitions: [{ name: "d", image: "d", memory, cpu: 128, ...more }],
    });
  daemonDefinition("light", 128);
  daemonDefinition("heavy", 1500);
  daemonDefinition("checked", 128, { healthCheck: { command: ["CMD", "true"], interval: 5, retries: 1 } });
  call("RegisterTaskDefinition", {
    family: "web",
    networkMode: "host",
    containerDefinitions: [{ name: "web", image: "web", memory: 700, cpu: 256 }],
  });
}

const arn = (type: string, name: string) => `arn:aws:ecs:us-east-1:123456789012:${type}/${name}`;

function take({ world, call }: Endpoint, it: Step): unknown {
  const strategy = (name: string) => [{ capacityProvider: name, weight: 1 }];
  const input = (one: Extract<Step, { kind: "create" | "update" }>) => ({
    daemonTaskDefinitionArn: arn("daemon-task-definition", `${one.family}:1`),
    capacityProviderArns: one.on.map((name) => arn("capacity-provider", name)),
    critical: one.critical,
    deploymentConfiguration: {
      drainPercent: one.drainPercent,
      bakeTimeInMinutes: one.bake,
      alarms: { alarmNames: ["high"], enable: true },
    },
  });
  const instances = [...world.instances.values()].filter((one) => one.status !== "INACTIVE");
  const instance = "instance" in it ? instances[it.instance % Math.max(1, instances.length)]?.id : undefined;
  switch (it.kind) {
    case "create":
      return call("CreateDaemon", { daemonName: it.daemon, ...input(it) });
    case "update":
      return call("UpdateDaemon", { daemonArn: arn("daemon", `default/${it.daemon}`), ...input(it) });
    case "delete":
      return call("DeleteDaemon", { daemonArn: arn("daemon", `default/${it.daemon}`) });
    case "service": {
      const service = {
        taskDefinition: "web",
        desiredCount: it.count,
        capacityProviderStrategy: strategy(it.on),
      };
      const known = call("UpdateService", { service: "web", desiredCount: it.count });
      return known === undefined ? call("CreateService", { serviceName: "web", ...service }) : undefined;
    }
    case "run":
      return call("RunTask", { taskDefinition: "web", capacityProviderStrategy: strategy(it.on) });
    case "add":
      return call("AddContainerInstances", { capacityProvider: it.on, count: it.count });
    case "stop": {
      const live = [...world.tasks.values()].filter((one) => one.lastStatus !== "STOPPED");
      const task = live[it.task % Math.max(1, live.length)]?.id;
      return task === undefined ? undefined : call("StopTask", { task });
    }
    case "drain":
      return call("UpdateContainerInstancesState", {
        containerInstances: [instance],
        status: it.back ? "ACTIVE" : "DRAINING",
      });
    case "agent":
      return call("UpdateContainerInstance", {
        containerInstance: instance,
        agentConnected: it.connected,
      });
    case "leave":
      return call("DeregisterContainerInstance", { containerInstance: instance, force: true });
    case "fault": {
      const { kind: _, ...fault } = it;
      return call("SetFault", fault);
    }
    case "alarm":
      return call("SetFault", { alarm: "high" });
    case "clear":
      return call("SetFault", { clear: true });
    case "repair":
      return call("UpdateCapacityProvider", {
        name: "small",
        managedInstancesProvider: {
          ...managedProvider({ allowed: ["t3.small", "m5.large"] }),
          autoRepairConfiguration: { actionsStatus: it.isOn ? "ENABLED" : "DISABLED" },
        },
      });
    case "time":
      return call("AdvanceClock", { seconds: it.seconds });
  }
}

/** Watches every change, those in the middle of an operation included. */
function watch(world: World): readonly string[] {
  const violations: string[] = [];
  /** Which daemons have run on which instance: a stopped task is forgotten after an hour. */
  const haveRun = new Set<string>();
  world.tasks.watch((id, before, after) => {
    if (after === undefined) return;
    if (after.daemon !== undefined && after.startedAt !== undefined)
      haveRun.add(`${after.instance} ${after.daemon}`);
    const others = tasksOn(world, after.instance);
    if (after.daemon !== undefined && after.lastStatus !== "STOPPED") {
      const same = others.filter((it) => it.daemon === after.daemon && it.lastStatus !== "STOPPED");
      if (same.length > 1) violations.push(`two tasks of ${after.daemon} on ${after.instance}`);
    }
    if (after.lastStatus === "RUNNING" && before?.lastStatus !== "RUNNING" && after.daemon === undefined)
      for (const it of missingDaemons(world, after, haveRun)) violations.push(`${id} runs before ${it}`);
  });
  return violations;
}

function missingDaemons(world: World, task: TaskRecord, haveRun: ReadonlySet<string>): readonly string[] {
  const critical = (world.instances.get(task.instance)?.managed?.daemons ?? []).filter(
    (it) => world.daemonRevisions.get(it.revision)?.critical === true,
  );
  return critical.filter((it) => !haveRun.has(`${task.instance} ${it.daemon}`)).map((it) => it.daemon);
}

function checkCounts({ world, call }: Endpoint): void {
  for (const name of daemons) {
    const { daemon: found } = call("DescribeDaemon", { daemonArn: arn("daemon", `default/${name}`) }) ?? {};
    if (found === undefined) continue;
    for (const provider of providers) {
      const all = found.currentRevisions
        .flatMap((it: AnyAnswer) => it.capacityProviders)
        .filter((it: AnyAnswer) => it.arn.endsWith(`/${provider}`));
      const present = [...world.instances.values()].filter(
        (it) => it.status !== "INACTIVE" && it.managed?.capacityProvider === provider,
      );
      const counted = all.reduce(
        (sum: number, it: AnyAnswer) => sum + it.runningCount + it.withoutDaemonCount,
        0,
      );
      assert.ok(counted <= present.length, `${counted} of ${present.length} instances`);
    }
  }
  for (const it of world.instances.values()) {
    if (it.status === "INACTIVE") continue;
    const left = world.view(it.id)?.remaining;
    assert.ok(left !== undefined && left.cpu >= 0 && left.memory >= 0, "no instance is overbooked");
  }
}

/** Without faults, and with agents that are there, everything comes to rest. */
function checkRest(endpoint: Endpoint): void {
  const { world, call } = endpoint;
  call("SetFault", { clear: true });
  for (const it of world.instances.values())
    if (it.status !== "INACTIVE")
      call("UpdateContainerInstance", { containerInstance: it.id, agentConnected: true });
  take(endpoint, { kind: "repair", isOn: true });
  for (let round = 0; round < 60; round += 1) call("AdvanceClock", { seconds: 120 });
  const { services = [] } = call("DescribeServices", { services: ["web"] }) ?? {};
  for (const it of services) assert.equal(it.runningCount, it.desiredCount, "the service has its tasks");
  for (const it of world.daemonDeployments.values())
    if (!waitsForOther(world, it))
      assert.doesNotMatch(it.status, /PENDING|PROGRESS|REQUESTED/, JSON.stringify(it));
  for (const it of world.instances.values()) {
    if (it.status === "INACTIVE" || it.managed === undefined) continue;
    // A critical daemon that was created while the instance was launched may find no room there.
    if (it.managed.daemons.some((one) => one.reason?.startsWith("RESOURCE:"))) continue;
    assert.equal(it.status, "ACTIVE", JSON.stringify(it));
    for (const { daemon: key, revision } of it.managed.daemons) {
      if (world.daemonRevisions.get(revision)?.critical !== true) continue;
      const task = tasksOn(world, it.id).find((one) => one.daemon === key && one.lastStatus === "RUNNING");
      assert.ok(task, `${key} runs on ${it.id}`);
    }
  }
}

/** A deployment goes no further while another daemon, for want of room, keeps an instance out that it launched. */
function waitsForOther(world: World, { daemon, target }: DaemonDeploymentRecord): boolean {
  const instances = [...world.instances.values()].filter((it) => it.status !== "INACTIVE");
  const revisionOn = (it: InstanceRecord) =>
    it.managed?.daemons.find((one) => one.daemon === daemon)?.revision;
  const isKeptOut = (it: InstanceRecord) =>
    it.status === "REGISTERING" &&
    it.managed?.daemons.some((one) => one.daemon !== daemon && one.reason?.startsWith("RESOURCE:") === true);
  return (
    instances.some(isKeptOut) && instances.some((it) => it.status === "ACTIVE" && revisionOn(it) !== target)
  );
}

/** A daemon that runs on some instances. */
const usual: readonly Step[] = [
  {
    kind: "create",
    daemon: "a",
    family: "light",
    critical: true,
    drainPercent: 25,
    bake: 0,
    on: [...providers],
  },
  { kind: "add", on: "large", count: 3 },
  { kind: "service", on: "small", count: 4 },
  { kind: "time", seconds: 60 },
];

test("no history breaks what holds of managed daemons", () => {
  const steps = fc.array(step, { minLength: 1, maxLength: 25 });
  const history = (delay: number, hasDaemon: boolean, some: readonly Step[]) => {
    const endpoint = startEndpoint(delay);
    try {
      begin(endpoint);
      const violations = watch(endpoint.world);
      for (const it of [...(hasDaemon ? usual : []), ...some]) {
        take(endpoint, it);
        checkCounts(endpoint);
      }
      checkRest(endpoint);
      assert.deepEqual(violations, []);
    } finally {
      endpoint.engine.close();
    }
  };
  fc.assert(fc.property(fc.constantFrom(0, 5000), fc.boolean(), steps, history), {
    numRuns: Number(process.env.RUNS ?? 60),
  });
});
