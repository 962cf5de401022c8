// What a change of attributes does to the daemon services of a cluster, against what then happens.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { attributeEffects, effectLines } from "../../../server/src/ecs/attributeEffects";
import { connectEcs } from "../../../server/src/ecs/aws";
import { deletePlanLines, planDelete } from "../../../server/src/ecs/delete";
import { EcsError } from "../../../server/src/ecs/port";
import { agentDefinition, idsOf, startTestEndpoint } from "../../support/localEndpoint";

async function stage(context: TestContext, instances = 4) {
  const calls: string[] = [];
  const endpoint = await startTestEndpoint(context, { instances, log: (line) => calls.push(line) });
  const ecs = await connectEcs({ endpointUrl: endpoint.endpoint.url });
  context.after(() => ecs.close());
  const { containerInstanceArns } = await endpoint.call("ListContainerInstances");
  const ids = idsOf(containerInstanceArns).sort();
  await endpoint.call("RegisterTaskDefinition", agentDefinition());
  const create = (serviceName: string, expression?: string, more: object = {}) =>
    endpoint.call("CreateService", {
      serviceName,
      taskDefinition: "agent",
      schedulingStrategy: "DAEMON",
      ...(expression === undefined ? {} : { placementConstraints: [{ type: "memberOf", expression }] }),
      ...more,
    });
  const places = async (service: string) =>
    (await ecs.listServiceTasks("default", service, "RUNNING")).map((it) => it.instanceId).sort();
  return { ...endpoint, ecs, ids, create, places, calls };
}

const at = (ids: readonly (string | undefined)[], name: string, value?: string) =>
  ids.map((instance = "") => ({ instance, name, ...(value === undefined ? {} : { value }) }));

test("the effect that is told is the one that then happens", async (context) => {
  const { ecs, ids, create, places } = await stage(context);
  const [a, b, c] = ids;
  await ecs.putAttributes("default", at([a, b], "env", "dev"));
  await create("dev", "attribute:env == dev");
  await create("prod", "attribute:env == prod");
  await create("everywhere");
  const put = at([b, c], "env", "prod");
  const { services, examined } = await attributeEffects(ecs, { cluster: "default", put });
  assert.equal(examined, 3);
  assert.deepEqual(
    services.map((it) => [it.service, it.gains, it.loses]),
    [
      ["dev", [], [b]],
      ["prod", [b, c], []],
    ],
  );
  assert.deepEqual(effectLines({ services, examined }), [
    `dev loses 1 container instance (${b}).`,
    `prod gains 2 container instances (${b}, ${c}).`,
  ]);
  await ecs.putAttributes("default", put);
  assert.deepEqual([await places("dev"), await places("prod")], [[a], [b, c]]);

  const remove = at([a, c], "env");
  const removal = await attributeEffects(ecs, { cluster: "default", remove });
  assert.deepEqual(
    removal.services.map((it) => [it.service, it.loses]),
    [
      ["dev", [a]],
      ["prod", [c]],
    ],
  );
  await ecs.deleteAttributes("default", remove);
  assert.deepEqual([await places("dev"), await places("prod")], [[], [b]]);
  assert.deepEqual(await ecs.listAttributes("default", "env"), [{ instance: b, name: "env", value: "prod" }]);
});

test("nothing is changed by asking for the effect, and no effect is said so", async (context) => {
  const { ecs, ids, create, calls } = await stage(context);
  assert.deepEqual(effectLines(await attributeEffects(ecs, { cluster: "default", put: at(ids, "x", "y") })), [
    "The cluster has no daemon services.",
  ]);
  await create("everywhere");
  calls.length = 0;
  const found = await attributeEffects(ecs, { cluster: "default", put: at(ids, "x", "y") });
  assert.match(effectLines(found)[0] ?? "", /stays as it is/);
  assert.ok(calls.length > 0 && calls.every((it) => /Describe|List/.test(it)), calls.join("\n"));
});

test("replica services and instances that match but have no room are told apart", async (context) => {
  const { ecs, ids, create, call } = await stage(context, 1);
  await call("RegisterTaskDefinition", agentDefinition("big", { memory: 100_000 }));
  await create("big", "attribute:env == prod", { taskDefinition: "big" });
  await call("CreateService", { serviceName: "web", taskDefinition: "agent", desiredCount: 0 });
  const found = await attributeEffects(ecs, { cluster: "default", put: at(ids, "env", "prod") });
  assert.equal(found.examined, 1);
  assert.match(
    effectLines(found)[0] ?? "",
    /big is expected on 1 container instance \(.*\), but cannot run there\./,
  );
});

test("25 daemon services are described in batches of ten", async (context) => {
  const { ecs, create, calls } = await stage(context, 1);
  for (let index = 0; index < 25; index += 1) await create(`agent-${index}`, "attribute:env == none");
  calls.length = 0;
  assert.equal((await ecs.listDaemonServices("default")).length, 25);
  assert.equal(calls.filter((it) => it.includes("DescribeServices")).length, 3);
});

test("a delete says what it stops where, or why that is not known", async (context) => {
  const { ecs, ids, create } = await stage(context);
  await create("agent");
  const name = { cluster: "default", service: "agent" };
  const plan = await planDelete(ecs, name);
  assert.deepEqual(plan.stops, ids);
  assert.match(deletePlanLines(plan)[0] ?? "", /^Stops 4 tasks on 4 container instances: /);
  const denied = new EcsError("AccessDeniedException", "No.", "Ask for ecs:ListTasks.");
  const blind = await planDelete({ ...ecs, listServiceTasks: () => Promise.reject(denied) }, name);
  assert.match(deletePlanLines(blind)[0] ?? "", /^Stops 4 tasks; where is not known: No\. Ask for/);
  await ecs.deleteService("default", "agent");
  await assert.rejects(planDelete(ecs, name), /it was deleted before|no service/);
});
