import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import type { PreviewAnswer, PreviewResult } from "../../server/src/lsp/protocol/protocol";
import { type ClientOptions, type ProtocolClient, startClient } from "../support/protocolClient";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function client(options: ClientOptions = {}): Promise<ProtocolClient> {
  const started = await startClient(options);
  cleanups.push(started.close);
  return started;
}

function folder(files: Readonly<Record<string, string>>): TemporaryFolder {
  const made = temporaryFolder(files);
  cleanups.push(made.remove);
  return made;
}

const taskDefinition = JSON.stringify({
  family: "agent",
  containerDefinitions: [{ name: "agent", image: "datadog/agent", memory: 256, cpu: 100 }],
});
const service = (more: object = {}) =>
  JSON.stringify({ serviceName: "agents", taskDefinition: "agent", schedulingStrategy: "DAEMON", ...more });
const fleet = (count: number) =>
  JSON.stringify({
    groups: [{ count, instanceType: "m5.large", zones: ["eu-west-1a"], attributes: { env: "prod" } }],
  });

function preview(server: ProtocolClient, uri: string, more: object = {}): Promise<PreviewAnswer> {
  return server.request<PreviewAnswer>("ecsDaemon/preview", { textDocument: { uri }, ...more });
}

function result(answer: PreviewAnswer): PreviewResult {
  assert.ok(!("error" in answer), JSON.stringify(answer));
  return answer;
}

function code(answer: PreviewAnswer): string {
  assert.ok("error" in answer, JSON.stringify(answer));
  assert.match(answer.error.message, /\.$/);
  return answer.error.code;
}

test("a definition lands on every instance of the fleet named in the initialization options", async () => {
  const files = folder({ "five.ecs-fleet.json": fleet(5) });
  const server = await client({
    folders: [files.uri],
    initializationOptions: { cluster: "five.ecs-fleet.json" },
  });
  const uri = files.uriOf("agent.taskdef.json");
  server.open(uri, taskDefinition);
  const found = result(await preview(server, uri));
  assert.equal(found.summary.instances, 5);
  assert.equal(found.summary.place, 5);
  assert.deepEqual(
    found.instances.map((it) => it.verdict),
    ["place", "place", "place", "place", "place"],
  );
  assert.equal(found.sentence, "Lands on 5 of 5 container instances.");
  assert.deepEqual(found.cluster, { label: "five.ecs-fleet.json", kind: "file" });
  assert.deepEqual(found.service, { name: "agent" });
  const [first] = found.instances;
  assert.equal(found.facts[first?.id ?? ""]?.instanceType, "m5.large");
  assert.equal(found.facts[first?.id ?? ""]?.zone, "eu-west-1a");
});

test("the single daemon service of the workspace is the definition's own", async () => {
  const files = folder({
    "five.ecs-fleet.json": fleet(5),
    "agent.service.json": service(),
    "other.service.json": service({ taskDefinition: "other", serviceName: "others" }),
  });
  const server = await client({ folders: [files.uri] });
  const uri = files.uriOf("agent.taskdef.json");
  server.open(uri, taskDefinition);
  const cluster = files.uriOf("five.ecs-fleet.json");
  const found = result(await preview(server, uri, { cluster }));
  assert.deepEqual(found.service, { name: "agents", uri: files.uriOf("agent.service.json") });
});

test("a preview asked of the service finds the definition it refers to", async () => {
  const files = folder({ "five.ecs-fleet.json": fleet(2), "agent.taskdef.json": taskDefinition });
  const server = await client({ folders: [files.uri] });
  const uri = files.uriOf("agent.service.json");
  server.open(uri, service({ taskDefinition: "arn:aws:ecs:eu-west-1:123456789012:task-definition/agent:7" }));
  const cluster = files.uriOf("five.ecs-fleet.json");
  assert.equal(result(await preview(server, uri, { cluster })).summary.place, 2);
  server.change(uri, service({ taskDefinition: "nobody" }));
  assert.equal(code(await preview(server, uri, { cluster })), "no-task-definition");
});

test("of several definitions of one family a service means the nearest", async () => {
  const big = taskDefinition.replace('"memory":256', '"memory":99999');
  const files = folder({
    "five.ecs-fleet.json": fleet(1),
    "prod/agent.taskdef.json": taskDefinition,
    "prod/agent.service.json": service(),
    "test/agent.taskdef.json": big,
    "test/agent.service.json": service({ serviceName: "test-agents" }),
  });
  const server = await client({ folders: [files.uri] });
  const cluster = files.uriOf("five.ecs-fleet.json");
  const prod = result(await preview(server, files.uriOf("prod/agent.taskdef.json"), { cluster }));
  assert.deepEqual([prod.service.name, prod.summary.place], ["agents", 1]);
  const other = result(await preview(server, files.uriOf("test/agent.taskdef.json"), { cluster }));
  assert.deepEqual([other.service.name, other.summary.blocked], ["test-agents", 1]);
});

