// The plan of a deployment: what it says would change, and what it notices to have changed since.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { connectEcs } from "../../../../server/src/ecs/aws";
import { runDeployment } from "../../../../server/src/ecs/deploy/deploy";
import { changesSince, planDeployment } from "../../../../server/src/ecs/deploy/deployPlan";
import { planSections } from "../../../../server/src/ecs/deploy/describePlan";
import { changeText, memberChanges } from "../../../../server/src/ecs/deploy/memberChanges";
import type { DeployRequest } from "../../../../server/src/ecs/deploy/stepPlans";
import { deployStepNames, type FailureAction } from "../../../../server/src/ecs/report";
import { agentDefinition, idsOf, startTestEndpoint } from "../../../support/localEndpoint";

const changes = (before: unknown, after: unknown) => memberChanges(before, after).map(changeText);

async function stage(context: TestContext, instances = 5) {
  const endpoint = await startTestEndpoint(context, { instances });
  const ecs = await connectEcs({ endpointUrl: endpoint.endpoint.url });
  context.after(() => ecs.close());
  const { containerInstanceArns } = await endpoint.call("ListContainerInstances");
  const ids = idsOf(containerInstanceArns).sort();
  const put = (id: string | undefined, name: string, value: string) =>
    endpoint.call("PutAttributes", {
      attributes: [{ name, value, targetId: id, targetType: "container-instance" }],
    });
  const request = (more: Partial<DeployRequest> = {}): DeployRequest => ({
    cluster: "default",
    taskDefinition: agentDefinition(),
    steps: deployStepNames,
    timeoutSeconds: 600,
    pollMilliseconds: 5,
    ...more,
  });
  return {
    ...endpoint,
    ecs,
    ids,
    put,
    request,
    plan: (more?: Partial<DeployRequest>) => planDeployment(request(more), ecs),
    deploy: (more?: Partial<DeployRequest>) => runDeployment(request(more), ecs, () => {}),
  };
}

const only = (expression: string) => ({
  service: { serviceName: "agent", placementConstraints: [{ type: "memberOf", expression }] },
});

test("changes are told by the name of a list's entry, added and removed ones too", () => {
  const before = {
    cpu: 1,
    containerDefinitions: [
      { name: "a", image: "a:1" },
      { name: "b", image: "b:1" },
    ],
  };
  const after = {
    memory: 2,
    containerDefinitions: [
      { name: "b", image: "b:2" },
      { name: "c", image: "c" },
    ],
  };
  assert.deepEqual(changes(before, after), [
    "cpu: 1 → (none)",
    `containerDefinitions[a]: {"name":"a","image":"a:1"} → (none)`,
    "containerDefinitions[b].image: b:1 → b:2",
    `containerDefinitions[c]: (none) → {"name":"c","image":"c"}`,
    "memory: (none) → 2",
  ]);
});

test("values of variables and of tokens are never told", () => {
  const of = (value: string, token: string) => ({
    containerDefinitions: [
      {
        name: "a",
        environment: [{ name: "KEY", value }],
        logConfiguration: { options: { "splunk-token": token, "splunk-url": token === "s1" ? "u1" : "u2" } },
      },
    ],
  });
  const told = [
    changes(of("v1", "s1"), of("v2", "s2")),
    changes({}, of("v1", "s1")),
    changes({ containerDefinitions: [{ name: "a" }] }, of("v1", "s1")),
    changes(of("v1", "s1"), { containerDefinitions: [{ name: "a", environment: [] }] }),
  ].flat();
  assert.ok(!/v1|v2|s1|s2/.test(told.join("\n")), told.join("\n"));
  assert.match(told.join("\n"), /environment\[KEY\]\.value: changed \(its value is not shown\)/);
  assert.match(told.join("\n"), /splunk-url: u1 → u2/);
});

test("a very deep input is compared, not followed to the end", () => {
  let [left, right]: [unknown, unknown] = [1, 2];
  for (let depth = 0; depth < 500; depth += 1) [left, right] = [{ a: left }, { a: right }];
  assert.equal(memberChanges(left, right).length, 1);
});

test("a new constraint shows which instances gain, keep and lose a task", async (context) => {
  const { plan, deploy, put, ids } = await stage(context);
  const [first, second, third, ...rest] = ids;
  for (const id of [first, second]) await put(id, "env", "prod");
  for (const id of [second, third]) await put(id, "team", "web");
  assert.equal((await deploy(only("attribute:env == prod"))).verify?.verified, true);
  const { placement, service } = await plan(only("attribute:team == web"));
  assert.equal(service?.kind, "update");
  assert.deepEqual([placement?.gains, placement?.keeps, placement?.loses], [[third], [second], [first]]);
  assert.ok(rest.every((id) => !JSON.stringify(placement).includes(id)));
});

test("without a service file the running service's constraints still count", async (context) => {
  const { plan, deploy, put, ids } = await stage(context);
  await put(ids[0], "env", "prod");
  await deploy(only("attribute:env == prod"));
  const { placement } = await plan({
    taskDefinition: agentDefinition("agent", { image: "example/agent:2" }),
  });
  assert.deepEqual([placement?.gains, placement?.keeps], [[], [ids[0]]]);
});

test("an instance that the new revision no longer fits on loses its task, with the reason", async (context) => {
  const { plan, deploy } = await stage(context, 1);
  await deploy();
  const { placement } = await plan({ taskDefinition: agentDefinition("agent", { memory: 100_000 }) });
  assert.equal(placement?.loses.length, 1);
  assert.match(placement?.blocked[0]?.reason ?? "", /MiB/);
});

