// What happened in a cluster, and the state that `coverage` gives each container instance.

import assert from "node:assert/strict";
import {
  linkSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { runCommandLine } from "../../../server/src/cli/runCommandLine";
import type { LocalEndpointOptions } from "../../../server/src/local/startLocalEndpoint";
import { type AnyAnswer, agentDefinition, idsOf } from "../../support/localEndpoint";
import { person, type RecordedEcs, recordedCredentials, startRecordedEcs } from "../../support/recordedEcs";

interface Stage extends RecordedEcs {
  readonly ids: readonly string[];
  coverage(...words: readonly string[]): Promise<{
    readonly code: number;
    readonly output: string;
    readonly complaints: string;
  }>;
  report(...words: readonly string[]): Promise<{ readonly code: number; readonly json: AnyAnswer }>;
}

async function stage(context: TestContext, options: LocalEndpointOptions = {}): Promise<Stage> {
  Object.assign(process.env, recordedCredentials);
  const ecs = await startRecordedEcs(context, options);
  const { containerInstanceArns } = await ecs.call("ListContainerInstances");
  const coverage: Stage["coverage"] = async (...words) => {
    const { terminal, said } = person(true);
    const where = words.includes("--all-clusters") ? [] : ["--cluster", "default"];
    const call = ["coverage", ...where, "--endpoint-url", ecs.url, ...words];
    const code = await runCommandLine(call, terminal);
    return { code, ...said };
  };
  const report: Stage["report"] = async (...words) => {
    const { code, output, complaints } = await coverage("--format", "json", ...words);
    assert.notEqual(output, "", complaints);
    return { code, json: JSON.parse(output) };
  };
  return { ...ecs, ids: idsOf(containerInstanceArns), coverage, report };
}

async function addDaemon(ecs: Stage, name = "agent", more: object = {}, service: object = {}) {
  await ecs.call("RegisterTaskDefinition", agentDefinition(name, more));
  const input = { serviceName: name, taskDefinition: name, schedulingStrategy: "DAEMON", launchType: "EC2" };
  await ecs.call("CreateService", { ...input, ...service });
}

async function addReplicas(ecs: Stage, desiredCount: number, memory = 7000) {
  await ecs.call("RegisterTaskDefinition", agentDefinition("web", { memory }));
  const input = { serviceName: "web", taskDefinition: "web", desiredCount, launchType: "EC2" };
  await ecs.call("CreateService", input);
}

const cellsOf = (json: AnyAnswer, service = "agent"): AnyAnswer[] =>
  json.clusters[0].daemons.find((it: AnyAnswer) => it.service === service).cells;

test("every instance with its daemon is covered, at every depth", async (context) => {
  const ecs = await stage(context);
  await addDaemon(ecs);
  for (const depth of ["counts", "who", "why", "map", "audit"]) {
    const { code, json } = await ecs.report("--depth", depth);
    assert.equal(code, 0, depth);
    assert.equal(json.covered, true);
    const [daemon] = json.clusters[0].daemons;
    assert.deepEqual([daemon.wanted, daemon.running, daemon.desired, daemon.cells], [5, 5, 5, []], depth);
  }
});

test("a full instance misses its daemon, with the numbers", async (context) => {
  const ecs = await stage(context, { instances: 3 });
  await addReplicas(ecs, 2);
  await addDaemon(ecs, "agent", { memory: 2000 });
  for (const depth of ["why", "map", "audit"]) {
    const { code, json } = await ecs.report("--depth", depth);
    assert.equal(code, 1);
    assert.equal(json.covered, false);
    const cells = cellsOf(json);
    assert.deepEqual(
      cells.map((it) => it.state),
      ["missing", "missing"],
    );
    assert.equal(cells[0].reasons[0].filter, "memory");
    assert.equal(cells[0].reasons[0].requested, 2000);
    assert.equal(json.clusters[0].daemons[0].running, 1);
    assert.equal(json.clusters[0].daemons[0].wanted, 3);
  }
  const { output } = await ecs.coverage();
  assert.match(output, /agent: 1 of 3 \(33\.3 %\), 2 missing/);
  assert.match(output, /2 instances/);
});

test("what the constraints exclude is not wanted, and no instance at all is not applicable", async (context) => {
  const ecs = await stage(context);
  await ecs.call("PutAttributes", {
    attributes: [{ name: "env", value: "prod", targetType: "container-instance", targetId: ecs.ids[0] }],
  });
  const only = (value: string) => ({
    placementConstraints: [{ type: "memberOf", expression: `attribute:env == ${value}` }],
  });
  await addDaemon(ecs, "agent", {}, only("prod"));
  await addDaemon(ecs, "none", {}, only("dev"));
  for (const depth of ["why", "map", "audit"]) {
    const { code, json } = await ecs.report("--depth", depth);
    assert.equal(code, 0);
    const [agent, none] = json.clusters[0].daemons;
    assert.deepEqual([agent.wanted, agent.running, agent.coverage], [1, 1, 100]);
    assert.deepEqual([none.wanted, none.coverage, none.cells], [0, undefined, []]);
  }
  assert.match((await ecs.coverage()).output, /1 of 2 daemons|2 daemons/);
});

test("a constraint of the task definition excludes too", async (context) => {
  const ecs = await stage(context);
  await ecs.call("RegisterTaskDefinition", {
    ...agentDefinition(),
    placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.availability-zone == us-east-1a" }],
  });
  await ecs.call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  const { code, json } = await ecs.report();
  assert.equal(code, 0);
  assert.equal(json.clusters[0].daemons[0].coverage, 100);
});

test("a task on a disconnected instance is stale, one without a task there lacks its agent", async (context) => {
  const ecs = await stage(context);
  await addDaemon(ecs);
  await ecs.local("UpdateContainerInstance", { containerInstance: ecs.ids[0], agentConnected: false });
  await addDaemon(ecs, "second");
  const { code, json } = await ecs.report("--grace", "0");
  assert.equal(code, 1);
  assert.deepEqual(
    cellsOf(json).map((it) => [it.instance, it.state]),
    [[ecs.ids[0], "stale"]],
  );
  assert.deepEqual(
    cellsOf(json, "second").map((it) => it.state),
    ["missing"],
  );
  assert.match(cellsOf(json)[0].reasons[0].message, /disconnected, or the instance no longer exists/);
  assert.equal(json.clusters[0].daemons[0].running, 4);
});

test("with an earlier look a disconnected agent is not a gap within its grace", async (context) => {
  const ecs = await stage(context);
  await addDaemon(ecs);
  await ecs.local("UpdateContainerInstance", { containerInstance: ecs.ids[0], agentConnected: false });
  const folder = mkdtempSync(join(tmpdir(), "coverage-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "baseline.json");
  const words = ["--baseline", file, "--write-baseline", file];
  assert.equal((await ecs.report(...words)).code, 0);
  const { code, json } = await ecs.report(...words);
  assert.equal(code, 0);
  assert.ok(!Number.isNaN(Date.parse(cellsOf(json)[0].since)));
  const [since] = Object.values(JSON.parse(readFileSync(file, "utf8")).cells) as AnyAnswer[];
  assert.equal(since.state, "stale");
  assert.equal((await ecs.report(...words, "--grace", "0")).code, 1);
  assert.equal((await ecs.coverage("--baseline", join(folder, "absent.json"))).code, 2);
});

test("a baseline is replaced as a whole: whoever holds the earlier file keeps it, and links and modes stay", async (context) => {
  const ecs = await stage(context);
  await addDaemon(ecs);
  const folder = mkdtempSync(join(tmpdir(), "coverage-"));
  context.after(() => rmSync(folder, { recursive: true }));
  const [file, link, held] = [
    join(folder, "baseline.json"),
    join(folder, "link.json"),
    join(folder, "held.json"),
  ];
  writeFileSync(file, "earlier", { mode: 0o640 });
  symlinkSync("baseline.json", link);
  linkSync(file, held);
  assert.equal((await ecs.coverage("--write-baseline", link)).code, 0);
  assert.equal(readFileSync(held, "utf8"), "earlier");
  assert.ok(JSON.parse(readFileSync(file, "utf8")).cells);
  assert.ok(lstatSync(link).isSymbolicLink());
  assert.equal(statSync(file).mode & 0o777, 0o640);
  assert.deepEqual(readdirSync(folder).sort(), ["baseline.json", "held.json", "link.json"]);
});

test("a DRAINING instance is not wanted, whatever still runs there", async (context) => {
  const ecs = await stage(context, { stopDelaySeconds: 3600 });
  await addDaemon(ecs);
  await ecs.call("UpdateContainerInstancesState", { containerInstances: [ecs.ids[0]], status: "DRAINING" });
  for (const depth of ["why", "map", "audit"]) {
    const { json } = await ecs.report("--depth", depth);
    const [daemon] = json.clusters[0].daemons;
    assert.deepEqual([daemon.wanted, daemon.running, daemon.cells], [4, 4, []], depth);
  }
});

test("a task that fails again and again is crash-looping, with its exit code", async (context) => {
  const ecs = await stage(context, { instances: 2 });
  await ecs.local("SetFault", {
    family: "agent",
    failure: "exit",
    exitCode: 7,
    containerInstance: ecs.ids[0],
  });
  await addDaemon(ecs);
  for (let round = 0; round < 6; round += 1) await ecs.local("AdvanceClock", { seconds: 60 });
  const { code, json } = await ecs.report();
  assert.equal(code, 1);
  const [cell] = cellsOf(json);
  assert.equal(cell.instance, ecs.ids[0]);
  assert.equal(cell.state, "crash-looping");
  assert.match(cell.reasons.map((it: AnyAnswer) => it.message).join(" "), /exited with 7/);
});

test("tasks that wait to start are starting, those that stop are replacing", async (context) => {
  const ecs = await stage(context, { startDelaySeconds: 3600, stopDelaySeconds: 3600 });
  await addDaemon(ecs);
  const early = await ecs.report();
  assert.ok(cellsOf(early.json).every((it) => it.state === "starting"));
  assert.equal(cellsOf(early.json).length, 5);
  assert.equal(cellsOf(early.json).length, early.json.clusters[0].daemons[0].states.starting);
  await ecs.local("AdvanceClock", { seconds: 3601 });
  const { taskArns } = await ecs.call("ListTasks", { containerInstance: ecs.ids[1] });
  await ecs.call("StopTask", { task: taskArns[0] });
  const { json } = await ecs.report();
  const [cell] = cellsOf(json);
  assert.equal(cell.instance, ecs.ids[1]);
  assert.match(cell.state, /^(replacing|starting)$/);
});

test("an update that the percentage holds up is updating, with the reason", async (context) => {
  const ecs = await stage(context, { instances: 1 });
  await addDaemon(
    ecs,
    "agent",
    {},
    { deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 100 } },
  );
  await ecs.call("RegisterTaskDefinition", agentDefinition("agent", { memory: 300 }));
  await ecs.call("UpdateService", { service: "agent", taskDefinition: "agent" });
  await ecs.local("AdvanceClock", { seconds: 60 });
  const { json } = await ecs.report();
  const [cell] = cellsOf(json);
  assert.equal(cell.state, "updating");
  assert.match(JSON.stringify(cell.reasons), /held-by-percent|older-revision/);
});

test("each instance is counted once at every step of an update", async (context) => {
  const ecs = await stage(context, { instances: 4, startDelaySeconds: 100, stopDelaySeconds: 50 });
  await addDaemon(ecs, "agent", {}, { deploymentConfiguration: { minimumHealthyPercent: 50 } });
  await ecs.local("AdvanceClock", { seconds: 101 });
  await ecs.call("RegisterTaskDefinition", agentDefinition("agent", { memory: 300 }));
  await ecs.call("UpdateService", { service: "agent", taskDefinition: "agent" });
  const steps = [
    { updating: 2, replacing: 2 },
    { updating: 2, starting: 2 },
    { running: 2, replacing: 2 },
  ];
  for (const [index, states] of steps.entries()) {
    for (const depth of ["why", "audit"]) {
      const { json } = await ecs.report("--depth", depth);
      const [daemon] = json.clusters[0].daemons;
      assert.deepEqual({ ...daemon.states }, { ...states }, `step ${index} at ${depth}`);
      assert.equal(daemon.wanted, 4);
    }
    await ecs.local("AdvanceClock", { seconds: index === 0 ? 51 : 101 });
  }
});

test("an instance whose task stops shows how long it may still take", async (context) => {
  const ecs = await stage(context, { instances: 1, stopDelaySeconds: 90 });
  const minimumHealthyPercent = 0;
  await addDaemon(ecs, "agent", { stopTimeout: 90 }, { deploymentConfiguration: { minimumHealthyPercent } });
  const { taskArns } = await ecs.call("ListTasks");
  await ecs.local("SetFault", { order: "replicasFirst" });
  await addReplicas(ecs, 1, 7500);
  await ecs.call("StopTask", { task: taskArns[0] });
  const [cell] = cellsOf((await ecs.report()).json);
  assert.equal(cell.state, "replacing", JSON.stringify(cell));
  assert.match(cell.reasons[0].message, / Its stopTimeout of 90 s ends in (?:8\d|90) s\.$/);
});

test("a task on a disconnected instance that stopped matching is not wanted, at every depth", async (context) => {
  const ecs = await stage(context, { instances: 2 });
  const setZone = (value: string) =>
    ecs.call("PutAttributes", {
      attributes: [{ name: "env", value, targetType: "container-instance", targetId: ecs.ids[0] }],
    });
  await setZone("prod");
  const placementConstraints = [{ type: "memberOf", expression: "attribute:env == prod" }];
  await addDaemon(ecs, "by-service", {}, { placementConstraints });
  await ecs.call("RegisterTaskDefinition", { ...agentDefinition("by-definition"), placementConstraints });
  await ecs.call("CreateService", {
    serviceName: "by-definition",
    taskDefinition: "by-definition",
    schedulingStrategy: "DAEMON",
  });
  await ecs.local("UpdateContainerInstance", { containerInstance: ecs.ids[0], agentConnected: false });
  await setZone("dev");
  for (const depth of ["why", "map", "audit"])
    for (const { service, wanted, cells } of (await ecs.report("--depth", depth)).json.clusters[0].daemons)
      assert.deepEqual([wanted, cells], [0, []], `${service} at ${depth}`);
});

test("what runs on an instance that drains is not counted as wanted", async (context) => {
  const ecs = await stage(context, { instances: 2 });
  await addReplicas(ecs, 2, 5000);
  await addDaemon(ecs);
  await ecs.call("UpdateContainerInstancesState", { containerInstances: [ecs.ids[0]], status: "DRAINING" });
  for (const depth of ["counts", "why", "audit"]) {
    const [daemon] = (await ecs.report("--depth", depth)).json.clusters[0].daemons;
    assert.deepEqual([daemon.wanted, daemon.running, daemon.desired], [1, 1, 1], depth);
  }
});

test("what cannot be read is unknown and never covered", async (context) => {
  const ecs = await stage(context);
  await addDaemon(ecs);
  await ecs.local("UpdateContainerInstance", { containerInstance: ecs.ids[0], agentConnected: false });
  const denied = {
    status: 400,
    body: { __type: "AccessDeniedException", message: "User is not authorized to perform this action" },
  };
  for (const operation of [
    "ListContainerInstances",
    "DescribeContainerInstances",
    "ListTasks",
    "DescribeTasks",
  ]) {
    ecs.before(async (called) => (called === operation ? denied : undefined));
    const { code, json } = await ecs.report();
    assert.equal(json.complete, false, operation);
    assert.equal(json.covered, false, operation);
    assert.equal(code, 3, operation);
    assert.match(json.clusters[0].incomplete.join(), new RegExp(operation));
    assert.doesNotMatch((await ecs.coverage()).output, /daemons? covered/, operation);
  }
  for (const operation of ["ListServices", "DescribeServices"]) {
    ecs.before(async (called) => (called === operation ? denied : undefined));
    assert.equal((await ecs.coverage()).code, 2, operation);
  }
});

test("half an answer is no coverage", async (context) => {
  const ecs = await stage(context, { instances: 3 });
  await addReplicas(ecs, 1);
  await addDaemon(ecs, "agent", { memory: 2000 });
  ecs.after((operation, answer) =>
    operation === "DescribeTasks" ? { tasks: answer.tasks.slice(1), failures: [] } : undefined,
  );
  const half = await ecs.report("--fail-on", "missing");
  assert.equal(half.json.complete, false);
  assert.notEqual(half.code, 0);
  ecs.after((operation) => (operation === "DescribeContainerInstances" ? {} : undefined));
  assert.equal((await ecs.report("--fail-on", "crash-looping")).code, 3);
});

test("every cluster of the account is looked at, and a bad profile stops nobody", async (context) => {
  const ecs = await stage(context);
  await addDaemon(ecs);
  await ecs.call("CreateCluster", { clusterName: "empty" });
  const { code, json } = await ecs.report("--all-clusters");
  assert.equal(code, 0);
  assert.deepEqual(
    json.clusters.map((it: AnyAnswer) => it.cluster),
    ["default"],
  );
  assert.equal(json.summary.emptyClusters, 1);
  const mixed = await ecs.report("--cluster", "absent");
  assert.equal(mixed.code, 3);
  assert.equal(mixed.json.clusters.length, 1);
  assert.match(mixed.json.failed[0], /absent/);
});

test("bad options and misspelled daemons are refused", async (context) => {
  const ecs = await stage(context, { instances: 1 });
  await addDaemon(ecs);
  for (const words of [
    ["--depth", "deep"],
    ["--fail-on", "bad"],
    ["--rate", "0"],
    ["--min-coverage", "101"],
    ["--daemon", "agnet"],
    ["--watch=0"],
    ["--all-clusters", "--cluster", "default"],
  ])
    assert.equal((await ecs.coverage(...words)).code, 2, words.join(" "));
  assert.equal((await ecs.coverage("--max-calls", "1")).code, 2);
});

test("a limit of calls leaves the look incomplete", async (context) => {
  const ecs = await stage(context, { instances: 2 });
  await addDaemon(ecs);
  const { code, json } = await ecs.report("--max-calls", "3");
  assert.equal(code, 3);
  assert.equal(json.summary.calls, 3);
});

test("every format tells the same, and text of the cluster is inert in it", async (context) => {
  const ecs = await stage(context, { instances: 2 });
  await ecs.local("SetFault", { family: "agent", failure: "CannotPullContainerError" });
  await addDaemon(ecs);
  ecs.after((operation, answer) => {
    if (operation !== "DescribeTasks") return undefined;
    const stoppedReason =
      "CannotPullContainerError: <img src=x> \u001b[31m `@all` | \u202e password=hunter2hunter2";
    return { ...answer, tasks: answer.tasks.map((it: object) => ({ ...it, stoppedReason })) };
  });
  for (const format of ["text", "json", "markdown", "junit", "openmetrics"]) {
    const { code, output } = await ecs.coverage("--format", format);
    assert.equal(code, 1, format);
    for (const it of ["hunter2", "\u001b", "\u202e"]) assert.ok(!output.includes(it), format);
    if (format === "junit") assert.doesNotMatch(output, /<img/);
    if (format === "junit") assert.match(output, /<failure message=/);
    if (format === "openmetrics") assert.match(output, /# EOF\n$/);
  }
});
