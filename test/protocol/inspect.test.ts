import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import type {
  BaselineAnswer,
  ExplainAnswer,
  LocateClauseAnswer,
  MatchClauseAnswer,
  PackedPreviewAnswer,
  PreviewAnswer,
} from "../../server/src/lsp/protocol/protocol";
import { type ClientOptions, type ProtocolClient, startClient } from "../support/protocolClient";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const taskDefinition = `{
  "family": "agent",
  "networkMode": "bridge",
  "containerDefinitions": [
    { "name": "agent", "image": "a", "memory": 256, "cpu": 100, "portMappings": [{ "containerPort": 80, "hostPort": 8126 }] }
  ]
}`;
const service = `{
  "serviceName": "agents",
  "taskDefinition": "agent",
  "schedulingStrategy": "DAEMON",
  "placementConstraints": [
    { "type": "distinctInstance" },
    { "type": "memberOf", "expression": "attribute:team == \\"web\\" and attribute:env == prod" }
  ]
}`;
/** Three instances: all is well, another env, and one that has too little memory and the port in use. */
const cluster = JSON.stringify({
  containerInstances: [
    instance("i-well", { env: "prod", team: "web" }),
    instance("i-dev", { env: "dev", team: "web" }),
    instance("i-full", { env: "prod", team: "web" }, 192, ["8126"]),
  ],
});

function instance(
  id: string,
  attributes: Readonly<Record<string, string>>,
  memory = 1024,
  ports: readonly string[] = [],
) {
  const resources = (size: number) => [
    { name: "CPU", type: "INTEGER", integerValue: 1024 },
    { name: "MEMORY", type: "INTEGER", integerValue: size },
    { name: "PORTS", type: "STRINGSET", stringSetValue: ports },
    { name: "PORTS_UDP", type: "STRINGSET", stringSetValue: [] },
  ];
  return {
    containerInstanceArn: `arn:aws:ecs:eu-west-1:123456789012:container-instance/default/${id}`,
    status: "ACTIVE",
    agentConnected: true,
    registeredResources: resources(1024),
    remainingResources: resources(memory),
    attributes: [
      ...Object.entries(attributes).map(([name, value]) => ({ name, value })),
      { name: "gateway" },
      { name: "ecs.capability.docker-remote-api.1.18" },
    ],
  };
}

async function opened(options: ClientOptions = {}): Promise<{
  readonly server: ProtocolClient;
  readonly files: TemporaryFolder;
  readonly ask: <T>(method: string, more?: object) => Promise<T>;
}> {
  const files = temporaryFolder({
    "c.ecs-cluster.json": cluster,
    "agent.service.json": service,
    "agent.taskdef.json": taskDefinition,
  });
  cleanups.push(files.remove);
  const server = await startClient({
    folders: [files.uri],
    initializationOptions: { cluster: "c.ecs-cluster.json" },
    ...options,
  });
  cleanups.push(server.close);
  const uri = files.uriOf("agent.taskdef.json");
  server.open(uri, taskDefinition);
  const ask = <T>(method: string, more: object = {}) =>
    server.request<T>(`ecsDaemon/${method}`, { textDocument: { uri }, ...more });
  return { server, files, ask };
}

function good<T extends object>(answer: T): Exclude<T, { readonly error: unknown }> {
  assert.ok(!("error" in answer), JSON.stringify(answer));
  return answer as Exclude<T, { readonly error: unknown }>;
}

test("a preview tells what its instances can be grouped by, without capabilities", async () => {
  const { ask, files } = await opened();
  const found = good(await ask<PreviewAnswer>("preview"));
  assert.deepEqual(
    found.attributes?.map((it) => [it.name, it.values, found.instances.map((_, at) => it.indexes[at])]),
    [
      ["env", ["dev", "prod"], found.instances.map((it) => (it.id === "i-dev" ? 0 : 1))],
      ["gateway", [null], [0, 0, 0]],
      ["team", ["web"], [0, 0, 0]],
    ],
  );
  assert.deepEqual(found.documents, ["agent.taskdef.json", "agent.service.json"].map(files.uriOf));
});

