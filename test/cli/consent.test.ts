// Nothing is changed in an account before somebody agreed: every call is recorded on its way.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { runCommandLine } from "../../server/src/cli/runCommandLine";
import type { Terminal } from "../../server/src/cli/terminal";
import { runCli } from "../support/commandLine";
import { startTestEndpoint } from "../support/localEndpoint";
import { projectRoot } from "../support/paths";

const taskDefinition = join(projectRoot, "test", "workspace", "datadog-agent.taskdef.json");
const credentials = {
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "very-secret",
  AWS_REGION: "eu-west-1",
};

/** An address of this machine that is no loopback address, in front of the local endpoint. */
async function startRecorder(context: TestContext) {
  const { endpoint } = await startTestEndpoint(context);
  const operations: string[] = [];
  const server = createServer((request, response) => {
    const target = String(request.headers["x-amz-target"]);
    operations.push(target.slice(target.indexOf(".") + 1));
    const body: Buffer[] = [];
    request.on("data", (part: Buffer) => body.push(part));
    request.on("end", async () => {
      const { authorization = "" } = request.headers;
      const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": target, authorization };
      const answer = await fetch(endpoint.url, { method: "POST", headers, body: Buffer.concat(body) });
      response.writeHead(answer.status, headers).end(await answer.text());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  context.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  return { url: `http://0.0.0.0:${port}`, operations };
}

function person(answer: boolean) {
  const said = { questions: [] as string[], output: "", complaints: "" };
  const terminal: Terminal = {
    write: (text) => {
      said.output += text;
    },
    say: (line) => {
      said.complaints += `${line}\n`;
    },
    canAsk: true,
    confirm: async (question) => {
      said.questions.push(question);
      return answer;
    },
    colors: false,
    columns: 80,
    environment: {},
    interruption: () => new AbortController().signal,
  };
  return { terminal, said };
}

const isReading = (operation: string) => /^(Describe|List)/.test(operation);

test("without a terminal and without --yes nothing is sent at all", async (context) => {
  const { url, operations } = await startRecorder(context);
  const target = ["--cluster", "default", "--endpoint-url", url];
  for (const words of [
    ["deploy", taskDefinition, ...target],
    ["delete", "datadog-agent", ...target],
  ]) {
    const result = await runCli(words, { environment: credentials });
    assert.equal(result.code, 2);
    assert.match(result.stderr, /Nothing was sent\./);
  }
  assert.deepEqual(operations, []);
});

test("a person who says no has only been told what would change", async (context) => {
  Object.assign(process.env, credentials);
  const { url, operations } = await startRecorder(context);
  const { terminal, said } = person(false);
  const code = await runCommandLine(
    ["deploy", taskDefinition, "--cluster", "default", "--endpoint-url", url],
    terminal,
  );
  assert.equal(code, 1);
  const [question = ""] = said.questions;
  assert.match(question, /task definition is new\. The service datadog-agent is created\./);
  assert.match(question, /the cluster default of account 123456789012 in eu-west-1/);
  assert.ok(operations.length > 0 && operations.every(isReading), operations.join());
});

test("a person who says yes, or --yes, gets it done, and no secret is told", async (context) => {
  Object.assign(process.env, credentials);
  const { url, operations } = await startRecorder(context);
  const target = ["--cluster", "default", "--endpoint-url", url];
  const { terminal, said } = person(true);
  assert.equal(await runCommandLine(["deploy", taskDefinition, ...target], terminal), 0);
  assert.ok(operations.includes("CreateService"));
  const again = await runCli(["deploy", taskDefinition, ...target, "--yes"], { environment: credentials });
  assert.equal(again.code, 0, again.stderr);
  assert.equal(await runCommandLine(["delete", "datadog-agent", ...target], terminal), 0);
  assert.match(said.questions[1] ?? "", /5 tasks will be stopped/);
  assert.ok(!/very-secret|AKIDEXAMPLE/.test(said.output + said.complaints + again.stdout + again.stderr));
});

test("a cluster that the account does not have is refused before anything is asked", async (context) => {
  Object.assign(process.env, credentials);
  const { url, operations } = await startRecorder(context);
  const { terminal, said } = person(true);
  const code = await runCommandLine(
    ["deploy", taskDefinition, "--cluster", "typo", "--endpoint-url", url],
    terminal,
  );
  assert.equal(code, 2);
  assert.match(said.complaints, /no cluster "typo"/);
  assert.deepEqual(said.questions, []);
  assert.ok(operations.every(isReading));
});
