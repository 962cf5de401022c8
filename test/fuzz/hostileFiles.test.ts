// What a hostile file in a workspace could try through the editor: pictures and links in hovers, processes and calls in
// restricted mode, text that becomes part of a page.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { CompletionList, Hover } from "vscode-languageserver/node";
import type { Environment } from "../../server/src/lsp/base/environment";
import { requests } from "../../server/src/lsp/protocol/protocol";
import { startClient } from "../support/protocolClient";
import { temporaryFolder } from "../support/temporaryFolder";
import { within } from "./askEverything";

const evil = [
  "![x](https://evil.example/x.png)",
  "`` ![x](https://evil.example/x.png) ``",
  "a\n\n![x](https://evil.example/x.png)",
  "<img src=https://evil.example/x.png>",
  "[a](command:workbench.action.terminal.new)",
  "*a*`b`",
  "\u001b[31m\u0000\u2028![x](https://evil.example/x.png)",
];

/** What is left of Markdown when its code is taken out; our own links lead to AWS and nowhere else. */
function outsideCode(markdown: string): string {
  return markdown
    .split(/\n{2,}/)
    .map((it) => it.replace(/(?<!`)(`+)(?!`)[\s\S]*?(?<!`)\1(?!`)/g, ""))
    .join("\n\n")
    .replace(/\[API reference\]\(https:\/\/docs\.aws\.amazon\.com\/[\w./#-]*\)/g, "")
    .replace(/\\[\\`*[\]<>&]/g, "");
}

function checkMarkdown(markdown: string, what: string): void {
  const left = outsideCode(markdown);
  assert.doesNotMatch(left, /[[\]<]|[^\P{Cc}\n]/u, `${what}:\n${markdown}`);
}

function markdownOf(contents: Hover["contents"] | undefined): string {
  return typeof contents === "object" && "value" in contents ? contents.value : "";
}

test("names and values out of a snapshot or a document are no Markdown in hovers and suggestions", async () => {
  const attributes = [
    ...evil.map((value, index) => ({ name: index % 2 === 0 ? "env" : `env${index}`, value })),
    ...evil.map((name) => ({ name, value: "x" })),
  ];
  const instances = attributes.map((it, index) => ({
    containerInstanceArn: `arn:aws:ecs:us-east-1:123456789012:container-instance/c/i${index}`,
    status: "ACTIVE",
    agentVersion: it.value,
    ec2InstanceId: it.value,
    attributes: [it, { name: "ecs.instance-type", value: it.value }],
  }));
  const files = temporaryFolder({ "a.ecs-cluster.json": JSON.stringify({ containerInstances: instances }) });
  const client = await startClient({ initializationOptions: { cluster: files.uriOf("a.ecs-cluster.json") } });
  try {
    await client.request("ecsDaemon/instances", {});
    let hovers = 0;
    for (const it of ["x", ...evil]) {
      const text = JSON.stringify({
        family: it,
        containerDefinitions: [
          {
            name: it,
            image: it,
            memory: 64,
            dockerLabels: { [it]: it },
            logConfiguration: { logDriver: it, options: { [it]: it } },
          },
        ],
        placementConstraints: [
          {
            type: "memberOf",
            expression: `attribute:env == '${it}' and attribute:${it} exists and ec2InstanceId == ${it}`,
          },
        ],
      });
      const uri = files.uriOf(`${hovers}.taskdef.json`);
      client.open(uri, text);
      for (let character = 0; character < text.length; character += 3) {
        const at = { textDocument: { uri }, position: { line: 0, character } };
        const hover = await client.request<Hover | null>("textDocument/hover", at);
        if (hover !== null) {
          hovers += 1;
          checkMarkdown(markdownOf(hover.contents), `the hover at ${character} of ${text}`);
        }
        if (character % 21 !== 0) continue;
        const list = await client.request<CompletionList | null>("textDocument/completion", at);
        for (const { label, documentation } of list?.items ?? []) {
          if (typeof documentation === "object")
            checkMarkdown(documentation.value, `the documentation of ${label}`);
        }
      }
    }
    assert.ok(hovers > 100, `${hovers} hovers`);
  } finally {
    await client.close();
    files.remove();
  }
});

test("globs and paths in a workspace's settings cannot keep the server busy", async () => {
  const globs = [
    "**/".repeat(20),
    "*".repeat(60),
    "{a,a,a}*".repeat(15),
    "?*".repeat(30),
    "{a,".repeat(2000),
    "(a+)+$",
    "[",
  ];
  const diagnostics = [
    ...globs.map((it) => ({ code: "*", files: `${it}x`, severity: "off" })),
    { code: "*", path: "/**".repeat(20), severity: "off" },
    { code: "*", path: `${"/**/*".repeat(50)}/x`, severity: "off" },
    { code: "bad-family", files: "**/a/**/*.taskdef.json", path: "/family", severity: "hint" },
  ];
  const client = await startClient();
  const refreshed = client.next("workspace/diagnostic/refresh");
  client.setSettings({ diagnostics });
  await refreshed;
  const uri = `file:///${"a/".repeat(50)}a.taskdef.json`;
  client.open(
    uri,
    '{ "family": "a b", "containerDefinitions": [{ "name": "a", "image": "a", "memory": 64 }] }',
  );
  const found = await within("the diagnostics", client.diagnostics(uri));
  assert.deepEqual(
    found.map((it) => [it.code, it.severity]),
    [["bad-family", 4]],
  );
  await client.close();
});

test("of thousands of settings the last some hundred count, and the log says so once", async () => {
  const entries = Array.from({ length: 20_000 }, (_, number) => ({
    code: "*",
    files: `**/${"a*/".repeat(20)}${number}-*.json`,
    severity: "off",
  }));
  const early = { code: "bad-family", severity: "information" };
  const late = { code: "bad-family", files: "*.taskdef.json", severity: "hint" };
  const client = await startClient();
  for (const diagnostics of [
    [late, ...entries, early],
    [late, ...entries, { code: "unused-volume", severity: "off" }, early],
  ]) {
    const refreshed = client.next("workspace/diagnostic/refresh");
    client.setSettings({ diagnostics: diagnostics.slice(0, 20_002) });
    await within("the refresh", refreshed);
  }
  const uri = `file:///${"a/".repeat(50)}a.taskdef.json`;
  client.open(
    uri,
    '{ "family": "a b", "containerDefinitions": [{ "name": "a", "image": "a", "memory": 64 }] }',
  );
  const found = await within("the diagnostics", client.diagnostics(uri));
  assert.deepEqual(
    found.map((it) => [it.code, it.severity]),
    [["bad-family", 1]],
  );
  const told = client.log.filter((it) => /diagnostics has 20002 entries; only the last 500 count/.test(it));
  assert.equal(told.length, 1, client.log.join("\n"));
  await client.close();
});

test("in a workspace that is not trusted no request starts anything or asks an account, whatever it says", async () => {
  const calls: string[] = [];
  const refuse = (name: string) => () => {
    calls.push(name);
    throw new Error(`${name} was called`);
  };
  const environment: Partial<Environment> = {
    connectEcs: refuse("connectEcs"),
    startLocalEndpoint: refuse("startLocalEndpoint"),
  };
  const client = await startClient({
    environment,
    initializationOptions: { trusted: false, cluster: "aws" },
    settings: { aws: { cluster: "c", endpointUrl: "https://evil.example", profile: "p" }, cluster: "aws" },
  });
  const uri = "file:///restricted/agent.taskdef.json";
  client.open(
    uri,
    '{ "family": "a", "containerDefinitions": [{ "name": "a", "image": "a", "memory": 64 }] }',
  );
  const methods = Object.values(requests).map(({ method }) => method);
  assert.ok(methods.length >= 10, `${methods}`);
  const clusters = [
    "aws",
    "local",
    { kind: "aws", cluster: "c", endpointUrl: "https://evil.example" },
    { kind: "aws", cluster: "c", trusted: true },
  ];
  for (const method of methods) {
    for (const cluster of clusters) {
      const params = {
        textDocument: { uri },
        cluster,
        steps: ["register", "createService", "verify"],
        serviceName: "a",
        instances: ["i-1"],
        attributes: [{ name: "a", value: "b" }],
        count: 1,
        port: 0,
        trusted: true,
      };
      await client.request(method, params).catch((error: Error) => assert.match(error.message, /\S/));
    }
  }
  assert.deepEqual(calls, []);
  assert.deepEqual(await client.diagnostics(uri), []);
  await client.close();
});
