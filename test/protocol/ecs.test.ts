// The requests that reach ECS, against the embedded endpoint that the server itself starts.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type {
  DeployAnswer,
  ListInstancesAnswer,
  PreviewAnswer,
  StartLocalAnswer,
  TargetAnswer,
  UndoAnswer,
} from "../../server/src/lsp/protocol/protocol";
import { post } from "../support/localEndpoint";
import { type ProtocolClient, startClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const definition = JSON.stringify({
  family: "agent",
  containerDefinitions: [{ name: "agent", image: "datadog/agent", memory: 256, cpu: 100 }],
});
const prodService = JSON.stringify({
  serviceName: "prod-agent",
  taskDefinition: "agent",
  schedulingStrategy: "DAEMON",
  launchType: "EC2",
  placementConstraints: [{ type: "memberOf", expression: "attribute:env==prod" }],
});

async function started(): Promise<{ server: ProtocolClient; uri: string; url: string; service: string }> {
  const files = temporaryFolder({ "prod.service.json": prodService });
  cleanups.push(files.remove);
  const server = await startClient({ folders: [], initializationOptions: { cluster: "local" } });
  cleanups.push(server.close);
  const uri = files.uriOf("agent.taskdef.json");
  server.open(uri, definition);
  const local = await server.request<StartLocalAnswer>("ecsDaemon/local/start", { port: 0 });
  assert.ok(!("error" in local), JSON.stringify(local));
  assert.equal(local.instances, 5);
  return { server, uri, url: local.url, service: files.uriOf("prod.service.json") };
}

function ok<T extends object>(answer: T): Exclude<T, { readonly error: unknown }> {
  assert.ok(!("error" in answer), JSON.stringify(answer));
  return answer as Exclude<T, { readonly error: unknown }>;
}

test("a deployment that is not verified can be undone: a new service is removed, a changed one goes back", async () => {
  const { server, uri, url } = await started();
  const textDocument = { uri };
  const steps = ["register", "createService", "verify"];
  const deploy = async (more: object = {}) =>
    ok(
      await server.request<DeployAnswer>("ecsDaemon/deploy", {
        textDocument,
        steps,
        timeoutSeconds: 0.2,
        ...more,
      }),
    );
  const undo = (service: string, action: string) =>
    server.request<UndoAnswer>("ecsDaemon/undo", { service, action });
  const services = async () => {
    const { services } = await post(url, "AmazonEC2ContainerServiceV20141113.DescribeServices", {
      services: ["agent"],
    });
    return services.map((it: { status: string; taskDefinition: string }) => [
      it.status,
      it.taskDefinition.split("/")[1],
    ]);
  };
  const fault = (input: object) => post(url, "EcsDaemonLocal.SetFault", input);

  await fault({ failure: "exit", family: "agent" });
  const first = await deploy();
  assert.equal(first.verify?.verified, false);
  assert.deepEqual(first.undo, {
    action: "remove",
    service: "agent",
    sentence: "The service is deleted again.",
  });
  const removed = ok(await undo("agent", "remove"));
  assert.deepEqual([removed.name, removed.outcome], ["remove", "done"]);
  assert.deepEqual(await services(), [["INACTIVE", "agent:1"]]);
  const twice = await undo("agent", "remove");
  assert.ok("error" in twice && twice.error.code === "nothing-to-undo");

  await fault({ clear: true });
  const good = await deploy({ timeoutSeconds: 600 });
  assert.deepEqual([good.verify?.verified, good.undo], [true, undefined]);

  await fault({ failure: "exit", family: "agent" });
  server.change(uri, definition.replace("256", "300"));
  const decided = await deploy({ onFailure: "keep" });
  assert.deepEqual([decided.verify?.verified, decided.undo], [false, undefined]);
  server.change(uri, definition.replace("256", "301"));
  const bad = await deploy();
  assert.equal(bad.undo?.action, "rollback");
  assert.equal(bad.undo?.sentence, "The service goes back to agent:2.");
  await fault({ clear: true });
  const back = ok(await undo("agent", "rollback"));
  assert.deepEqual([back.name, back.outcome], ["rollback", "done"]);
  assert.deepEqual(await services(), [["ACTIVE", "agent:2"]]);

  await fault({ failure: "exit", family: "agent" });
  server.change(uri, definition.replace("256", "302"));
  assert.equal((await deploy()).undo?.action, "rollback");
  await post(url, "AmazonEC2ContainerServiceV20141113.UpdateService", {
    service: "agent",
    taskDefinition: "agent:1",
  });
  const changed = await undo("agent", "rollback");
  assert.ok("error" in changed && changed.error.code === "ServiceChanged", JSON.stringify(changed));
  assert.deepEqual(await services(), [["ACTIVE", "agent:1"]]);
});

test("the daemon's story: deploy, an instance joins, an attribute, a constrained service, delete", async () => {
  const { server, uri, service } = await started();
  const steps = ["register", "createService", "verify"];
  const textDocument = { uri };
  const progress: string[] = [];
  server.connection.onNotification(
    "$/progress",
    ({ value }: { value: { kind: string; message?: string } }) => {
      progress.push(value.kind);
    },
  );
  const first = ok(
    await server.request<DeployAnswer>("ecsDaemon/deploy", { textDocument, steps, workDoneToken: "t" }),
  );
  assert.equal(first.verify?.verified, true);
  assert.equal(first.verify?.running.length, 5);
  assert.equal(progress[0], "begin");
  assert.ok(progress.includes("report"));
  assert.equal(progress.at(-1), "end");

  const announced = server.next("ecsDaemon/previewChanged");
  const added = await server.request<{ added: string[]; instances: number }>("ecsDaemon/local/addInstances", {
    count: 1,
  });
  assert.equal(added.instances, 6);
  await announced;
  const preview = ok(await server.request<PreviewAnswer>("ecsDaemon/preview", { textDocument }));
  assert.equal(preview.summary.keep, 6);
  assert.equal(preview.cluster.kind, "local");

  const put = { instances: [added.added[0]], attributes: [{ name: "env", value: "prod" }] };
  assert.deepEqual(await server.request("ecsDaemon/putAttributes", put), { changed: 1 });
  const { instances } = ok(await server.request<ListInstancesAnswer>("ecsDaemon/instances", {}));
  const marked = instances.filter((it) => it.attributes.env === "prod");
  assert.deepEqual(
    marked.map((it) => it.id),
    added.added,
  );

  const prod = ok(await server.request<DeployAnswer>("ecsDaemon/deploy", { textDocument, service, steps }));
  assert.deepEqual(prod.verify?.running, added.added);
  const removed = await server.request("ecsDaemon/deleteService", { serviceName: "prod-agent" });
  assert.equal((removed as { service: string }).service, "prod-agent");
  const byName = await server.request<DeployAnswer>("ecsDaemon/deploy", {
    textDocument: { uri: "" },
    serviceName: "agent",
    steps: ["verify"],
  });
  assert.equal(ok(byName).verify?.verified, true);
  assert.match(ok(byName).service ?? "", /\/agent$/);
});

test("an endpoint of one's own is an account like any other", async () => {
  const { server, uri, url } = await started();
  const cluster = { kind: "aws", cluster: "default", endpointUrl: url, region: "eu-west-1" };
  const target = ok(await server.request<TargetAnswer>("ecsDaemon/target", { cluster }));
  assert.deepEqual(target, { loopback: true, region: "eu-west-1", cluster: "default", endpointUrl: url });
  const preview = ok(
    await server.request<PreviewAnswer>("ecsDaemon/preview", { textDocument: { uri }, cluster }),
  );
  assert.equal(preview.summary.place, 5);
  assert.equal(preview.cluster.kind, "endpoint");
  const { instances } = ok(await server.request<ListInstancesAnswer>("ecsDaemon/instances", { cluster }));
  assert.equal(instances.length, 5);
});

test("what cannot be deployed says why before anything is sent", async () => {
  const { server, uri } = await started();
  const code = async (params: object) => {
    const answer = await server.request<DeployAnswer>("ecsDaemon/deploy", { steps: ["register"], ...params });
    assert.ok("error" in answer, JSON.stringify(answer));
    assert.match(answer.error.message, /[.…]$|JSON/);
    return answer.error.code;
  };
  const textDocument = { uri };
  assert.equal(await code({ textDocument, cluster: "five.ecs-fleet.json" }), "not-deployable");
  server.change(uri, definition.replace("256", "{{ memory }}"));
  assert.equal(await code({ textDocument }), "placeholders");
  server.change(uri, definition.slice(0, -1));
  assert.equal(await code({ textDocument }), "broken-document");
  server.change(uri, definition);
  await server.request("ecsDaemon/local/stop", {});
  assert.equal(await code({ textDocument }), "no-local-cluster");
});

test("an endpoint that nobody answers at is a failure with a remedy, not a fault", async () => {
  const { server, uri } = await started();
  const cluster = { kind: "aws", cluster: "default", endpointUrl: "http://127.0.0.1:9", region: "eu-west-1" };
  const answer = await server.request<PreviewAnswer>("ecsDaemon/preview", { textDocument: { uri }, cluster });
  assert.ok("error" in answer);
  assert.notEqual(answer.error.code, "internal");
  assert.deepEqual(server.log, []);
});

test("a cancelled deployment says which step was cancelled", async () => {
  const { server, uri } = await started();
  const controller = new AbortController();
  const deployed = server.cancellable<DeployAnswer>(
    "ecsDaemon/deploy",
    {
      textDocument: { uri },
      // No instance has it, so the verification waits.
      serviceName: "agent",
      steps: ["register", "createService", "verify"],
      timeoutSeconds: 60,
      workDoneToken: "t",
    },
    controller.signal,
  );
  server.connection.onNotification("$/progress", ({ value }: { value: { kind: string } }) => {
    if (value.kind === "begin") controller.abort();
  });
  const answer = ok(await deployed);
  assert.ok(
    answer.steps.some((it) => it.outcome === "cancelled"),
    JSON.stringify(answer),
  );
});