test("a preview without clauses has every reason, and leaves the clauses to the explanation", async () => {
  const { ask } = await opened();
  const reasonsOf = (answer: PreviewAnswer) => good(answer).instances.flatMap((it) => it.reasons);
  const whole = reasonsOf(await ask("preview"));
  const brief = reasonsOf(await ask("preview", { clauses: false }));
  assert.ok(whole.some((it) => it.constraint !== undefined));
  assert.deepEqual(
    brief,
    whole.map(({ constraint: _, ...reason }) => reason),
  );
});

test("a packed preview says the same, and a fleet that the client names is not sent again", async () => {
  const { ask } = await opened();
  const whole = good(await ask<PreviewAnswer>("preview", { clauses: false }));
  const first = good(await ask<PackedPreviewAnswer>("packedPreview"));
  assert.ok("instances" in first.fleet);
  const instances = first.fleet.instances.map((id, index) => {
    const outcome = first.outcomes[first.outcomeOf[index] ?? -1];
    return {
      id,
      verdict: outcome?.verdict,
      reasons: outcome?.reasons.map((it) => first.reasons[it]),
    };
  });
  assert.deepEqual(instances, whole.instances);
  assert.equal(first.sentence, whole.sentence);
  const second = good(await ask<PackedPreviewAnswer>("packedPreview", { fleet: first.fleet.id }));
  assert.deepEqual(second, { ...first, fleet: { id: first.fleet.id } });
  const changed = { fleet: first.fleet.id, changes: [{ kind: "remove", instances: ["i-dev"] }] };
  const simulated = good(await ask<PackedPreviewAnswer>("packedPreview", changed));
  assert.ok("instances" in simulated.fleet && simulated.fleet.instances.length === 2);
});

test("an instance that gets the task is explained clause by clause and resource by resource", async () => {
  const { ask } = await opened();
  const found = good(await ask<ExplainAnswer>("explain", { instance: "i-well" }));
  const [only] = found.constraints;
  assert.equal(found.constraints.length, 1);
  assert.equal(only?.index, 1);
  assert.equal(only?.explanation.truth, true);
  assert.deepEqual(
    only?.explanation.operands.map((it) => it.because),
    ["team is web", "env is prod"],
  );
  assert.deepEqual(found.resources, [
    { filter: "cpu", name: "CPU (units)", asked: 100, used: 0, free: 1024 },
    { filter: "memory", name: "Memory (MiB)", asked: 256, used: 0, free: 1024 },
    { filter: "ports", name: "Port 8126/tcp", asked: 1, used: 0, free: 1 },
  ]);
  assert.deepEqual(found.attributes, [
    ["env", "prod"],
    ["gateway", null],
    ["team", "web"],
  ]);
  assert.deepEqual(found.remedies, []);
});

test("what is in the way of an instance comes with changes that help", async () => {
  const { ask, files } = await opened();
  const dev = good(await ask<ExplainAnswer>("explain", { instance: "i-dev" }));
  assert.deepEqual(dev.remedies, [
    {
      kind: "attributes",
      filter: "constraints",
      attributes: [{ name: "env", value: "prod" }],
    },
  ]);
  const full = good(await ask<ExplainAnswer>("explain", { instance: "i-full" }));
  assert.deepEqual(
    full.remedies.map((it) => it.kind === "edit" && [it.filter, it.value]),
    [
      ["memory", 192],
      ["ports", 8127],
    ],
  );
  const port = full.resources.find((it) => it.filter === "ports");
  assert.equal(port?.free, 0);
  assert.match(port?.note ?? "", /in use/);
  const lines = taskDefinition.split("\n");
  for (const it of full.remedies) {
    assert.ok(it.kind === "edit");
    assert.equal(it.uri, files.uriOf("agent.taskdef.json"));
    const [edit] = it.edits;
    const { start, end } = edit!.range;
    const replaced = lines[start.line]?.slice(start.character, end.character);
    assert.deepEqual([replaced, edit?.newText], it.filter === "memory" ? ["256", "192"] : ["8126", "8127"]);
  }
});

