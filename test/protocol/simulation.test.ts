import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { readClusterText } from "../../server/src/core/cluster/readClusterText";
import { scenarioNames } from "../../server/src/core/simulation/scenarios";
import type {
  ApplyLocalAnswer,
  ClusterChange,
  PreviewAnswer,
  PreviewResult,
  SaveClusterAnswer,
  TimelineAnswer,
  TimelineResult,
} from "../../server/src/lsp/protocol/protocol";
import { type ProtocolClient, startClient } from "../support/protocolClient";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const taskDefinition = JSON.stringify({
  family: "agent",
  containerDefinitions: [
    {
      name: "agent",
      image: "agent",
      memory: 256,
      cpu: 100,
      portMappings: [{ containerPort: 8126, hostPort: 8126 }],
    },
  ],
});
const fleet = JSON.stringify({
  groups: [{ count: 3, instanceType: "m5.large", zones: ["eu-west-1a"], attributes: { env: "prod" } }],
});

interface Opened {
  readonly server: ProtocolClient;
  readonly files: TemporaryFolder;
  readonly uri: string;
  preview(changes?: readonly unknown[]): Promise<PreviewResult>;
  timeline(params: object): Promise<TimelineAnswer>;
}

async function open(
  files: Readonly<Record<string, string>> = {},
  cluster = "c.ecs-fleet.json",
): Promise<Opened> {
  const folder = temporaryFolder({ "c.ecs-fleet.json": fleet, ...files });
  cleanups.push(folder.remove);
  const server = await startClient({ folders: [folder.uri], initializationOptions: { cluster } });
  cleanups.push(server.close);
  const uri = folder.uriOf("agent.taskdef.json");
  server.open(uri, taskDefinition);
  const textDocument = { uri };
  return {
    server,
    files: folder,
    uri,
    preview: async (changes) => {
      const answer = await server.request<PreviewAnswer>("ecsDaemon/preview", {
        textDocument,
        ...(changes === undefined ? {} : { changes }),
      });
      assert.ok(!("error" in answer), JSON.stringify(answer));
      return answer;
    },
    timeline: (params) => server.request<TimelineAnswer>("ecsDaemon/timeline", { textDocument, ...params }),
  };
}

function told(answer: TimelineAnswer): TimelineResult {
  assert.ok(!("error" in answer), JSON.stringify(answer));
  return answer;
}

test("a preview with changes says that it is simulated and what changed, and leaves the cluster alone", async () => {
  const { preview } = await open();
  const before = await preview();
  assert.equal(before.simulated, undefined);
  assert.equal(before.whatIf, undefined);
  const [first = "", second = ""] = before.instances.map((it) => it.id);
  const changes: readonly ClusterChange[] = [
    { kind: "addInstances", count: 2, instanceType: "c5.large", zones: ["eu-west-1b"] },
    { kind: "drain", instances: [first] },
    { kind: "occupyPort", instances: [second, "i-nobody"], port: 8126, protocol: "tcp" },
    { kind: "daemonSize", memory: 300 },
  ];
  const now = await preview(changes);
  assert.equal(now.simulated, true);
  assert.equal(now.summary.instances, 5);
  assert.equal(now.summary.place, 3);
  const { whatIf } = now;
  assert.ok(whatIf !== undefined);
  assert.deepEqual(
    whatIf.changes.map((it) => it.change),
    changes,
  );
  assert.deepEqual(
    whatIf.changes.map((it) => it.problems),
    [[], [], ["The cluster has no container instance i-nobody."], []],
  );
  assert.match(whatIf.changes[0]?.text ?? "", /^Add 2 c5\.large in eu-west-1b$/);
  assert.equal(whatIf.added.length, 2);
  for (const id of whatIf.added) assert.equal(now.facts[id]?.instanceType, "c5.large");
  assert.deepEqual(
    whatIf.verdicts.filter((it) => it.before !== undefined),
    [
      { id: first, before: "place", now: "excluded" },
      { id: second, before: "place", now: "blocked" },
    ].sort((left, right) => (left.id < right.id ? -1 : 1)),
  );
  assert.equal(whatIf.sentenceBefore, before.sentence);
  assert.deepEqual(await preview(), before);
  assert.deepEqual(await preview([]), before);
});

test("fewer changes undo the last one, and what is no change is told", async () => {
  const { preview } = await open();
  const one = { kind: "addInstances", count: 1, instanceType: "m5.large" };
  const first = await preview([one]);
  await preview([one, { kind: "drain", instances: first.whatIf?.added }]);
  assert.deepEqual(await preview([one]), first);
  const odd = await preview([{ kind: "explode" }, 7]);
  assert.equal(odd.whatIf?.problems.length, 2);
  assert.equal(odd.summary.instances, 3);
});

test("a timeline is told in steps, of which each has only what differs from the one before", async () => {
  const { timeline } = await open({
    "agent.service.json": JSON.stringify({
      serviceName: "agents",
      taskDefinition: "agent",
      schedulingStrategy: "DAEMON",
      deploymentConfiguration: { minimumHealthyPercent: 60 },
    }),
  });
  const update = told(await timeline({ scenario: "update" }));
  assert.equal(update.simulated, true);
  assert.equal(update.minimumHealthyPercent, 60);
  assert.equal(update.waves, 3);
  const states = new Map<string, { readonly verdict: string }>();
  for (const step of update.steps) {
    for (const [id, state] of Object.entries(step.instances))
      if (state === null) states.delete(id);
      else states.set(id, state);
    assert.equal(states.size, step.nodes);
  }
  assert.deepEqual(
    [...states.values()].map((it) => it.verdict),
    ["keep", "keep", "keep"],
  );
  assert.equal(Object.keys(update.coverage).length, 3);
  assert.equal(Object.values(update.facts)[0]?.zone, "eu-west-1a");
  assert.equal(told(await timeline({ scenario: "update", minimumHealthyPercent: 0 })).waves, 1);
  const leave = told(await timeline({ scenario: "joinAndLeave" }));
  assert.ok(leave.steps.some((it) => Object.values(it.instances).includes(null)));
});

