import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { profileNames } from "../../../client/src/cluster/awsProfiles";
import {
  type ClusterSettings,
  clusterOfSettings,
  endpointToApprove,
  readClusterChoice,
} from "../../../client/src/cluster/clusterChoice";
import { attributesProblem, readAttributes } from "../../../client/src/commands/attributeText";
import { readCallArguments } from "../../../client/src/commands/callArguments";
import {
  type DaemonFiles,
  daemonFiles,
  daemonNameProblem,
  portsProblem,
  usualHostPaths,
} from "../../../client/src/commands/daemonTemplate";
import { deployLines, deployMessage, followUps } from "../../../client/src/commands/deployMessage";
import { globOfPath, readSetSeverity, withSeverity } from "../../../client/src/commands/severityEntry";
import { latestOnly } from "../../../client/src/preview/latestOnly";
import { panelPage } from "../../../client/src/preview/panelPage";
import { isRelevant } from "../../../client/src/relevance";
import { openResource } from "../../../server/src/core/resources/resource";
import { applySeveritySettings } from "../../../server/src/core/rules/severitySettings";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { clusterState } from "../../../server/src/lsp/protocol/clusterState";
import type { ClusterChoice, DeployReport } from "../../../server/src/lsp/protocol/protocol";

test("a command reads its arguments from menus, key bindings and code alike", () => {
  const uri = { scheme: "file", path: "/w/a.json", toString: () => "file:///w/a.json" };
  for (const [values, expected] of [
    [[], { uri: undefined, options: {} }],
    [[uri, [uri]], { uri: "file:///w/a.json", options: {} }],
    [[uri, { groupId: 0 }], { uri: "file:///w/a.json", options: { groupId: 0 } }],
    [["a.json", { count: 2 }], { uri: "a.json", options: { count: 2 } }],
    [[["a.json", { count: 2 }]], { uri: "a.json", options: { count: 2 } }],
    [[{ uri: "a.json", count: 2 }], { uri: "a.json", options: { count: 2 } }],
    [[undefined, { count: 2 }], { uri: undefined, options: { count: 2 } }],
    [[null, 7], { uri: undefined, options: {} }],
  ] as const)
    assert.deepEqual(readCallArguments(values), expected, JSON.stringify(values));
});

const settings = (cluster: string, aws: Partial<ClusterSettings["aws"]> = {}): ClusterSettings => ({
  cluster,
  aws: { cluster: "default", profile: "", region: "", endpointUrl: "", ...aws },
});
const resolve = (path: string) => `file:///w/${path}`;

test("an endpoint elsewhere that the workspace names is used only once the user agreed", () => {
  const at = (endpointUrl: string) => clusterOfSettings(settings("aws", { endpointUrl }), true, resolve);
  const other = "https://ecs.example.com";
  assert.equal(endpointToApprove(at(other), other, []), other);
  assert.equal(endpointToApprove(at(other), other, [other]), undefined, "agreed to");
  assert.equal(endpointToApprove(at(other), undefined, []), undefined, "the user's own setting");
  assert.equal(
    endpointToApprove(at(other), "https://ecs.example.org", []),
    undefined,
    "the user's own counts",
  );
  assert.equal(endpointToApprove(at(""), undefined, []), undefined, "none");
  assert.equal(endpointToApprove("local", other, []), undefined, "not asked for");
  for (const it of ["http://127.0.0.1:8080", "http://localhost:1", "http://[::1]:1"])
    assert.equal(endpointToApprove(at(it), it, []), undefined, it);
  for (const it of [
    "http://127.0.0.1.example.com",
    "http://localhost.example.com",
    "http://user@10.0.0.1",
    "nonsense",
  ])
    assert.equal(endpointToApprove(at(it), it, []), it, it);
});

test("the settings name a file, the local endpoint, an account or nothing", () => {
  assert.equal(clusterOfSettings(settings(""), true, resolve), undefined);
  assert.equal(clusterOfSettings(settings("local"), true, resolve), "local");
  assert.equal(
    clusterOfSettings(settings("c/x.ecs-fleet.json"), true, resolve),
    "file:///w/c/x.ecs-fleet.json",
  );
  assert.deepEqual(clusterOfSettings(settings("aws", { region: "eu-west-1" }), true, resolve), {
    kind: "aws",
    cluster: "default",
    region: "eu-west-1",
  });
});

