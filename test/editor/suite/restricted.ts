// What a folder that nobody trusts may do: be read. Nothing is started, no account is asked.

import assert from "node:assert/strict";
import { call, done, isFailure, theExtension } from "./commands";
import { agent, errorsUnderline, show, writeJson } from "./documents";
import type { Suite } from "./runner";

export function restrictedTests({ test }: Suite): void {
  test("mistakes are underlined in a workspace that is not trusted", async () => {
    await theExtension().activate();
    const { volumes: _, ...withoutVolumes } = agent;
    const uri = await writeJson("untrusted.taskdef.json", withoutVolumes);
    const document = await show(uri);
    await errorsUnderline(document, ['"docker_sock"', '"proc"']);
  });

  test("a preview on a fleet file works there", async () => {
    const definition = await writeJson("restricted.taskdef.json", agent);
    const fleet = await writeJson("restricted.ecs-fleet.json", {
      groups: [{ count: 2, instanceType: "m5.large", zones: ["us-east-1a"] }],
    });
    const { summary } = await done("previewPlacement", definition, { cluster: fleet.toString() });
    assert.equal(summary.place, 2);
  });

  test("nothing is started and no account is asked there", async () => {
    const definition = await writeJson("restricted.taskdef.json", agent);
    const options = { cluster: { kind: "aws", cluster: "default", region: "us-east-1" } };
    for (const answer of [
      await call("startLocalCluster"),
      await call("registerTaskDefinition", definition, options),
      await call("createService", definition, options),
      await call("deploy", definition, options),
      await call("verifyService", undefined, { ...options, serviceName: "a" }),
      await call("deleteService", undefined, { ...options, serviceName: "a" }),
      await call("putAttributes", undefined, { ...options, instances: ["a"], attributes: "env=prod" }),
      await call("deleteAttributes", undefined, { ...options, instances: ["a"], names: ["env"] }),
      await call("captureCluster", undefined, { ...options, maskAccounts: true }),
      await call("compareWithAws", undefined, { ...options, expression: "agentConnected == true" }),
      await call("previewPlacement", definition, options),
    ]) {
      assert.ok(isFailure(answer), JSON.stringify(answer));
      assert.equal(answer.error.code, "untrusted-workspace");
    }
    const joined = await call("addLocalInstances", undefined, { count: 1 });
    assert.ok(isFailure(joined));
  });
}
