// The deployment against the embedded endpoint, with the real AWS client between.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { connectEcs } from "../../../../server/src/ecs/aws";
import { deleteService } from "../../../../server/src/ecs/delete";
import { type DeployRequest, runDeployment } from "../../../../server/src/ecs/deploy/deploy";
import type { EcsPort } from "../../../../server/src/ecs/port";
import { type DeployEvent, deployStepNames } from "../../../../server/src/ecs/report";
import type { LocalEndpointOptions } from "../../../../server/src/local/startLocalEndpoint";
import { agentDefinition, idsOf, startTestEndpoint, type TestEndpoint } from "../../../support/localEndpoint";
import { verifyService } from "../../../support/verification";

interface Stage extends TestEndpoint {
  readonly ecs: EcsPort;
  /** Operations in the order in which they were answered. */
  readonly calls: string[];
  deploy(request?: Partial<DeployRequest>, signal?: AbortSignal): ReturnType<typeof runDeployment>;
}

async function stage(context: TestContext, options: LocalEndpointOptions = {}): Promise<Stage> {
  const calls: string[] = [];
  const endpoint = await startTestEndpoint(context, { ...options, log: (line) => calls.push(line) });
  const ecs = await connectEcs({ endpointUrl: endpoint.endpoint.url });
  context.after(() => ecs.close());
  const deploy: Stage["deploy"] = (request, signal) =>
    runDeployment(
      {
        cluster: "default",
        taskDefinition: agentDefinition(),
        steps: deployStepNames,
        timeoutSeconds: 600,
        ...request,
      },
      ecs,
      () => {},
      signal,
    );
  return { ...endpoint, ecs, calls, deploy };
}

function changing(calls: readonly string[]): readonly string[] {
  return calls.flatMap(
    (it) => /\b(RegisterTaskDefinition|CreateService|UpdateService|DeleteService)\b/.exec(it)?.[1] ?? [],
  );
}

const outcomes = (report: { readonly steps: readonly { readonly outcome: string }[] }) =>
  report.steps.map((it) => it.outcome);

test("a deployment registers, creates, and is verified on every instance", async (context) => {
  const { deploy, calls } = await stage(context);
  const report = await deploy();
  assert.deepEqual(outcomes(report), ["done", "done", "done"]);
  assert.match(report.taskDefinition ?? "", /task-definition\/agent:1$/);
  assert.match(report.service ?? "", /service\/default\/agent$/);
  assert.equal(report.verify?.running.length, 5);
  assert.deepEqual(changing(calls), ["RegisterTaskDefinition", "CreateService"]);
});

test("the same deployment again changes nothing", async (context) => {
  const { deploy, calls } = await stage(context);
  const service = {
    serviceName: "agent",
    schedulingStrategy: "DAEMON",
    placementConstraints: [{ type: "memberOf", expression: "attribute:ecs.os-type == linux" }],
  };
  await deploy({ service });
  const report = await deploy({ service });
  assert.deepEqual(outcomes(report), ["unchanged", "unchanged", "done"]);
  assert.deepEqual(changing(calls), ["RegisterTaskDefinition", "CreateService"]);
});

test("a changed definition is a new revision, and the service is updated to it", async (context) => {
  const { deploy, calls, call } = await stage(context);
  await deploy();
  const report = await deploy({ taskDefinition: agentDefinition("agent", { image: "example/agent:2" }) });
  assert.deepEqual(outcomes(report), ["done", "done", "done"]);
  assert.match(report.taskDefinition ?? "", /agent:2$/);
  assert.deepEqual(changing(calls).slice(2), ["RegisterTaskDefinition", "UpdateService"]);
  const { services } = await call("DescribeServices", { services: ["agent"] });
  assert.equal(services[0].taskDefinition, report.taskDefinition);
});

