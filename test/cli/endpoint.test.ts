// The calls that talk to ECS, each a process of its own, against `ecs-daemon local` as another.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { launchCli, runCli, startCli } from "../support/commandLine";
import { type AnyAnswer, post } from "../support/localEndpoint";
import { temporaryFolder } from "../support/temporaryFolder";

const workspace = join("test", "workspace");
const taskDefinition = join(workspace, "datadog-agent.taskdef.json");
const prodService = join(workspace, "datadog-agent-prod.service.json");

async function startLocal(context: TestContext, words: readonly string[] = []) {
  const running = await startCli(context, ["local", ...words]);
  const url = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(running.firstLine)?.[1];
  assert.ok(url, running.firstLine);
  const call = (operation: string, input: object = {}): Promise<AnyAnswer> =>
    post(url, `AmazonEC2ContainerServiceV20141113.${operation}`, input);
  const local = (operation: string, input: object = {}): Promise<AnyAnswer> =>
    post(url, `EcsDaemonLocal.${operation}`, input);
  return { ...running, url, call, local, target: ["--cluster", "default", "--endpoint-url", url] };
}

test("local runs with five instances until it is interrupted, and ends with 0", async (context) => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    const local = await startLocal(context);
    const { containerInstanceArns } = await local.call("ListContainerInstances");
    assert.equal(containerInstanceArns.length, 5);
    local.process.kill(signal);
    assert.equal(await local.ended, 0);
  }
});

test("local takes its cluster, instances and port from the call", async (context) => {
  const first = await startLocal(context, ["--cluster", "edge", "--instances", "2"]);
  const { containerInstanceArns } = await first.call("ListContainerInstances", { cluster: "edge" });
  assert.equal(containerInstanceArns.length, 2);
  const port = new URL(first.url).port;
  const second = await runCli(["local", "--port", port]);
  assert.equal(second.code, 2);
  assert.match(second.stderr, new RegExp(`Port ${port} .*in use`));
  const fleet = await startLocal(context, ["--fleet", join(workspace, "mixed.ecs-fleet.json")]);
  assert.equal((await fleet.call("ListContainerInstances")).containerInstanceArns.length, 7);
});

test("local keeps its state in a file across a restart", async (context) => {
  const folder = temporaryFolder();
  context.after(folder.remove);
  const state = join(folder.path, "state");
  const first = await startLocal(context, ["--state", state]);
  await first.call("CreateCluster", { clusterName: "kept" });
  first.process.kill("SIGKILL");
  await first.ended;
  assert.ok(existsSync(state));
  const second = await startLocal(context, ["--state", state]);
  const { clusterArns } = await second.call("ListClusters");
  assert.ok(clusterArns.some((it: string) => it.endsWith("/kept")));
});

