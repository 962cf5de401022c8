// Answers that get lost, that say nothing, or that are older than what was just done: nothing is done twice, and nothing
// counts as done that ECS does not confirm.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { connectEcs } from "../../../server/src/ecs/aws";
import { deleteService } from "../../../server/src/ecs/delete";
import { type DeployRequest, runDeployment } from "../../../server/src/ecs/deploy/deploy";
import { deployStepNames } from "../../../server/src/ecs/report";
import { agentDefinition } from "../../support/localEndpoint";
import { type AfterHook, recordedCredentials, startRecordedEcs } from "../../support/recordedEcs";

const cluster = "default";

async function stage(context: TestContext) {
  Object.assign(process.env, recordedCredentials);
  const proxy = await startRecordedEcs(context);
  const ecs = await connectEcs({ endpointUrl: proxy.url, region: "us-east-1" });
  context.after(() => ecs.close());
  const deploy = (request: Partial<DeployRequest> = {}) =>
    runDeployment(
      {
        cluster,
        taskDefinition: agentDefinition(),
        steps: deployStepNames,
        timeoutSeconds: 20,
        pollMilliseconds: 10,
        ...request,
      },
      ecs,
      () => {},
    );
  const outcomes = async (request?: Partial<DeployRequest>) =>
    (await deploy(request)).steps.map((it) => it.outcome);
  const count = (operation: string) => proxy.operations.filter((it) => it === operation).length;
  return { ...proxy, ecs, deploy, outcomes, count };
}

/** Changes the first answers of an operation only. */
function firstAnswers(
  operation: string,
  times: number,
  change: (answer: object) => object | "lost",
): AfterHook {
  let left = times;
  return (called, answer) => {
    if (called !== operation || left === 0) return undefined;
    left -= 1;
    return change(answer);
  };
}

test("a registration whose answer is lost makes one revision", async (context) => {
  const { after, outcomes, call, count } = await stage(context);
  after(firstAnswers("RegisterTaskDefinition", 1, () => "lost"));
  assert.deepEqual(await outcomes(), ["done", "done", "done"]);
  assert.equal((await call("ListTaskDefinitions")).taskDefinitionArns.length, 1);
  assert.equal(count("RegisterTaskDefinition"), 1);
});

test("a registration that never arrived is made again, once", async (context) => {
  const { before, outcomes, call } = await stage(context);
  let failures = 1;
  before(async (operation) => {
    if (operation !== "RegisterTaskDefinition" || failures === 0) return undefined;
    failures -= 1;
    return { status: 503, body: { __type: "ServerException", message: "Service Unavailable" } };
  });
  assert.deepEqual(await outcomes(), ["done", "done", "done"]);
  assert.equal((await call("ListTaskDefinitions")).taskDefinitionArns.length, 1);
});

test("a registration that ECS throttles is repeated as any other call", async (context) => {
  const { before, outcomes, call, count } = await stage(context);
  let failures = 1;
  before(async (operation) => {
    if (operation !== "RegisterTaskDefinition" || failures === 0) return undefined;
    failures -= 1;
    return { status: 400, body: { __type: "ThrottlingException", message: "Rate exceeded" } };
  });
  assert.deepEqual(await outcomes(), ["done", "done", "done"]);
  assert.equal(count("RegisterTaskDefinition"), 2);
  assert.equal((await call("ListTaskDefinitions")).taskDefinitionArns.length, 1);
});

test("a forced update whose answer is lost is made once", async (context) => {
  const { after, outcomes, count } = await stage(context);
  await outcomes();
  after(firstAnswers("UpdateService", 1, () => "lost"));
  const service = { serviceName: "agent", schedulingStrategy: "DAEMON", forceNewDeployment: true };
  assert.deepEqual(await outcomes({ service }), ["unchanged", "done", "done"]);
  assert.equal(count("UpdateService"), 1);
});

test("a deletion whose answer is lost is a deletion", async (context) => {
  const { after, outcomes, ecs, call } = await stage(context);
  await outcomes();
  after(firstAnswers("DeleteService", 1, () => "lost"));
  const { service, status } = await deleteService(ecs, { cluster, service: "agent" });
  assert.equal(service, "agent");
  assert.match(status, /^(DRAINING|INACTIVE)$/);
  assert.deepEqual((await call("ListServices")).serviceArns, []);
});

