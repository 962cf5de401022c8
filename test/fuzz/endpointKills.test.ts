// The endpoint's process killed at the calls of a command that runs against it: the command says that the endpoint is gone
// and ends as not done, and run again, once the endpoint is back with its state file, it does all of it and nothing twice.
// FUZZ_KILLS sets how many of the moments are tried.

import assert from "node:assert/strict";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { type RunningCli, runCli, startCli } from "../support/commandLine";
import { type AnyAnswer, agentDefinition, post } from "../support/localEndpoint";
import { temporaryFolder } from "../support/temporaryFolder";

const kills = Number(process.env.FUZZ_KILLS ?? 4);
const instances = 3;

/** What the process of the endpoint is killed at; calls count from one, and 0 is none. */
interface Moment {
  readonly call: number;
  /** It carries the call out, and its answer is lost. */
  readonly isCarriedOut: boolean;
}

const leftAlone: Moment = { call: 0, isCarriedOut: false };

/** The process of an endpoint with a state file, behind a door that counts the calls and kills it. */
async function startStage(context: TestContext) {
  const folder = temporaryFolder({
    "agent.taskdef.json": JSON.stringify(agentDefinition("agent")),
  });
  context.after(folder.remove);
  const words = ["local", "--state", join(folder.path, "state"), "--instances", String(instances)];
  const start = (): Promise<RunningCli> => startCli(context, words);
  let endpoint = await start();
  let [calls, moment]: [number, Moment] = [0, leftAlone];
  const url = () => endpoint.firstLine.replace("listening on ", "");
  const kill = async () => {
    endpoint.process.kill("SIGKILL");
    await endpoint.ended;
  };
  const forward = async (request: IncomingMessage, response: ServerResponse) => {
    let body = "";
    for await (const part of request.setEncoding("utf8")) body += part;
    calls += 1;
    const isMoment = calls === moment.call;
    if (isMoment && !moment.isCarriedOut) await kill();
    const { host: _, connection: _connection, ...headers } = request.headers as Record<string, string>;
    const answer = await fetch(url(), { method: "POST", headers, body });
    const text = await answer.text();
    if (isMoment) await kill();
    if (isMoment) return void response.destroy();
    response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.1" }).end(text);
  };
  const door = createServer((request, response) => {
    forward(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  context.after(() => {
    door.close();
    door.closeAllConnections();
  });
  const { port } = door.address() as AddressInfo;
  const ecs = (operation: string, input: object = {}): Promise<AnyAnswer> =>
    post(url(), `AmazonEC2ContainerServiceV20141113.${operation}`, input);
  return {
    file: join(folder.path, "agent.taskdef.json"),
    /** Runs `ecs-daemon WORDS`; `calls` is how many calls it made. */
    run: async (words: readonly string[], at: Moment = leftAlone) => {
      [calls, moment] = [0, at];
      const result = await runCli([...words, "--endpoint-url", `http://127.0.0.1:${port}`]);
      return { ...result, calls };
    },
    restart: async () => {
      await kill();
      endpoint = await start();
    },
    counts: async () => {
      const { taskDefinitionArns } = await ecs("ListTaskDefinitions");
      const { serviceArns } = await ecs("ListServices");
      const { taskArns } = await ecs("ListTasks");
      return [taskDefinitionArns.length, serviceArns.length, taskArns.length];
    },
  };
}

/** Some of the moments of a run with that many calls, over all of it. */
function momentsOf(calls: number): readonly Moment[] {
  const all = Array.from({ length: calls }, (_, at) => [
    { call: at + 1, isCarriedOut: false },
    { call: at + 1, isCarriedOut: true },
  ]).flat();
  const step = Math.max(1, all.length / kills);
  return all.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
}

const isGone = /Nothing answers at|The connection to .* broke/;

test("the endpoint is killed at the calls of a deployment, and the next one does all of it once", async (context) => {
  const whole = await startStage(context);
  const words = (file: string) => ["deploy", file, "--new-service", "--cluster", "default"];
  const { calls, code, stderr } = await whole.run(words(whole.file));
  assert.equal(code, 0, stderr);
  const made = await whole.counts();
  assert.deepEqual(made, [1, 1, instances]);
  for (const moment of momentsOf(calls)) {
    const stage = await startStage(context);
    const why = `call ${moment.call} of ${calls}${moment.isCarriedOut ? ", carried out" : ""}`;
    const cut = await stage.run(words(stage.file), moment);
    assert.notEqual(cut.code, 0, why);
    assert.match((cut.stderr + cut.stdout).replace(/\s+/g, " "), isGone, why);
    await stage.restart();
    const again = await stage.run(words(stage.file));
    assert.equal(again.code, 0, `${why}: ${again.stderr}`);
    assert.deepEqual(await stage.counts(), made, why);
  }
});
