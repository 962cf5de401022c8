// What make-room reports is what was seen: tasks that failed before are no failures of now, services are whole only where
// their counts say so, a race that is lost between two stops ends the plan, and a daemon runs by a task that stays.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { runCommandLine } from "../../../server/src/cli/runCommandLine";
import { serviceState } from "../../../server/src/ecs/calls/awsShapes";
import { type Watched, watchInstance } from "../../../server/src/ecs/coverage/watchRoom";
import type { EcsPort, JsonObject } from "../../../server/src/ecs/port";
import { type AnyAnswer, agentDefinition, idsOf } from "../../support/localEndpoint";
import { person, recordedCredentials, startRecordedEcs } from "../../support/recordedEcs";
import { startRoomStage } from "../../support/roomStage";

const daemon = (serviceName: string) => ({
  serviceName,
  taskDefinition: serviceName,
  schedulingStrategy: "DAEMON",
});

test("tasks of a daemon that stopped before a drain are not taken for a daemon that stops", async (context) => {
  const { call, local, full, run, runs } = await startRoomStage(context);
  await call("UpdateService", { service: "web", desiredCount: 0 });
  const stopAgent = async () => {
    const { taskArns } = await call("ListTasks", { serviceName: "agent", containerInstance: full });
    for (const task of taskArns) await call("StopTask", { task });
    return taskArns.length as number;
  };
  for (let stopped = 0; stopped < 4; ) stopped += await stopAgent();
  await local("SetFault", { order: "replicasFirst" });
  await call("UpdateService", { service: "web", desiredCount: 4 });
  await stopAgent();
  assert.ok(!(await runs("agent")));
  await local("SetFault", { clear: true });
  await local("AddContainerInstances", { count: 3 });
  const { results, complaints } = await run("drain");
  assert.equal(results[0]?.outcome, "healed", JSON.stringify(results) + complaints);
});

test("after a drain a service that is not whole is named", async (context) => {
  const { call, full, local, run } = await startRoomStage(context, { others: 1 });
  const ids = idsOf((await call("ListContainerInstances")).containerInstanceArns);
  for (const containerInstance of ids.filter((it) => it !== full))
    await local("UpdateContainerInstance", { containerInstance, remove: true });
  const deploymentConfiguration = { minimumHealthyPercent: 0, maximumPercent: 100 };
  await call("UpdateService", { service: "web", deploymentConfiguration });
  const { code, results } = await run("drain");
  assert.equal(code, 1);
  assert.equal(results[0]?.outcome, "healed-short", JSON.stringify(results));
  assert.match(
    results[0]?.detail,
    /^agent runs on i-\w+, but web runs 1 of 2\. ECS finds no instance for the rest\./,
  );
  assert.match(results[0]?.detail, /See "ecs-daemon forecast"\.$/);
});

test("why a service is not whole is claimed only where ECS says so", async (context) => {
  const { after, run } = await startRoomStage(context);
  after((operation, answer) => {
    if (operation !== "DescribeServices") return undefined;
    const services = (answer.services as AnyAnswer[]).map((it) =>
      it.serviceName === "web" && it.runningCount === it.desiredCount
        ? { ...it, runningCount: 1, pendingCount: 1, events: [] }
        : it,
    );
    return { ...answer, services };
  });
  const { results } = await run("drain");
  assert.equal(results[0]?.outcome, "healed-short");
  assert.match(results[0]?.detail, /but web runs 1 of 2, 1 starting\.$/);
});

/** Three replicas fill the only instance; the daemon needs the room of two. */
async function twoStops(context: TestContext, others = 0) {
  Object.assign(process.env, recordedCredentials);
  const ecs = await startRecordedEcs(context, { instances: 1 });
  for (const [family, memory] of [
    ["web", 2500],
    ["agent", 4500],
  ] as const)
    await ecs.call("RegisterTaskDefinition", agentDefinition(family, { memory }));
  const deploymentConfiguration = { minimumHealthyPercent: 0, maximumPercent: 200 };
  const web = { serviceName: "web", taskDefinition: "web", desiredCount: 3, deploymentConfiguration };
  await ecs.call("CreateService", web);
  const [id = ""] = idsOf((await ecs.call("ListContainerInstances")).containerInstanceArns);
  if (others > 0) await ecs.local("AddContainerInstances", { count: others });
  await ecs.call("CreateService", daemon("agent"));
  const make = async () => {
    const { terminal, said } = person(true);
    const where = ["--cluster", "default", "--endpoint-url", ecs.url, "--timeout", "4", "--format", "json"];
    const words = ["make-room", "agent", ...where, "--all-missing", "--max-stops", "3"];
    const code = await runCommandLine(words, terminal);
    const [result]: AnyAnswer[] = said.output === "" ? [] : JSON.parse(said.output).results;
    const stops = ecs.operations.filter((it) => it === "StopTask").length;
    return { code, result, stops, ...said };
  };
  return { ...ecs, id, make };
}

test("a race that is lost between two stops ends the plan", async (context) => {
  const { local, make } = await twoStops(context);
  await local("SetFault", { order: "replicasFirst" });
  const { code, result, stops, complaints } = await make();
  assert.equal(stops, 1, complaints);
  assert.equal(code, 1);
  assert.equal(result?.outcome, "lost-race", JSON.stringify(result));
  assert.match(
    result?.detail,
    /^1 task was stopped on i-\w+\. A task of service:web came there in between: the rest of the plan is left\.$/,
  );
});