test("the plan is told in lines: the definition's changes, the service's, the placement", async (context) => {
  const { plan, deploy, ids } = await stage(context);
  await deploy();
  const changed = await plan({
    taskDefinition: agentDefinition("agent", { image: "example/agent:2" }),
    service: { serviceName: "agent", deploymentConfiguration: { minimumHealthyPercent: 50 } },
  });
  const text = planSections(changed, "rollback")
    .map((it) => `${it.title}: ${it.lines.join(" | ")}`)
    .join("\n");
  assert.equal(
    text,
    [
      "task definition: The task definition gets a new revision, after agent:1. | containerDefinitions[agent].image: example/agent:1 → example/agent:2",
      "service: The service agent is updated (taskDefinition, deploymentConfiguration). | taskDefinition: agent:1 → a new revision | deploymentConfiguration.minimumHealthyPercent: 0 → 50",
      `placement: gains 0 container instances | keeps 5 container instances: ${ids.join(", ")} (each task there is stopped, then started again) | loses 0 container instances`,
      "if not verified: The service goes back to agent:1.",
    ].join("\n"),
  );
});

test("tasks that start are no change, an instance or another constraint is", async (context) => {
  const { plan, call, local } = await stage(context);
  const none = await plan();
  await local("SetFault", { family: "agent", failure: "exit", count: 1 });
  await call("RegisterTaskDefinition", agentDefinition());
  await call("CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  const created = await plan();
  assert.match(
    changesSince(none.seen, created.seen).join(" "),
    /revision .* was none.*another user created it/,
  );
  await local("AdvanceClock", { seconds: 60 });
  const settled = await plan();
  assert.deepEqual(changesSince(created.seen, settled.seen), []);
  await call("RegisterContainerInstance", {});
  assert.deepEqual(changesSince(settled.seen, (await plan()).seen), [
    "5 container instances matched before, and now 6.",
  ]);
  await call("DeleteService", { service: "agent", force: true });
  await local("AdvanceClock", { seconds: 600 });
  assert.match(changesSince(settled.seen, (await plan()).seen).join(" "), /The service is gone\./);
});

test("a plan that no longer holds is not carried out, and the report has the new one", async (context) => {
  const { plan, deploy, call } = await stage(context);
  const { seen } = await plan();
  await call("RegisterContainerInstance", {});
  const report = await deploy({ agreed: seen });
  assert.deepEqual(
    report.steps.map((it) => it.outcome),
    ["failed", "skipped", "skipped"],
  );
  assert.match(report.steps[0]?.detail ?? "", /^Not done, because the plan/);
  assert.equal(report.newPlan?.placement?.gains.length, 6);
  assert.deepEqual((await call("ListTaskDefinitions")).taskDefinitionArns, []);
  const agreed = await deploy({ agreed: report.newPlan?.seen });
  assert.equal(agreed.verify?.verified, true);
});

const failing = { taskDefinition: agentDefinition("agent", { image: "broken:2" }), timeoutSeconds: 0.2 };

async function deployBroken(context: TestContext, onFailure: FailureAction, isNew: boolean) {
  const it = await stage(context, 2);
  if (!isNew) assert.equal((await it.deploy(only("attribute:ecs.os-type == linux"))).verify?.verified, true);
  // Only the tasks of the new revision die: two of them, and those that are started in their place.
  await it.local("SetFault", { family: "agent", failure: "exit", exitCode: 3 });
  const service = isNew ? {} : only("attribute:ecs.os-type =~ lin.*");
  const report = await it.deploy({ ...failing, ...service, onFailure });
  await it.local("SetFault", { clear: true });
  const { services } = await it.call("DescribeServices", { services: ["agent"] });
  return { report, service: services[0] };
}

test("after a failed verification the service is kept unless something else is asked for", async (context) => {
  const { report, service } = await deployBroken(context, "keep", false);
  assert.equal(report.steps.at(-1)?.name, "verify");
  assert.match(service.taskDefinition, /agent:2$/);
});

test("a rollback goes back to the revision and the constraints of before", async (context) => {
  const { report, service } = await deployBroken(context, "rollback", false);
  const last = report.steps.at(-1);
  assert.deepEqual([last?.name, last?.outcome], ["rollback", "done"]);
  assert.match(last?.detail ?? "", /^Rolled the service agent back to agent:1\./);
  assert.match(service.taskDefinition, /agent:1$/);
  assert.equal(service.placementConstraints[0].expression, "attribute:ecs.os-type == linux");
  assert.equal(report.verify?.verified, false);
});

test("a service that was just created is removed, one that existed is not", async (context) => {
  const created = await deployBroken(context, "remove", true);
  assert.deepEqual(created.report.steps.at(-1)?.outcome, "done");
  assert.notEqual(created.service.status, "ACTIVE");
  const existing = await deployBroken(context, "remove", false);
  assert.match(existing.report.steps.at(-1)?.detail ?? "", /existed before this deployment: it is kept/);
  assert.equal(existing.service.status, "ACTIVE");
});

test("a new service has nothing to be rolled back to", async (context) => {
  const { report, service } = await deployBroken(context, "rollback", true);
  assert.equal(report.steps.at(-1)?.outcome, "skipped");
  assert.equal(service.status, "ACTIVE");
});

test("what an update cannot change is said, not left out in silence", async (context) => {
  const { plan, deploy } = await stage(context);
  const service = { serviceName: "agent", schedulingStrategy: "DAEMON", launchType: "EC2" };
  await deploy({ service });
  const lines = async (more: object) =>
    planSections(await plan({ service: { ...service, ...more } })).find((it) => it.title === "service")
      ?.lines;
  assert.deepEqual(await lines({}), ["The service agent stays as it is."]);
  assert.deepEqual(await lines({ launchType: "EXTERNAL", tags: [{ key: "team", value: "infra" }] }), [
    "The service agent stays as it is.",
    "not sent, since only a new service takes it: launchType, tags",
  ]);
});
