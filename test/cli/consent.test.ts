// Nothing is changed in an account before somebody agreed to exactly that: every call is recorded on its way.

import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { runCommandLine } from "../../server/src/cli/runCommandLine";
import { runCli } from "../support/commandLine";
import { projectRoot } from "../support/paths";
import { isReading, person, recordedCredentials, startRecordedEcs } from "../support/recordedEcs";

const taskDefinition = join(projectRoot, "test", "workspace", "datadog-agent.taskdef.json");
const environment = recordedCredentials;

before(() => Object.assign(process.env, recordedCredentials));

test("without a terminal and without --yes nothing is sent at all", async (context) => {
  const { url, operations } = await startRecordedEcs(context);
  const target = ["--cluster", "default", "--endpoint-url", url];
  for (const words of [
    ["deploy", taskDefinition, ...target],
    ["deploy", taskDefinition, ...target, "--on-failure", "remove"],
    ["delete", "datadog-agent", ...target],
  ]) {
    const result = await runCli(words, { environment });
    assert.equal(result.code, 2);
    assert.match(result.stderr, /Nothing was sent\./);
  }
  assert.deepEqual(operations, []);
});

test("a person who says no has only been told what would change", async (context) => {
  const { url, operations } = await startRecordedEcs(context);
  const { terminal, said } = person(false);
  const code = await runCommandLine(
    ["deploy", taskDefinition, "--cluster", "default", "--endpoint-url", url],
    terminal,
  );
  assert.equal(code, 1);
  const [question = ""] = said.questions;
  assert.match(question, /task definition is new\. The service datadog-agent is created\./);
  assert.match(question, /the cluster default of account 123456789012 in eu-west-1/);
  assert.match(said.complaints, /placement +gains 5 container instances: [0-9a-f]{32},/);
  assert.match(said.complaints, /keeps 0 container instances\n +loses 0 container instances/);
  assert.ok(operations.length > 0 && operations.every(isReading), operations.join());
});

test("a dry run reads, shows the placement and sends nothing that changes anything", async (context) => {
  const { url, operations } = await startRecordedEcs(context);
  const words = ["deploy", taskDefinition, "--cluster", "default", "--endpoint-url", url, "--dry-run"];
  const text = await runCli(words, { environment });
  assert.equal(text.code, 0, text.stderr);
  assert.match(text.stderr, /gains 5 container instances/);
  assert.ok(text.stdout.split("\n").every((it) => it === "" || it.startsWith("aws ecs ")));
  const { placement } = (await runCli([...words, "--format", "json"], { environment })).json();
  assert.deepEqual(Object.keys(placement), ["gains", "keeps", "loses", "blocked", "unknown"]);
  assert.deepEqual([placement.gains.length, placement.keeps, placement.loses], [5, [], []]);
  assert.ok(operations.length > 0 && operations.every(isReading), operations.join());
});

test("a person who says yes, or --yes, gets it done, and no secret is told", async (context) => {
  const { url, operations } = await startRecordedEcs(context);
  const target = ["--cluster", "default", "--endpoint-url", url];
  const { terminal, said } = person(true);
  assert.equal(await runCommandLine(["deploy", taskDefinition, ...target], terminal), 0, said.complaints);
  assert.ok(operations.includes("CreateService"));
  const again = await runCli(["deploy", taskDefinition, ...target, "--yes"], { environment });
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stderr, /keeps 5 container instances/);
  assert.equal(await runCommandLine(["delete", "datadog-agent", ...target], terminal), 0);
  assert.match(said.questions[1] ?? "", /5 tasks will be stopped/);
  assert.match(said.complaints, /Stops 5 tasks on 5 container instances: [0-9a-f]{32}, /);
  assert.ok(!/very-secret|AKIDEXAMPLE/.test(said.output + said.complaints + again.stdout + again.stderr));
});

