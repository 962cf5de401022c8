// A forecast from files alone: a snapshot or a fleet, and the services of a folder.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
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

test("what is not known is left out and said, and a cluster is no service", async (context) => {
  const { folder, write, forecast, fleet } = stage(context);
  write("half.service.json", { serviceName: "half", taskDefinition: "nowhere", desiredCount: 1 });
  const { code, complaints, json } = await forecast(folder, "--cluster", fleet, "--format", "json");
  assert.equal(code, 0);
  assert.match(complaints, /half\.service\.json is left out: its task definition is not known/);
  assert.equal(json().types[0].services.length, 1);
  assert.equal((await forecast(fleet, "--cluster", fleet)).code, 2);
});

test("a type that the cluster does not have yet comes up in the zones of the cluster", async (context) => {
  const { folder, write, forecast } = stage(context);
  const expression = "attribute:ecs.availability-zone == eu-west-1a";
  const placementConstraints = [{ type: "memberOf", expression }];
  const zonal = { serviceName: "zonal", taskDefinition: "agent", schedulingStrategy: "DAEMON" };
  write("zonal.service.json", { ...zonal, placementConstraints });
  const zones = ["eu-west-1a", "eu-west-1b"];
  const fleet = write("two.ecs-fleet.json", { groups: [{ count: 2, instanceType: "m5.large", zones }] });
  const words = [folder, "--cluster", fleet, "--type", "m5.xlarge", "--format", "json"];
  const found = (await forecast(...words))
    .json()
    .types.map((it: AnyAnswer) => [it.zones, it.daemons.map((daemon: AnyAnswer) => daemon.service).sort()]);
  assert.deepEqual(found.sort(), [
    [["eu-west-1a"], ["agent", "zonal"]],
    [["eu-west-1b"], ["agent"]],
  ]);
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

test("a file without a path goes with the services of the current folder", async (context) => {
  const { folder, forecast, fleet } = stage(context);
  const before = process.cwd();
  process.chdir(folder);
  context.after(() => process.chdir(before));
  const { code, json } = await forecast("--cluster", "hosts.ecs-fleet.json", "--format", "json");
  assert.equal(code, 0);
  assert.deepEqual(
    json().types,
    (await forecast(folder, "--cluster", fleet, "--format", "json")).json().types,
  );
});

test("two files of one service are one service, and the one that is left out is named", async (context) => {
  const { folder, write, forecast, fleet } = stage(context);
  const before = await forecast(folder, "--cluster", fleet, "--format", "json");
  for (const name of ["agent", "web"]) {
    const written = JSON.parse(readFileSync(join(folder, `${name}.service.json`), "utf8"));
    write(`${name}-copy.service.json`, written);
  }
  const after = await forecast(folder, "--cluster", fleet, "--format", "json");
  assert.deepEqual(after.json().types, before.json().types);
  for (const name of ["agent", "web"])
    assert.match(
      after.complaints,
      new RegExp(`${name}[^ ]*json is left out: [^ ]*${name}[^ ]*json defines the service '${name}', too\\.`),
    );
});

test("a daemon whose size is not known is unknown, and every daemon that does not fit has a reason", async (context) => {
  const { folder, write, forecast, fleet } = stage(context);
  const service = (name: string, taskDefinition: string) =>
    write(`${taskDefinition}${name.length}.service.json`, {
      serviceName: name,
      taskDefinition,
      schedulingStrategy: "DAEMON",
    });
  const agent = {
    name: "a",
    image: "a:1",
    memory: "${MEMORY}",
    portMappings: [{ containerPort: 1, hostPort: 1 }],
  };
  write("open.taskdef.json", { family: "open", containerDefinitions: [agent] });
  service("open", "open");
  write("large.taskdef.json", agentDefinition("large", { memory: 100_000 }));
  // Names that are not known do not make two services one.
  service("${A}", "large");
  service("${ABC}", "large");
  const { json } = await forecast(folder, "--cluster", fleet, "--format", "json");
  const [{ daemons }] = json().types;
  const verdicts = daemons.map((it: AnyAnswer) => [it.service, it.fits, it.verdict]);
  assert.deepEqual(verdicts, [
    ["agent", true, "place"],
    ["large", false, "blocked"],
    ["large", false, "blocked"],
    ["open", false, "unknown"],
  ]);
  for (const { verdict, reasons } of daemons) assert.equal(reasons.length > 0, verdict !== "place");
  const { output } = await forecast(folder, "--cluster", fleet);
  assert.match(output, /\n {2}blocked {2}large: .*\n(?:.*\n)* {2}unknown {2}open: /);
});