test("deploy registers, creates and verifies; verify, preview and capture see the result; delete removes it", async (context) => {
  const { target, call, url } = await startLocal(context);
  const deployed = await runCli(["deploy", taskDefinition, ...target, "--format", "json"]);
  assert.equal(deployed.code, 0, deployed.stdout + deployed.stderr);
  const report = deployed.json();
  assert.deepEqual(Object.keys(report), ["taskDefinition", "service", "steps", "verify", "placement"]);
  assert.deepEqual(
    report.steps.map((it: AnyAnswer) => [it.name, it.outcome, typeof it.detail]),
    ["register", "createService", "verify"].map((it) => [it, "done", "string"]),
  );
  assert.equal(report.verify.running.length, 5);
  assert.match(deployed.stderr, /Registering the task definition datadog-agent\./);

  const [verified, again, previewed, captured] = await Promise.all([
    runCli(["verify", "datadog-agent", ...target, "--format", "json"]),
    runCli(["deploy", taskDefinition, ...target]),
    runCli(["preview", taskDefinition, ...target, "--format", "json"]),
    runCli(["capture", ...target]),
  ]);
  assert.equal(verified.code, 0);
  assert.deepEqual([...verified.json().running].sort(), [...report.verify.running].sort());
  assert.deepEqual([verified.json().missing, verified.json().unexpected], [[], []]);
  assert.equal(again.code, 0);
  assert.match(again.stdout, /nothing was\s+registered/);
  assert.equal(previewed.json().summary.keep, 5);
  assert.equal(captured.json().containerInstances.length, 5);
  assert.equal(captured.json().tasks.length, 5);

  const masked = await runCli(["capture", ...target, "--mask-accounts"]);
  const whenever = (text: string) => text.replace(/"capturedAt": "[^"]+"/, "");
  assert.equal(whenever(masked.stdout), whenever(captured.stdout.replaceAll("123456789012", "000000000000")));

  const folder = temporaryFolder({ "captured.ecs-cluster.json": captured.stdout });
  context.after(folder.remove);
  const file = join(folder.path, "captured.ecs-cluster.json");
  const fromFile = await runCli(["preview", taskDefinition, "--cluster", file, "--format", "json"]);
  assert.deepEqual(fromFile.json(), previewed.json());

  const deleted = await runCli(["delete", "datadog-agent", ...target]);
  assert.equal(deleted.code, 0);
  assert.match(deleted.stdout, /Deleted the service datadog-agent\. ECS stops 5 tasks\./);
  const { services } = await call("DescribeServices", { services: ["datadog-agent"] });
  assert.notEqual(services[0].status, "ACTIVE");
  const gone = await runCli(["verify", "datadog-agent", "--cluster", "default", "--endpoint-url", url]);
  assert.deepEqual([gone.code, gone.stdout], [1, ""]);
});

test("a daemon for one instance is previewed, deployed and verified on exactly that one", async (context) => {
  const { target, call } = await startLocal(context, ["--instances", "6"]);
  const { containerInstanceArns } = await call("ListContainerInstances");
  const chosen = containerInstanceArns[3];
  await call("PutAttributes", { attributes: [{ name: "env", value: "prod", targetId: chosen }] });
  const both = ["--service", prodService, ...target, "--format", "json"];
  const preview = (await runCli(["preview", taskDefinition, ...both])).json();
  assert.deepEqual([preview.summary.place, preview.summary.excluded], [1, 5]);
  const deployed = await runCli(["deploy", taskDefinition, ...both]);
  assert.equal(deployed.code, 0, deployed.stderr);
  assert.deepEqual(deployed.json().verify.running, [chosen.slice(chosen.lastIndexOf("/") + 1)]);
});

test("verify tells of every instance: running, starting, missing with the reason", async (context) => {
  const { target, call, local } = await startLocal(context, ["--instances", "3"]);
  const { containerInstanceArns } = await call("ListContainerInstances");
  const ids = containerInstanceArns.map((it: string) => it.slice(it.lastIndexOf("/") + 1)).sort();
  await local("SetFault", {
    containerInstance: ids[1],
    family: "datadog-agent",
    failure: "exit",
    exitCode: 137,
  });
  await local("UpdateContainerInstance", { containerInstance: ids[2], agentConnected: false });
  await runCli(["deploy", taskDefinition, ...target, "--timeout", "0"]);
  const { code, stdout } = await runCli(["verify", "datadog-agent", ...target, "--timeout", "0"]);
  assert.equal(code, 1);
  const text = stdout.replace(/\s+/g, " ");
  assert.match(text, /^Not verified: 1 of 3 matching container instances run datadog-agent, 2 missing\./);
  assert.match(text, new RegExp(`running ${ids[0]}`));
  assert.match(text, new RegExp(`missing ${ids[1]} The last task there stopped: .*exited with 137\\.`));
  assert.match(text, new RegExp(`missing ${ids[2]} .*agent is not connected`));
});

