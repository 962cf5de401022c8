// The state of the chosen cluster as the server decides it, and a local cluster that outlives the server.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import type {
  ClusterChoice,
  ClusterStates,
  ListInstancesAnswer,
  StartLocalAnswer,
} from "../../server/src/lsp/protocol/protocol";
import { type ClientOptions, startClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function folder(files: Readonly<Record<string, string>> = {}) {
  const made = temporaryFolder(files);
  cleanups.push(made.remove);
  return made;
}

async function serverWith(initializationOptions: object, options: ClientOptions = {}) {
  const server = await startClient({ ...options, initializationOptions });
  let isClosed = false;
  const close = async () => {
    if (!isClosed) await server.close();
    isClosed = true;
  };
  cleanups.push(close);
  const state = () => server.request<ClusterStates>("ecsDaemon/cluster/retry", {});
  return { ...server, close, state };
}

test("a local cluster continues with its state after the server ended, on the same port, until it is stopped", async () => {
  const kept = folder();
  const options = { cluster: "local", localStateFolder: kept.path };
  const first = await serverWith(options);
  assert.equal((await first.state()).chosen.condition, "notRunning");
  assert.deepEqual((await first.state()).chosen.next, ["start", "choose"]);
  const started = await first.request<StartLocalAnswer>("ecsDaemon/local/start", {});
  assert.ok(!("error" in started));
  await first.request("ecsDaemon/local/addInstances", { count: 2, attributes: { env: "prod" } });
  const before = await first.request<ListInstancesAnswer>("ecsDaemon/instances", {});
  await first.close();

  const second = await serverWith(options);
  const { chosen, local } = await second.state();
  assert.equal(chosen.condition, "ready");
  assert.deepEqual(local, { condition: "running", isKept: true, url: started.url });
  assert.deepEqual(await second.request<ListInstancesAnswer>("ecsDaemon/instances", {}), before);
  assert.deepEqual(await second.request("ecsDaemon/local/stop", {}), { stopped: true });
  assert.deepEqual(await second.request("ecsDaemon/local/stop", {}), { stopped: false });
  assert.deepEqual((await second.state()).local, { condition: "notRunning", isKept: false });
  await second.close();

  const third = await serverWith(options);
  assert.equal((await third.state()).chosen.condition, "notRunning");
});

test("a state that cannot be read is set aside when the cluster is started by hand", async () => {
  const kept = folder({ "local-cluster.state": "not a journal\n" });
  const server = await serverWith({ cluster: "local", localStateFolder: kept.path });
  assert.equal((await server.state()).chosen.condition, "notRunning");
  const started = await server.request<StartLocalAnswer>("ecsDaemon/local/start", {});
  assert.ok(!("error" in started), JSON.stringify(started));
  assert.equal(started.instances, 5);
});

test("a fleet file begins anew, whatever was kept", async () => {
  const kept = folder();
  const options = { cluster: "local", localStateFolder: kept.path };
  const first = await serverWith(options);
  await first.request("ecsDaemon/local/start", {});
  await first.close();
  const fleet = join(kept.path, "two.ecs-fleet.json");
  writeFileSync(fleet, '{ "groups": [{ "count": 2, "instanceType": "m5.large" }] }');
  const second = await serverWith({ ...options, cluster: null });
  const started = await second.request<StartLocalAnswer>("ecsDaemon/local/start", { fleet });
  assert.ok(!("error" in started), JSON.stringify(started));
  assert.equal(started.instances, 2);
});

test("a cluster that runs or is kept is replaced only where that is asked, and not by a fleet that cannot be read", async () => {
  const kept = folder({ "two.ecs-fleet.json": '{ "groups": [{ "count": 2, "instanceType": "m5.large" }] }' });
  const options = { localStateFolder: kept.path };
  const start = async (server: Awaited<ReturnType<typeof serverWith>>, params: object) => {
    const answer = await server.request<StartLocalAnswer>("ecsDaemon/local/start", params);
    return "error" in answer ? answer.error.code : answer.instances;
  };
  const first = await serverWith(options);
  const fleet = kept.uriOf("two.ecs-fleet.json");
  assert.equal(await start(first, { replaces: false }), 5);
  assert.equal(await start(first, { fleet, replaces: false }), "local-cluster-exists");
  assert.equal(await start(first, { fleet: kept.uriOf("none.json"), replaces: true }), "local-not-started");
  assert.equal(await start(first, {}), 5, "it still runs");
  await first.close();

  const second = await serverWith(options);
  assert.equal(await start(second, { fleet, replaces: false }), "local-cluster-exists");
  assert.equal(await start(second, { fleet, replaces: true }), 2);
  assert.deepEqual(await second.request("ecsDaemon/local/stop", {}), { stopped: true });
  // At once, whatever a client has heard of the state meanwhile.
  assert.equal(await start(second, { fleet, replaces: false }), 2);
});

test("an endpoint is never called an account, and one that does not answer says so", async () => {
  const dead: ClusterChoice = { kind: "aws", cluster: "default", endpointUrl: "http://127.0.0.1:1" };
  const { chosen } = await (await serverWith({ cluster: dead })).state();
  assert.equal(chosen.place, "endpoint");
  assert.equal(chosen.condition, "unreachable");
  assert.equal(chosen.title, "default on 127.0.0.1:1 (not reachable)");
  assert.deepEqual(chosen.next, ["retry", "choose"]);
  assert.equal(chosen.isReal, false);
  assert.doesNotMatch(JSON.stringify(chosen), /account|file:/);
});

test("without trust only files are read, and without a choice there is none", async () => {
  const aws: ClusterChoice = { kind: "aws", cluster: "prod", region: "eu-west-1" };
  const restricted = (await (await serverWith({ cluster: aws, trusted: false })).state()).chosen;
  assert.equal(restricted.condition, "restricted");
  assert.deepEqual(restricted.next, ["manageTrust", "choose"]);
  const none = (await (await serverWith({})).state()).chosen;
  assert.equal(none.condition, "none");
  const files = folder({
    "a b.ecs-fleet.json": '{ "groups": [{ "count": 1, "instanceType": "m5.large" }] }',
  });
  const { chosen } = await (
    await serverWith({ cluster: files.uriOf("a b.ecs-fleet.json"), trusted: false }, { folders: [files.uri] })
  ).state();
  assert.equal(chosen.condition, "ready");
  assert.equal(chosen.name, "a b.ecs-fleet.json");
  assert.doesNotMatch(JSON.stringify(chosen), /file:/);
});
