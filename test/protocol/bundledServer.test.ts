// The bundled server as a process of its own: what bundling can break, and what only a process can do.

import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { afterEach, test } from "node:test";
import type { PreviewAnswer } from "../../server/src/lsp/protocol/protocol";
import { type BundledServer, bundle, startBundledServer } from "../support/bundledServer";
import { runCli } from "../support/commandLine";
import { temporaryFolder } from "../support/temporaryFolder";

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill();
});

async function startServer(initializationOptions: object = {}): Promise<BundledServer> {
  const server = await startBundledServer({ initializationOptions });
  running.push(server.child);
  return server;
}

function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once("exit", resolve));
}

test("the bundled server checks a document and previews it over its standard streams", async () => {
  const files = temporaryFolder({
    "three.ecs-fleet.json": JSON.stringify({ groups: [{ count: 3, instanceType: "m5.large" }] }),
  });
  try {
    const server = await startServer({ cluster: files.uriOf("three.ecs-fleet.json") });
    const uri = files.uriOf("agent.taskdef.json");
    const text = '{ "family": "a", "containerDefinitions": [{ "name": "a", "image": "a", "memory": 64 }] }';
    server.open(uri, text.replace("memory", "memroy"));
    assert.notDeepEqual(await server.diagnostics(uri), []);
    server.change(uri, text);
    assert.deepEqual(await server.diagnostics(uri), []);
    const preview = await server.request<PreviewAnswer>("ecsDaemon/preview", { textDocument: { uri } });
    assert.ok(!("error" in preview), JSON.stringify(preview));
    assert.equal(preview.summary.place, 3);
    await server.close();
  } finally {
    files.remove();
  }
});

test("the bundled server and command line read YAML and Terraform", async () => {
  const template = `Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions: [{ Name: agent, Image: "agent:1", Memroy: 64 }]
`;
  const module = `resource "aws_ecs_task_definition" "agent" {
  family                = "agent"
  container_definitions = jsonencode([{ name = "agent", image = "agent:1", memroy = 64 }])
}
`;
  const files = temporaryFolder({ "stack.yaml": template, "main.tf": module });
  try {
    const server = await startServer();
    for (const [name, text, language] of [
      ["stack.yaml", template, "cloudformation"],
      ["main.tf", module, "terraform"],
    ] as const) {
      server.open(files.uriOf(name), text, language);
      const codes = (await server.diagnostics(files.uriOf(name))).map((it) => it.code);
      assert.ok(codes.includes("misspelt-member"), `${name}: ${codes.join(" ")}`);
    }
    await server.close();
    const cli = await runCli(["validate", "."], { cwd: files.path });
    assert.match(cli.stdout, /main\.tf[\s\S]*misspelt-member[\s\S]*stack\.yaml[\s\S]*misspelt-member/);
  } finally {
    files.remove();
  }
});

test("the bundled server starts the local endpoint, deploys to it and verifies", async () => {
  const files = temporaryFolder();
  try {
    const server = await startServer();
    const uri = files.uriOf("agent.taskdef.json");
    server.open(
      uri,
      '{ "family": "agent", "containerDefinitions": [{ "name": "a", "image": "a", "memory": 64 }] }',
    );
    const local = await server.request<{ url: string; instances: number }>("ecsDaemon/local/start", {});
    assert.match(local.url, /^http:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(local.instances, 5);
    const deployed = await server.request<{ verify: { verified: boolean; running: string[] } }>(
      "ecsDaemon/deploy",
      { textDocument: { uri }, cluster: "local", steps: ["register", "createService", "verify"] },
    );
    assert.equal(deployed.verify.verified, true, JSON.stringify(deployed));
    assert.equal(deployed.verify.running.length, 5);
    const added = await server.request<{ instances: number }>("ecsDaemon/local/addInstances", { count: 1 });
    assert.equal(added.instances, 6);
    await server.close();
  } finally {
    files.remove();
  }
});

test("the server ends when its client closes the stream", async () => {
  const server = await startServer();
  server.connection.end();
  server.child.stdin?.end();
  assert.equal(typeof (await exitOf(server.child)), "number");
});

test("the server ends when the channel of Node's own transport closes", async () => {
  const child = spawn(process.execPath, [bundle, "--node-ipc"], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  running.push(child);
  const params = { processId: null, rootUri: null, capabilities: {} };
  const answered = new Promise((resolve) => child.once("message", resolve));
  child.send({ jsonrpc: "2.0", id: 1, method: "initialize", params });
  await answered;
  child.disconnect();
  assert.equal(typeof (await exitOf(child)), "number");
});

test("the server ends on exit, with 0 after a shutdown", async () => {
  const server = await startServer();
  await server.connection.sendRequest("shutdown");
  await server.connection.sendNotification("exit");
  assert.equal(await exitOf(server.child), 0);
});

test("without a transport the server says what it needs and exits with 2", async () => {
  const child = spawn(process.execPath, [bundle], { stdio: ["pipe", "pipe", "pipe"] });
  running.push(child);
  let complaint = "";
  child.stderr?.on("data", (data) => {
    complaint += String(data);
  });
  assert.equal(await exitOf(child), 2);
  assert.match(complaint, /--stdio/);
});