test("a workspace that is not trusted chooses only files of its own", () => {
  assert.equal(clusterOfSettings(settings("x.ecs-fleet.json"), false, resolve), "file:///w/x.ecs-fleet.json");
  for (const it of [
    "aws",
    "local",
    "/etc/x.json",
    "../x.json",
    "\\\\server\\share\\x.json",
    "C:\\x.json",
    "http://x/y",
  ])
    assert.equal(clusterOfSettings(settings(it), false, resolve), undefined, it);
});

test("only a cluster that is not on this machine is marked as real", () => {
  const stateOf = (choice: ClusterChoice | undefined) =>
    clusterState({ choice, isTrusted: true, local: "notRunning" });
  const aws = (endpointUrl?: string) =>
    stateOf({ kind: "aws", cluster: "prod", ...(endpointUrl !== undefined && { endpointUrl }) }).isReal;
  assert.equal(aws(), true);
  assert.equal(aws("https://ecs.eu-west-1.amazonaws.com"), true);
  assert.equal(aws("http://127.0.0.1.example.com"), true);
  for (const it of ["http://127.0.0.1:4566", "http://localhost:80", "http://[::1]:9"])
    assert.equal(aws(it), false, it);
  for (const it of [undefined, "local", "file:///w/x.ecs-fleet.json"])
    assert.equal(stateOf(it).isReal, false);
  assert.equal(stateOf("file:///w/my%20fleet.ecs-fleet.json").name, "my fleet.ecs-fleet.json");
});

test("a stored choice is believed only where it is one", () => {
  assert.equal(readClusterChoice("local"), "local");
  assert.deepEqual(readClusterChoice({ kind: "aws", cluster: "a", region: 3 }), {
    kind: "aws",
    cluster: "a",
  });
  for (const it of ["", null, 3, {}, { kind: "aws" }, { kind: "x", cluster: "a" }])
    assert.equal(readClusterChoice(it), undefined);
});

test("profiles are read from headings, and nothing else is", () => {
  const text =
    "[default]\naws_access_key_id = SECRET\n[profile dev]\n[ profile  my.prod ]\n# [no]\n[sso-session corp]\n";
  assert.deepEqual(profileNames(text), ["default", "dev", "my.prod"]);
});

test("the server starts only for documents it may have something to say about", () => {
  const look = (path: string, text: string, languageId = "json") =>
    isRelevant({ languageId, path, text: () => text });
  assert.equal(look("/w/agent.taskdef.json", "{}"), true);
  assert.equal(look("/w/anything.json", '{ "containerDefinitions": [] }'), true);
  assert.equal(look("/w/q.ecsquery", "", "ecs-query"), true);
  assert.equal(look("/w/package.json", '{ "name": "x" }'), false);
  assert.equal(look("/w/stack.yaml", "Type: AWS::ECS::Service", "yaml"), true);
  assert.equal(look("/w/stack.template", "Type: AWS::ECS::Service", "cloudformation"), true);
  assert.equal(look("/w/main.tf", 'resource "aws_ecs_service" "a" {}', "terraform"), true);
  assert.equal(look("/w/main.tofu", "container_definitions = local.all", "opentofu"), true);
  assert.equal(look("/w/values.yaml", "Type: AWS::S3::Bucket", "yaml"), false);
  assert.equal(look("/w/main.tf", 'resource "aws_s3_bucket" "b" {}', "terraform"), false);
  // VS Code alone has them as plain text.
  assert.equal(look("/w/main.tf", 'resource "aws_ecs_service" "a" {}', "plaintext"), true);
  assert.equal(look("/w/stack.template", "Type: AWS::ECS::Service", "plaintext"), true);
  assert.equal(look("/w/tasks.yml", "ecs_service:", "ansible"), true);
  assert.equal(look("/w/notes.txt", "AWS::ECS::Service and containerDefinitions", "plaintext"), false);
  assert.equal(look("/w/stack.ts", 'memberOf("attribute:env == prod")', "typescript"), false);
  assert.equal(look("/w/containerDefinitions.ts", '"containerDefinitions"', "typescript"), false);
});

