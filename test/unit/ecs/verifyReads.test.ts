// What a verification reads: the tasks of its own service, and those of others only where they decide something.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { connectEcs } from "../../../server/src/ecs/aws";
import { portOf } from "../../../server/src/ecs/calls/portOf";
import { hostId, largeEcs } from "../../support/largeEcs";
import { agentDefinition } from "../../support/localEndpoint";
import { recordedCredentials, startRecordedEcs } from "../../support/recordedEcs";
import { verifyService } from "../../support/verification";

async function stage(context: TestContext, definition: object, service: object = {}) {
  Object.assign(process.env, recordedCredentials);
  const ecs = await startRecordedEcs(context, { instances: 3 });
  await ecs.call("RegisterTaskDefinition", definition);
  const input = { schedulingStrategy: "DAEMON", taskDefinition: "agent" };
  for (let number = 0; number < 5; number += 1) {
    await ecs.call("RegisterTaskDefinition", agentDefinition(`other${number}`));
    await ecs.call("CreateService", {
      ...input,
      serviceName: `other${number}`,
      taskDefinition: `other${number}`,
    });
  }
  await ecs.call("CreateService", { ...input, serviceName: "agent", ...service });
  const listed: unknown[] = [];
  ecs.before((operation, body) => {
    if (operation === "ListTasks") listed.push(JSON.parse(body).serviceName);
    return undefined;
  });
  const port = await connectEcs({ endpointUrl: ecs.url, region: "eu-west-1" });
  context.after(() => port.close());
  ecs.operations.length = 0;
  const verify = () =>
    verifyService(port, { cluster: "default", service: "agent", timeoutSeconds: 0, pollMilliseconds: 5 });
  return { ...ecs, verify, listed };
}

test("a verification reads the tasks of its service alone", async (context) => {
  const { verify, listed, operations } = await stage(context, agentDefinition());
  assert.equal((await verify()).verified, true);
  assert.deepEqual([...new Set(listed)], ["agent"]);
  assert.ok(operations.length <= 7, operations.join(" "));
});

test("a constraint on task groups reads the tasks of others", async (context) => {
  const placementConstraints = [{ type: "memberOf", expression: "task:group == service:other0" }];
  const { verify, listed } = await stage(context, agentDefinition(), { placementConstraints });
  const report = await verify();
  assert.equal(report.verified, true);
  assert.equal(report.running.length, 3);
  assert.ok(listed.includes(undefined));
});

test("the network interfaces of others are in the reasons of what is missing", async (context) => {
  const awsvpc = { ...agentDefinition(), networkMode: "awsvpc" };
  const networkConfiguration = { awsvpcConfiguration: { subnets: ["subnet-11111111"] } };
  const { verify, call, listed } = await stage(context, awsvpc, { networkConfiguration });
  for (const name of ["first", "second"]) {
    await call("RegisterTaskDefinition", { ...agentDefinition(name), networkMode: "awsvpc" });
    const service = { serviceName: name, taskDefinition: name, schedulingStrategy: "DAEMON" };
    await call("CreateService", { ...service, networkConfiguration });
  }
  await call("DeleteService", { service: "agent", force: true });
  await call("CreateService", {
    serviceName: "third",
    taskDefinition: "first",
    schedulingStrategy: "DAEMON",
    networkConfiguration,
  });
  await call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
    networkConfiguration,
  });
  const report = await verify();
  assert.equal(report.missing.length + report.running.length, 3);
  for (const it of report.missing) assert.match(it.reason, /network interface/);
  assert.equal(report.missing.length > 0, listed.includes(undefined));
});

test("a verification at 1,000 and 5,000 instances with 20 daemons reads each instance and each own task once", async () => {
  for (const instances of [1_000, 5_000]) {
    const operations: string[] = [];
    const calls = largeEcs(
      { clusters: ["big"], instances, daemons: 20, replicas: 3, full: [hostId(7)], daemonsOnFull: 3 },
      async (operation) => void operations.push(operation),
    );
    const request = { cluster: "big", service: "d05", timeoutSeconds: 0, pollMilliseconds: 5 };
    const report = await verifyService(portOf(calls), request);
    assert.equal(report.running.length, instances - 1);
    assert.deepEqual(
      report.missing.map((it) => it.id),
      [hostId(7)],
    );
    // A page or a description of each hundred: instances listed (twice: ACTIVE and DRAINING) and described, tasks too.
    const hundreds = instances / 100;
    assert.ok(operations.length <= 4 * hundreds + 10, `${operations.length} calls`);
    assert.ok(operations.filter((it) => it === "DescribeTasks").length <= hundreds);
  }
});
