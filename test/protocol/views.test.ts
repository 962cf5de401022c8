// The views, the coverage and room for missing daemons, as the editor asks for them.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type {
  ClusterCoverageAnswer,
  CoverageMapAnswer,
  CoverageOverview,
  MakeRoomAnswer,
  RoomPlanAnswer,
  StartLocalAnswer,
  ViewAnswer,
  ViewNode,
} from "../../server/src/lsp/protocol/protocol";
import { agentDefinition, post } from "../support/localEndpoint";
import { startClient } from "../support/protocolClient";
import { recordedCredentials } from "../support/recordedEcs";
import { temporaryFolder } from "../support/temporaryFolder";
import { until } from "../support/until";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const fleet = (count: number) => JSON.stringify({ groups: [{ count, instanceType: "m5.large" }] });

/** `roots`: the workspace folders, below the folder of the files; without them that folder itself. */
async function begun(
  files: Readonly<Record<string, string>>,
  options: object = {},
  roots: readonly string[] = [],
) {
  const folder = temporaryFolder(files);
  cleanups.push(folder.remove);
  const server = await startClient({
    folders: roots.length === 0 ? [folder.uri] : roots.map((it) => folder.uriOf(it)),
    clientName: "Visual Studio Code",
    initializationOptions: options,
  });
  cleanups.push(server.close);
  const ask = async <T extends object>(method: string, params: object = {}) => {
    const answer = await server.request<T>(`ecsDaemon/${method}`, params);
    assert.ok(!("error" in answer), JSON.stringify(answer));
    return answer as Exclude<T, { readonly error: unknown }>;
  };
  const nodes = async (view: string, parent?: ViewNode, params: object = {}) =>
    (await ask<ViewAnswer>(`views/${view}`, { ...params, ...(parent && { parent: parent.id }) })).nodes;
  return { server, folder, ask, nodes };
}

const labels = (nodes: readonly ViewNode[]) => nodes.map((it) => it.label);

/** Two replicas fill the first instance before the daemon comes; the second instance has room. */
async function full(options: object = { cluster: "local" }) {
  const one = await begun({ "one.ecs-fleet.json": fleet(1) }, options);
  const fleetFile = one.folder.uriOf("one.ecs-fleet.json");
  const { url } = await one.ask<StartLocalAnswer>("local/start", { fleet: fleetFile });
  const call = (operation: string, input: object = {}) =>
    post(url, `AmazonEC2ContainerServiceV20141113.${operation}`, input);
  await call("RegisterTaskDefinition", agentDefinition("web", { memory: 3000 }));
  await call("RegisterTaskDefinition", agentDefinition("agent", { memory: 2000 }));
  await call("CreateService", {
    ...{ serviceName: "web", taskDefinition: "web", desiredCount: 2, launchType: "EC2" },
    deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 200 },
  });
  await one.ask("local/addInstances", { count: 1 });
  await call("CreateService", {
    ...{ serviceName: "agent", taskDefinition: "agent", schedulingStrategy: "DAEMON" },
  });
  return { ...one, call };
}

async function watched(one: Awaited<ReturnType<typeof full>>): Promise<CoverageOverview> {
  await one.server.request("ecsDaemon/coverage/watch", { targets: [], isVisible: true });
  let overview: CoverageOverview | undefined;
  await until("the missing daemon is seen", async () => {
    overview = await one.ask<CoverageOverview>("coverage");
    return overview.clusters[0]?.state === "missing";
  });
  assert.ok(overview);
  return overview;
}

test("files of one name are told apart by their folder, that of the workspace included, in views and lenses", async () => {
  const service = (name: string) =>
    JSON.stringify({ serviceName: name, taskDefinition: "agent", schedulingStrategy: "DAEMON" });
  const files = {
    "east/agent.taskdef.json": JSON.stringify(agentDefinition("agent")),
    "east/agent.service.json": service("east"),
    "east/five.ecs-fleet.json": fleet(5),
    "west/agent.taskdef.json": JSON.stringify(agentDefinition("agent", { memory: 300 })),
    "west/agent.service.json": service("west"),
    "west/fleets/five.ecs-fleet.json": fleet(5),
  };
  const { server, folder, nodes } = await begun(files, {}, ["east", "west"]);
  const [daemons] = await nodes("workspace");
  assert.deepEqual(
    (await nodes("workspace", daemons)).map((it) => [it.label, it.description]),
    [
      ["east", "east/agent.service.json"],
      ["west", "west/agent.service.json"],
    ],
  );
  const clusters = await nodes("clusters");
  assert.deepEqual(
    clusters.map((it) => it.description).filter((it) => it?.startsWith("fleet file")),
    ["fleet file · east", "fleet file · west/fleets"],
  );
  const uri = folder.uriOf("west/agent.service.json");
  server.open(uri, files["west/agent.service.json"]);
  const lenses = await server.request<{ command: { title: string } }[]>("textDocument/codeLens", {
    textDocument: { uri },
  });
  const titles = lenses.map((it) => it.command.title);
  assert.ok(titles.includes("Task definition: west/agent.taskdef.json"), titles.join());
});

