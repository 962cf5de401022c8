// 100,000 random container instances: a plan for room never stops what must not be stopped, and it makes the room.

import assert from "node:assert/strict";
import { test } from "node:test";
import { planRoom, type RoomTask, type SpareService } from "../../../server/src/core/coverage/roomPlan";
import { daemonServiceOf } from "../../../server/src/core/scheduler/daemonServiceOf";
import { containerInstance } from "../../support/builders";

const hosts = Number(process.env.HOSTS ?? 100_000);

/** The same numbers in every run (Mulberry32). */
function randomNumbers(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    below: (most: number) => Math.floor(next() * most),
    of: <T>(...values: readonly T[]): T => values[Math.floor(next() * values.length)] as T,
  };
}

const definitionOf = (name: string, memory: number) =>
  daemonServiceOf(
    { family: name, containerDefinitions: [{ name: "c", image: "x", cpu: 10, memory }] },
    { serviceName: name },
  );
const sizes = [128, 512, 2048];
const daemons = sizes.map((it, index) => definitionOf(`daemon${index}`, it));
const replica = definitionOf("web", 256);

type Random = ReturnType<typeof randomNumbers>;

function taskOf(random: Random, index: number): RoomTask {
  const group = random.of("web", "web", "api", "api", "batch", "daemon9", "family:job", "daemon:managed", "");
  return {
    task: {
      arn: `t${index}`,
      group: /^(web|api|batch|daemon9)$/.test(group) ? `service:${group}` : group === "" ? undefined : group,
      taskDefinitionArn: "x:1",
      lastStatus: random.of("RUNNING", "RUNNING", "RUNNING", "PENDING"),
      desiredStatus: random.of("RUNNING", "RUNNING", "RUNNING", "STOPPED"),
      cpu: 10,
      memory: random.of(64, 256, 700, 1500, 3000),
      ports: [],
      gpus: [],
      enis: 0,
    },
    startedAt: random.of(undefined, index, 1000 - index),
    isProtected: random.of(false, false, false, false, true, undefined),
  };
}

function serviceOf(random: Random): SpareService {
  const desired = 1 + random.below(8);
  return {
    service: replica,
    desired,
    running: Math.max(0, desired - random.below(3)),
    minimumHealthyPercent: random.of(0, 50, 66, 100),
    obstacle: random.of(undefined, undefined, undefined, "A deployment is in progress."),
    hasLoadBalancer: random.of(true, false),
    stopTimeout: random.of(2, 30, 120),
  };
}

test(`${hosts} random instances lose no daemon, no standalone or protected task, none below the minimum`, () => {
  const random = randomNumbers(20_261_128);
  let plans = 0;
  for (let host = 0; host < hosts; host += 1) {
    const tasks = Array.from({ length: random.below(13) }, (_, index) => taskOf(random, index));
    const held = tasks
      .filter(({ task }) => task.desiredStatus === "RUNNING")
      .reduce((sum, { task }) => sum + (task.memory ?? 0), 0);
    const left = Math.max(0, Math.min(random.of(100, 600, 8000), 8000 - held));
    const missing = daemons.slice(random.below(3));
    const needed = missing.reduce((sum, it) => sum + it.requirements.memory, 0);
    const services = new Map(
      random.of(["web", "api"], ["web"], ["web", "api", "batch"]).map((it) => [it, serviceOf(random)]),
    );
    const mostStops = 1 + random.below(4);
    const instance = containerInstance({
      agentConnected: random.of(true, true, true, false),
      tasks: tasks.map((it) => it.task),
      remaining: { memory: left, cpu: 2000 },
    });
    const plan = planRoom({ instance, tasks, missing, services, others: [], mostStops });
    if (plan.kind !== "stops" || plan.stops.length === 0) continue;
    plans += 1;
    const where = JSON.stringify({ host, plan });
    assert.ok(plan.stops.length <= mostStops && instance.agentConnected === true, where);
    let freed = 0;
    for (const { task, service } of plan.stops) {
      const found = tasks.find((it) => it.task.arn === task);
      assert.ok(found?.isProtected === false, where);
      assert.equal(found.task.group, `service:${service}`, where);
      assert.equal(`${found.task.lastStatus} ${found.task.desiredStatus}`, "RUNNING RUNNING", where);
      assert.equal(services.get(service)?.obstacle, undefined, where);
      freed += found.task.memory ?? 0;
    }
    assert.equal(new Set(plan.stops.map((it) => it.task)).size, plan.stops.length, where);
    for (const [name, { running, desired, minimumHealthyPercent }] of services) {
      const stops = plan.stops.filter((it) => it.service === name).length;
      const least = Math.max(1, Math.ceil((desired * minimumHealthyPercent) / 100));
      assert.ok(stops === 0 || running - stops >= least, where);
    }
    assert.ok(left < needed && left + freed >= needed, where);
  }
  assert.ok(plans > hosts / 50, `${plans} plans`);
});
