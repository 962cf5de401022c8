// Making room against the local endpoint: what is planned, asked, stopped, watched and reported.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { runCommandLine } from "../../../server/src/cli/runCommandLine";
import { type AnyAnswer, agentDefinition, idsOf } from "../../support/localEndpoint";
import { isReading, person, recordedCredentials, startRecordedEcs } from "../../support/recordedEcs";

const percent = { deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 200 } };

/** Two replicas fill the first instance before the daemon comes; the second instance has room. */
async function stage(context: TestContext, web: object = percent) {
  Object.assign(process.env, recordedCredentials);
  const ecs = await startRecordedEcs(context, { instances: 1 });
  await ecs.call("RegisterTaskDefinition", agentDefinition("web", { memory: 3000 }));
  await ecs.call("RegisterTaskDefinition", agentDefinition("agent", { memory: 2000 }));
  await ecs.call("CreateService", {
    serviceName: "web",
    taskDefinition: "web",
    desiredCount: 2,
    launchType: "EC2",
    ...web,
  });
  const [full = ""] = idsOf((await ecs.call("ListContainerInstances")).containerInstanceArns);
  await ecs.local("AddContainerInstances", { count: 1 });
  await ecs.call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  const makeRoom = async (agrees: boolean, ...words: readonly string[]) => {
    const { terminal, said } = person(agrees);
    const where = ["--cluster", "default", "--endpoint-url", ecs.url, "--timeout", "4", "--format", "json"];
    ecs.operations.length = 0;
    const code = await runCommandLine(["make-room", "agent", ...where, ...words], terminal);
    return { code, ...said, json: (): AnyAnswer => JSON.parse(said.output) };
  };
  const running = async (serviceName: string) =>
    (await ecs.call("ListTasks", { serviceName })).taskArns.length as number;
  return { ...ecs, full, makeRoom, running };
}

test("the plan is shown, asked for, carried out and watched until all is whole", async (context) => {
  const { full, makeRoom, running, operations } = await stage(context);
  assert.equal(await running("agent"), 1);
  const { code, complaints, questions, json } = await makeRoom(true, "--instance", full);
  assert.match(
    complaints,
    /stops a task of web \(100 CPU units, 3,000 MiB, started \d+ seconds? ago, up to 30 s\): 1 of 2 run then \(minimum 1\); its replacement fits on/,
  );
  assert.match(complaints, /may take the room again/);
  assert.match(questions.join(), /Stop 1 task in the cluster default/);
  assert.equal(code, 0);
  assert.equal(json().results[0].outcome, "healed");
  assert.equal(operations.filter((it) => it === "StopTask").length, 1);
  assert.deepEqual([await running("agent"), await running("web")], [2, 2]);
});

/** The plan for the first of two instances, each in a zone of its own and filled by replicas; a third has room. */
async function planAcrossZones(context: TestContext, web: object, memory: number): Promise<string> {
  Object.assign(process.env, recordedCredentials);
  const ecs = await startRecordedEcs(context, { instances: 2 });
  await ecs.call("RegisterTaskDefinition", agentDefinition("web", { memory }));
  await ecs.call("RegisterTaskDefinition", agentDefinition("agent", { memory: 2000 }));
  await ecs.call("CreateService", { serviceName: "web", taskDefinition: "web", ...percent, ...web });
  const [full = ""] = idsOf((await ecs.call("ListContainerInstances")).containerInstanceArns);
  await ecs.local("AddContainerInstances", { count: 1 });
  const agent = { serviceName: "agent", taskDefinition: "agent", schedulingStrategy: "DAEMON" };
  await ecs.call("CreateService", agent);
  const { terminal, said } = person(false);
  const where = ["--cluster", "default", "--endpoint-url", ecs.url, "--instance", full, "--dry-run"];
  await runCommandLine(["make-room", "agent", ...where], terminal);
  return said.complaints;
}

test("the last task of a service in a zone is named, unless its strategy does not spread over zones", async (context) => {
  const last = /Until it is replaced there, no task of web runs in us-east-1[ab]\./;
  const field = (it: string) => ({ placementStrategy: [{ type: "spread", field: it }] });
  assert.match(await planAcrossZones(context, { desiredCount: 2 }, 6000), last);
  const byZone = field("attribute:ecs.availability-zone");
  assert.match(await planAcrossZones(context, { desiredCount: 2, ...byZone }, 6000), last);
  for (const [web, memory] of [
    [{ desiredCount: 2, ...field("instanceId") }, 6000],
    [{ desiredCount: 4 }, 3000],
  ] as const) {
    const plan = await planAcrossZones(context, web, memory);
    assert.match(plan, /stops a task of web/);
    assert.doesNotMatch(plan, last);
  }
});

test("a dry run and a refusal stop nothing", async (context) => {
  const { makeRoom, operations } = await stage(context);
  const dry = await makeRoom(true, "--all-missing", "--dry-run");
  assert.equal(dry.code, 0);
  assert.equal(dry.json().plans[0].plan.stops.length, 1);
  assert.ok(operations.every((it) => isReading(it) || it === "GetTaskProtection"));
  assert.equal((await makeRoom(false, "--all-missing")).code, 2);
  assert.ok(operations.every((it) => isReading(it) || it === "GetTaskProtection"));
});

