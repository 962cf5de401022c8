// The requests that look at an account before it is changed, and those that study a cluster there.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type {
  AttributeEffectsAnswer,
  AwsCliAnswer,
  CaptureAnswer,
  CompareAnswer,
  DeletePlanAnswer,
  DeployAnswer,
  ListClustersAnswer,
  PlanAnswer,
  StartLocalAnswer,
} from "../../server/src/lsp/protocol/protocol";
import { post } from "../support/localEndpoint";
import { startClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const steps = ["register", "createService", "verify"];
const definition = JSON.stringify({
  family: "agent",
  containerDefinitions: [{ name: "agent", image: "datadog/agent", memory: 256, cpu: 100 }],
});
const service = JSON.stringify({
  serviceName: "agent",
  taskDefinition: "agent",
  schedulingStrategy: "DAEMON",
  placementConstraints: [{ type: "memberOf", expression: "attribute:env == prod" }],
});

async function started(options: { readonly trusted?: boolean } = {}) {
  const files = temporaryFolder({});
  cleanups.push(files.remove);
  const server = await startClient({
    folders: [],
    initializationOptions: { cluster: "local", ...options },
  });
  cleanups.push(server.close);
  const uri = files.uriOf("agent.taskdef.json");
  server.open(uri, definition);
  const ask = async <T extends object>(method: string, params: object) => {
    const answer = await server.request<T>(`ecsDaemon/${method}`, params);
    assert.ok(!("error" in answer), JSON.stringify(answer));
    return answer as Exclude<T, { readonly error: unknown }>;
  };
  if (options.trusted === false) return { server, uri, url: "", files, ask };
  const { url } = await ask<Exclude<StartLocalAnswer, null>>("local/start", {});
  return { server, uri, url, files, ask };
}

const call = (url: string, operation: string, input: object = {}) =>
  post(url, `AmazonEC2ContainerServiceV20141113.${operation}`, input);

test("a plan is told, bound to what it saw, and carried out where it still holds", async () => {
  const { uri, url, ask } = await started();
  const textDocument = { uri };
  const plan = await ask<PlanAnswer>("plan", { textDocument, steps });
  assert.match(plan.sentence, /The task definition is new\. The service agent is created\./);
  assert.deepEqual(
    plan.sections.map((it) => it.title),
    ["task definition", "service", "placement"],
  );
  assert.equal(plan.placement?.gains.length, 5);
  assert.deepEqual((await call(url, "ListTaskDefinitions")).taskDefinitionArns, []);

  await call(url, "RegisterContainerInstance", { cluster: "default" });
  const refused = await ask<DeployAnswer>("deploy", { textDocument, steps, agreed: plan.seen });
  assert.equal(refused.steps[0]?.outcome, "failed");
  assert.equal(refused.newPlan?.placement?.gains.length, 6);
  assert.deepEqual((await call(url, "ListServices")).serviceArns, []);

  const agreed = refused.newPlan?.seen;
  const deployed = await ask<DeployAnswer>("deploy", { textDocument, steps, agreed });
  assert.equal(deployed.verify?.running.length, 6);
  const alone = await ask<PlanAnswer>("plan", { textDocument, steps: ["register"] });
  assert.deepEqual(
    alone.sections.map((it) => it.lines),
    [["The task definition is registered already."]],
  );
});

test("a service that cannot be verified is removed again where that is asked for", async () => {
  const { server, uri, url, files, ask } = await started();
  const serviceUri = files.uriOf("agent.service.json");
  server.open(serviceUri, service);
  const report = await ask<DeployAnswer>("deploy", {
    textDocument: { uri },
    service: serviceUri,
    steps,
    timeoutSeconds: 0,
    onFailure: "remove",
  });
  assert.deepEqual(report.steps.map((it) => [it.name, it.outcome]).slice(2), [
    ["verify", "failed"],
    ["remove", "done"],
  ]);
  const { services } = await call(url, "DescribeServices", { services: ["agent"] });
  assert.notEqual(services[0].status, "ACTIVE");
});

test("a delete tells what it stops where, before anything is stopped", async () => {
  const { server, uri, ask } = await started();
  await ask<DeployAnswer>("deploy", { textDocument: { uri }, steps });
  const plan = await ask<DeletePlanAnswer>("deletePlan", { serviceName: "agent" });
  assert.equal(plan.stops.length, 5);
  assert.match(plan.lines[0] ?? "", /^Stops 5 tasks on 5 container instances/);
  const answer = await server.request<DeletePlanAnswer>("ecsDaemon/deletePlan", { serviceName: "nobody" });
  assert.ok("error" in answer && answer.error.code === "ServiceNotFoundException");
});

test("attributes are put and deleted, each with its effect told first", async () => {
  const { server, uri, url, files, ask } = await started();
  const serviceUri = files.uriOf("agent.service.json");
  server.open(serviceUri, service);
  await ask<DeployAnswer>("deploy", { textDocument: { uri }, service: serviceUri, steps, timeoutSeconds: 0 });
  const { containerInstanceArns } = await call(url, "ListContainerInstances");
  const instances = [containerInstanceArns[0].split("/").at(-1)];
  const change = { instances, attributes: [{ name: "env", value: "prod" }] };
  const gained = await ask<AttributeEffectsAnswer>("attributeEffects", change);
  assert.deepEqual([gained.examined, gained.services[0]?.gains], [1, instances]);
  await ask("putAttributes", change);
  const removal = { instances, attributes: [{ name: "env" }] };
  const lost = await ask<AttributeEffectsAnswer>("attributeEffects", { ...removal, remove: true });
  assert.deepEqual(lost.services[0]?.loses, instances);
  assert.match(lost.lines[0] ?? "", /^agent loses 1 container instance/);
  assert.deepEqual(await ask("deleteAttributes", removal), { changed: 1 });
  assert.deepEqual((await ask<AttributeEffectsAnswer>("attributeEffects", change)).services, gained.services);
});

test("a captured cluster is a snapshot that can be previewed, with the account masked on request", async () => {
  const { server, uri, files, ask } = await started();
  const captured = await ask<CaptureAnswer>("capture", { maskAccounts: true });
  assert.deepEqual(
    [captured.fileName, captured.instances, captured.tasks],
    ["default.ecs-cluster.json", 5, 0],
  );
  assert.ok(!captured.text.includes("123456789012") && captured.text.includes("000000000000"));
  const snapshot = files.uriOf(captured.fileName);
  server.open(snapshot, captured.text);
  const preview = await ask<{ summary: { place: number } }>("preview", {
    textDocument: { uri },
    cluster: snapshot,
  });
  assert.equal(preview.summary.place, 5);
});

test("every expression of a document is compared with what ECS selects by it", async () => {
  const { server, files, ask } = await started();
  const query = files.uriOf("x.ecsquery");
  server.open(query, "agentConnected == true", "ecs-query");
  const { comparisons } = await ask<CompareAnswer>("compare", { textDocument: { uri: query } });
  assert.deepEqual(
    comparisons.map((it) => [it.expression, it.agrees, it.ecs.matched.length]),
    [["agentConnected == true", true, 5]],
  );
  const named = await ask<CompareAnswer>("compare", { expression: "attribute:env == prod" });
  assert.equal(named.comparisons[0]?.agrees, true);
  const empty = files.uriOf("y.ecsquery");
  server.open(empty, "", "ecs-query");
  const answer = await server.request<CompareAnswer>("ecsDaemon/compare", { textDocument: { uri: empty } });
  assert.ok("error" in answer && answer.error.code === "no-expression");
});

test("the AWS CLI commands know what ECS has already, and create everything where nobody can be asked", async () => {
  const { uri, url, ask } = await started();
  const textDocument = { uri };
  const names = async (params: object) =>
    (await ask<AwsCliAnswer>("awsCli", { textDocument, steps, ...params })).commands.map(
      (it) => it.split(" ")[2],
    );
  const all = ["register-task-definition", "create-service", "list-container-instances", "list-tasks"];
  assert.deepEqual(await names({}), all);
  assert.deepEqual(await names({ cluster: files("x.ecs-fleet.json") }), all);
  await ask<DeployAnswer>("deploy", { textDocument, steps });
  assert.deepEqual(await names({}), all.slice(2));
  const { commands } = await ask<AwsCliAnswer>("awsCli", { textDocument, steps });
  assert.ok(commands.every((it) => it.includes(` --endpoint-url ${url}`)));
});

test("the commands for the clipboard read secrets from the saved file, or from variables where it is not saved", async () => {
  const { server, files, ask } = await started();
  const uri = files.uriOf("secret.taskdef.json");
  const environment = [{ name: "DB_PASSWORD", value: "hunter2-Zx9" }];
  const text = definition.replace('"cpu":100', `"cpu":100,"environment":${JSON.stringify(environment)}`);
  files.write("secret.taskdef.json", text);
  server.open(uri, text);
  const register = async () => {
    const { commands } = await ask<AwsCliAnswer>("awsCli", { textDocument: { uri }, steps });
    assert.ok(!commands.join("\n").includes("hunter2"));
    return commands[0] ?? "";
  };
  assert.ok((await register()).includes(`--cli-input-json file://${files.path}/secret.taskdef.json`));
  files.write("secret.taskdef.json", definition);
  assert.match(await register(), /--cli-input-json '\{.*\$\{TASK_DB_PASSWORD:\?/);
});

test("a document that is broken is refused without its text", async () => {
  const { server, uri } = await started();
  server.change(uri, definition.replace('"cpu":100', '"environment":[hunter2-Zx9]'));
  const answer = await server.request<AwsCliAnswer>("ecsDaemon/awsCli", { textDocument: { uri }, steps });
  assert.ok("error" in answer && !JSON.stringify(answer).includes("hunter2"), JSON.stringify(answer));
});

test("a service without a name has no commands, and the answer says what is missing", async () => {
  const { server, files } = await started();
  const uri = files.uriOf("bare.service.json");
  server.open(uri, "{}");
  const cluster = files.uriOf("x.ecs-fleet.json");
  const params = { textDocument: { uri }, steps, cluster };
  const answer = await server.request<AwsCliAnswer>("ecsDaemon/awsCli", params);
  assert.ok("error" in answer && answer.error.code === "NoServiceName", JSON.stringify(answer));
});

const files = (name: string) => `file:///nowhere/${name}`;

test("the clusters of an account are listed by name", async () => {
  const { server, url, ask } = await started();
  await call(url, "CreateCluster", { clusterName: "another" });
  const target = { endpointUrl: url, region: "eu-west-1" };
  const { clusters } = await ask<ListClustersAnswer>("clusters", target);
  assert.deepEqual(
    clusters.map((it) => it.name),
    ["another", "default"],
  );
  const nowhere = await server.request<ListClustersAnswer>("ecsDaemon/clusters", {
    endpointUrl: "http://127.0.0.1:9",
  });
  assert.ok("error" in nowhere && nowhere.error.code === "Unreachable");
  // In the words of an editor: there are no options to correct here.
  assert.match(nowhere.error.remedy ?? "", /ecsDaemon\.aws\.endpointUrl/);
  assert.doesNotMatch(nowhere.error.remedy ?? "", /--|ecs-daemon local/);
});

test("in a workspace that is not trusted no account is asked, by none of them", async () => {
  const { server, uri } = await started({ trusted: false });
  const cluster = { kind: "aws", cluster: "default", region: "eu-west-1" };
  for (const [method, params] of [
    ["plan", { textDocument: { uri }, steps, cluster }],
    ["deletePlan", { serviceName: "x", cluster }],
    ["attributeEffects", { instances: ["a"], attributes: [{ name: "x" }], cluster }],
    ["deleteAttributes", { instances: ["a"], attributes: [{ name: "x" }], cluster }],
    ["capture", { cluster }],
    ["compare", { expression: "agentConnected == true", cluster }],
    ["clusters", {}],
  ] as const) {
    const answer = await server.request<{ error?: { code: string } }>(`ecsDaemon/${method}`, params);
    assert.equal(answer.error?.code, "untrusted-workspace", method);
  }
});

test("a code of an MFA device is asked of the client, and no code cancels", async () => {
  const folder = temporaryFolder({});
  cleanups.push(folder.remove);
  const codes: string[] = [];
  const server = await startClient({
    folders: [],
    environment: {
      connectEcs: async (_target, mfaCode) => {
        codes.push((await mfaCode?.("arn:aws:iam::123456789012:mfa/me")) ?? "nobody asks");
        throw new Error("enough");
      },
    },
  });
  cleanups.push(server.close);
  const devices: string[] = [];
  const answers: (string | null)[] = ["123456", null];
  const target = { region: "eu-west-1" };
  const unknown = await server.request<ListClustersAnswer>("ecsDaemon/clusters", target);
  assert.ok("error" in unknown && unknown.error.code === "MfaCodeNeeded");
  server.connection.onRequest("ecsDaemon/mfaCode", ({ device }: { device: string }) => {
    devices.push(device);
    return { code: answers.shift() ?? null };
  });
  await server.request("ecsDaemon/clusters", target);
  assert.deepEqual([codes, devices], [["123456"], ["arn:aws:iam::123456789012:mfa/me"]]);
  const cancelled = await server.request<ListClustersAnswer>("ecsDaemon/clusters", target);
  assert.ok("error" in cancelled && cancelled.error.code === "AbortError");
});
