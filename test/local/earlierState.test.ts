// The state file that the endpoint of version 0.1.0 wrote (a definition with tags, another revision, a daemon service on
// one of two instances, a task run by hand): everything in it goes on.

import assert from "node:assert/strict";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { startLocalEndpoint } from "../../server/src/local/startLocalEndpoint";
import { openJournal } from "../../server/src/local/state/journal";
import { createWorld } from "../../server/src/local/state/world";
import { idsOf, post } from "../support/localEndpoint";
import { fixturesFolder } from "../support/paths";
import { temporaryFolder } from "../support/temporaryFolder";
import { until } from "../support/until";

const written = join(fixturesFolder, "upgrade", "state-0.1.0.journal");
const cluster = "prod";

const versionOf = (file: string): unknown =>
  JSON.parse(readFileSync(file, "utf8").split("\n")[0] ?? "").version;

test("a state file of 0.1.0 is read whole, goes on and is read again", async (context) => {
  const folder = temporaryFolder();
  context.after(folder.remove);
  const stateFile = join(folder.path, "state");
  copyFileSync(written, stateFile);
  let endpoint = await startLocalEndpoint({ stateFile, startDelaySeconds: 0 });
  context.after(() => endpoint.close());
  const call = (operation: string, input: object = {}) =>
    post(endpoint.url, `AmazonEC2ContainerServiceV20141113.${operation}`, { cluster, ...input });
  const revisionsOf = async (group: string) => {
    const { taskArns } = await call("ListTasks");
    const { tasks } = await call("DescribeTasks", { tasks: taskArns });
    return tasks
      .filter((it: { group: string }) => it.group === group)
      .map((it: { taskDefinitionArn: string }) => it.taskDefinitionArn.split("/")[1]);
  };

  assert.equal(versionOf(stateFile), 2);
  const { taskDefinition, tags } = await call("DescribeTaskDefinition", {
    cluster: undefined,
    taskDefinition: "agent:1",
    include: ["TAGS"],
  });
  assert.deepEqual(tags, [{ key: "team", value: "obs" }]);
  assert.deepEqual(taskDefinition.containerDefinitions[0].environment, [{ name: "A", value: "b" }]);
  const { containerInstanceArns: selected } = await call("ListContainerInstances", {
    filter: "attribute:env == prod",
  });
  assert.equal(idsOf(selected).length, 1);
  const {
    services: [service],
  } = await call("DescribeServices", { services: ["agent"] });
  assert.deepEqual([service.status, service.runningCount, service.desiredCount], ["ACTIVE", 1, 1]);
  assert.deepEqual(await revisionsOf("service:agent"), ["agent:1"]);
  assert.deepEqual(await revisionsOf("family:agent"), ["agent:2"]);

  // The endpoint begins with a cluster of another name, whose instances are others.
  const { containerInstanceArns: others } = await call("ListContainerInstances", { cluster: "default" });
  assert.deepEqual([others.length, idsOf(others).filter((it) => idsOf(selected).includes(it))], [5, []]);

  await call("UpdateService", { service: "agent", taskDefinition: "agent:2" });
  await until("the daemon is updated", async () => (await revisionsOf("service:agent"))[0] === "agent:2");
  await endpoint.close();
  endpoint = await startLocalEndpoint({ stateFile, startDelaySeconds: 0 });
  assert.deepEqual(await revisionsOf("service:agent"), ["agent:2"]);
  assert.deepEqual(await revisionsOf("family:agent"), ["agent:2"]);
});

test("a file of an earlier version stays of that version until something changes", async (context) => {
  const folder = temporaryFolder();
  context.after(folder.remove);
  const stateFile = join(folder.path, "state");
  writeFileSync(stateFile, `${JSON.stringify({ format: "ecs-daemon state", version: 1 })}\n`);
  const tables = {
    home: createWorld(() => 0, { start: 0, stop: 0 }),
    region: assert.fail,
    regions: new Map(),
  };
  openJournal(stateFile, tables).close();
  assert.equal(versionOf(stateFile), 1);
  const journal = openJournal(stateFile, tables);
  journal.append([["homeRegion", "home", { name: "eu-west-1" }]]);
  journal.close();
  assert.equal(versionOf(stateFile), 2);
  openJournal(stateFile, tables).close();
  assert.equal(tables.home.homeRegion.get("home")?.name, "eu-west-1");
});