test("an open fleet document wins over the file, and a change of it is announced", async () => {
  const files = folder({ "five.ecs-fleet.json": fleet(5) });
  const cluster = files.uriOf("five.ecs-fleet.json");
  const server = await client({ folders: [files.uri], initializationOptions: { cluster } });
  const uri = files.uriOf("agent.taskdef.json");
  server.open(uri, taskDefinition);
  assert.equal(result(await preview(server, uri)).summary.place, 5);
  const announced = server.next("ecsDaemon/previewChanged");
  server.open(cluster, fleet(7));
  await announced;
  assert.equal(result(await preview(server, uri)).summary.place, 7);
});

test("a document that is closed after its file was deleted is announced, and there is nothing to preview", async () => {
  const files = folder({ "five.ecs-fleet.json": fleet(5) });
  const cluster = files.uriOf("five.ecs-fleet.json");
  const server = await client({ folders: [files.uri] });
  const uri = files.uriOf("gone.taskdef.json");
  server.open(uri, taskDefinition);
  assert.equal(result(await preview(server, uri, { cluster })).summary.place, 5);
  const announced = server.next("ecsDaemon/previewChanged");
  server.closeDocument(uri);
  await announced;
  const answer = await preview(server, uri, { cluster });
  assert.ok("error" in answer, JSON.stringify(answer));
});

test("a cluster file that changed on disk is read again", async () => {
  const files = folder({ "five.ecs-fleet.json": fleet(5) });
  const cluster = files.uriOf("five.ecs-fleet.json");
  const server = await client({ folders: [files.uri], initializationOptions: { cluster } });
  const uri = files.uriOf("agent.taskdef.json");
  server.open(uri, taskDefinition);
  assert.equal(result(await preview(server, uri)).summary.place, 5);
  files.write("five.ecs-fleet.json", fleet(11));
  const announced = server.next("ecsDaemon/previewChanged");
  server.notify("workspace/didChangeWatchedFiles", {
    changes: [{ uri: cluster, type: 2 }],
  });
  await announced;
  assert.equal(result(await preview(server, uri)).summary.place, 11);
});

test("a query file is previewed by its expression alone", async () => {
  const files = folder({ "five.ecs-fleet.json": fleet(5) });
  const server = await client({ folders: [files.uri] });
  const uri = files.uriOf("prod.ecsquery");
  const cluster = "five.ecs-fleet.json";
  server.open(uri, "attribute:env == prod");
  assert.equal(result(await preview(server, uri, { cluster })).summary.place, 5);
  server.change(uri, "attribute:env == dev");
  const found = result(await preview(server, uri, { cluster }));
  assert.equal(found.summary.excluded, 5);
  assert.match(found.instances[0]?.reasons[0]?.message ?? "", /env is prod/);
  server.change(uri, "attribute:env ==");
  assert.equal(code(await preview(server, uri, { cluster })), "broken-expression");
});

test("the button of a broken expression selects what the editor underlines, in every file", async () => {
  const files = folder({ "five.ecs-fleet.json": fleet(5) });
  const server = await client({ folders: [files.uri] });
  const expression = "attribute:env === prod and attribute:rack exists";
  const constraint = `{"type": "memberOf", "expression": "${expression}"}`;
  const containers = '"containerDefinitions": [{"name": "a", "image": "a", "memory": 64}]';
  const texts = {
    "a.ecsquery": `\n ${expression}\n`,
    "a.taskdef.json": `{"family": "a", ${containers}, "placementConstraints": [${constraint}]}`,
    "a.tf": `resource "aws_ecs_task_definition" "a" {
  family = "a"\n  container_definitions = "[]"
  placement_constraints {\n    type = "memberOf"\n    expression = "${expression}"\n  }\n}\n`,
  };
  for (const [name, text] of Object.entries(texts)) {
    const uri = files.uriOf(name);
    server.open(uri, text);
    for (const method of ["preview", "truthTable"]) {
      const answer = await server.request<PreviewAnswer>(`ecsDaemon/${method}`, {
        textDocument: { uri },
        cluster: "five.ecs-fleet.json",
      });
      assert.ok("error" in answer, `${method} of ${name}`);
      const [place] = answer.error.places ?? [];
      assert.ok(place, `${method} of ${name}`);
      const { start, end } = place.range;
      const line = text.split("\n")[start.line] ?? "";
      assert.equal(line.slice(start.character, end.character), "===", `${method} of ${name}`);
    }
  }
});

