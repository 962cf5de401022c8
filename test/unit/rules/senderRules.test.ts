// Who sends a file: what each sender drops, refuses, fills in and names, value by value.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResource } from "../../../server/src/core/resources/resource";
import type { Sender } from "../../../server/src/core/resources/senders";
import { serverRejection } from "../../../server/src/core/rules/serverRejection";
import { validateDocument } from "../../../server/src/core/rules/validate";
import {
  container,
  daemon,
  definition,
  diagnosticsOf,
  found,
  lines,
  messages,
  service,
  textOf,
  times,
  unknown,
  withTask,
} from "../../support/checkedInputs";

const senders: readonly Sender[] = [
  "awsCli",
  "ecspresso",
  "codePipeline",
  "githubAction",
  "githubRender",
  "githubRenderLogs",
];
const silent = (document: object, file?: string) =>
  senders.filter((sender) => found(document, { sender }, file).length === 0);
const ofActions: readonly Sender[] = ["githubAction", "githubRender", "githubRenderLogs"];

test("each sender treats what is empty in its own way", () => {
  assert.deepEqual(silent(container({})), senders);
  const without = (document: object) =>
    senders.filter(
      (sender) =>
        !found(document, { sender }).some((it) =>
          ["null-value", "unknown-value", "empty-tags", "bad-tag"].includes(it),
        ),
    );
  assert.deepEqual(without(definition({ pidMode: null })), ["ecspresso", "codePipeline", ...ofActions]);
  assert.deepEqual(without(definition({ pidMode: "" })), ["ecspresso", ...ofActions]);
  assert.deepEqual(without(definition({ tags: [] })), ["ecspresso", ...ofActions]);
  assert.deepEqual(without(definition({ tags: [{ key: "", value: "" }] })), [...ofActions]);
  for (const it of [unknown, [unknown], [{ key: unknown, value: "" }]])
    assert.deepEqual(without(definition({ tags: it })), senders, JSON.stringify(it));
});

test("what a sender leaves out and others refuse is one hint", () => {
  const of = (sender: Sender, document: object) =>
    lines(document, { sender }).filter((it) => it.startsWith("left-out-by-sender"));
  const refusal = (sender: Sender, document: object) =>
    messages(document, { sender }).find((it) => it.includes("refuse")) ?? "";
  assert.deepEqual(of("githubAction", definition({ pidMode: null })), [
    "left-out-by-sender at pidMode: Remove 'pidMode'",
  ]);
  assert.deepEqual(of("githubAction", definition({ pidMode: null, ipcMode: null })), [
    "left-out-by-sender at pidMode (ipcMode): Remove all 2",
  ]);
  assert.match(
    refusal("githubAction", definition({ pidMode: "" })),
    /sends empty values, and ECS refuses them/,
  );
  assert.match(
    refusal("githubAction", definition({ pidMode: "", ipcMode: null })),
    /The AWS CLI or ECS refuses/,
  );
  assert.match(refusal("githubAction", definition({ pidMode: null })), /The AWS CLI refuses/);
  assert.match(refusal("githubAction", definition({ tags: [] })), /sends empty values/);
  const nulls = (count: number) =>
    Object.fromEntries(
      ["pidMode", "ipcMode", "cpu", "memory", "networkMode", "taskRoleArn"]
        .slice(0, count)
        .map((it) => [it, null]),
    );
  assert.match(messages(definition(nulls(4)), { sender: "githubAction" }).join(), /'memory'(?! and)/);
  assert.match(messages(definition(nulls(6)), { sender: "githubAction" }).join(), /'memory' and 2 more/);
  assert.deepEqual(of("githubAction", definition({ revision: 3 })), [
    "left-out-by-sender at revision: Remove 'revision'",
  ]);
  assert.deepEqual(of("ecspresso", definition({ revision: 3 })), []);
  assert.deepEqual(of("awsCli", definition({ pidMode: null })), []);
  const env = { environment: times(3, (at) => ({ name: `A${at}`, value: "" })) };
  for (const sender of ofActions) assert.deepEqual(of(sender, container(env)), []);
});

