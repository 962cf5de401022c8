// A managed daemon in a trusted workspace: registered, created, verified, copied and deleted on the local cluster.

import assert from "node:assert/strict";
import type { Uri } from "vscode";
import { call, done, isFailure } from "./commands";
import { show, writeJson } from "./documents";
import type { Suite } from "./runner";

export function managedTests({ test }: Suite): void {
  let definition: Uri;
  let daemon: Uri;

  test("a fleet with a capacity provider becomes the local cluster", async () => {
    const fleet = await writeJson("managed.ecs-fleet.json", {
      groups: [{ count: 3, instanceType: "t3.small", capacityProvider: "mi" }],
    });
    const started = await done("startLocalFromFleet", fleet);
    assert.equal(started.instances, 3);
  });

  test("a daemon task definition is registered alone, and once", async () => {
    definition = await writeJson("sensor.daemon-taskdef.json", {
      family: "sensor",
      cpu: "128",
      memory: "128",
      containerDefinitions: [{ name: "sensor", image: "sensor:1", essential: true }],
    });
    await show(definition);
    const { steps, taskDefinition } = await done("registerTaskDefinition", definition);
    assert.deepEqual(
      steps.map((it) => `${it.name} ${it.outcome}`),
      ["register done"],
    );
    assert.match(taskDefinition ?? "", /daemon-task-definition\/sensor:1$/);
    const again = await done("registerTaskDefinition", definition);
    assert.equal(again.steps[0]?.outcome, "unchanged");
  });

  test("its daemon is created on every instance of the capacity provider, and verified", async () => {
    daemon = await writeJson("sensor.daemon.json", {
      daemonName: "sensor",
      daemonTaskDefinitionArn: "sensor",
      capacityProviderArns: ["mi"],
    });
    await show(daemon);
    const created = await done("createService", daemon);
    assert.deepEqual(
      created.steps.map((it) => `${it.name} ${it.outcome}`),
      ["register unchanged", "daemon done"],
    );
    const verified = await done("verifyManaged", daemon, { timeoutSeconds: 60 });
    assert.equal(verified.name, "sensor");
    assert.equal(verified.verified, true, verified.detail);
    assert.equal(verified.running.length, 3);
  });

  test("an unchanged daemon is not sent again: its instances stay", async () => {
    const { steps, verify } = await done("deployManaged", definition);
    assert.deepEqual(
      steps.map((it) => `${it.name} ${it.outcome}`),
      ["register unchanged", "daemon unchanged", "verify done"],
    );
    assert.equal(verify?.verified, true);
  });

  test("its deployment is copied as AWS CLI commands", async () => {
    const { commands } = await done("copyAsAwsCli", daemon);
    assert.match(commands.join("\n"), /^aws ecs list-tasks .*--daemon-name sensor/);
  });

  test("it is deleted, and is gone", async () => {
    const deleted = await done("deleteManaged", daemon);
    assert.equal(deleted.name, "sensor");
    const answer = await call("verifyManaged", undefined, { daemonName: "another" });
    assert.ok(isFailure(answer));
    assert.equal(answer.error.code, "DaemonNotFound");
    assert.deepEqual(await done("stopLocalCluster"), { stopped: true });
  });
}