test("nothing more is stopped where the agent disconnects between two stops", async (context) => {
  const { local, id, before, make } = await twoStops(context, 3);
  let isStopped = false;
  before(async (operation) => {
    if (isStopped && operation === "DescribeContainerInstances")
      await local("UpdateContainerInstance", { containerInstance: id, agentConnected: false });
    if (operation === "StopTask") isStopped = true;
    return undefined;
  });
  const { result, stops } = await make();
  assert.equal(stops, 1);
  assert.equal(result?.outcome, "changed", JSON.stringify(result));
});

test("the second of two stops is left where the daemon has come without it", async (context) => {
  const { call, before, make } = await twoStops(context, 3);
  let isStopped = false;
  before(async (operation) => {
    if (isStopped && operation === "DescribeContainerInstances") {
      isStopped = false;
      await call("UpdateService", { service: "web", desiredCount: 1 });
    }
    if (operation === "StopTask") isStopped = true;
    return undefined;
  });
  const { result, stops, code, complaints } = await make();
  assert.match(complaints, /: 2 of 3 run then \(minimum 1\);[\s\S]*: 1 of 3 run then \(minimum 1\);/);
  assert.equal(stops, 1, JSON.stringify(result));
  assert.equal(result?.outcome, "healed", JSON.stringify(result));
  assert.equal(code, 0);
});

/** What is seen of an instance whose tasks are those, by look; the last look goes on. */
function portWith(looks: readonly (readonly JsonObject[])[]): EcsPort {
  let look = 0;
  const tasks = () => looks[Math.min(look, looks.length) - 1] ?? [];
  const containerInstanceArn = "arn:aws:ecs:eu-west-1:123456789012:container-instance/default/one";
  const port: Partial<EcsPort> = {
    describeInstances: async (_cluster, _ids, read) => {
      look += 1;
      return [read({ containerInstanceArn, status: "ACTIVE", agentConnected: true })];
    },
    listTaskPages: async (_cluster, { desiredStatus }) => ({
      arns: desiredStatus === "STOPPED" ? [] : tasks().map((it) => String(it.taskArn)),
      hasMore: false,
    }),
    describeTasksNamed: async (_cluster, arns, read) => ({
      tasks: tasks()
        .filter((it) => arns.includes(String(it.taskArn)))
        .map((it) => read({ ...it, containerInstanceArn, lastStatus: "RUNNING", desiredStatus: "RUNNING" })),
      undescribed: [],
    }),
    describeService: async (_cluster, name) =>
      serviceState({ serviceName: name, desiredCount: 2, runningCount: 2, pendingCount: 0 }),
  };
  return port as EcsPort;
}

const taskOf = (service: string, id: string) => ({ taskArn: `arn/${id}`, group: `service:${service}` });

function watchOf(
  looks: readonly (readonly JsonObject[])[],
  missing: readonly string[],
  left: Pick<Watched, "services" | "leaving"> = { services: [], leaving: [] },
) {
  const watch = {
    timeoutSeconds: 0.4,
    stableSeconds: 0.1,
    pollMilliseconds: 20,
    say: () => {},
    afterShort: "",
  };
  const plan = { kind: "stops", stops: [] } as const;
  const planned = { instance: "one", missing, plan, basis: { seen: "", daemons: "", running: [] } };
  const rest = { daemons: [], ...left, stopTimeout: 0, before: new Set<string>() };
  const watched = {
    ecs: portWith(looks),
    cluster: "default",
    planned,
    watch: { ...watch, target: {} },
    ...rest,
  };
  return watchInstance(watched, undefined);
}

test("two tasks of one daemon are not the two daemons that were missing", async () => {
  const both = [taskOf("agent", "a"), taskOf("agent", "b")];
  const { outcome, detail } = await watchOf([both], ["agent", "second"]);
  assert.equal(outcome, "timeout", detail);
  assert.match(detail, /1 of 2 missing daemons runs? on one/);
  const { outcome: well } = await watchOf(
    [[taskOf("agent", "a"), taskOf("second", "b")]],
    ["agent", "second"],
  );
  assert.equal(well, "healed");
});

test("a daemon whose task is another at every look does not run", async () => {
  const looks = Array.from({ length: 100 }, (_, at) => [taskOf("agent", String(at))]);
  assert.equal((await watchOf(looks, ["agent"])).outcome, "timeout");
  assert.equal((await watchOf(looks.slice(0, 3), ["agent"])).outcome, "healed");
});

test("a service is not whole while a task that was asked to stop still counts as running", async () => {
  const [agent, leaving] = [taskOf("agent", "a"), taskOf("web", "w")];
  const left = { services: ["web"], leaving: ["arn/w"] };
  const { outcome, detail } = await watchOf([[agent, leaving]], ["agent"], left);
  assert.equal(outcome, "healed-short", detail);
  assert.match(detail, /but web runs 2 of 2, 1 stopping\.$/);
  assert.equal((await watchOf([[agent, leaving], [agent]], ["agent"], left)).outcome, "healed");
});
