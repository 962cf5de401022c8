import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type {
  AddConstraintAnswer,
  ExplainAnswer,
  ExpressionAnswer,
  PreviewAnswer,
  TimelineAnswer,
} from "../../server/src/lsp/protocol/protocol";
import { startClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const taskDefinition = `{ "family": "agent", "containerDefinitions": [{ "name": "agent", "image": "a", "memory": 256 }] }`;
const service = `{
  "serviceName": "agents",
  "taskDefinition": "agent",
  "schedulingStrategy": "DAEMON",
  "placementConstraints": [{ "type": "memberOf", "expression": "attribute:env == prod" }]
}`;
const fleet = JSON.stringify({
  groups: [
    { count: 3, instanceType: "m5.large", zones: ["eu-west-1a"], attributes: { env: "prod" } },
    { count: 2, instanceType: "c5.large", zones: ["eu-west-1b"], attributes: { env: "dev" } },
  ],
});

async function opened(files: Readonly<Record<string, string>> = { "agent.service.json": service }) {
  const folder = temporaryFolder({
    "five.ecs-fleet.json": fleet,
    "agent.taskdef.json": taskDefinition,
    ...files,
  });
  cleanups.push(folder.remove);
  const server = await startClient({
    folders: [folder.uri],
    initializationOptions: { cluster: "five.ecs-fleet.json" },
  });
  cleanups.push(server.close);
  const uri = folder.uriOf("agent.taskdef.json");
  server.open(uri, taskDefinition);
  const ask = <T>(method: string, more: object = {}) =>
    server.request<T>(`ecsDaemon/${method}`, { textDocument: { uri }, ...more });
  return { folder, server, ask };
}

function good<T extends object>(answer: T): Exclude<T, { readonly error: unknown }> {
  assert.ok(!("error" in answer), JSON.stringify(answer));
  return answer as Exclude<T, { readonly error: unknown }>;
}

test("a text that is in no document is counted, completed and explained on the chosen cluster", async () => {
  const { ask } = await opened();
  const text = "attribute:ecs.instance-type == ";
  const typing = good(await ask<ExpressionAnswer>("expression", { text, offset: text.length }));
  assert.deepEqual(
    typing.offers.map((it) => `${it.label}, ${it.detail}`),
    ["m5.large, 3 of 5", "c5.large, 2 of 5"],
  );
  assert.equal(typing.isSound, false);
  const whole = good(await ask<ExpressionAnswer>("expression", { text: `${text}m5.large`, offset: 3 }));
  assert.equal(whole.selects, "3 of 5");
  assert.match(whole.hover?.text ?? "", /ecs\.instance-type/);
});

test("what is counted is the cluster with the changes of What if", async () => {
  const { ask } = await opened();
  const changes = [{ kind: "addInstances", count: 4, instanceType: "m5.large", attributes: { env: "prod" } }];
  const text = "attribute:env == prod";
  const found = good(await ask<ExpressionAnswer>("expression", { text, offset: 0, changes }));
  assert.equal(found.selects, "7 of 9");
});

test("without a cluster an expression is checked and completed, and nothing is counted", async () => {
  const { ask } = await opened();
  const found = good(
    await ask<ExpressionAnswer>("expression", {
      text: "agentConnected ==",
      offset: 17,
      cluster: "gone.ecs-fleet.json",
    }),
  );
  assert.equal(found.selects, undefined);
  assert.deepEqual(
    found.offers.map((it) => it.label),
    ["true", "false"],
  );
});

test("a megabyte of text is said to be too long, and an offset of nonsense is no fault", async () => {
  const { ask } = await opened();
  const text = "attribute:env == prod and ".repeat(40_000);
  const { isSound, problems } = good(await ask<ExpressionAnswer>("expression", { text, offset: 0 }));
  assert.equal(isSound, false);
  assert.ok(problems.some((it) => it.code === "expression-too-long"));
  for (const offset of [-1, 1e9, "x", null])
    good(await ask<ExpressionAnswer>("expression", { text: "a", offset }));
});

test("a tried constraint is previewed beside the service's, and compared with what is without it", async () => {
  const { ask } = await opened();
  const trial = { expression: "attribute:ecs.instance-type == c5.large" };
  const found = good(await ask<PreviewAnswer>("preview", { trial }));
  assert.equal(found.simulated, true);
  assert.match(found.sentence, /Lands on 0 of 5/);
  assert.match(found.whatIf?.sentenceBefore ?? "", /Lands on 3 of 5/);
  assert.deepEqual(found.whatIf?.trial, trial);
  assert.deepEqual(
    found.constraints.map((it) => it.from),
    ["service", "trial"],
  );
  assert.equal(found.whatIf?.verdicts.length, 3);
});

test("a tried constraint in place of the service's has its own say, in explanations and stories too", async () => {
  const { ask } = await opened();
  const trial = { expression: "attribute:ecs.instance-type == c5.large", replaces: true };
  const found = good(await ask<PreviewAnswer>("preview", { trial }));
  assert.match(found.sentence, /Lands on 2 of 5/);
  const lost = found.instances.find((it) => it.verdict === "excluded");
  const explained = good(await ask<ExplainAnswer>("explain", { instance: lost?.id, trial }));
  assert.deepEqual(
    explained.constraints.map((it) => [it.from, it.explanation.truth]),
    [["trial", false]],
  );
  const story = good(await ask<TimelineAnswer>("timeline", { scenario: "update", trial }));
  assert.equal(story.steps[0]?.wanted, 2);
});

test("a tried constraint that is none of the language is a failure that says so", async () => {
  const { ask } = await opened();
  const answer = await ask<PreviewAnswer>("preview", { trial: { expression: "attribute:env === prod" } });
  assert.ok("error" in answer && answer.error.code === "broken-expression");
  assert.match(answer.error.message, /tried out/);
});

test("a tried constraint is added to the service, and to the task definition where there is none", async () => {
  const { ask, folder } = await opened();
  const trial = { expression: "attribute:rack exists" };
  const toService = good(await ask<AddConstraintAnswer>("addConstraint", { trial }));
  assert.equal(toService.uri, folder.uriOf("agent.service.json"));
  const [edit] = toService.edits;
  assert.equal(edit?.newText, ', { "type": "memberOf", "expression": "attribute:rack exists" }');
  assert.equal(edit?.range.start.line, 4);
  const alone = await opened({});
  const toDefinition = good(await alone.ask<AddConstraintAnswer>("addConstraint", { trial }));
  assert.equal(toDefinition.uri, alone.folder.uriOf("agent.taskdef.json"));
});

test("a query file has no constraints to add to", async () => {
  const { server, folder, ask } = await opened({ "q.ecsquery": "attribute:env == prod\n" });
  const uri = folder.uriOf("q.ecsquery");
  server.open(uri, "attribute:env == prod\n", "ecs-query");
  const answer = await ask<AddConstraintAnswer>("addConstraint", {
    textDocument: { uri },
    trial: { expression: "attribute:rack exists" },
  });
  assert.ok("error" in answer && answer.error.code === "cannot-add");
});
