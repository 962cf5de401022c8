// How many calls are made, which of them before anybody agreed, and what happens when they go wrong: through a server
// that records every call on its way to the embedded endpoint.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { connectEcs } from "../../../server/src/ecs/aws";
import { compareExpression } from "../../../server/src/ecs/compareExpression";
import { runDeployment } from "../../../server/src/ecs/deploy/deploy";
import { planDeployment } from "../../../server/src/ecs/deploy/deployPlan";
import type { DeployRequest } from "../../../server/src/ecs/deploy/stepPlans";
import { deployStepNames } from "../../../server/src/ecs/report";
import type { LocalEndpointOptions } from "../../../server/src/local/startLocalEndpoint";
import { agentDefinition } from "../../support/localEndpoint";
import { isReading, startRecordedEcs } from "../../support/recordedEcs";
import { verifyService } from "../../support/verification";

async function stage(context: TestContext, options: LocalEndpointOptions = {}) {
  const recorded = await startRecordedEcs(context, options);
  // The loopback way to it: what is counted here is not to be slowed down as well.
  const ecs = await connectEcs({ endpointUrl: recorded.url.replace("0.0.0.0", "127.0.0.1") });
  context.after(() => ecs.close());
  const request: DeployRequest = {
    cluster: "default",
    taskDefinition: agentDefinition(),
    steps: deployStepNames,
    timeoutSeconds: 600,
  };
  const count = (name: string) => recorded.operations.filter((it) => it === name).length;
  const changing = () => recorded.operations.filter((it) => !isReading(it));
  return { ...recorded, ecs, request, count, changing };
}

const reads = ["ListContainerInstances", "DescribeContainerInstances", "ListTasks", "DescribeTasks"] as const;

test("5,000 instances with a task each are read in 200 calls", async (context) => {
  const { ecs, call, operations, count } = await stage(context, { instances: 5000 });
  await call("RegisterTaskDefinition", agentDefinition());
  await call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  const { containerInstances, tasks } = (await ecs.captureCluster("default")) as Record<string, unknown[]>;
  assert.deepEqual([containerInstances?.length, tasks?.length], [5000, 5000]);
  assert.deepEqual(
    reads.map((it) => [it, count(it)]),
    reads.map((it) => [it, 50]),
  );
  assert.equal(operations.length, 200);

  operations.length = 0;
  const report = await verifyService(ecs, { cluster: "default", service: "agent", timeoutSeconds: 0 });
  assert.equal(report.running.length, 5000);
  assert.ok(operations.length <= 204, String(operations.length));
});

test("250 instances are compared with ECS in 10 calls", async (context) => {
  const { ecs, operations } = await stage(context, { instances: 250 });
  const found = await compareExpression(ecs, { cluster: "default", expression: "agentConnected == true" });
  assert.deepEqual([found.agrees, found.ecs.matched.length], [true, 250]);
  assert.deepEqual(
    [operations.length, operations.filter((it) => it === "ListContainerInstances").length],
    [10, 6],
  );
});

test("a plan reads each thing once and changes nothing", async (context) => {
  const { ecs, request, operations, count } = await stage(context);
  await planDeployment(request, ecs);
  assert.ok(operations.every(isReading), operations.join());
  for (const it of [...reads.slice(0, 3), "DescribeServices", "DescribeTaskDefinition"])
    assert.equal(count(it), 1, it);
});

test("every call of a deployment survives a fault, and nothing is made twice", async (context) => {
  const { ecs, request, local, call, changing, operations } = await stage(context, { instances: 2 });
  const faulty = [
    "DescribeTaskDefinition",
    "RegisterTaskDefinition",
    "DescribeServices",
    "CreateService",
    ...reads,
  ];
  for (const [index, operation] of faulty.entries()) {
    const effect = (["throttle", "serverError", "reset"] as const)[index % 3];
    const family = `agent-${index}`;
    await local("SetFault", { operation, effect, count: 1 });
    operations.length = 0;
    const taskDefinition = agentDefinition(family);
    const report = await runDeployment({ ...request, taskDefinition }, ecs, () => {});
    assert.equal(report.verify?.verified, true, `${operation} ${effect}: ${JSON.stringify(report.steps)}`);
    assert.deepEqual([...new Set(changing())], ["RegisterTaskDefinition", "CreateService"], operation);
    const { taskDefinitionArns } = await call("ListTaskDefinitions", { familyPrefix: family });
    assert.equal(taskDefinitionArns.length, 1, operation);
  }
  assert.equal((await call("ListServices")).serviceArns.length, faulty.length);
});

test("throttling without end is told as such, with what to do", async (context) => {
  const { url, request, before, changing } = await stage(context);
  const ecs = await connectEcs({ endpointUrl: url.replace("0.0.0.0", "127.0.0.1") }, { attempts: 2 });
  const throttled = { status: 400, body: { __type: "ThrottlingException", message: "Rate exceeded" } };
  before(async (operation) => (operation === "DescribeServices" ? throttled : undefined));
  const report = await runDeployment(request, ecs, () => {});
  assert.deepEqual(
    report.steps.map((it) => it.outcome),
    ["done", "failed", "skipped"],
  );
  assert.match(report.steps[1]?.detail ?? "", /ECS throttles DescribeServices/);
  assert.deepEqual(report.steps[1]?.remedy, { kind: "repeat", later: true });
  assert.deepEqual(changing(), ["RegisterTaskDefinition"]);
});

test("a slow answer does not hold back a cancellation, wherever it comes", async (context) => {
  const { ecs, request, before, operations, call } = await stage(context);
  const slow = [
    ["DescribeTaskDefinition", ["cancelled", "skipped", "skipped"], /^Canceled\. What was done/],
    [
      "CreateService",
      ["done", "cancelled", "skipped"],
      /^Canceled while ECS .* agent does not exist so far\./,
    ],
    ["ListContainerInstances", ["unchanged", "unchanged", "cancelled"], /^Canceled\. What was done/],
  ] as const;
  for (const [operation, outcomes, told] of slow) {
    const controller = new AbortController();
    let release = () => {};
    const held = new Promise<undefined>((resolve) => {
      release = () => resolve(undefined);
    });
    before((name) => {
      if (name !== operation) return undefined;
      // It has arrived and would be answered only much later.
      controller.abort();
      return held;
    });
    operations.length = 0;
    const report = await runDeployment(request, ecs, () => {}, controller.signal);
    assert.deepEqual(
      report.steps.map((it) => it.outcome),
      outcomes,
      operation,
    );
    assert.match(report.steps.find((it) => it.outcome === "cancelled")?.detail ?? "", told);
    release();
    before(undefined);
    // The call that nobody waited for arrives all the same: the next deployment finds what it made.
    while (operation === "CreateService" && (await call("ListServices")).serviceArns.length === 0);
  }
});
