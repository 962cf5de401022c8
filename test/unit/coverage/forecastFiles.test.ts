// A forecast from files alone: a snapshot or a fleet, and the services of a folder.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { runCommandLine } from "../../../server/src/cli/runCommandLine";
import { type AnyAnswer, agentDefinition, startTestEndpoint } from "../../support/localEndpoint";
import { person } from "../../support/recordedEcs";

function stage(context: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), "forecast-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, content: object) => {
    writeFileSync(join(folder, name), JSON.stringify(content));
    return join(folder, name);
  };
  const forecast = async (...words: readonly string[]) => {
    const { terminal, said } = person(true);
    const code = await runCommandLine(["forecast", ...words], terminal);
    return { code, ...said, json: (): AnyAnswer => JSON.parse(said.output) };
  };
  write("agent.taskdef.json", agentDefinition("agent", { memory: 1000 }));
  write("agent.service.json", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  write("web.taskdef.json", agentDefinition("web", { memory: 3000 }));
  write("web.service.json", { serviceName: "web", taskDefinition: "web", desiredCount: 2 });
  const fleet = { groups: [{ count: 3, instanceType: "m5.large", zones: ["us-east-1a"] }] };
  return { folder, write, forecast, fleet: write("hosts.ecs-fleet.json", fleet) };
}

test("a fleet and the services of a folder give what the same cluster gives", async (context) => {
  const { folder, write, forecast, fleet } = stage(context);
  const { code, json } = await forecast(folder, "--cluster", fleet, "--format", "json");
  assert.equal(code, 0);
  const [type] = json().types;
  assert.deepEqual([type.type, type.instances], ["m5.large", 3]);
  assert.deepEqual(type.services, [{ service: "web", count: 2, limit: "memory" }]);
  assert.deepEqual(json().untied, [{ service: "web", daemons: ["agent"] }]);
  const { call } = await startTestEndpoint(context, { instances: 3 });
  const { containerInstanceArns } = await call("ListContainerInstances");
  const { containerInstances } = await call("DescribeContainerInstances", {
    containerInstances: containerInstanceArns,
  });
  const snapshot = write("now.ecs-cluster.json", { containerInstances, tasks: [] });
  const now = await forecast(folder, "--cluster", snapshot, "--format", "json");
  assert.equal(now.code, 0);
  assert.deepEqual(now.json().types[0].services, type.services);
});

test("what is not known is left out and said, and a file alone is not enough", async (context) => {
  const { folder, write, forecast, fleet } = stage(context);
  write("half.service.json", { serviceName: "half", taskDefinition: "nowhere", desiredCount: 1 });
  const { code, complaints, json } = await forecast(folder, "--cluster", fleet, "--format", "json");
  assert.equal(code, 0);
  assert.match(complaints, /half\.service\.json is left out: its task definition is not known/);
  assert.equal(json().types[0].services.length, 1);
  const alone = await forecast("--cluster", fleet);
  assert.equal(alone.code, 2);
  assert.match(alone.complaints, /holds no services/);
  assert.equal((await forecast(fleet, "--cluster", fleet)).code, 2);
});

test("groups of one type are told apart by the daemons that should run there", async (context) => {
  const { folder, write, forecast } = stage(context);
  const group = (value: string) => ({
    count: 1,
    instanceType: "m5.large",
    zones: ["a"],
    attributes: { env: value },
  });
  write("two.ecs-fleet.json", { groups: [group("prod"), group("dev")] });
  const placementConstraints = [{ type: "memberOf", expression: "attribute:env == prod" }];
  write("agent.service.json", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
    placementConstraints,
  });
  const { output } = await forecast(folder, "--cluster", join(folder, "two.ecs-fleet.json"));
  assert.match(output, /The next m5\.large \(a\), where agent should run\n/);
  assert.match(output, /The next m5\.large \(a\), where no daemon runs\n\s+daemons {2}none;/);
});
