// `ecs-daemon coverage --watch`: a look is printed when something changed, what fails in between ends nothing, and it ends
// when it is interrupted.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { runCommandLine } from "../../../server/src/cli/runCommandLine";
import { agentDefinition, idsOf } from "../../support/localEndpoint";
import { person, recordedCredentials, startRecordedEcs } from "../../support/recordedEcs";
import { until } from "../../support/until";

async function stage(context: TestContext) {
  Object.assign(process.env, recordedCredentials);
  const ecs = await startRecordedEcs(context, { instances: 2 });
  await ecs.call("RegisterTaskDefinition", agentDefinition());
  const agent = { serviceName: "agent", taskDefinition: "agent", schedulingStrategy: "DAEMON" };
  await ecs.call("CreateService", agent);
  const [id = ""] = idsOf((await ecs.call("ListContainerInstances")).containerInstanceArns);
  const controller = new AbortController();
  context.after(() => controller.abort());
  const { terminal, said } = person(true);
  const watch = (...words: readonly string[]) =>
    runCommandLine(
      ["coverage", "--cluster", "default", "--endpoint-url", ecs.url, "--watch", "1", ...words],
      { ...terminal, interruption: () => controller.signal },
    );
  /** How many looks have begun. */
  const looks = () => ecs.operations.filter((it) => it === "ListServices").length;
  return { ...ecs, id, watch, said, looks, stop: () => controller.abort() };
}

test("what changed is printed, once, and interrupting ends it", async (context) => {
  const { local, id, watch, said, looks, stop } = await stage(context);
  const running = watch("--grace", "0");
  await until("two looks were made", async () => looks() >= 2 && said.output !== "");
  const first = said.output;
  assert.match(first, /1 of 1 daemon covered/);
  await local("UpdateContainerInstance", { containerInstance: id, agentConnected: false });
  await until("the change is printed", async () => said.output.length > first.length);
  const second = said.output.slice(first.length);
  assert.match(second, /disconnected/);
  const printed = said.output.length;
  const seen = looks();
  await until("two more looks were made", async () => looks() >= seen + 2);
  assert.equal(said.output.length, printed);
  stop();
  assert.notEqual(await running, 0);
});

test("a look that fails is printed as such and the next one goes on", async (context) => {
  const { before, watch, said, looks, stop } = await stage(context);
  const denied = { status: 400, body: { __type: "AccessDeniedException", message: "Not now." } };
  before(async (operation) => (looks() === 1 && operation === "ListServices" ? denied : undefined));
  const running = watch("--format", "json");
  await until("three looks were made", async () => looks() >= 3);
  stop();
  await running;
  const reports = said.output
    .split(/^(?=\{$)/m)
    .filter((it) => it.trim() !== "")
    .map((it) => JSON.parse(it));
  assert.equal(reports[0].complete, false);
  assert.match(reports[0].failed[0], /Not now/);
  assert.equal(reports[1].covered, true);
});
