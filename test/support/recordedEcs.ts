// The local endpoint behind an address that is no loopback address, as an account is: every call is recorded on its way.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import type { Terminal } from "../../server/src/cli/output/terminal";
import type { LocalEndpointOptions } from "../../server/src/local/startLocalEndpoint";
import { type AnyAnswer, startTestEndpoint, type TestEndpoint } from "./localEndpoint";

/** What stands in the environment of a test that talks to it; none of it may be told to anybody. */
export const recordedCredentials = {
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "very-secret",
  AWS_REGION: "eu-west-1",
};

export interface RecordedEcs extends TestEndpoint {
  readonly url: string;
  /** Operations in the order in which they arrived. */
  readonly operations: string[];
  /** What every call sent beside its body. */
  readonly headers: string[];
  /** Called before an operation is passed on. An answer here is sent in its place. */
  before(hook: Hook | undefined): void;
  /** Called with every answer of the endpoint; what it returns is sent in its place. */
  after(hook: AfterHook | undefined): void;
}

/** `lost`: the connection breaks where the answer should have come. `undefined`: the answer as it is. */
export type AfterHook = (operation: string, answer: AnyAnswer, body: string) => object | "lost" | undefined;

export type Hook = (
  operation: string,
  body: string,
) => Promise<{ readonly status: number; readonly body: object } | undefined> | undefined;

export async function startRecordedEcs(
  context: TestContext,
  options: LocalEndpointOptions = {},
): Promise<RecordedEcs> {
  const endpoint = await startTestEndpoint(context, options);
  const operations: string[] = [];
  const headers: string[] = [];
  let before: Hook | undefined;
  let after: AfterHook | undefined;
  const server = createServer(async (request, response) => {
    const target = String(request.headers["x-amz-target"]);
    const operation = target.slice(target.indexOf(".") + 1);
    operations.push(operation);
    headers.push(JSON.stringify(request.headers));
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts).toString();
    const type = { "content-type": "application/x-amz-json-1.1" };
    const own = await before?.(operation, body);
    if (own !== undefined) return void response.writeHead(own.status, type).end(JSON.stringify(own.body));
    const { authorization = "" } = request.headers;
    const sent = { ...type, "x-amz-target": target, authorization };
    try {
      const answer = await fetch(endpoint.endpoint.url, { method: "POST", headers: sent, body });
      const text = await answer.text();
      const changed = answer.ok ? after?.(operation, JSON.parse(text), body) : undefined;
      if (changed === "lost") response.destroy();
      else
        response.writeHead(answer.status, type).end(changed === undefined ? text : JSON.stringify(changed));
    } catch {
      // The endpoint broke the connection, as it was told to: so does whoever stands before it.
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  context.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    ...endpoint,
    url: `http://0.0.0.0:${port}`,
    operations,
    headers,
    before: (hook) => {
      before = hook;
    },
    after: (hook) => {
      after = hook;
    },
  };
}

export const isReading = (operation: string): boolean => /^(Describe|List)/.test(operation);

export interface Person {
  readonly terminal: Terminal;
  readonly said: { questions: string[]; output: string; complaints: string };
}

/** A terminal with a person who gives these answers in turn, the last one again and again. */
export function person(...answers: readonly boolean[]): Person {
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
      return answers[said.questions.length - 1] ?? answers.at(-1) ?? false;
    },
    ask: async (question) => {
      said.questions.push(question);
      return "";
    },
    colors: false,
    columns: 120,
    environment: {},
    interruption: () => new AbortController().signal,
  };
  return { terminal, said };
}
