// What the next container instance has room for, by type.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { runCommandLine } from "../../../server/src/cli/runCommandLine";
import type { ContainerInstance } from "../../../server/src/core/cluster/containerInstance";
import { forecast } from "../../../server/src/core/coverage/forecast";
import { containerInstance, daemonService } from "../../support/builders";
import { type AnyAnswer, agentDefinition, startTestEndpoint } from "../../support/localEndpoint";
import { person } from "../../support/recordedEcs";

async function stage(context: TestContext, instances = 2) {
  const ecs = await startTestEndpoint(context, { instances });
  const service = async (name: string, size: object, more: object) => {
    await ecs.call("RegisterTaskDefinition", agentDefinition(name, size));
    await ecs.call("CreateService", { serviceName: name, taskDefinition: name, launchType: "EC2", ...more });
  };
  const forecast = async (...words: readonly string[]) => {
    const { terminal, said } = person(true);
    const call = ["forecast", "--cluster", "default", "--endpoint-url", ecs.endpoint.url, ...words];
    const code = await runCommandLine(call, terminal);
    return { code, ...said, json: (): AnyAnswer => JSON.parse(said.output) };
  };
  return { ...ecs, service, forecast };
}

const daemon = { schedulingStrategy: "DAEMON" };

test("daemons come first, then so many tasks of each service, with what ends it", async (context) => {
  const { service, forecast } = await stage(context);
  await service("agent", { cpu: 100, memory: 1000 }, daemon);
  await service("web", { cpu: 10, memory: 3000 }, { desiredCount: 1 });
  await service(
    "proxy",
    { cpu: 10, memory: 10, portMappings: [{ containerPort: 80, hostPort: 80 }] },
    { desiredCount: 1 },
  );
  const { code, json } = await forecast("--format", "json");
  assert.equal(code, 0);
  const [type, ...others] = json().types;
  assert.deepEqual(others, []);
  assert.equal(type.type, "m5.large");
  assert.equal(type.instances, 2);
  assert.deepEqual(type.daemons, [{ service: "agent", fits: true, verdict: "place", reasons: [] }]);
  assert.deepEqual(type.taken, { cpu: 100, memory: 1000 });
  assert.equal(type.room.memory, type.registered.memory - 1000);
  const count = (name: string) => type.services.find((it: AnyAnswer) => it.service === name);
  assert.deepEqual(count("web"), { service: "web", count: 2, limit: "memory" });
  assert.deepEqual(count("proxy"), { service: "proxy", count: 1, limit: "ports" });
});

test("a service that may take the last room of a daemon is named, one that is tied is not", async (context) => {
  const { service, forecast } = await stage(context);
  await service("agent", { memory: 2000 }, daemon);
  await service("web", { memory: 7000 }, { desiredCount: 2 });
  const placementConstraints = [{ type: "memberOf", expression: "task:group == service:agent" }];
  await service("tied", { memory: 7000 }, { desiredCount: 2, placementConstraints });
  const { json } = await forecast("--format", "json");
  assert.deepEqual(json().types[0].races, [{ service: "web", daemons: ["agent"] }]);
  assert.deepEqual(json().untied, [{ service: "web", daemons: ["agent"] }]);
  const { output } = await forecast();
  assert.match(output, /where web starts first, agent has no room/);
  assert.match(output, /task:group == service:agent to web/);
});

test("a service is tied or not to the daemons alone that run where it does", () => {
  const prod = containerInstance({ attributes: { env: "prod" } });
  const { untied } = forecast({
    instances: [prod],
    daemons: [
      { ...daemonService(), name: "everywhere" },
      { ...daemonService(["attribute:env == dev"]), name: "dev" },
    ],
    replicas: [
      { service: { ...daemonService(), name: "web" }, desired: 1 },
      { service: { ...daemonService(["task:group != service:everywhere"]), name: "apart" }, desired: 1 },
    ],
  });
  assert.deepEqual(untied, [{ service: "web", daemons: ["everywhere"] }]);
});

test("a service takes no more room from a daemon than the tasks that it is to have", async (context) => {
  const { service, forecast } = await stage(context);
  await service("agent", { memory: 2000 }, daemon);
  await service("once", { memory: 3400 }, { desiredCount: 1 });
  await service("twice", { memory: 3400 }, { desiredCount: 2 });
  const { json } = await forecast("--format", "json");
  assert.deepEqual(json().types[0].races, [{ service: "twice", daemons: ["agent"] }]);
});

test("a type that the cluster does not have yet is forecast by its size", async (context) => {
  const { service, forecast } = await stage(context);
  await service("agent", { memory: 5000 }, daemon);
  const { json } = await forecast("--type", "t3.medium", "--format", "json");
  const [type] = json().types;
  assert.equal(type.type, "t3.medium");
  assert.equal(type.daemons[0].fits, false);
  assert.match(type.daemons[0].reasons[0], /memory/);
});

test("what cannot be forecast is refused", async (context) => {
  const { forecast } = await stage(context, 0);
  assert.equal((await forecast("--type", "x9.huge")).code, 2);
  assert.equal((await forecast("--service", "absent")).code, 2);
  assert.match((await forecast()).output, /no container instances/);
});

test("an instance of a type is forecast as the one in the middle, by memory and then by CPU", () => {
  const sized = (memory: number, cpu: number) =>
    containerInstance({ registered: { memory, cpu }, attributes: { "ecs.instance-type": "m5.large" } });
  const registered = (...instances: readonly ContainerInstance[]) =>
    forecast({ instances, daemons: [], replicas: [] }).types.map((it) => it.registered);
  assert.deepEqual(registered(sized(7000, 1), sized(9000, 2), sized(8000, 3)), [{ memory: 8000, cpu: 3 }]);
  assert.deepEqual(registered(sized(8000, 3), sized(8000, 1), sized(8000, 2)), [{ memory: 8000, cpu: 2 }]);
});

test("the type with most instances comes first, then by name", () => {
  const typesOf = (...types: readonly string[]) =>
    forecast({
      instances: types.map((it) => containerInstance({ attributes: { "ecs.instance-type": it } })),
      daemons: [],
      replicas: [],
    }).types.map((it) => it.type);
  assert.deepEqual(typesOf("a", "c", "b", "c"), ["c", "a", "b"]);
  assert.deepEqual(typesOf("c", "b", "c", "a", "b", "c"), ["c", "b", "a"]);
});

test("more than a thousand tasks of a service are not counted", () => {
  const service = daemonService([], { family: "tiny", containerDefinitions: [{ name: "c", memory: 4 }] });
  const services = forecast({
    instances: [containerInstance({ registered: { cpu: 100_000 } })],
    daemons: [],
    replicas: [{ service, desired: 1 }],
  }).types.flatMap((it) => it.services);
  assert.deepEqual(services, [{ service: "agent", count: 1_000, limit: "more than are counted" }]);
});

test("of several daemons those are named that a service leaves no room for", () => {
  const daemonNamed = (name: string, memory: number) => ({
    ...daemonService([], { family: name, containerDefinitions: [{ name: "c", memory }] }),
    name,
  });
  const service = daemonNamed("web", 7_000);
  const races = forecast({
    instances: [containerInstance()],
    daemons: [daemonNamed("small", 100), daemonNamed("large", 2_000)],
    replicas: [{ service, desired: 1 }],
  }).types.flatMap((it) => it.races);
  assert.deepEqual(races, [{ service: "web", daemons: ["large"] }]);
});