test("every scenario is told, with changes of the cluster too", async () => {
  const { timeline } = await open();
  for (const scenario of scenarioNames) {
    const changes = [{ kind: "addInstances", count: 2, instanceType: "m5.large" }];
    const first = told(await timeline({ scenario, changes })).steps[0];
    assert.equal(first?.nodes, 5, scenario);
  }
});

test("a timeline that cannot be told says why", async () => {
  const { server, timeline, uri } = await open();
  const unknown = await timeline({ scenario: "apocalypse" });
  assert.ok("error" in unknown && unknown.error.code === "unknown-scenario");
  const nothing = await timeline({
    scenario: "update",
    changes: (
      await server.request<PreviewResult>("ecsDaemon/preview", { textDocument: { uri } })
    ).instances.map((it) => ({ kind: "remove", instances: [it.id] })),
  });
  assert.ok("error" in nothing && nothing.error.code === "nothing-to-simulate");
  server.change(uri, "{");
  const broken = await timeline({ scenario: "update" });
  assert.ok("error" in broken && broken.error.code === "broken-document");
});

test("a query file can be acted out too", async () => {
  const { server, files } = await open();
  const uri = files.uriOf("prod.ecsquery");
  server.open(uri, "attribute:env == prod", "ecs-query");
  const answer = await server.request<TimelineAnswer>("ecsDaemon/timeline", {
    textDocument: { uri },
    scenario: "attributes",
  });
  assert.equal(told(answer).steps.at(-1)?.tasks, 3);
});

test("a changed cluster is saved as a fleet or as a snapshot that reads back", async () => {
  const { server, preview, uri } = await open();
  const [first = ""] = (await preview()).instances.map((it) => it.id);
  const changes: readonly ClusterChange[] = [
    { kind: "addInstances", count: 2, instanceType: "c5.large" },
    { kind: "occupyMemory", instances: [first], memory: 100 },
  ];
  const save = async (as: "fleet" | "snapshot") => {
    const answer = await server.request<SaveClusterAnswer>("ecsDaemon/saveCluster", {
      textDocument: { uri },
      changes,
      as,
    });
    assert.ok(!("error" in answer), JSON.stringify(answer));
    return answer;
  };
  const asFleet = await save("fleet");
  assert.equal(asFleet.fileName, "c-what-if.ecs-fleet.json");
  assert.equal(readClusterText(asFleet.fileName, asFleet.text).cluster.instances.length, 5);
  assert.match(asFleet.lost.join(" "), /1 container instance with CPU or memory in use/);
  const asSnapshot = await save("snapshot");
  assert.equal(asSnapshot.fileName, "c-what-if.ecs-cluster.json");
  assert.deepEqual(asSnapshot.lost, []);
  const read = readClusterText(asSnapshot.fileName, asSnapshot.text).cluster;
  assert.equal(read.instances.find((it) => it.id === first)?.remaining.memory, 7716);
});

test("changes can be made real on the local cluster, new instances included", async () => {
  const { server, preview } = await open({}, "local");
  const none = await server.request<ApplyLocalAnswer>("ecsDaemon/local/apply", { changes: [] });
  assert.ok("error" in none && none.error.code === "no-local-cluster");
  await server.request("ecsDaemon/local/start", {});
  cleanups.push(() => server.request("ecsDaemon/local/stop", {}));
  const [a = "", b = "", c = "", d = ""] = (await preview()).instances.map((it) => it.id);
  const add: ClusterChange = {
    kind: "addInstances",
    count: 2,
    instanceType: "c5.large",
    zones: ["us-east-1a"],
    attributes: { env: "new" },
  };
  const tried = await preview([add]);
  const changes: readonly ClusterChange[] = [
    { kind: "drain", instances: [a] },
    { kind: "disconnect", instances: [b] },
    add,
    { kind: "setAttribute", instances: tried.whatIf?.added ?? [], name: "team", value: "x" },
    { kind: "occupyPort", instances: [c], port: 8126 },
    { kind: "occupyMemory", instances: [c], memory: 500 },
    { kind: "remove", instances: [d] },
    { kind: "daemonSize", memory: 1 },
    { kind: "remove", instances: ["nobody"] },
  ];
  const expected = await preview(changes.slice(0, -2));
  const answer = await server.request<ApplyLocalAnswer>("ecsDaemon/local/apply", { changes });
  assert.ok(!("error" in answer), JSON.stringify(answer));
  assert.equal(answer.applied, 7);
  assert.equal(answer.instances, 6);
  assert.equal(answer.problems.length, 2);
  assert.match(answer.problems[0] ?? "", /change the task definition itself/);
  const now = await preview();
  assert.deepEqual({ ...now.summary }, { ...expected.summary });
  const listed = await server.request<{
    readonly instances: readonly { readonly attributes: Readonly<Record<string, string>> }[];
  }>("ecsDaemon/instances", { cluster: "local" });
  assert.equal(
    listed.instances.filter((it) => it.attributes.team === "x" && it.attributes.env === "new").length,
    2,
  );
});
