// What changes between the plan for room and a change, or between two of them, is seen in time: nothing is stopped, drained or
// changed for room that is there, or for a plan that no longer holds.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { carryOutPlans } from "../../../server/src/ecs/coverage/carryOutPlans";
import type { EcsPort } from "../../../server/src/ecs/port";
import { startRoomStage } from "../../support/roomStage";

const update = "UpdateContainerInstancesState";
const constraint = { type: "memberOf", expression: "attribute:ecs.os-type == linux" };

/** Runs it when the operation is asked for the first time after that call of the plan. */
async function runWith(
  context: TestContext,
  way: string,
  [operation, at]: readonly [string, number],
  change: (stage: Awaited<ReturnType<typeof startRoomStage>>) => Promise<unknown>,
  options: object = {},
) {
  const stage = await startRoomStage(context, options);
  let calls = 0;
  stage.before(async (called) => {
    if (called !== operation) return undefined;
    calls += 1;
    if (calls === at) await change(stage);
    return undefined;
  });
  return { ...stage, ...(await stage.make(["--all-missing", "--way", way, "--max-stops", "3"])) };
}

test("a placement constraint that somebody else adds in the meantime is not lost", async (context) => {
  const add = ({ call }: { call: (operation: string, input: object) => Promise<unknown> }) =>
    call("UpdateService", { service: "web", placementConstraints: [constraint] });
  // The last look before the update is the only one that asks for the service alone.
  const looks = (await runWith(context, "tie", ["DescribeServices", 0], add)).operations;
  const at = looks.filter((it) => it === "DescribeServices").length;
  const { call, code, results, operations } = await runWith(context, "tie", ["DescribeServices", at], add);
  assert.equal(code, 1);
  assert.equal(results[0]?.outcome, "changed");
  assert.match(results[0]?.detail, /^web was not changed: it is no longer as the plan shows it\.$/);
  assert.ok(!operations.includes("UpdateService"));
  const { services } = await call("DescribeServices", { services: ["web"] });
  assert.deepEqual(services[0].placementConstraints, [constraint]);
});

test("an instance is not drained for a daemon that has come, nor where no replica is on it", async (context) => {
  const shrink = ({ call }: { call: (operation: string, input: object) => Promise<unknown> }) =>
    call("UpdateService", { service: "web", desiredCount: 1 });
  const come = await runWith(context, "drain", ["GetTaskProtection", 1], shrink);
  assert.equal(come.results[0]?.outcome, "changed");
  assert.match(come.results[0]?.detail, /^Nothing was done: a task of agent is on i-\w+ now\.$/);
  assert.ok(!come.operations.includes(update));
  const { call, full, run, operations } = await startRoomStage(context);
  await call("UpdateService", { service: "web", desiredCount: 0 });
  const { taskArns } = await call("ListTasks", { serviceName: "agent", containerInstance: full });
  await call("UpdateService", {
    service: "agent",
    placementConstraints: [{ ...constraint, expression: "runningTasksCount > 9" }],
  });
  for (const task of taskArns) await call("StopTask", { task });
  const { containerDefinitions } = { containerDefinitions: [{ name: "job", image: "x", memory: 6500 }] };
  await call("RegisterTaskDefinition", { family: "job", containerDefinitions });
  await call("StartTask", { taskDefinition: "job", containerInstances: [full] });
  await call("UpdateService", { service: "agent", placementConstraints: [] });
  const { results } = await run("drain");
  assert.equal(results[0]?.outcome, "impossible", JSON.stringify(results));
  assert.match(
    results[0]?.detail,
    /no task of a replica service is on i-\w+, and draining moves no other\.$/,
  );
  assert.ok(!operations.includes(update));
});

test("a drain that somebody else ends is said to be ended so", async (context) => {
  const stage = await startRoomStage(context, { others: 0 });
  const percents = { deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200 } };
  await stage.call("UpdateService", { service: "web", ...percents });
  let looks = -1;
  stage.before(async (operation) => {
    if (operation === update && looks < 0) looks = 0;
    else if (operation === "DescribeContainerInstances" && looks >= 0) looks += 1;
    if (looks === 3 && operation === "DescribeContainerInstances")
      await stage.call(update, { containerInstances: [stage.full], status: "ACTIVE" });
    return undefined;
  });
  const { code, results } = await stage.run("drain");
  assert.equal(code, 1);
  assert.equal(results[0]?.outcome, "changed", JSON.stringify(results));
  assert.match(
    results[0]?.detail,
    /was drained and became ACTIVE by another user before its replicas had moved\.$/,
  );
  assert.equal(await stage.status(), "ACTIVE");
});