test("attributes are typed as name=value, several separated by commas", () => {
  assert.deepEqual(readAttributes(" env=prod , canary, path=a=b,"), [
    { name: "env", value: "prod" },
    { name: "canary" },
    { name: "path", value: "a=b" },
  ]);
  assert.equal(attributesProblem("env=prod"), undefined);
  for (const it of ["", " , ", "=x"]) assert.notEqual(attributesProblem(it), undefined, it);
});

test("calls during a run cause exactly one more run, and the promise waits for it", async () => {
  let runs = 0;
  const gates: (() => void)[] = [];
  const ask = latestOnly(async () => {
    runs += 1;
    await new Promise<void>((open) => gates.push(open));
  });
  const first = ask();
  const others = [ask(), ask(), ask()];
  assert.equal(runs, 1);
  gates.shift()?.();
  while (gates.length === 0) await Promise.resolve();
  assert.equal(runs, 2);
  gates.shift()?.();
  await Promise.all([first, ...others]);
  assert.equal(runs, 2);
});

test("work that failed does not keep the next call from running", async () => {
  let runs = 0;
  const ask = latestOnly(async () => {
    runs += 1;
    if (runs === 1) throw new Error("once");
  });
  await assert.rejects(ask());
  await ask();
  assert.equal(runs, 2);
});

const report = (more: Partial<DeployReport>): DeployReport => ({
  taskDefinition: "agent:1",
  service: "agent",
  steps: [],
  verify: null,
  ...more,
});

test("a deploy is told by its verification, its failed step or its last step", () => {
  const verified = { verified: true, running: ["i-1", "i-2"], missing: [], unexpected: [] };
  assert.deepEqual(deployMessage(report({ verify: verified })), {
    severity: "information",
    text: "2 of 2 verified: agent",
  });
  const missing = { ...verified, verified: false, missing: [{ id: "i-3", reason: "No memory." }] };
  const told = deployMessage(report({ verify: missing }));
  assert.equal(told.severity, "warning");
  assert.equal(told.text, "2 of 3 verified (1 missing): agent. i-3: No memory.");
  // The server names the step, the reason and the place; the message repeats none of them.
  const place = { file: "/a/agent.taskdef.json", property: "cpu", range: undefined };
  const detail = "Register failed: Too many containers (agent.taskdef.json: cpu).";
  const failed = report({ steps: [{ name: "register", outcome: "failed", detail, place }] } as never);
  assert.deepEqual(deployMessage(failed), { severity: "error", text: detail });
  assert.match(deployLines(report({ verify: missing })).join("\n"), /missing on i-3: No memory\./);
});

test("after a verification that failed the message offers what can be done, and undoes nothing unasked", () => {
  const verify = { verified: false, running: [], missing: [], unexpected: [] };
  const titles = (...it: Parameters<typeof followUps>) => followUps(...it).map(({ title }) => title);
  const undo = { service: "agent", sentence: "It goes back." };
  const failed = report({ verify });
  assert.deepEqual(titles(failed, { ...undo, action: "rollback" }, true), [
    "Show Why",
    "Roll Back",
    "Show Log",
  ]);
  assert.deepEqual(titles(failed, { ...undo, action: "remove" }, true), [
    "Show Why",
    "Remove Service",
    "Show Log",
  ]);
  assert.deepEqual(titles(failed, undefined, true), ["Show Why", "Show Log"]);
  assert.deepEqual(titles(failed, undefined, false), ["Show Log"]);
  assert.deepEqual(titles(report({}), { ...undo, action: "remove" }, true), ["Show Log"]);
});

