// The language server's process killed while its local cluster runs and is changed: the port is free, and the next server
// goes on at the same address with all that was acknowledged; one that finds the address taken goes on at another.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import type { StartLocalAnswer } from "../../server/src/lsp/protocol/localProtocol";
import { startBundledServer } from "../support/bundledServer";
import { type AnyAnswer, agentDefinition, post } from "../support/localEndpoint";
import { temporaryFolder } from "../support/temporaryFolder";

const kills = Number(process.env.FUZZ_KILLS ?? 3);

const ecs = (url: string, operation: string, input: object = {}): Promise<AnyAnswer> =>
  post(url, `AmazonEC2ContainerServiceV20141113.${operation}`, input);

async function startServer(
  context: TestContext,
  localStateFolder: string,
  cluster: "local" | null = "local",
) {
  const server = await startBundledServer({ initializationOptions: { cluster, localStateFolder } });
  context.after(() => server.kill());
  const start = async () => {
    const answer = await server.request<StartLocalAnswer>("ecsDaemon/local/start", {});
    assert.ok(!("error" in answer), JSON.stringify(answer));
    return answer.url;
  };
  const kill = async () => {
    server.child.kill("SIGKILL");
    await server.kill();
  };
  return { start, kill };
}

/** Registers revisions until nobody answers; the newest that was acknowledged. */
async function registerOnAndOn(url: string, first: number): Promise<number> {
  let newest = first;
  for (;;) {
    const answer = await ecs(url, "RegisterTaskDefinition", agentDefinition("agent")).catch(() => undefined);
    if (answer === undefined) return newest;
    newest = answer.taskDefinition.revision;
  }
}

test("the local cluster of a server that was killed goes on at its address", async (context) => {
  const folder = temporaryFolder();
  context.after(folder.remove);
  let server = await startServer(context, folder.path);
  const url = await server.start();
  await ecs(url, "RegisterTaskDefinition", agentDefinition("agent"));
  const service = { serviceName: "agent", taskDefinition: "agent", schedulingStrategy: "DAEMON" };
  await ecs(url, "CreateService", service);
  let newest = 1;
  for (let kill = 1; kill <= kills; kill += 1) {
    const registering = registerOnAndOn(url, newest);
    await ecs(url, "ListClusters");
    await server.kill();
    newest = await registering;
    assert.ok(
      existsSync(join(folder.path, "local-cluster.state.lock")),
      "a killed process gives nothing back",
    );
    await assert.rejects(ecs(url, "ListClusters"), "the port is free");
    server = await startServer(context, folder.path);
    assert.equal(await server.start(), url);
    const { taskDefinition } = await ecs(url, "DescribeTaskDefinition", { taskDefinition: "agent" });
    assert.ok(taskDefinition.revision >= newest && taskDefinition.revision <= newest + 1);
    newest = taskDefinition.revision;
    const { services } = await ecs(url, "DescribeServices", { services: ["agent"] });
    assert.deepEqual(
      services.map((it: AnyAnswer) => [it.status, it.desiredCount]),
      [["ACTIVE", 5]],
    );
  }
});

test("where its address was taken meanwhile, the cluster goes on at another", async (context) => {
  const folder = temporaryFolder();
  context.after(folder.remove);
  const killed = await startServer(context, folder.path);
  const url = await killed.start();
  await ecs(url, "RegisterTaskDefinition", agentDefinition("agent"));
  await killed.kill();
  const other = createServer();
  context.after(() => other.close());
  await new Promise<void>((resolve) => other.listen(Number(new URL(url).port), "127.0.0.1", resolve));
  const next = await startServer(context, folder.path);
  const moved = await next.start();
  assert.notEqual(moved, url);
  const { taskDefinitionArns } = await ecs(moved, "ListTaskDefinitions");
  assert.equal(taskDefinitionArns.length, 1);
});