test("a cluster that the account does not have is refused before anything is asked", async (context) => {
  const { url, operations } = await startRecordedEcs(context);
  const { terminal, said } = person(true);
  const code = await runCommandLine(
    ["deploy", taskDefinition, "--cluster", "typo", "--endpoint-url", url],
    terminal,
  );
  assert.equal(code, 2);
  assert.match(said.complaints, /no cluster "typo"/);
  assert.deepEqual(said.questions, []);
  const agreed = await runCli(
    ["deploy", taskDefinition, "--cluster", "typo", "--endpoint-url", url, "--yes"],
    { environment },
  );
  assert.deepEqual([agreed.code, agreed.stdout], [2, ""]);
  assert.match(agreed.stderr, /no cluster "typo"/);
  assert.ok(operations.every(isReading));
});

test("an instance that joins while the question stands is told of, and asked about again", async (context) => {
  const ecs = await startRecordedEcs(context);
  const { terminal, said } = person(true, false);
  const confirm = async (question: string) => {
    if (said.questions.length === 0) await ecs.call("RegisterContainerInstance", { cluster: "default" });
    return terminal.confirm(question);
  };
  const words = ["deploy", taskDefinition, "--cluster", "default", "--endpoint-url", ecs.url];
  assert.equal(await runCommandLine(words, { ...terminal, confirm }), 1);
  assert.equal(said.questions.length, 2);
  assert.match(said.complaints, /5 container instances matched before, and now 6\./);
  assert.match(said.complaints, /gains 6 container instances/);
  assert.match(said.complaints, /Nothing was changed\./);
  assert.ok(ecs.operations.every(isReading), ecs.operations.join());
});

test("a service that somebody else creates meanwhile is told of, and the new plan is carried out after a second yes", async (context) => {
  const ecs = await startRecordedEcs(context);
  const { terminal, said } = person(true);
  const confirm = async (question: string) => {
    if (said.questions.length === 0) {
      const containerDefinitions = [{ name: "other", image: "other:1", memory: 64 }];
      await ecs.call("RegisterTaskDefinition", { family: "other", containerDefinitions });
      await ecs.call("CreateService", {
        serviceName: "datadog-agent",
        taskDefinition: "other",
        schedulingStrategy: "DAEMON",
      });
    }
    return terminal.confirm(question);
  };
  const words = ["deploy", taskDefinition, "--cluster", "default", "--endpoint-url", ecs.url];
  assert.equal(await runCommandLine(words, { ...terminal, confirm }), 0, said.complaints);
  assert.match(said.complaints, /another user created it/);
  assert.match(said.complaints, /taskDefinition: other:1 → a new revision/);
  assert.equal(said.questions.length, 2);
  assert.deepEqual(
    ecs.operations.filter((it) => !isReading(it)),
    ["RegisterTaskDefinition", "UpdateService"],
  );
});

test("a change between the registration and the update stops the update", async (context) => {
  const ecs = await startRecordedEcs(context);
  const target = ["--cluster", "default", "--endpoint-url", ecs.url];
  assert.equal(await runCommandLine(["deploy", taskDefinition, ...target], person(true).terminal), 0);
  await ecs.call("RegisterTaskDefinition", {
    family: "datadog-agent",
    containerDefinitions: [{ name: "a", image: "a:1", memory: 64 }],
  });
  ecs.operations.length = 0;
  ecs.before(async (operation) => {
    if (operation !== "RegisterTaskDefinition") return undefined;
    await ecs.call("UpdateService", { service: "datadog-agent", forceNewDeployment: true });
    return undefined;
  });
  const { terminal, said } = person(true, false);
  assert.equal(await runCommandLine(["deploy", taskDefinition, ...target], terminal), 1);
  assert.match(said.complaints, /image: a:1|containerDefinitions\[a\]/);
  assert.match(said.complaints, /The service was changed meanwhile/);
  assert.deepEqual(
    ecs.operations.filter((it) => !isReading(it)),
    ["RegisterTaskDefinition"],
  );
});
