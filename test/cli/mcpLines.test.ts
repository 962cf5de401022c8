// `ecs-daemon mcp` with clients that keep no protocol: whatever a line is, the next request is answered, and the process
// ends when its client is gone, not before.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import { builtFolder, plainEnvironment } from "../support/commandLine";
import type { AnyAnswer } from "../support/localEndpoint";
import { projectRoot } from "../support/paths";
import { until } from "../support/until";

const workspace = join(projectRoot, "test", "workspace");
const initialize = (capabilities: object) => ({
  method: "initialize",
  params: { protocolVersion: "2025-06-18", capabilities, clientInfo: { name: "test", version: "1" } },
});
const validation = { name: "validate", arguments: { file: "datadog-agent.taskdef.json" } };

/** The process, with what it answered so far. */
async function start(context: TestContext, capabilities: object = {}) {
  const child = spawn(process.execPath, [join(builtFolder, "cli.js"), "mcp"], {
    cwd: workspace,
    env: plainEnvironment(),
    stdio: ["pipe", "pipe", "ignore"],
  });
  context.after(() => child.kill("SIGKILL"));
  const ended = once(child, "exit");
  const answers: AnyAnswer[] = [];
  const raw: string[] = [];
  createInterface(child.stdout).on("line", (line) => {
    raw.push(line);
    answers.push(JSON.parse(line));
  });
  child.stdin.on("error", () => undefined);
  let last = 0;
  const write = (line: string) => child.stdin.write(`${line}\n`);
  const send = (message: object): number => {
    last += 1;
    write(JSON.stringify({ jsonrpc: "2.0", id: last, ...message }));
    return last;
  };
  const answerTo = async (id: unknown): Promise<AnyAnswer> => {
    const find = () => answers.find((it) => it.method === undefined && it.id === id);
    await until(`the request ${id} is answered`, async () => find() !== undefined);
    return find();
  };
  const request = (message: object) => answerTo(send(message));
  await request(initialize(capabilities));
  write('{"jsonrpc":"2.0","method":"notifications/initialized"}');
  return { child, ended, answers, raw, write, send, request, answerTo };
}

test("a line that is no request is refused, by its id where it has one, and the next one is answered", async (context) => {
  const { answers, write, request } = await start(context);
  const lines: readonly (readonly [line: string, id: unknown, code: number])[] = [
    ["garbage", null, -32700],
    ["{", null, -32700],
    ["\u0000\u0001", null, -32700],
    ["[".repeat(100_000), null, -32700],
    ["[]", null, -32600],
    ["null", null, -32600],
    ['[{"jsonrpc":"2.0","id":9,"method":"ping"}]', null, -32600],
    ['{"jsonrpc":"1.0","id":"old","method":"ping"}', "old", -32600],
    ['{"jsonrpc":"2.0","id":{},"method":"ping"}', null, -32600],
    ['{"jsonrpc":"2.0","id":"number","method":5}', "number", -32600],
    ['{"jsonrpc":"2.0","id":"prototype","method":"__proto__"}', "prototype", -32601],
    ["x".repeat(11 << 20), null, -32600],
  ];
  for (const [line, id, code] of lines) {
    const before = answers.length;
    write(line);
    assert.deepEqual((await request({ method: "ping" })).result, {}, line.slice(0, 80));
    const refused = answers.slice(before).find((it) => it.error !== undefined);
    assert.deepEqual([refused?.id, refused?.error.code], [id, code], line.slice(0, 80));
  }
  // What is no request gets no answer.
  const silent = [
    "",
    '{"jsonrpc":"2.0","id":77,"result":{}}',
    '{"jsonrpc":"2.0","id":{},"result":7}',
    '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{}}',
  ];
  const before = answers.length;
  for (const it of silent) write(it);
  await request({ method: "ping" });
  assert.equal(answers.length, before + 1);
});

test("a hundred calls at once are all answered, and no answer has a character that cannot be seen", async (context) => {
  const { raw, send, answerTo } = await start(context);
  const text = '{ "family": "\u202e\u001b[31m\u2028", "containerDefinitions": [] }';
  const ids = Array.from({ length: 100 }, (_, at) =>
    send({
      method: "tools/call",
      params: at % 2 === 0 ? validation : { name: "validate", arguments: { text, fileName: "\u202e.json" } },
    }),
  );
  for (const id of ids) assert.ok((await answerTo(id)).result.content[0].text.length > 20);
  assert.doesNotMatch(raw.join(""), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
});

test("what was asked before the input ended is answered, then the process ends", async (context) => {
  const { child, ended, send, answerTo } = await start(context);
  const id = send({ method: "tools/call", params: { name: "validate", arguments: { file: "." } } });
  child.stdin.end();
  assert.match((await answerTo(id)).result.content[0].text, /error/);
  assert.deepEqual(await ended, [0, null]);
});

test("where nobody reads the answers any more, the process ends", async (context) => {
  const { child, ended, send } = await start(context);
  child.stdout.destroy();
  send({ method: "tools/call", params: validation });
  assert.deepEqual(await ended, [0, null]);
});

test("a client that does not name its folders as it promised is told so", async (context) => {
  const { child, ended, answers, write, send, answerTo } = await start(context, { roots: {} });
  const answersOf: readonly (readonly [answer: object, expected: RegExp])[] = [
    [{ result: { roots: null } }, /did not name the folders .* another form/],
    [{ result: {} }, /did not name the folders .* another form/],
    [
      { error: { code: 1, message: "\u001b[31mpassword=hunter2-Zx9Qm" } },
      /did not name .*\{1b\}.*\(not shown\)/,
    ],
    [{ result: { roots: [{ uri: "file:///%zz" }] } }, /names no folder/],
    [{ result: { roots: [{ uri: "file://elsewhere/x" }] } }, /names no folder/],
    [{ result: { roots: [] } }, /names no folder/],
  ];
  const asked = () => answers.filter((it) => it.method === "roots/list");
  for (const [answer, expected] of answersOf) {
    const before = asked().length;
    const id = send({ method: "tools/call", params: validation });
    await until("the folders are asked for", async () => asked().length > before);
    write(JSON.stringify({ jsonrpc: "2.0", id: asked().at(-1).id, ...answer }));
    const { isError, content } = (await answerTo(id)).result;
    assert.equal(isError, true);
    assert.match(content[0].text, expected);
    assert.doesNotMatch(content[0].text, /hunter2/);
  }
  // A client that never answers keeps nobody waiting once it is gone.
  const before = asked().length;
  send({ method: "tools/call", params: validation });
  await until("the folders are asked for", async () => asked().length > before);
  child.stdin.end();
  assert.deepEqual(await ended, [0, null]);
});