test("names in another case, and names that are not known, are dropped or refused", () => {
  const of = (sender: Sender, document: object) =>
    diagnosticsOf(document, { sender }).map(({ code, severity }) => `${code} ${severity}`);
  const cased = container({ Cpu: 10 });
  assert.deepEqual(of("ecspresso", cased), []);
  assert.equal(of("awsCli", cased).length, 1);
  assert.deepEqual(of("ecspresso", container({ Cpu: 10, cpu: 5 })), ["misspelt-member warning"]);
  assert.deepEqual(of("ecspresso", container({ cpuu: 1 })), ["misspelt-member warning"]);
  assert.deepEqual(of("awsCli", container({ cpuu: 1 })), ["misspelt-member error"]);
  assert.match(
    messages(container({ foo: 1 }), { sender: "ecspresso" })[0] ?? "",
    /ecspresso leaves it out, with a warning/,
  );
  assert.deepEqual(of("ecspresso", definition({}, { memory: undefined, memoy: 64 })), [
    "misspelt-member error",
  ]);
});

test("each sender sends and names what is its own", () => {
  const count = (sender: Sender) =>
    diagnosticsOf(daemon({ desiredCount: 1 }), { sender }).map((it) => it.severity);
  assert.deepEqual(count("awsCli"), ["error"]);
  assert.deepEqual(count("ecspresso"), ["hint"]);
  const { serviceName: _, taskDefinition: __, ...nameless } = daemon({});
  assert.deepEqual(
    senders.filter((sender) => found(nameless, { sender }, "a.service.json").length === 0),
    ["ecspresso"],
  );
  const imageless = container({ image: undefined });
  assert.deepEqual(silent(imageless), ["githubRender", "githubRenderLogs"]);
  const unlogged = container({ logConfiguration: { options: { "awslogs-group": "g" } } });
  assert.deepEqual(silent(unlogged), ["githubRenderLogs"]);
  const text = definition({ cpu: 256, memory: 512 });
  assert.deepEqual(silent(text), ["codePipeline"]);
  const zero = container({ ulimits: [{ name: "core", hardLimit: 0 }] });
  assert.deepEqual(silent(zero), ["ecspresso"]);
  const answer = { taskDefinition: container({}), tags: [] };
  assert.deepEqual(silent(answer), ["ecspresso"]);
});

test("what a rule quotes of another document has no secret of it", () => {
  const secret = "hunter2-Zz91xQ";
  const named = (name: string) => ({
    name,
    image: "a:1",
    memory: 128,
    environment: [{ name: "DB_PASSWORD", value: secret }],
  });
  const task = definition({
    family: secret,
    containerDefinitions: [named("agent")],
    requiresCompatibilities: ["FARGATE"],
  });
  for (const it of messages(daemon({ taskDefinition: secret }), withTask(task)))
    assert.ok(!it.includes(secret), it);
  const owner = service({
    serviceName: secret,
    schedulingStrategy: "DAEMON",
    tags: [{ key: "password", value: secret }],
  });
  const found = messages(task, withTask(task, owner));
  assert.ok(found.length > 0);
  for (const it of found) assert.ok(!it.includes(secret), it);
});

test("a rejection is the first error that ECS itself sees", () => {
  const rejected = (input: object) => serverRejection("registerTaskDefinition", input)?.message;
  assert.equal(rejected(container({})), undefined);
  assert.equal(rejected(container({ foo: 1 })), undefined);
  assert.equal(rejected(definition({ pidMode: null })), undefined);
  assert.match(rejected(definition({ family: "a b" })) ?? "", /amily/);
  assert.match(rejected(definition({ family: null })) ?? "", /family/);
  const padded = (length: number) => container({ command: ["x".repeat(length)] });
  const room = 65_536 - JSON.stringify(padded(0)).length;
  assert.equal(rejected(padded(room)), undefined);
  assert.match(rejected(padded(room + 1)) ?? "", /Actual length: '65537'/);
  assert.equal(serverRejection("createService", service({ schedulingStrategy: "DAEMON" })), undefined);
  assert.equal(
    serverRejection("createService", daemon({ desiredCount: 1 }))?.exception,
    "InvalidParameterException",
  );
});

test("a diagnostic is in the order of the text, and there are at most 500 of a rule", () => {
  const document = container({
    environment: times(600, (at) => ({ name: `A${at}=`, value: "x" })),
    memory: 5,
  });
  const all = validateDocument(openResource("a.taskdef.json", textOf(document)));
  assert.equal(all.filter((it) => it.code === "environment-name").length, 500);
  const starts = all.map((it) => it.span.start);
  assert.deepEqual(
    starts,
    [...starts].sort((left, right) => left - right),
  );
});
