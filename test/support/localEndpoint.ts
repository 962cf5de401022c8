// Starts the embedded endpoint inside the test's process, with the real SDK and with plain calls for what no SDK sends.

import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { ECSClient } from "@aws-sdk/client-ecs";
import { ecsTarget } from "../../server/src/local/operations";
import {
  type LocalEndpoint,
  type LocalEndpointOptions,
  startLocalEndpoint,
} from "../../server/src/local/startLocalEndpoint";

import { answerProblems, canAnswer } from "./answerModel";

/** Whatever JSON an operation answers. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes and fail where one differs.
export type AnyAnswer = any;

export interface TestEndpoint {
  readonly endpoint: LocalEndpoint;
  readonly client: ECSClient;
  /** Calls an operation of ECS; throws an Error with the exception's name and message. */
  call(operation: string, input?: object): Promise<AnyAnswer>;
  /** Calls an operation of EcsDaemonLocal. */
  local(operation: string, input?: object): Promise<AnyAnswer>;
}

/** Throws as well where ECS could not answer so: every test of the endpoint holds it to the API model. */
export async function post(url: string, target: string, input: unknown): Promise<AnyAnswer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "x-amz-target": target, "content-type": "application/x-amz-json-1.1" },
    body: typeof input === "string" ? input : JSON.stringify(input),
  });
  const answer = (await response.json()) as AnyAnswer;
  const [service, operation = ""] = target.split(".");
  if (service === ecsTarget) checkAnswer(operation, response.ok, answer);
  if (response.ok) return answer;
  const error = new Error(answer.message);
  error.name = answer.__type;
  throw error;
}

function checkAnswer(operation: string, isOk: boolean, answer: AnyAnswer): void {
  if (isOk) assert.deepEqual(answerProblems(operation, answer), []);
  else assert.ok(canAnswer(operation, answer.__type), `${operation} never answers ${answer.__type}`);
}

export function clientOf(url: string, region = "us-east-1"): ECSClient {
  return new ECSClient({
    endpoint: url,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    retryMode: "standard",
  });
}

/** Starts an endpoint that is closed after the test. */
export async function startTestEndpoint(
  test: TestContext,
  options: LocalEndpointOptions = {},
): Promise<TestEndpoint> {
  const endpoint = await startLocalEndpoint(options);
  const client = clientOf(endpoint.url);
  test.after(async () => {
    client.destroy();
    await endpoint.close();
  });
  return {
    endpoint,
    client,
    call: (operation, input = {}) =>
      post(endpoint.url, `AmazonEC2ContainerServiceV20141113.${operation}`, input),
    local: (operation, input = {}) => post(endpoint.url, `EcsDaemonLocal.${operation}`, input),
  };
}

/** A definition that fits everywhere. */
export const agentDefinition = (family = "agent", more: object = {}) => ({
  family,
  containerDefinitions: [{ name: "agent", image: "example/agent:1", cpu: 100, memory: 256, ...more }],
});

export const idsOf = (arns: readonly string[]): string[] =>
  arns.map((it) => it.slice(it.lastIndexOf("/") + 1));