test("a protected task and a service that cannot spare one are left alone", async (context) => {
  const spared = await stage(context, {});
  const refused = await spared.makeRoom(true, "--all-missing");
  assert.equal(refused.code, 1);
  assert.match(refused.complaints, /may not run fewer \(minimumHealthyPercent 100/);
  const { call, makeRoom, operations } = await stage(context);
  const { taskArns } = await call("ListTasks", { serviceName: "web" });
  const input = { cluster: "default", tasks: taskArns, protectionEnabled: true };
  assert.equal((await call("UpdateTaskProtection", input)).protectedTasks.length, 2);
  const guarded = await makeRoom(true, "--all-missing");
  assert.equal(guarded.code, 1);
  assert.match(guarded.complaints, /protected from being stopped/);
  assert.ok(!operations.includes("StopTask"));
});

test("without permission to see the protection nothing is stopped", async (context) => {
  const { local, makeRoom, operations } = await stage(context);
  await local("SetFault", { effect: "accessDenied", operation: "GetTaskProtection" });
  const { code, complaints } = await makeRoom(true, "--all-missing");
  assert.notEqual(code, 0);
  assert.match(complaints, /GetTaskProtection/);
  assert.ok(!operations.includes("StopTask"));
});

test("a plan that no longer holds is not carried out", async (context) => {
  const { call, before, makeRoom, operations } = await stage(context);
  const { taskArns } = await call("ListTasks", { serviceName: "web" });
  let looks = 0;
  before(async (operation) => {
    if (operation !== "GetTaskProtection") return undefined;
    looks += 1;
    if (looks === 2)
      await call("UpdateTaskProtection", { cluster: "default", tasks: taskArns, protectionEnabled: true });
    return undefined;
  });
  const { code, json } = await makeRoom(true, "--all-missing");
  assert.equal(code, 1);
  assert.equal(json().results[0].outcome, "changed");
  assert.ok(!operations.includes("StopTask"));
});

test("a lost race is reported once and not repeated", async (context) => {
  const { call, local, makeRoom, operations } = await stage(context);
  await call("UpdateService", { service: "web", desiredCount: 3 });
  await local("SetFault", { order: "replicasFirst" });
  const { code, json } = await makeRoom(true, "--all-missing", "--max-stops", "3");
  assert.equal(code, 1);
  assert.equal(json().results[0].outcome, "lost-race");
  assert.match(json().results[0].detail, /service:web took the room/);
  assert.equal(operations.filter((it) => it === "StopTask").length, 1);
});

test("a replica that fits nowhere is said to stay away, before and after", async (context) => {
  const { call, makeRoom } = await stage(context);
  await call("UpdateService", { service: "web", desiredCount: 3 });
  const { code, complaints, json } = await makeRoom(true, "--all-missing");
  assert.match(complaints, /web stays at 2 of 3/);
  assert.equal(code, 1);
  assert.equal(json().results[0].outcome, "healed-short");
});

test("draining moves the replicas away and leaves the instance ACTIVE, whatever happens", async (context) => {
  const { call, local, full, makeRoom, running } = await stage(context);
  await local("AddContainerInstances", { count: 2 });
  const { code, complaints, json } = await makeRoom(true, "--instance", full, "--way", "drain");
  assert.match(complaints, /While it is empty, its Auto Scaling group may remove it\./);
  assert.match(complaints, /If this is killed in between, run: aws ecs update-container-instances-state/);
  assert.equal(json().results[0].outcome, "healed");
  assert.equal(code, 0);
  const { containerInstances } = await call("DescribeContainerInstances", { containerInstances: [full] });
  assert.equal(containerInstances[0].status, "ACTIVE");
  assert.equal(await running("agent"), 4);
});

test("tying adds the constraint to what may take the room, and says that it frees none", async (context) => {
  const { call, full, makeRoom, operations } = await stage(context);
  const { json } = await makeRoom(true, "--instance", full, "--way", "tie");
  assert.match(json().results[0].detail, /frees no room/);
  assert.ok(operations.includes("UpdateService"));
  const { services } = await call("DescribeServices", { services: ["web"] });
  assert.deepEqual(services[0].placementConstraints, [
    { type: "memberOf", expression: "task:group == service:agent" },
  ]);
});

test("where nothing is missing for want of room nothing is done", async (context) => {
  const { call, full, makeRoom } = await stage(context);
  await call("UpdateService", { service: "web", desiredCount: 1 });
  assert.equal((await makeRoom(true, "--all-missing")).code, 0);
  assert.notEqual((await makeRoom(true, "--instance", full)).code, 0);
  for (const words of [[], ["--instance", full, "--all-missing"], ["--all-missing", "--way", "pray"]])
    assert.equal((await makeRoom(true, ...words)).code, 2);
});