test("a deletion that ECS refuses is none", async (context) => {
  const { before, outcomes, ecs } = await stage(context);
  await outcomes();
  before(async (operation) =>
    operation === "DeleteService"
      ? { status: 400, body: { __type: "ServiceNotFoundException", message: "Service not found." } }
      : undefined,
  );
  await assert.rejects(deleteService(ecs, { cluster, service: "agent" }), {
    name: "ServiceNotFoundException",
  });
});

test("a change whose answer is lost may have been made, whatever its repetition is answered", async (context) => {
  const { before, after, call, ecs, outcomes } = await stage(context);
  await outcomes();
  const [task] = (await call("ListTasks")).taskArns;
  const [instance] = (await call("ListContainerInstances")).containerInstanceArns;
  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    StopTask: () => ecs.stopTask(cluster, task, "test"),
    UpdateContainerInstancesState: () => ecs.setInstanceStatus(cluster, instance, "DRAINING"),
    PutAttributes: () => ecs.putAttributes(cluster, [{ instance, name: "env" }]),
    UpdateService: () => ecs.updateService({ cluster, service: "agent", placementConstraints: [] }),
    DescribeServices: () => ecs.describeService(cluster, "agent"),
  };
  for (const [operation, run] of Object.entries(calls))
    for (const __type of ["AccessDeniedException", "ClientException"]) {
      let sent = 0;
      after(firstAnswers(operation, 1, () => "lost"));
      before(async (called) => {
        if (called === operation) sent += 1;
        return sent > 1 ? { status: 400, body: { __type, message: "Not now." } } : undefined;
      });
      const name = operation === "DescribeServices" ? __type : "AnswerLost";
      await assert.rejects(run(), { name, message: /Not now\.$/ }, operation);
    }
});

for (const operation of ["CreateService", "RegisterTaskDefinition", "DescribeServices"])
  test(`an empty answer to ${operation} is not a success`, async (context) => {
    const { before, deploy } = await stage(context);
    before(async (called) => (called === operation ? { status: 200, body: {} } : undefined));
    const { steps, verify } = await deploy();
    const failed = steps.find((it) => it.outcome === "failed");
    assert.match(failed?.detail ?? "", new RegExp(`The answer to ${operation} has no`));
    assert.equal(verify, null);
  });

test("an empty answer to DeleteService is not a success", async (context) => {
  const { before, outcomes, ecs } = await stage(context);
  await outcomes();
  before(async (called) => (called === "DeleteService" ? { status: 200, body: {} } : undefined));
  await assert.rejects(deleteService(ecs, { cluster, service: "agent" }), { name: "IncompleteAnswer" });
});

const missing = (): object => ({ services: [], failures: [{ arn: "agent", reason: "MISSING" }] });

test("a service that is not shown right after its creation is waited for", async (context) => {
  const { after, deploy, operations } = await stage(context);
  const stale = firstAnswers("DescribeServices", 3, missing);
  after((operation, answer, body) =>
    operations.includes("CreateService") ? stale(operation, answer, body) : undefined,
  );
  const { verify } = await deploy();
  assert.equal(verify?.verified, true);
});

test("a service that is shown as it was before its update is not verified as that", async (context) => {
  const { after, deploy, call, operations } = await stage(context);
  await deploy();
  const { services } = await call("DescribeServices", { services: ["agent"] });
  const stale = firstAnswers("DescribeServices", 3, () => ({ services, failures: [] }));
  after((operation, answer, body) =>
    operations.includes("UpdateService") ? stale(operation, answer, body) : undefined,
  );
  const { verify, taskDefinition } = await deploy({
    taskDefinition: agentDefinition("agent", { image: "example/agent:2" }),
  });
  assert.match(taskDefinition ?? "", /agent:2$/);
  assert.equal(verify?.verified, true);
  const { tasks } = await call("DescribeTasks", { tasks: (await call("ListTasks")).taskArns });
  assert.ok(tasks.every((it: { taskDefinitionArn: string }) => it.taskDefinitionArn === taskDefinition));
});