test("an update sends neither a count nor a placement strategy, and removes constraints that the file lacks", async (context) => {
  const { deploy, call } = await stage(context);
  const constraint = { type: "memberOf", expression: "attribute:env == prod" };
  await deploy({ service: { serviceName: "agent", placementConstraints: [constraint] }, timeoutSeconds: 0 });
  const report = await deploy({
    service: { serviceName: "agent", desiredCount: 3, placementStrategy: [{ type: "random" }] },
  });
  assert.deepEqual(outcomes(report), ["unchanged", "done", "done"]);
  const { services } = await call("DescribeServices", { services: ["agent"] });
  assert.deepEqual(services[0].placementConstraints, []);
});

test("without a service file the constraints of the running service stay", async (context) => {
  const { deploy, call } = await stage(context);
  const constraint = { type: "memberOf", expression: "attribute:ecs.os-type == linux" };
  await deploy({ service: { serviceName: "agent", placementConstraints: [constraint] } });
  await deploy({ taskDefinition: agentDefinition("agent", { memory: 300 }) });
  const { services } = await call("DescribeServices", { services: ["agent"] });
  assert.deepEqual(services[0].placementConstraints, [constraint]);
});

test("what ECS refuses fails its step with ECS's words and skips the rest", async (context) => {
  const { deploy } = await stage(context);
  const report = await deploy({
    taskDefinition: agentDefinition("agent", { memory: 64, memoryReservation: 128 }),
  });
  assert.deepEqual(outcomes(report), ["failed", "skipped", "skipped"]);
  assert.match(report.steps[0]?.detail ?? "", /memoryReservation/);
  assert.equal(report.taskDefinition, null);
  assert.equal(report.verify, null);
});

test("what cannot be meant is refused before anything is sent", async (context) => {
  const { deploy, calls } = await stage(context);
  const wrong: readonly Partial<DeployRequest>[] = [
    { service: { serviceName: "x", taskDefinition: "other" } },
    { service: { serviceName: "x", schedulingStrategy: "REPLICA" } },
    { taskDefinition: { containerDefinitions: [] } },
  ];
  for (const request of wrong) assert.equal((await deploy(request)).steps[0]?.outcome, "failed");
  assert.deepEqual(calls, []);
});

test("a service of another scheduling strategy is left alone and explained", async (context) => {
  const { deploy, call } = await stage(context);
  await call("RegisterTaskDefinition", agentDefinition());
  await call("CreateService", { serviceName: "agent", taskDefinition: "agent", desiredCount: 0 });
  const report = await deploy();
  assert.deepEqual(outcomes(report), ["unchanged", "failed", "skipped"]);
  assert.match(report.steps[1]?.detail ?? "", /scheduling strategy REPLICA, which ECS cannot change/);
});

test("a service that is being deleted is explained, and created again once it is gone", async (context) => {
  const { deploy, ecs, local } = await stage(context, { stopDelaySeconds: 60 });
  await deploy();
  await deleteService(ecs, { cluster: "default", service: "agent" });
  const report = await deploy();
  assert.deepEqual(outcomes(report), ["unchanged", "failed", "skipped"]);
  assert.match(report.steps[1]?.detail ?? "", /still being deleted/);
  await local("AdvanceClock", { seconds: 61 });
  assert.deepEqual(outcomes(await deploy()), ["unchanged", "done", "done"]);
});

test("the steps can be asked for one by one", async (context) => {
  const { deploy } = await stage(context);
  assert.deepEqual(outcomes(await deploy({ steps: ["createService"] })), ["failed"]);
  assert.deepEqual(outcomes(await deploy({ steps: ["register"] })), ["done"]);
  assert.deepEqual(outcomes(await deploy({ steps: ["createService"] })), ["done"]);
  const alone = await deploy({ steps: ["verify"], taskDefinition: undefined, serviceName: "agent" });
  assert.deepEqual(outcomes(alone), ["done"]);
  assert.match(alone.service ?? "", /service\/default\/agent$/);
});

