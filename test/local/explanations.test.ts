// What the preview says of a cluster, read through the API alone, is what then happens there; and where it names what is
// in the way, doing what it proposes brings the daemon.

import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import type { Cluster } from "../../server/src/core/cluster/containerInstance";
import { snapshotFromValue } from "../../server/src/core/cluster/snapshot";
import { daemonServiceOf } from "../../server/src/core/scheduler/daemonServiceOf";
import { placeDaemon } from "../../server/src/core/scheduler/placeDaemon";
import type { DaemonService, InstanceVerdict, Reason } from "../../server/src/core/scheduler/placement";
import { type EngineCalls, startEngine } from "../support/engineCalls";
import type { AnyAnswer } from "../support/localEndpoint";
import "../support/sameSequences";

const manyAttributes = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`a${at}`, "x"]));
const groups = fc.array(
  fc.record({
    instanceType: fc.constantFrom("m5.large", "c5.large", "m6g.large", "g4dn.xlarge", "p3.2xlarge"),
    count: fc.integer({ min: 1, max: 2 }),
    attributes: fc.constantFrom<object>({}, { env: "prod" }, { env: "dev", rack: "1" }, manyAttributes),
  }),
  { minLength: 1, maxLength: 2 },
);
const port = (containerPort: number, protocol = "tcp") => ({
  containerPort,
  hostPort: containerPort,
  protocol,
});
const container = fc.record({
  cpu: fc.constantFrom(0, 10, 512, 1500),
  memory: fc.constantFrom(64, 500, 2000, 3000),
  portMappings: fc.constantFrom<object[]>(
    [],
    [],
    [port(8126)],
    [port(8125, "udp"), port(8126)],
    [{ containerPort: 80 }],
  ),
  logConfiguration: fc.constantFrom(undefined, undefined, { logDriver: "syslog" }),
  resourceRequirements: fc.constantFrom(undefined, undefined, undefined, undefined, [
    { type: "GPU", value: "1" },
  ]),
});
const containers = fc
  .tuple(
    fc.constantFrom("bridge", "bridge", "bridge", "host", "awsvpc"),
    fc.array(container, { minLength: 1, maxLength: 2 }),
  )
  .filter(
    ([, [first, second]]) => (first?.portMappings.length ?? 0) * (second?.portMappings.length ?? 0) === 0,
  );
const clause = fc.constantFrom(
  "attribute:env == prod",
  "attribute:env != prod",
  "attribute:env in [prod, test]",
  "attribute:rack !exists",
  "not(attribute:env =~ p.*)",
  "attribute:ecs.instance-type =~ (m|g).*",
  "attribute:new exists",
);
const expression = fc.oneof(
  clause,
  fc.tuple(clause, fc.constantFrom("and", "or"), clause).map((it) => it.join(" ")),
);
const step = fc.record({
  kind: fc.constantFrom("drain", "agent", "capability", "start", "start", "replicas"),
  instance: fc.nat(3),
  family: fc.nat(1),
});
const story = fc.record({
  groups,
  families: fc.tuple(containers, containers),
  daemon: containers,
  expressions: fc.array(expression, { maxLength: 2 }),
  steps: fc.array(step, { maxLength: 5 }),
});
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;
type Containers = Story["daemon"];

const definitionOf = (family: string, [networkMode, list]: Containers) => ({
  family,
  networkMode,
  containerDefinitions: list.map((it, at) => ({ name: `c${at}`, image: "i", ...it })),
});
const networkOf = ([networkMode]: Containers) =>
  networkMode === "awsvpc"
    ? { networkConfiguration: { awsvpcConfiguration: { subnets: ["subnet-1"] } } }
    : {};

function prepare({ call }: EngineCalls, { groups: fleet, families, steps }: Story): void {
  call("CreateCluster");
  for (const it of fleet) call("AddContainerInstances", it);
  families.map((it, at) => call("RegisterTaskDefinition", definitionOf(`f${at}`, it)));
  for (const it of steps) {
    const all: readonly string[] = call("ListContainerInstances").containerInstanceArns;
    const containerInstance = all[it.instance % all.length];
    const task = { taskDefinition: `f${it.family}`, ...networkOf(families[it.family] ?? families[0]) };
    if (it.kind === "drain")
      call("UpdateContainerInstancesState", { containerInstances: [containerInstance], status: "DRAINING" });
    else if (it.kind === "agent")
      call("UpdateContainerInstance", { containerInstance, agentConnected: false });
    else if (it.kind === "capability")
      call("UpdateContainerInstance", { containerInstance, removedAttributes: [syslog] });
    else if (it.kind === "start") call("StartTask", { ...task, containerInstances: [containerInstance] });
    else call("CreateService", { ...task, serviceName: "web", desiredCount: 2 });
  }
}

const syslog = "com.amazonaws.ecs.capability.logging-driver.syslog";

/** As any client reads it. */
function readCluster({ call }: EngineCalls): {
  readonly cluster: Cluster;
  readonly tasks: readonly AnyAnswer[];
} {
  const { containerInstanceArns } = call("ListContainerInstances");
  const { taskArns } = call("ListTasks");
  const tasks = taskArns.length === 0 ? [] : call("DescribeTasks", { tasks: taskArns }).tasks;
  const { containerInstances } = call("DescribeContainerInstances", {
    containerInstances: containerInstanceArns,
  });
  return { cluster: snapshotFromValue({ containerInstances, tasks }).cluster, tasks };
}

