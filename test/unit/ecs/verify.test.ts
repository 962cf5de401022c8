// What a verification finds, for every way in which tasks and matching instances can differ.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { connectEcs } from "../../../server/src/ecs/aws";
import type { VerifyReport } from "../../../server/src/ecs/report";
import type { LocalEndpointOptions } from "../../../server/src/local/startLocalEndpoint";
import { agentDefinition, idsOf, startTestEndpoint, type TestEndpoint } from "../../support/localEndpoint";
import { verifyService } from "../../support/verification";

interface Stage extends TestEndpoint {
  readonly ids: readonly string[];
  verify(timeoutSeconds?: number, service?: string): Promise<VerifyReport>;
}

async function stage(
  context: TestContext,
  {
    definition = agentDefinition(),
    service = {},
    ...options
  }: LocalEndpointOptions & { definition?: object; service?: object } = {},
): Promise<Stage> {
  const endpoint = await startTestEndpoint(context, options);
  const ecs = await connectEcs({ endpointUrl: endpoint.endpoint.url });
  context.after(() => ecs.close());
  const { containerInstanceArns } = await endpoint.call("ListContainerInstances");
  await endpoint.call("RegisterTaskDefinition", definition);
  await endpoint.call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
    launchType: "EC2",
    ...service,
  });
  const verify = (timeoutSeconds = 600, name = "agent") =>
    verifyService(ecs, { cluster: "default", service: name, timeoutSeconds, pollMilliseconds: 5 });
  return { ...endpoint, ids: idsOf(containerInstanceArns), verify };
}

const only = (expression: string) => ({ placementConstraints: [{ type: "memberOf", expression }] });

test("tasks on exactly the matching instances are verified", async (context) => {
  const { verify, ids } = await stage(context);
  const report = await verify();
  assert.equal(report.verified, true);
  assert.deepEqual([...report.running].sort(), [...ids].sort());
  assert.deepEqual([report.missing, report.unexpected], [[], []]);
});

test("no matching instance verifies nothing, and says so at once", async (context) => {
  const { verify } = await stage(context, { service: only("attribute:env == prod") });
  const report = await verify(3600);
  assert.equal(report.verified, false);
  assert.match(report.detail ?? "", /matches the placement constraints \(0 of 5\), so no task runs/);
});

test("an empty cluster verifies nothing, and says so", async (context) => {
  const { verify } = await stage(context, { instances: 0 });
  const report = await verify(3600);
  assert.equal(report.verified, false);
  assert.match(report.detail ?? "", /no container instances/);
});

test("tasks that start late are waited for", async (context) => {
  const { verify, local } = await stage(context, { startDelaySeconds: 3600 });
  const early = await verify(0);
  assert.equal(early.verified, false);
  assert.equal(early.missing.length, 5);
  assert.match(early.missing[0]?.reason ?? "", /PENDING/);
  assert.ok(early.missing.every((it) => it.state === "starting"));
  const waiting = verify();
  await local("AdvanceClock", { seconds: 3601 });
  assert.equal((await waiting).verified, true);
});

test("an instance without room is missing, with what it lacks", async (context) => {
  const { verify, ids, call } = await stage(context, {
    instances: 2,
    definition: agentDefinition("agent", { memory: 5000 }),
  });
  assert.equal((await verify()).verified, true);
  await call("RegisterTaskDefinition", agentDefinition("big", { memory: 5000 }));
  await call("CreateService", {
    serviceName: "big",
    taskDefinition: "big",
    schedulingStrategy: "DAEMON",
    launchType: "EC2",
  });
  const report = await verify(0, "big");
  assert.equal(report.verified, false);
  assert.deepEqual(report.missing.map((it) => it.id).sort(), [...ids].sort());
  assert.match(report.missing[0]?.reason ?? "", /5,000 MiB/);
  assert.ok(report.missing.every((it) => it.state === "missing"));
  // ECS's event names only the closest instance: that one has it beside our reason.
  const told = report.missing.filter((it) =>
    /ECS reports: .*has insufficient memory available/.test(it.reason),
  );
  assert.equal(told.length, 1, JSON.stringify(report.missing));
});

test("an instance that can never run the task is not waited for", async (context) => {
  const { verify, local, ids, call } = await stage(context, {
    instances: 2,
    service: only("attribute:ready exists"),
  });
  await local("UpdateContainerInstance", {
    containerInstance: ids[0],
    removedAttributes: ["com.amazonaws.ecs.capability.logging-driver.awslogs"],
  });
  await call(
    "RegisterTaskDefinition",
    agentDefinition("logs", {
      logConfiguration: {
        logDriver: "awslogs",
        options: { "awslogs-group": "g", "awslogs-region": "us-east-1" },
      },
    }),
  );
  await call("CreateService", {
    serviceName: "logs",
    taskDefinition: "logs",
    schedulingStrategy: "DAEMON",
    launchType: "EC2",
  });
  const report = await verify(3600, "logs");
  assert.equal(report.verified, false);
  assert.deepEqual(report.running, [ids[1]]);
  assert.deepEqual(
    report.missing.map((it) => it.id),
    [ids[0]],
  );
  assert.match(report.missing[0]?.reason ?? "", /logging-driver\.awslogs/);
});