test("the workspace view lists services, definitions and daemons of every format, at their place", async () => {
  const { nodes, folder } = await begun({
    "agent.taskdef.json": JSON.stringify(agentDefinition("agent")),
    "deploy/agent.service.json": `{\n  "serviceName": "agent",\n  "taskDefinition": "agent",\n  "schedulingStrategy": "DAEMON"\n}`,
    "stack.yaml": [
      "Resources:",
      "  Collector:",
      "    Type: AWS::ECS::Service",
      "    Properties:",
      "      SchedulingStrategy: DAEMON",
      "      ServiceName: !Ref Name",
      "      TaskDefinition: agent",
    ].join("\n"),
    "node.daemon.json": JSON.stringify({
      daemonName: "node",
      daemonTaskDefinitionArn: "node",
      capacityProviderArns: ["x"],
    }),
    "other.json": "{}",
  });
  const sections = await nodes("workspace");
  assert.deepEqual(
    sections.map((it) => [it.label, it.description]),
    [
      ["Daemon services", "2"],
      ["Managed daemons", "1"],
      ["Task definitions", "1"],
    ],
  );
  const [daemons] = sections;
  const [hosted, plain] = await nodes("workspace", daemons);
  assert.equal(plain?.label, "agent");
  assert.equal(plain?.description, "deploy/agent.service.json");
  assert.equal(plain?.context, "service");
  assert.equal(plain?.opens?.uri, folder.uriOf("deploy/agent.service.json"));
  assert.equal(plain?.opens?.range.start.line, 1);
  assert.equal(hosted?.label, "Collector");
  assert.equal(hosted?.description, "stack.yaml#Collector");
  assert.equal(hosted?.context, "hosted.service");
  assert.equal(hosted?.opens?.range.start.line, 1);
  assert.match(String(hosted?.arguments?.uri), /stack\.yaml#Collector$/);
});

test("without a cluster the views of clusters and coverage are empty, so that their welcome leads on", async () => {
  const { nodes, ask } = await begun({});
  assert.deepEqual(await nodes("clusters"), []);
  assert.deepEqual(await nodes("coverage"), []);
  const overview = await ask<CoverageOverview>("coverage");
  assert.equal(overview.condition, "nowhere");
  assert.deepEqual(overview.next, ["start", "choose"]);
});

test("files and the local cluster are listed with their instances and attributes; nothing of it asks an account", async () => {
  const { nodes, ask } = await begun(
    {
      "big.ecs-fleet.json": JSON.stringify({
        groups: [{ count: 200, instanceType: "m5.large", zones: ["a", "b"], attributes: { env: "prod" } }],
      }),
    },
    { cluster: "local" },
  );
  const [stopped] = await nodes("clusters");
  assert.deepEqual([stopped?.label, stopped?.description], ["Local cluster", "selected · not running"]);
  assert.deepEqual(labels(await nodes("clusters", stopped)), ["Start Local Cluster"]);
  await ask("local/start", {});
  const [local, file] = await nodes("clusters");
  assert.match(local?.description ?? "", /^selected · http:\/\/127\.0\.0\.1:/);
  assert.equal(
    `selected · ${local?.arguments?.copied}`,
    local?.description,
    "the menu copies the endpoint's URL",
  );
  assert.deepEqual(labels(await nodes("clusters", local)), ["Daemon services", "Container instances"]);
  assert.equal(file?.context, "fleetFile");
  const zones = await nodes("clusters", file);
  assert.deepEqual(
    zones.map((it) => [it.label, it.description]),
    [
      ["a", "100 instances"],
      ["b", "100 instances"],
    ],
  );
  const instances = await nodes("clusters", zones[0]);
  assert.equal(instances.length, 100);
  assert.equal(instances[0]?.context, "fileInstance");
  const [attribute, agent] = await nodes("clusters", instances[0]);
  assert.deepEqual([attribute?.label, attribute?.description], ["env", "prod"]);
  assert.match(agent?.description ?? "", /attributes$/);
  assert.ok((await nodes("clusters", agent)).some((it) => it.label === "ecs.instance-type"));
});

test("accounts are named by what was selected, and asked only when their node is opened", async () => {
  const asked: unknown[] = [];
  const folder = temporaryFolder({});
  cleanups.push(folder.remove);
  const server = await startClient({
    folders: [folder.uri],
    environment: {
      connectEcs: async (target) => {
        asked.push(target);
        throw new Error("no account here");
      },
    },
  });
  cleanups.push(server.close);
  const accounts = [{ profile: "prod", region: "eu-west-1" }];
  const view = (parent?: string) =>
    server.request<ViewAnswer>("ecsDaemon/views/clusters", { accounts, ...(parent && { parent }) });
  const { nodes } = await view();
  assert.deepEqual(labels(nodes), ["prod, eu-west-1"]);
  await server.request("ecsDaemon/views/coverage", {});
  await server.request("ecsDaemon/coverage/watch", { targets: accounts, isVisible: false });
  await server.request("ecsDaemon/coverage", {});
  assert.deepEqual(asked, []);
  const below = await view(nodes[0]?.id);
  assert.equal(asked.length, 1);
  assert.equal(below.nodes[0]?.label, "no account here");
});

test("in Restricted Mode only files are listed, and nothing is looked at", async () => {
  const { nodes, ask, server } = await begun(
    { "one.ecs-fleet.json": fleet(1) },
    { trusted: false, cluster: "local" },
  );
  assert.deepEqual(labels(await nodes("clusters")), ["one.ecs-fleet.json"]);
  await server.request("ecsDaemon/coverage/watch", { targets: [{ profile: "prod" }], isVisible: true });
  const overview = await ask<CoverageOverview>("coverage");
  assert.equal(overview.condition, "restricted");
  assert.deepEqual(overview.next, ["manageTrust"]);
});

test("a missing daemon is found, explained down to the instance, and packed for the panel", async () => {
  const one = await full();
  const overview = await watched(one);
  const [summary] = overview.clusters;
  assert.deepEqual([summary?.lacking, summary?.instances, summary?.wanted, summary?.running], [1, 2, 2, 1]);
  assert.match(summary?.reason ?? "", /^agent: .*MiB/);
  const [cluster] = await one.nodes("coverage");
  assert.equal(cluster?.description, "50 %, 1 missing");
  const [daemon] = await one.nodes("coverage", cluster);
  assert.deepEqual([daemon?.label, daemon?.description], ["agent", "1 of 2 (50 %)"]);
  const [reason] = await one.nodes("coverage", daemon);
  assert.equal(reason?.label, "1 instance");
  assert.match(reason?.description ?? "", /^missing: .*MiB/);
  const [instance] = await one.nodes("coverage", reason);
  assert.equal(instance?.context, "instanceWithoutRoom");
  assert.equal(instance?.arguments?.daemon, "agent");

  const detail = await one.ask<ClusterCoverageAnswer>("coverage/cluster", { key: summary?.key });
  assert.equal(detail.daemons.length, 1);
  assert.equal(detail.instances.length, 1);
  assert.deepEqual(detail.cells.slice(0, 2), [0, 0]);
  assert.equal(detail.cellStates[detail.cells[2] ?? 0], "missing");
  assert.deepEqual(detail.remedies, ["make-room"]);
  const map = await one.ask<CoverageMapAnswer>("coverage/map", { key: summary?.key });
  assert.equal(map.instances.length, 2);

  const [local] = await one.nodes("clusters");
  const [services] = await one.nodes("clusters", local);
  const [service] = await one.nodes("clusters", services);
  assert.equal(service?.context, "daemonServiceMissing");
});

test("room is planned with what happens to each replica, made as planned, and only once", async () => {
  const one = await full();
  const params = { cluster: "local", daemon: "agent", instances: "all", way: "stop" };
  const plan = await one.ask<RoomPlanAnswer>("roomPlan", params);
  assert.ok(plan.canAct);
  assert.equal(plan.stops, 1);
  const [planned] = plan.instances;
  assert.match(
    planned?.lines.join("\n") ?? "",
    /stops a task of web .*1 of 2 run then \(minimum 1\); its replacement fits on/,
  );
  assert.deepEqual(plan.lines, ["A stopped task can't be brought back: ECS replaces it."]);
  const result = await one.ask<MakeRoomAnswer>("makeRoom", { plan: plan.plan, timeoutSeconds: 20 });
  assert.deepEqual(
    result.results.map((it) => it.outcome),
    ["healed"],
    JSON.stringify(result),
  );
  assert.ok(result.isHealed);
  const again = await one.server.request<MakeRoomAnswer>("ecsDaemon/makeRoom", { plan: plan.plan });
  assert.ok("error" in again && again.error.code === "outdated-plan");
  const { taskArns } = await one.call("ListTasks", { serviceName: "agent" });
  assert.equal(taskArns.length, 2);
});

test("every cluster of a selected account is watched, and its nodes are read when they are opened", async () => {
  Object.assign(process.env, recordedCredentials);
  const one = await full({});
  const { url } = await one.ask<StartLocalAnswer>("local/start");
  const target = { endpointUrl: url, region: "us-east-1" };
  await one.call("CreateCluster", { clusterName: "empty" });
  await one
    .ask("cluster", { cluster: { kind: "aws", cluster: "default", ...target } })
    .catch(() => undefined);
  await one.server.request("ecsDaemon/coverage/watch", { targets: [target], isVisible: true });
  let overview: CoverageOverview | undefined;
  await until("both clusters are read", async () => {
    overview = await one.ask<CoverageOverview>("coverage");
    return overview.clusters.length === 2 && overview.clusters.every((it) => it.state !== "unread");
  });
  assert.deepEqual(
    overview?.clusters.map((it) => [it.cluster, it.state, it.lacking]),
    [
      ["default", "missing", 1],
      ["empty", "empty", 0],
    ],
  );
  assert.deepEqual(labels(await one.nodes("coverage")), ["default", "empty"]);
  const account = (await one.nodes("clusters")).find((it) => it.context === "account");
  assert.equal(account?.description, "selected");
  const clusters = await one.nodes("clusters", account);
  assert.deepEqual(
    clusters.map((it) => [it.label, it.description]),
    [
      ["default", "selected"],
      ["empty", ""],
    ],
  );
  const [services, instances] = await one.nodes("clusters", clusters[0]);
  assert.deepEqual(labels(await one.nodes("clusters", services)), ["agent"]);
  assert.equal((await one.nodes("clusters", instances)).length, 2);
  await one.server.request("ecsDaemon/coverage/watch", { targets: [target], isVisible: false });
});

test("managed daemons are shown with the counts of ECS, and nothing is offered that would change them", async () => {
  const fleetText = JSON.stringify({
    groups: [{ count: 3, instanceType: "t3.small", capacityProvider: "mi" }],
  });
  const one = await begun({ "mi.ecs-fleet.json": fleetText }, { cluster: "local" });
  const fleetFile = one.folder.uriOf("mi.ecs-fleet.json");
  const { url } = await one.ask<StartLocalAnswer>("local/start", { fleet: fleetFile });
  const call = (operation: string, input: object = {}) =>
    post(url, `AmazonEC2ContainerServiceV20141113.${operation}`, input);
  const arn = (rest: string) => `arn:aws:ecs:us-east-1:123456789012:${rest}`;
  await call("RegisterDaemonTaskDefinition", {
    family: "sensor",
    containerDefinitions: [{ name: "s", image: "s:1", memory: 64 }],
  });
  await post(url, "EcsDaemonLocal.SetFault", { daemon: "sensor", failure: "exit", count: 1 });
  await call("CreateDaemon", {
    daemonName: "sensor",
    daemonTaskDefinitionArn: arn("daemon-task-definition/sensor:1"),
    capacityProviderArns: [arn("capacity-provider/mi")],
    critical: false,
  });
  await until("the deployment is over", async () => {
    const { daemon } = await call("DescribeDaemon", { daemonArn: arn("daemon/default/sensor") });
    const [revision] = daemon.currentRevisions;
    return revision?.totalRunningCount === 2 && revision.totalWithoutDaemonCount === 1;
  });
  await one.server.request("ecsDaemon/coverage/watch", { targets: [], isVisible: true });
  await until("the gap is seen", async () => {
    const { clusters } = await one.ask<CoverageOverview>("coverage");
    return clusters[0]?.state === "missing";
  });
  const { clusters } = await one.ask<CoverageOverview>("coverage");
  assert.equal(clusters[0]?.reason, "sensor (managed daemon): 1 instance without it");
  const [cluster] = await one.nodes("coverage");
  const [daemon] = await one.nodes("coverage", cluster);
  assert.deepEqual(
    [daemon?.label, daemon?.description, daemon?.context, daemon?.below],
    ["sensor", "managed daemon · 2 of 3, 1 without", "managedDaemon", undefined],
  );
  const detail = await one.ask<ClusterCoverageAnswer>("coverage/cluster", { key: clusters[0]?.key });
  assert.deepEqual(
    detail.daemons.map((it) => [it.service, it.kind, it.running, it.states.missing]),
    [["sensor", "managed", 2, 1]],
  );
});