test("events tell of every step in turn", async (context) => {
  const { ecs } = await stage(context);
  const events: DeployEvent[] = [];
  const request = { cluster: "default", taskDefinition: agentDefinition(), steps: deployStepNames };
  await runDeployment(request, ecs, (event) => events.push(event));
  const told = events.filter((it) => it.kind !== "progress").map((it) => `${it.kind} ${it.step}`);
  assert.deepEqual(
    told,
    deployStepNames.flatMap((it) => [`started ${it}`, `finished ${it}`]),
  );
});

test("a cancelled verification ends at once and says what was reached", async (context) => {
  const { deploy } = await stage(context, { startDelaySeconds: 3600 });
  const controller = new AbortController();
  const deploying = deploy({ timeoutSeconds: 3600 }, controller.signal);
  const { ecs } = await stage(context);
  await ecs.listClusters();
  const reached = async () => (await deploying).steps.map((it) => it.outcome);
  controller.abort();
  const last = (await reached()).findLastIndex((it) => it !== "skipped");
  assert.equal((await reached())[last], "cancelled");
});

test("throttling and broken connections are survived", async (context) => {
  const { deploy, local, calls } = await stage(context);
  await local("SetFault", { operation: "DescribeTaskDefinition", effect: "throttle", count: 2 });
  await local("SetFault", { operation: "DescribeServices", effect: "reset", count: 1 });
  await local("SetFault", { operation: "ListContainerInstances", effect: "serverError", count: 1 });
  await local("SetFault", { operation: "CreateService", effect: "throttle", count: 1 });
  const report = await deploy();
  assert.equal(report.verify?.verified, true, JSON.stringify(report));
  assert.ok(changing(calls).includes("CreateService"));
});

test("a service whose creation was answered into a broken connection exists once", async (context) => {
  const { deploy, local, call } = await stage(context);
  await local("SetFault", { operation: "CreateService", effect: "reset", count: 1 });
  const report = await deploy();
  assert.equal(report.verify?.verified, true, JSON.stringify(report));
  const { serviceArns } = await call("ListServices");
  assert.equal(serviceArns.length, 1);
});

test("250 instances are read in pages and batches", async (context) => {
  const { deploy, calls, ecs } = await stage(context, { instances: 250 });
  const report = await deploy();
  assert.equal(report.verify?.running.length, 250);
  calls.length = 0;
  const cluster = await ecs.readCluster("default");
  assert.equal(cluster.instances.length, 250);
  assert.equal(cluster.instances.flatMap((it) => it.tasks ?? []).length, 250);
  const count = (name: string) => calls.filter((it) => it.includes(name)).length;
  assert.equal(count("ListContainerInstances"), 3);
  assert.equal(count("DescribeContainerInstances"), 3);
  assert.equal(count("ListTasks"), 3);
  assert.equal(count("DescribeTasks"), 3);
});

test("attributes are put in batches of ten, by id or ARN", async (context) => {
  const { ecs, call } = await stage(context, { instances: 12 });
  const { containerInstanceArns } = await call("ListContainerInstances");
  const ids = idsOf(containerInstanceArns);
  const attributes = ids.map((id, index) => ({
    instance: index % 2 === 0 ? id : containerInstanceArns[index],
    name: "env",
    value: "prod",
  }));
  await ecs.putAttributes("default", attributes);
  const { attributes: found } = await call("ListAttributes", {
    targetType: "container-instance",
    attributeName: "env",
  });
  assert.equal(found.length, 12);
});

test("a verification of the deleted service says so", async (context) => {
  const { ecs, deploy } = await stage(context);
  await assert.rejects(
    verifyService(ecs, { cluster: "default", service: "agent", timeoutSeconds: 0 }),
    /There is no service "agent"/,
  );
  await deploy();
  await deleteService(ecs, { cluster: "default", service: "agent" });
  await assert.rejects(
    verifyService(ecs, { cluster: "default", service: "agent", timeoutSeconds: 0 }),
    /INACTIVE|DRAINING/,
  );
  await assert.rejects(ecs.readCluster("nowhere"), { name: "ClusterNotFoundException" });
});