test("a task that dies tells why", async (context) => {
  const { verify, local, ids, call } = await stage(context, { instances: 2 });
  await verify();
  await local("SetFault", { family: "dying", containerInstance: ids[1], failure: "exit", exitCode: 137 });
  await call("RegisterTaskDefinition", agentDefinition("dying"));
  await call("CreateService", {
    serviceName: "dying",
    taskDefinition: "dying",
    schedulingStrategy: "DAEMON",
    launchType: "EC2",
  });
  const report = await verify(0.2, "dying");
  assert.deepEqual(report.running, [ids[0]]);
  assert.match(report.missing[0]?.reason ?? "", /Essential container in task exited.*137/);
});

test("a container that ends well tells its exit code too", async (context) => {
  const { verify, local, call } = await stage(context, { instances: 1 });
  await local("SetFault", { family: "done", failure: "exit", exitCode: 0 });
  await call("RegisterTaskDefinition", agentDefinition("done"));
  await call("CreateService", { serviceName: "done", taskDefinition: "done", schedulingStrategy: "DAEMON" });
  const report = await verify(0.2, "done");
  assert.match(report.missing[0]?.reason ?? "", /container agent exited with 0/);
});

test("a disconnected instance is missing, with its agent as the reason", async (context) => {
  const { verify, local, ids, call } = await stage(context, { instances: 2 });
  await local("UpdateContainerInstance", { containerInstance: ids[0], agentConnected: false });
  await call("CreateService", {
    serviceName: "second",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
    launchType: "EC2",
  });
  const report = await verify(0, "second");
  assert.deepEqual(
    report.missing.map((it) => it.id),
    [ids[0]],
  );
  assert.match(report.missing[0]?.reason ?? "", /agent is not connected/);
});

test("a task that lingers on a draining instance is not unexpected", async (context) => {
  const { verify, ids, call } = await stage(context, { stopDelaySeconds: 3600 });
  await verify();
  await call("UpdateContainerInstancesState", { containerInstances: [ids[0]], status: "DRAINING" });
  const report = await verify(0);
  assert.equal(report.verified, true, JSON.stringify(report));
  assert.equal(report.running.length, 4);
  assert.deepEqual(report.unexpected, []);
});

test("a task on an instance that no longer matches is unexpected until it has stopped", async (context) => {
  const { verify, ids, local } = await stage(context, {
    stopDelaySeconds: 3600,
    service: only("attribute:env !exists"),
  });
  await verify();
  await local("UpdateContainerInstance", {
    containerInstance: ids[0],
    attributes: [{ name: "env", value: "dev" }],
  });
  const report = await verify(0);
  assert.equal(report.verified, false);
  assert.deepEqual(
    report.unexpected.map((it) => it.id),
    [ids[0]],
  );
  assert.match(report.unexpected[0]?.reason ?? "", /does not satisfy the placement constraints/);
  const waiting = verify();
  await local("AdvanceClock", { seconds: 3601 });
  assert.equal((await waiting).verified, true);
});

test("tasks of an older revision are not what was deployed", async (context) => {
  const { verify, call, local } = await stage(context, { stopDelaySeconds: 3600 });
  await verify();
  await call("RegisterTaskDefinition", agentDefinition("agent", { image: "example/agent:2" }));
  await call("UpdateService", { service: "agent", taskDefinition: "agent:2" });
  const report = await verify(0);
  assert.equal(report.verified, false);
  assert.equal(report.missing.length, 5);
  assert.ok(report.missing.every((it) => it.state === "updating" && /stopped/.test(it.reason)));
  const waiting = verify();
  await local("AdvanceClock", { seconds: 3601 });
  assert.equal((await waiting).verified, true);
});

test("an instance that joins is wanted too", async (context) => {
  const { verify, local } = await stage(context);
  await verify();
  await local("AddContainerInstances", { count: 3 });
  const report = await verify();
  assert.equal(report.running.length, 8);
  assert.equal(report.verified, true);
});

test("a service that is no daemon is refused with an explanation", async (context) => {
  const { verify, call } = await stage(context);
  await call("CreateService", { serviceName: "web", taskDefinition: "agent", desiredCount: 1 });
  await assert.rejects(verify(0, "web"), /scheduling strategy REPLICA/);
});