test("what cannot be previewed says why, and what helps", async () => {
  const files = folder({ "five.ecs-fleet.json": fleet(5), "broken.ecs-fleet.json": "{" });
  const server = await client({ folders: [files.uri] });
  const uri = files.uriOf("agent.taskdef.json");
  server.open(uri, taskDefinition);
  assert.equal(code(await preview(server, uri)), "no-cluster");
  assert.equal(code(await preview(server, uri, { cluster: "gone.json" })), "unreadable-cluster");
  assert.equal(code(await preview(server, uri, { cluster: "broken.ecs-fleet.json" })), "unreadable-cluster");
  assert.equal(code(await preview(server, uri, { cluster: "local" })), "no-local-cluster");
  const cluster = "five.ecs-fleet.json";
  server.change(uri, taskDefinition.slice(0, -1));
  assert.equal(code(await preview(server, uri, { cluster })), "broken-document");
  server.change(uri, " \n");
  const empty = await preview(server, uri, { cluster });
  assert.ok("error" in empty && empty.error.code === "empty-document");
  assert.match(empty.error.message, /is empty/);
  assert.equal(empty.error.places, undefined, "no list of problems has it");
  server.open(files.uriOf("package.json"), "{}");
  assert.equal(
    code(await preview(server, files.uriOf("package.json"), { cluster })),
    "not-a-task-definition",
  );
});

test("in a workspace that is not trusted files are previewed and nothing else is touched", async () => {
  const files = folder({ "five.ecs-fleet.json": fleet(5) });
  const touched: string[] = [];
  const server = await client({
    folders: [files.uri],
    initializationOptions: { trusted: false },
    environment: {
      connectEcs: async () => {
        touched.push("ecs");
        throw new Error("not asked for");
      },
      startLocalEndpoint: async () => {
        touched.push("local");
        throw new Error("not asked for");
      },
    },
  });
  const uri = files.uriOf("agent.taskdef.json");
  server.open(uri, taskDefinition);
  const aws = { kind: "aws", cluster: "default", endpointUrl: "http://127.0.0.1:1" };
  assert.equal(result(await preview(server, uri, { cluster: "five.ecs-fleet.json" })).summary.place, 5);
  assert.equal(code(await preview(server, uri, { cluster: aws })), "untrusted-workspace");
  assert.equal(code(await server.request("ecsDaemon/local/start", {})), "untrusted-workspace");
  const deploy = { textDocument: { uri }, steps: ["register"], cluster: aws };
  assert.equal(code(await server.request("ecsDaemon/deploy", deploy)), "untrusted-workspace");
  assert.deepEqual(touched, []);
});

test("in restricted mode no cluster file outside of the workspace folder is read, however it is named", async () => {
  const outer = folder({
    "inside/five.ecs-fleet.json": fleet(5),
    "outside/other.ecs-fleet.json": fleet(3),
    "inside-too/other.ecs-fleet.json": fleet(3),
  });
  const inside = join(outer.path, "inside");
  symlinkSync(join(outer.path, "outside", "other.ecs-fleet.json"), join(inside, "link.ecs-fleet.json"));
  symlinkSync(join(outer.path, "outside"), join(inside, "linked"));
  symlinkSync(join(inside, "five.ecs-fleet.json"), join(inside, "own.ecs-fleet.json"));
  const outside = [
    "../outside/other.ecs-fleet.json",
    "../inside-too/other.ecs-fleet.json",
    join(outer.path, "outside", "other.ecs-fleet.json"),
    outer.uriOf("outside/other.ecs-fleet.json"),
    "link.ecs-fleet.json",
    "linked/other.ecs-fleet.json",
    "../outside/missing.ecs-fleet.json",
  ];
  for (const trusted of [false, true]) {
    const server = await client({
      folders: [outer.uriOf("inside")],
      initializationOptions: { trusted },
      clientName: "Visual Studio Code",
    });
    const uri = outer.uriOf("inside/agent.taskdef.json");
    server.open(uri, taskDefinition);
    for (const cluster of ["five.ecs-fleet.json", "own.ecs-fleet.json"])
      assert.equal(result(await preview(server, uri, { cluster })).summary.place, 5);
    for (const cluster of outside) {
      const answer = await preview(server, uri, { cluster });
      if (!trusted) assert.equal(code(answer), "untrusted-workspace", cluster);
      else if (!cluster.includes("missing")) assert.equal(result(answer).summary.place, 3, cluster);
    }
    const lenses = await server.request<{ command: { title: string; command: string } }[]>(
      "textDocument/codeLens",
      { textDocument: { uri } },
    );
    const ids = lenses.map((it) => it.command.command);
    assert.equal(ids.includes("ecsDaemon.deploy"), trusted);
    assert.equal(ids.includes("workbench.trust.manage"), !trusted);
  }
});
