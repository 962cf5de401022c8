// Deploying from the editor: the diagnostics that the editor shows decide before anything is sent.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type {
  AwsCliAnswer,
  DeployAnswer,
  PlanAnswer,
  StartLocalAnswer,
} from "../../server/src/lsp/protocol/protocol";
import { post } from "../support/localEndpoint";
import { startClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const container = { name: "agent", image: "example/agent:1", memory: 64 };
const definition = (more: object = {}) => ({
  family: "agent",
  containerDefinitions: [{ ...container, ...more }],
});
const service = (more: object = {}) => ({
  serviceName: "agent",
  taskDefinition: "agent",
  schedulingStrategy: "DAEMON",
  ...more,
});
/** Three errors that the endpoint alone would not refuse. */
const wrong = { essental: false, privilaged: true, readonlyRootFileSystem: true };

/** ECS refuses a mount of a volume that the task definition does not have. */
const unmounted = { mountPoints: [{ sourceVolume: "data", containerPath: "/data" }] };

async function stage(context: TestContext, files: Readonly<Record<string, unknown>>, settings: object = {}) {
  const folder = temporaryFolder(
    Object.fromEntries(
      Object.entries(files).map(([name, it]) => [name, typeof it === "string" ? it : JSON.stringify(it)]),
    ),
  );
  context.after(folder.remove);
  const server = await startClient({
    folders: [folder.uriOf(".")],
    settings,
    initializationOptions: { cluster: "local" },
  });
  context.after(server.close);
  const local = await server.request<StartLocalAnswer>("ecsDaemon/local/start", { port: 0 });
  assert.ok(!("error" in local), JSON.stringify(local));
  const request = <Answer extends object>(method: string, name: string, more: object = {}) =>
    server.request<Answer>(`ecsDaemon/${method}`, {
      textDocument: { uri: folder.uriOf(name) },
      steps: ["register", "createService", "verify"],
      ...more,
    });
  const registered = async (): Promise<number> =>
    (await post(local.url, "AmazonEC2ContainerServiceV20141113.ListTaskDefinitions", {})).taskDefinitionArns
      .length;
  return { request, registered, folder };
}

function failureOf(answer: object): { code: string; message: string; places?: readonly { uri: string }[] } {
  assert.ok("error" in answer, JSON.stringify(answer));
  return answer.error as { code: string; message: string };
}

test("errors stop deploy, register, create and plan, with their number, file and place", async (context) => {
  const { request, registered, folder } = await stage(context, { "agent.taskdef.json": definition(wrong) });
  for (const method of ["deploy", "plan"])
    for (const steps of [["register", "createService", "verify"], ["register"], ["createService"]]) {
      const { code, message, places } = failureOf(await request(method, "agent.taskdef.json", { steps }));
      assert.equal(code, "errors-in-files");
      assert.match(message, /^3 errors in agent\.taskdef\.json\./);
      assert.equal(places?.[0]?.uri, folder.uriOf("agent.taskdef.json"));
    }
  assert.equal(await registered(), 0);
});

test("an override sends what ECS can see, and refuses the rest by name", async (context) => {
  const { request, registered } = await stage(context, {
    "agent.taskdef.json": definition(wrong),
    "wrong.taskdef.json": { ...definition(unmounted), family: "wrong" },
  });
  const despiteErrors = true;
  for (const method of ["deploy", "plan"]) {
    const { code, message } = failureOf(await request(method, "agent.taskdef.json", { despiteErrors }));
    assert.equal(code, "unknown-property");
    for (const name of Object.keys(wrong)) assert.match(message, new RegExp(`'${name}'`));
  }
  const plan = await request<PlanAnswer>("plan", "wrong.taskdef.json", { despiteErrors });
  assert.ok(!("error" in plan), JSON.stringify(plan));
  assert.equal(plan.sections[0]?.title, "errors");
  const answer = await request<DeployAnswer>("deploy", "wrong.taskdef.json", { despiteErrors });
  assert.ok(!("error" in answer), JSON.stringify(answer));
  const [step] = answer.steps;
  assert.equal(step?.outcome, "failed");
  assert.match(
    step?.detail ?? "",
    /^Register failed: .*\(wrong\.taskdef\.json: containerDefinitions\[0\]\.mountPoints\[0\]\.sourceVolume\)\.$/,
  );
  assert.equal(step?.place?.property, "containerDefinitions[0].mountPoints[0].sourceVolume");
  assert.equal(await registered(), 0);
});

test("the service file counts wherever it is sent, from both ends", async (context) => {
  const bad = service({ placementConstraints: [{ type: "memberOf", expression: "attribute:env = prod" }] });
  const { request, registered } = await stage(context, {
    "agent.taskdef.json": definition(),
    "agent.service.json": bad,
  });
  for (const name of ["agent.taskdef.json", "agent.service.json"])
    for (const steps of [["register", "createService", "verify"], ["createService"]]) {
      const { code, message } = failureOf(await request("deploy", name, { steps }));
      assert.equal(code, "errors-in-files", message);
      assert.match(message, /1 error in agent\.service\.json/);
    }
  assert.equal(await registered(), 0);
  // Registering sends nothing of the service.
  const answer = await request<DeployAnswer>("deploy", "agent.taskdef.json", { steps: ["register"] });
  assert.ok(!("error" in answer), JSON.stringify(answer));
  assert.equal(answer.steps[0]?.outcome, "done");
});

test("severities count as the settings have them, and warnings are part of the plan", async (context) => {
  const files = { "agent.taskdef.json": definition(unmounted) };
  const off = { diagnostics: [{ code: "*", severity: "warning" }] };
  const { request } = await stage(context, files, off);
  const plan = await request<PlanAnswer>("plan", "agent.taskdef.json");
  assert.ok(!("error" in plan), JSON.stringify(plan));
  assert.equal(plan.sections[0]?.title, "warnings");
  assert.match(plan.sections[0]?.lines[0] ?? "", /^agent\.taskdef\.json line 1: /);
});

test("commands for the clipboard are made of wrong files too, and the answer reports the errors", async (context) => {
  const { request } = await stage(context, { "agent.taskdef.json": definition(wrong) });
  const answer = await request<AwsCliAnswer>("awsCli", "agent.taskdef.json");
  assert.ok(!("error" in answer), JSON.stringify(answer));
  assert.equal(answer.errors, "3 errors in agent.taskdef.json");
  assert.match(answer.commands[0] ?? "", /essental/);
});

test("what is JSON is sent as it stands, and a bare placeholder is named", async (context) => {
  const dockerLabels = { a$HOME: "x", "b{{y}}": "1", "<c>": "3", ok: "2" };
  const { request, registered } = await stage(context, {
    "agent.taskdef.json": definition({ dockerLabels, command: ["echo $HOME", "{{.Name}}"] }),
    "bare.taskdef.json": JSON.stringify(definition()).replace("64", "${MEMORY}"),
  });
  const { code, message } = failureOf(await request("deploy", "bare.taskdef.json"));
  assert.equal(code, "placeholders");
  assert.match(message, /bare\.taskdef\.json .*\$\{MEMORY\}/);
  assert.equal(await registered(), 0);
  const answer = await request<DeployAnswer>("deploy", "agent.taskdef.json");
  assert.ok(!("error" in answer), JSON.stringify(answer));
  assert.equal(answer.verify?.verified, true);
});
