// Managed daemons in a coverage report: as ECS counts them, and in no one's way.

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { runCommandLine } from "../../../server/src/cli/runCommandLine";
import { managedProvider } from "../../local/managed/support";
import { type AnyAnswer, agentDefinition } from "../../support/localEndpoint";
import { person, recordedCredentials, startRecordedEcs } from "../../support/recordedEcs";

async function stage(context: TestContext) {
  Object.assign(process.env, recordedCredentials);
  const ecs = await startRecordedEcs(context, { instances: 1 });
  const { call, local } = ecs;
  const { capacityProvider } = await call("CreateCapacityProvider", {
    name: "mi",
    cluster: "default",
    managedInstancesProvider: managedProvider(),
  });
  const { daemonTaskDefinitionArn } = await call("RegisterDaemonTaskDefinition", {
    family: "guard",
    cpu: "256",
    memory: "512",
    containerDefinitions: [{ name: "guard", image: "guard:1", memory: 256 }],
  });
  const capacityProviderArns = [capacityProvider.capacityProviderArn];
  await call("CreateDaemon", { daemonName: "guard", daemonTaskDefinitionArn, capacityProviderArns });
  await call("RegisterTaskDefinition", { ...agentDefinition("web"), networkMode: "host" });
  await call("CreateService", {
    serviceName: "web",
    taskDefinition: "web",
    desiredCount: 1,
    capacityProviderStrategy: [{ capacityProvider: "mi", weight: 1 }],
  });
  await local("AdvanceClock", { seconds: 600 });
  const coverage = async (...words: readonly string[]) => {
    const { terminal, said } = person(true);
    const call = ["coverage", "--cluster", "default", "--endpoint-url", ecs.url, ...words];
    return { code: await runCommandLine(call, terminal), ...said };
  };
  return { ...ecs, coverage };
}

test("a managed daemon is shown with its counts, in every format", async (context) => {
  const { coverage, after } = await stage(context);
  const { code, output } = await coverage("--format", "json");
  const { covered, clusters } = JSON.parse(output);
  assert.equal(code, 0);
  assert.equal(covered, true);
  const [guard] = clusters[0].daemons.filter((it: AnyAnswer) => it.kind === "managed");
  assert.deepEqual([guard.service, guard.wanted, guard.running, guard.cells], ["guard", 1, 1, []]);
  after((operation, answer) => {
    if (operation !== "DescribeDaemon") return undefined;
    const [revision] = answer.daemon.currentRevisions;
    const currentRevisions = [{ ...revision, totalRunningCount: 3, totalWithoutDaemonCount: 2 }];
    return { daemon: { ...answer.daemon, currentRevisions } };
  });
  for (const format of ["text", "markdown", "junit", "openmetrics"]) {
    const ill = await coverage("--format", format);
    assert.equal(ill.code, 1, format);
    assert.match(ill.output, /guard/, format);
  }
  assert.match((await coverage()).output, /guard \(managed daemon\): 3 of 5 \(60 %\), 2 missing/);
  assert.match((await coverage("--format", "openmetrics")).output, /ecs_daemon_wanted\{.*kind="managed"\} 5/);
});

test("counts that ECS does not give are not known", async (context) => {
  const { coverage, after } = await stage(context);
  after((operation, answer) =>
    operation === "DescribeDaemon" ? { daemon: { daemonArn: answer.daemon.daemonArn } } : undefined,
  );
  assert.equal((await coverage()).code, 3);
});

test("without permission it is said, and an ECS without managed daemons has none", async (context) => {
  const { coverage, before } = await stage(context);
  const answer = (__type: string) => async (operation: string) =>
    operation === "ListDaemons" ? { status: 400, body: { __type, message: "No." } } : undefined;
  before(answer("AccessDeniedException"));
  const denied = await coverage();
  assert.equal(denied.code, 3);
  assert.match(denied.output, /ListDaemons/);
  before(answer("UnknownOperationException"));
  assert.equal((await coverage()).code, 0);
});