/** Whether the daemon runs on the instance. */
function runsOn(calls: EngineCalls, id: string): boolean {
  return readCluster(calls).tasks.some(
    (it) =>
      it.group === "service:agent" && it.lastStatus === "RUNNING" && it.containerInstanceArn.endsWith(id),
  );
}

/** The verdicts of what the API answers, which are those of what the endpoint knows. */
function verdictsOf(calls: EngineCalls, daemon: DaemonService): readonly InstanceVerdict[] {
  const { cluster } = readCluster(calls);
  const { instances } = placeDaemon(daemon, cluster);
  const views = cluster.instances.map((it) => calls.world.view(it.id)).filter((it) => it !== undefined);
  const known = placeDaemon(daemon, { ...cluster, instances: views });
  assert.deepEqual(instances, known.instances, "the answers say what the endpoint knows");
  return instances;
}

function stopTask({ call }: EngineCalls, task: AnyAnswer): void {
  if (task.group.startsWith("service:")) call("DeleteService", { service: task.group.slice(8), force: true });
  else call("StopTask", { task: task.taskArn });
}

/** Does what the reason proposes; `false` where that is not about the instance or its tasks. */
function follow(
  calls: EngineCalls,
  id: string,
  { filter, code, remedy = "", requested, holder }: Reason,
): boolean {
  const { call } = calls;
  const here = readCluster(calls).tasks.filter(
    (it) => it.containerInstanceArn.endsWith(id) && it.group !== "service:agent",
  );
  switch (filter) {
    case "status":
      call("UpdateContainerInstancesState", { containerInstances: [id], status: "ACTIVE" });
      return code === "instance-draining";
    case "agent":
      call("UpdateContainerInstance", { containerInstance: id, agentConnected: true });
      return true;
    case "attributes":
      call("UpdateContainerInstance", { containerInstance: id, attributes: [{ name: requested }] });
      return true;
    case "constraints":
      return remedy !== "" && changeAttributes(calls, id, remedy);
    case "ports": {
      const task = here.find((it) => holder?.kind === "task" && it.taskArn.endsWith(holder.id));
      if (task !== undefined) stopTask(calls, task);
      return holder?.kind === "task";
    }
    case "cpu":
    case "memory":
    case "gpu":
    case "eni":
      if (!/^(Free|Stop) /.test(remedy)) return false;
      for (const it of here) stopTask(calls, it);
      return true;
    default:
      return false;
  }
}

/** "Add the attribute env=prod and remove the attribute rack." */
function changeAttributes({ refusal }: EngineCalls, targetId: string, remedy: string): true {
  for (const part of remedy.replace(/\.$/, "").split(" and ")) {
    const [, verb, name, value] = /^(\w+) the attribute (?:to )?([^=]+)(?:=(.*))?$/.exec(part) ?? [];
    const attribute = { targetType: "container-instance", targetId, name };
    const refused =
      verb?.toLowerCase() === "remove"
        ? refusal("DeleteAttributes", { attributes: [attribute] })
        : refusal("PutAttributes", { attributes: [{ ...attribute, ...(value && { value }) }] });
    // What another reason proposed may be the same change.
    if (!/^TargetNotFound/.test(refused ?? "")) assert.equal(refused, undefined, remedy);
  }
  return true;
}

/** Whether all that was in the way could be done. Freed room may be taken again, and two constraints may disagree. */
function followAll(calls: EngineCalls, daemon: DaemonService, id: string): boolean {
  for (let round = 0; round < 4; round += 1) {
    const verdict = verdictsOf(calls, daemon).find((it) => it.id === id);
    const reasons = verdict?.reasons.filter((it) => it.unknown !== true) ?? [];
    if (reasons.length === 0) return true;
    if (!reasons.every((it) => follow(calls, id, it))) return false;
  }
  return false;
}

test("the preview of what the API answers is what happens, and its remedies bring the daemon", () => {
  const seen = { placed: 0, brought: 0 };
  const property = fc.property(story, (it) => {
    const calls = startEngine(0);
    try {
      prepare(calls, it);
      const definition = definitionOf("agent", it.daemon);
      const service = {
        serviceName: "agent",
        taskDefinition: "agent",
        schedulingStrategy: "DAEMON",
        placementConstraints: it.expressions.map((one) => ({ type: "memberOf", expression: one })),
        ...networkOf(it.daemon),
      };
      const daemon = daemonServiceOf(definition, service);
      const before = verdictsOf(calls, daemon);
      assert.equal(calls.refusal("RegisterTaskDefinition", definition), undefined);
      assert.equal(calls.refusal("CreateService", service), undefined);
      const decided = before.filter((one) => one.verdict !== "unknown");
      for (const { id, verdict } of decided)
        assert.equal(runsOn(calls, id), verdict === "place", `${verdict} on ${id}`);
      seen.placed += decided.filter((one) => one.verdict === "place").length;
      for (const { id, verdict } of decided) {
        if (verdict === "place" || !followAll(calls, daemon, id)) continue;
        assert.ok(runsOn(calls, id), `brought to ${id}`);
        seen.brought += 1;
      }
    } finally {
      calls.close();
    }
  });
  fc.assert(property, { numRuns: Number(process.env.RUNS ?? 60) });
  assert.ok(seen.placed > 10 && seen.brought > 10, JSON.stringify(seen));
});