test("an instance that is not there is a failure", async () => {
  const { ask } = await opened();
  const answer = await ask<ExplainAnswer>("explain", { instance: "i-nowhere" });
  assert.ok("error" in answer && answer.error.code === "no-such-instance");
});

test("a clause is found in the document, whatever escapes are before it", async () => {
  const { ask, files } = await opened();
  const expression = 'attribute:team == "web" and attribute:env == prod';
  const span = { start: expression.indexOf("attribute:env"), end: expression.length };
  const found = good(await ask<LocateClauseAnswer>("locateClause", { from: "service", index: 1, span }));
  assert.equal(found.uri, files.uriOf("agent.service.json"));
  const { start, end } = found.range;
  assert.equal(start.line, end.line);
  const line = service.split("\n")[start.line] ?? "";
  assert.equal(line.slice(start.character, end.character), "attribute:env == prod");
  const gone = await ask<LocateClauseAnswer>("locateClause", { from: "service", index: 7, span });
  assert.ok("error" in gone && gone.error.code === "no-such-clause");
});

test("a selection in an expression tells the instances that the clause around it matches", async () => {
  const { ask, files } = await opened();
  const uri = files.uriOf("agent.service.json");
  const line = service.split("\n").findIndex((it) => it.includes("attribute:team"));
  const at = (text: string) => service.split("\n")[line]?.indexOf(text) ?? -1;
  const range = (from: number, to: number) => ({
    start: { line, character: from },
    end: { line, character: to },
  });
  const match = async (from: number, to: number) =>
    good(await ask<MatchClauseAnswer>("matchClause", { uri, range: range(from, to) }));
  const env = await match(at(" attribute:env"), at(" attribute:env") + 12);
  assert.equal(env.clause, "attribute:env == prod");
  assert.deepEqual([...env.matched].sort(), ["i-full", "i-well"]);
  const team = await match(at("attribute:team"), at(" and"));
  assert.deepEqual([...team.matched].sort(), ["i-dev", "i-full", "i-well"]);
  const both = await match(at("attribute:team"), at("attribute:env") + 5);
  assert.equal(both.clause, 'attribute:team == "web" and attribute:env == prod');
  assert.deepEqual(await match(at("attribute:team"), at("attribute:team")), { matched: [], unknown: [] });
  assert.deepEqual(await match(0, 3), { matched: [], unknown: [] });
});

test("another text gets verdicts of its own on the same cluster", async () => {
  const { ask, files } = await opened();
  const texts = { [files.uriOf("agent.service.json")]: service.replace("== prod", "== dev") };
  const found = good(await ask<BaselineAnswer>("baseline", { against: "texts", texts }));
  assert.deepEqual(found.verdicts, { "i-dev": "place", "i-full": "excluded", "i-well": "excluded" });
  const broken = { [files.uriOf("agent.taskdef.json")]: '{ "family": "agent", "containerDefinitions": [' };
  const answer = await ask<BaselineAnswer>("baseline", { against: "texts", texts: broken });
  assert.ok("error" in answer && answer.error.code === "broken-document");
});

test("a file has nothing deployed, and the local cluster tells what it runs", async () => {
  const { ask, server } = await opened();
  const file = await ask<BaselineAnswer>("baseline", { against: "deployed" });
  assert.ok("error" in file && file.error.code === "not-deployable");
  await server.request("ecsDaemon/local/start", {});
  const local = { against: "deployed", cluster: "local" };
  const before = await ask<BaselineAnswer>("baseline", local);
  assert.ok("error" in before && before.error.code === "not-deployed", JSON.stringify(before));
  // Deployed is the definition with the service that asks for prod; none of the five instances has an env.
  await ask("deploy", { cluster: "local", steps: ["register", "createService"] });
  const after = good(await ask<BaselineAnswer>("baseline", local));
  assert.deepEqual([...new Set(Object.values(after.verdicts))], ["excluded"]);
  await server.request("ecsDaemon/local/stop", null);
});