test("the page loads nothing but its own script and styles, and a document's name cannot add to it", () => {
  const page = panelPage({
    documentName: '"><script>alert(1)</script>',
    script: "https://x/webview.js",
    styles: "https://x/webview.css",
    cspSource: "https://x",
    nonce: "n",
  });
  assert.equal(page.match(/<script/g)?.length, 1);
  assert.match(page, /default-src 'none'; style-src https:\/\/x; script-src 'nonce-n'"/);
  assert.doesNotMatch(page, /unsafe/);
});

const everyPath = usualHostPaths.map((it) => it.path);
for (const answers of [
  { name: "node-agent" },
  { name: "node-agent", image: "datadog/agent:7", ports: "8125/udp, 8126", hostPaths: everyPath },
  { name: "node-agent", hostPaths: ["/opt/log", "/var/log/", "/"], attributes: "env=prod, team=a b, canary" },
  { name: "node-agent", ports: "", hostPaths: [], attributes: "" },
]) {
  test(`the files of a new daemon service say ${Object.keys(answers)}, and nothing is complained about`, () => {
    assertClean(daemonFiles(answers));
  });
}

test("what is answered is in the files of a new daemon service", () => {
  const { taskDefinition, service } = daemonFiles({
    name: "node-agent",
    image: "datadog/agent:7",
    ports: "8125/udp 8126",
    hostPaths: ["/proc/", "/var/run/docker.sock"],
    attributes: "env=prod, team=a b, canary",
  });
  const { containerDefinitions, volumes } = JSON.parse(taskDefinition);
  const [container] = containerDefinitions;
  assert.equal(container.image, "datadog/agent:7");
  assert.equal(container.command, undefined);
  assert.deepEqual(container.portMappings, [
    { containerPort: 8125, hostPort: 8125, protocol: "udp" },
    { containerPort: 8126, hostPort: 8126, protocol: "tcp" },
  ]);
  assert.deepEqual(volumes, [
    { name: "proc", host: { sourcePath: "/proc/" } },
    { name: "docker_sock", host: { sourcePath: "/var/run/docker.sock" } },
  ]);
  assert.deepEqual(JSON.parse(service).placementConstraints, [
    {
      type: "memberOf",
      expression: "attribute:env == prod and attribute:team == 'a b' and attribute:canary exists",
    },
  ]);
});

test("ports and names that cannot be are said so", () => {
  for (const it of ["", "8125", "8125/udp, 8126/tcp", "8125/udp 8125/tcp"])
    assert.equal(portsProblem(it), undefined, it);
  for (const it of ["x", "0", "70000", "80/sctp", "80, 80/tcp"])
    assert.notEqual(portsProblem(it), undefined, it);
  assert.equal(daemonNameProblem("node-agent"), undefined);
  for (const it of ["", "a b", "a/b", "../x", "x".repeat(256)])
    assert.notEqual(daemonNameProblem(it), undefined);
});

function assertClean({ taskDefinition, service }: DaemonFiles): void {
  const definition = openResource("node-agent.taskdef.json", taskDefinition);
  const daemon = openResource("node-agent.service.json", service);
  assert.equal(definition.kind, "taskDefinition");
  assert.equal(daemon.kind, "service");
  const context = { findTaskDefinition: () => definition, findServices: () => [daemon] };
  for (const it of [definition, daemon])
    assert.deepEqual(
      validateDocument(it, context).map(({ code, message }) => `${code}: ${message}`),
      [],
    );
  assert.equal(JSON.parse(taskDefinition).family, JSON.parse(service).taskDefinition);
}

test("a severity joins the entries of the setting at their end, and takes the place of its like", () => {
  const other = { code: "unknown-member", severity: "off" };
  const legacy = { code: "misspelt-member", path: "/tags", severity: "off" };
  const entry = { code: "misspelt-member", files: "a/b.json", severity: "hint" } as const;
  const value = [{ ...entry, severity: "off" }, other, legacy, "nonsense"];
  assert.deepEqual(withSeverity(value, entry), [other, legacy, "nonsense", entry]);
  for (const absent of [undefined, null, {}, "off"]) assert.deepEqual(withSeverity(absent, entry), [entry]);
});

test("the entry for a file fits that file, whatever characters are in its path", () => {
  for (const path of ["agent.taskdef.json", "a/{b}/c*d.json", "what, why?/x.taskdef.json", "a\\b.json"]) {
    const uri = pathToFileURL(`/my work/${path.replaceAll("\\", "/")}`).href;
    const document = openResource(uri, '{ "containerDefinitions": 3 }');
    const found = validateDocument(document);
    assert.ok(found.length > 0);
    const silent = { code: "*", files: globOfPath(path), severity: "off" } as const;
    assert.deepEqual(applySeveritySettings(document, found, [silent]), [], path);
  }
});

test("what the action that changes a severity hands over is checked", () => {
  assert.deepEqual(readSetSeverity({ code: "x", severity: "off" }), { code: "x", severity: "off" });
  assert.deepEqual(readSetSeverity({ code: "x", severity: "loud" }), { code: "x" });
  for (const code of [undefined, "", 3]) assert.equal(readSetSeverity({ code }), undefined);
});