test("a deployment that matches nothing is not verified", async (context) => {
  const { target } = await startLocal(context);
  const { code, stdout } = await runCli(["deploy", taskDefinition, "--service", prodService, ...target]);
  assert.equal(code, 1);
  assert.match(stdout.replace(/\s+/g, " "), /matches the placement constraints \(0 of 5\), so no task runs/);
});

test("what ECS refuses is in the report, with its words", async (context) => {
  const { target } = await startLocal(context);
  const folder = temporaryFolder({
    "x.taskdef.json": `{ "family": "x", "containerDefinitions": [{ "name": "x", "image": "x" }] }`,
  });
  context.after(folder.remove);
  const words = ["deploy", join(folder.path, "x.taskdef.json"), ...target, "--format", "json"];
  const result = await runCli([...words, "--despite-errors"]);
  assert.equal(result.code, 1);
  const { steps, verify, taskDefinition: registered } = result.json();
  assert.deepEqual(
    steps.map((it: AnyAnswer) => it.outcome),
    ["failed", "skipped", "skipped"],
  );
  assert.match(
    steps[0].detail,
    /^Register failed: .*memory.*\(x\.taskdef\.json: containerDefinitions\[0\]\)\.$/,
  );
  assert.deepEqual([verify, registered], [null, null]);
});

test("a placeholder that nobody filled in is not deployed", async (context) => {
  const { target, call } = await startLocal(context);
  const folder = temporaryFolder({
    "x.taskdef.json": `{ "family": "x", "containerDefinitions": [{ "name": "x", "image": "x", "memory": {{ memory }} }] }`,
  });
  context.after(folder.remove);
  const result = await runCli(["deploy", join(folder.path, "x.taskdef.json"), ...target]);
  assert.equal(result.code, 2);
  assert.match(result.stderr, /placeholder \{\{ memory \}\}/);
  assert.deepEqual((await call("ListTaskDefinitions")).taskDefinitionArns, []);
});

test("a dry run changes nothing and prints AWS CLI commands", async (context) => {
  const { target, call, url } = await startLocal(context);
  const words = ["deploy", taskDefinition, "--service", prodService, ...target, "--dry-run"];
  const { code, stdout } = await runCli(words);
  assert.equal(code, 0);
  const commands = stdout.trimEnd().split("\n");
  assert.deepEqual(
    commands.map((it) => it.split(" ")[2]),
    ["register-task-definition", "create-service", "list-container-instances", "list-tasks"],
  );
  for (const it of commands) assert.ok(it.endsWith(` --endpoint-url ${url}`));
  assert.deepEqual((await call("ListTaskDefinitions")).taskDefinitionArns, []);
  assert.deepEqual((await call("ListServices")).serviceArns, []);
  assert.equal((await runCli([...words, "--format", "json"])).json().commands.length, 4);
});

test("the endpoint of the AWS CLI's variable counts, for the confirmation too", async (context) => {
  const { url } = await startLocal(context);
  const environment = { AWS_ENDPOINT_URL_ECS: url };
  const { code } = await runCli(["deploy", taskDefinition, "--cluster", "default"], { environment });
  assert.equal(code, 0);
});

test("an interrupted deployment says what was reached", async (context) => {
  const { url, call } = await startLocal(context, ["--start-delay", "3600"]);
  const words = [
    "deploy",
    taskDefinition,
    "--cluster",
    "default",
    "--endpoint-url",
    url,
    "--timeout",
    "3600",
    "--format",
    "json",
  ];
  const { process: deploying, result: ending } = launchCli(words);
  context.after(() => deploying.kill("SIGKILL"));
  while ((await call("ListServices")).serviceArns.length === 0) assert.equal(deploying.exitCode, null);
  deploying.kill("SIGINT");
  const result = await ending;
  assert.equal(result.code, 130);
  assert.deepEqual(
    result.json().steps.map((it: AnyAnswer) => it.outcome),
    ["done", "done", "cancelled"],
  );
});