test("an instance is put back whatever goes wrong while it drains", async () => {
  const states: string[] = [];
  const containerInstance = { containerInstanceArn: "arn/one", status: "ACTIVE", agentConnected: true };
  const replica = { taskArn: "arn/a", group: "service:web", containerInstanceArn: "arn/one" };
  const port: Partial<EcsPort> = {
    listDaemonServices: async () => {
      if (states.length > 0) throw new TypeError("A fault of ours.");
      return [];
    },
    describeInstances: async (_cluster, _ids, read) => [read(containerInstance)],
    listTaskPages: async () => ({ arns: ["arn/a"], hasMore: false }),
    describeTasksNamed: async (_cluster, _arns, read) => ({ tasks: [read(replica)], undescribed: [] }),
    setInstanceStatus: async (_cluster, _instance, status) => void states.push(status),
  };
  const plan = { kind: "stops", stops: [] } as const;
  const basis = { seen: "", daemons: "", running: [] };
  const work = {
    way: "drain",
    plans: [{ instance: "one", missing: ["agent"], plan, basis }],
    ties: [],
    afterTie: "",
  } as const;
  const watch = {
    target: {},
    timeoutSeconds: 1,
    stableSeconds: 0,
    pollMilliseconds: 1,
    say: () => {},
    afterShort: "",
  };
  await assert.rejects(carryOutPlans(port as EcsPort, "default", work, watch), TypeError);
  assert.deepEqual(states, ["DRAINING", "ACTIVE"]);
});

test("a daemon that needs another room by now is planned for anew before anything is stopped", async (context) => {
  const { results, operations } = await runWith(
    context,
    "stop",
    ["GetTaskProtection", 1],
    async ({ call }) => {
      await call("RegisterTaskDefinition", {
        family: "agent",
        containerDefinitions: [{ name: "a", image: "x", memory: 6000 }],
      });
      await call("UpdateService", { service: "agent", taskDefinition: "agent" });
    },
  );
  assert.equal(results[0]?.outcome, "changed", JSON.stringify(results));
  assert.ok(!operations.includes("StopTask"));
});

const deploymentConfiguration = { minimumHealthyPercent: 0, maximumPercent: 200 };

test("what was refused is planned again, shown, and carried out as the new plan", async (context) => {
  const { code, results, operations, complaints } = await runWith(
    context,
    "stop",
    ["GetTaskProtection", 1],
    ({ call }) => call("UpdateService", { service: "web", deploymentConfiguration }),
  );
  assert.match(
    complaints,
    /stops a task of web[\s\S]*has changed\. Planning again\.[\s\S]*stops a task of web/,
  );
  assert.deepEqual(
    results.map((it) => it.outcome),
    ["healed"],
  );
  assert.equal(code, 0);
  assert.equal(operations.filter((it) => it === "StopTask").length, 1);
});

test("a plan that changes again and again is given up, and what was done before it is kept", async (context) => {
  const stage = await startRoomStage(context, { others: 4, fullInstances: 2 });
  let [percent, isStopped] = [0, false];
  stage.before(async (operation) => {
    if (operation === "StopTask") isStopped = true;
    else if (operation !== "GetTaskProtection" || !isStopped) return undefined;
    percent = (percent + 1) % 50;
    const changed = { minimumHealthyPercent: percent, maximumPercent: 200 };
    await stage.call("UpdateService", { service: "web", deploymentConfiguration: changed });
    return undefined;
  });
  const { operations } = stage;
  const { code, complaints, results } = await stage.make(["--all-missing", "--max-stops", "2"]);
  assert.equal(code, 1);
  assert.deepEqual(
    results.map((it) => it.outcome as string),
    ["healed", "changed"],
  );
  assert.equal(complaints.match(/Planning again/g)?.length, 2);
  assert.equal(operations.filter((it) => it === "StopTask").length, 1);
});

test("a task that came is not said to take the room that something else keeps from the daemon", async (context) => {
  const { results } = await runWith(context, "stop", ["StopTask", 1], async ({ call, local, full }) => {
    await call("RegisterTaskDefinition", {
      family: "job",
      containerDefinitions: [{ name: "job", image: "x", memory: 16 }],
    });
    await call("StartTask", { taskDefinition: "job", containerInstances: [full] });
    await local("UpdateContainerInstance", { containerInstance: full, agentConnected: false });
  });
  assert.equal(results[0]?.outcome, "timeout", JSON.stringify(results));
});

test("nothing more is stopped on other instances for a daemon that did not run with the room", async (context) => {
  const options = { others: 4, fullInstances: 2, stopDelay: 60 };
  const { results, operations } = await runWith(context, "stop", ["StopTask", 1], async () => {}, options);
  assert.deepEqual(
    results.map((it) => it.outcome),
    ["timeout", "not-begun"],
  );
  assert.match(results[1]?.detail, /^Nothing was done on i-\w+: the plan ends with i-\w+\.$/);
  assert.equal(operations.filter((it) => it === "StopTask").length, 1);
});
