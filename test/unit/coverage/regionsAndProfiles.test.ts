// Several Regions and profiles at once, end to end: Regions are read side by side, and what fails in one place stops
// nobody elsewhere.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import {
  CreateClusterCommand,
  CreateServiceCommand,
  type ECSClient,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { runCommandLine } from "../../../server/src/cli/runCommandLine";
import { type AnyAnswer, agentDefinition, clientOf } from "../../support/localEndpoint";
import { person, startRecordedEcs } from "../../support/recordedEcs";

const regions = ["eu-west-1", "us-east-1", "ap-south-1"];
const keys = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_PROFILE",
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
];

/** A profile `good`, one whose key is half, and none of another name. */
function profiles(context: TestContext): void {
  const folder = mkdtempSync(join(tmpdir(), "coverage-profiles-"));
  const names = [...keys, "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"];
  const before = names.map((it) => [it, process.env[it]] as const);
  context.after(() => {
    for (const [name, value] of before)
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    rmSync(folder, { recursive: true, force: true });
  });
  for (const it of keys) delete process.env[it];
  process.env.AWS_CONFIG_FILE = join(folder, "config");
  process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, "credentials");
  writeFileSync(
    join(folder, "config"),
    "[profile good]\nregion = eu-west-1\n[profile half]\nregion = eu-west-1\n",
  );
  writeFileSync(
    join(folder, "credentials"),
    "[good]\naws_access_key_id = AKIDGOOD\naws_secret_access_key = secret\n[half]\naws_access_key_id = AKIDHALF\n",
  );
}

async function stage(context: TestContext) {
  profiles(context);
  const ecs = await startRecordedEcs(context, { instances: 2 });
  const coverage = async (...words: readonly string[]) => {
    const { terminal, said } = person(true);
    const call = ["coverage", "--endpoint-url", ecs.url, "--format", "json", ...words];
    const code = await runCommandLine(call, terminal);
    return {
      code,
      complaints: said.complaints,
      json: said.output === "" ? undefined : JSON.parse(said.output),
    };
  };
  const clients = new Map(regions.map((it) => [it, clientOf(ecs.endpoint.url, it)]));
  context.after(() => {
    for (const it of clients.values()) it.destroy();
  });
  const client = (region: string): ECSClient => clients.get(region) ?? clientOf(ecs.endpoint.url, region);
  const addDaemon = async (region: string, name: string) => {
    await client(region).send(new RegisterTaskDefinitionCommand(agentDefinition(name)));
    const service = { serviceName: name, taskDefinition: name, schedulingStrategy: "DAEMON" } as const;
    await client(region).send(new CreateServiceCommand(service));
  };
  return { ...ecs, coverage, client, addDaemon };
}

const regionOf = (headers: string): string =>
  /Credential=[^/]+\/\d+\/([a-z0-9-]+)\//.exec(headers)?.[1] ?? "";
const everywhere = regions.flatMap((it) => ["--region", it]);

test("each Region has its own clusters and daemons in the report", async (context) => {
  const { coverage, client, addDaemon } = await stage(context);
  for (const region of regions) await addDaemon(region, `agent-${region}`);
  await client("us-east-1").send(new CreateClusterCommand({ clusterName: "empty" }));
  const { code, json } = await coverage("--all-clusters", "--profile", "good", ...everywhere);
  assert.equal(code, 0);
  assert.deepEqual(
    json.clusters.map((it: AnyAnswer) => [
      it.region,
      it.cluster,
      it.daemons[0].service,
      it.daemons[0].running,
    ]),
    regions.map((it) => [it, "default", `agent-${it}`, 2]),
  );
  assert.equal(json.summary.emptyClusters, 1);
});

test("Regions are read side by side", async (context) => {
  const { coverage, addDaemon, before, headers } = await stage(context);
  for (const region of regions) await addDaemon(region, "agent");
  const waiting = new Map<string, () => void>();
  // Nobody is answered before every Region has asked.
  before((operation) => {
    if (operation !== "ListServices") return undefined;
    const region = regionOf(headers.at(-1) ?? "");
    return new Promise((resolve) => {
      waiting.set(region, () => resolve(undefined));
      if (waiting.size === regions.length) for (const go of waiting.values()) go();
    });
  });
  const { code } = await coverage("--cluster", "default", "--profile", "good", ...everywhere);
  assert.equal(code, 0);
  assert.deepEqual([...waiting.keys()].sort(), [...regions].sort());
});

test("a profile that does not exist, or is half, stops nobody and is never covered", async (context) => {
  const { coverage, addDaemon } = await stage(context);
  await addDaemon("eu-west-1", "agent");
  for (const bad of ["absent", "half"]) {
    const { code, json } = await coverage("--cluster", "default", "--profile", "good", "--profile", bad);
    assert.equal(code, 3, bad);
    assert.equal(json.covered, false);
    assert.equal(json.clusters.length, 1);
    assert.equal(json.failed.length, 1);
    assert.match(json.failed[0], new RegExp(`profile ${bad}`));
    assert.doesNotMatch(JSON.stringify(json), /secret|AKIDHALF/);
    const alone = await coverage("--cluster", "default", "--profile", bad);
    assert.equal(alone.code, 2, bad);
  }
});

test("a Region that denies or breaks leaves the others known", async (context) => {
  const { coverage, addDaemon, before, headers } = await stage(context);
  for (const region of regions) await addDaemon(region, "agent");
  const denied = { status: 400, body: { __type: "AccessDeniedException", message: "Not in this Region." } };
  for (const operation of ["ListServices", "DescribeServices", "ListContainerInstances"]) {
    before(async (called) =>
      called === operation && regionOf(headers.at(-1) ?? "") === "us-east-1" ? denied : undefined,
    );
    const { code, json } = await coverage("--cluster", "default", "--profile", "good", ...everywhere);
    assert.equal(code, 3, operation);
    const good = json.clusters.filter((it: AnyAnswer) => it.incomplete.length === 0);
    assert.deepEqual(
      good.map((it: AnyAnswer) => it.region),
      ["eu-west-1", "ap-south-1"],
      operation,
    );
  }
});
