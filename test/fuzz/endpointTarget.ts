// Sequences of calls to the endpoint: each is answered, an error has a type and a text, nothing is ever "failed" in the
// log, and what the endpoint knows afterwards is what it knows after a restart from its journal.

import assert from "node:assert/strict";
import { join } from "node:path";
import { ecsTarget } from "../../server/src/local/operations";
import { type LocalEndpoint, startLocalEndpoint } from "../../server/src/local/startLocalEndpoint";
import { agentDefinition } from "../support/localEndpoint";
import { temporaryFolder } from "../support/temporaryFolder";
import type { Json } from "./apiValues";
import { within } from "./askEverything";
import { endpointCalls } from "./endpointCalls";
import type { FuzzTarget } from "./fuzzTarget";

type Input = { readonly calls: readonly { readonly target: string; readonly input: Json }[] };

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers have many shapes, and a wrong one fails the check.
  readonly body: any;
}

async function call(url: string, target: string, input: Json): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "x-amz-target": target.replace(/[^\x21-\x7e]/g, "?"),
      "content-type": "application/x-amz-json-1.1",
    },
    body: JSON.stringify(input),
  });
  return { status: response.status, body: await response.json() };
}

const ask = async (url: string, operation: string, input: Json = {}) =>
  (await call(url, `${ecsTarget}.${operation}`, input)).body;

/** A cluster of three with the daemon service `agent`; answers what `$i0` and its like stand for. */
async function prepare(url: string): Promise<Readonly<Record<string, string>>> {
  const { taskDefinition } = await ask(url, "RegisterTaskDefinition", agentDefinition() as unknown as Json);
  const { service } = await ask(url, "CreateService", {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
  });
  const { containerInstanceArns: instances } = await ask(url, "ListContainerInstances");
  const { taskArns: tasks } = await ask(url, "ListTasks");
  const id = (arn: string) => arn.slice(arn.lastIndexOf("/") + 1);
  return {
    $i0: id(instances[0]),
    $i1: id(instances[1]),
    $i2: id(instances[2]),
    $a0: instances[0],
    $t0: tasks[0],
    $t1: id(tasks[1]),
    $s: service.serviceArn,
    $c: service.clusterArn,
    $d: taskDefinition.taskDefinitionArn,
  };
}

function replaced(value: Json, names: Readonly<Record<string, string>>): Json {
  if (typeof value === "string") return Object.hasOwn(names, value) ? (names[value] ?? value) : value;
  if (Array.isArray(value)) return value.map((it) => replaced(it, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, it]) => [name, replaced(it as Json, names)]));
}

/** Everything that can be asked without saying when. */
async function picture(url: string): Promise<unknown> {
  const { containerInstanceArns } = await ask(url, "ListContainerInstances");
  const { serviceArns } = await ask(url, "ListServices");
  const { taskArns } = await ask(url, "ListTasks", { maxResults: 100 });
  return [
    containerInstanceArns,
    serviceArns,
    taskArns,
    await ask(url, "DescribeClusters"),
    await ask(url, "ListTaskDefinitions"),
    serviceArns.length > 0 && (await ask(url, "DescribeServices", { services: serviceArns.slice(0, 10) })),
    containerInstanceArns.length > 0 &&
      (await ask(url, "DescribeContainerInstances", {
        containerInstances: containerInstanceArns.slice(0, 100),
        include: ["TAGS"],
      })),
    taskArns.length > 0 && (await ask(url, "DescribeTasks", { tasks: taskArns })),
  ];
}

export const endpointTarget: FuzzTarget<Input> = {
  inputs: endpointCalls,
  open: async () => {
    const folder = temporaryFolder();
    let number = 0;
    const check = async ({ calls }: Input) => {
      const faults: string[] = [];
      const stateFile = join(folder.path, `state-${number++}`);
      const start = (): Promise<LocalEndpoint> =>
        startLocalEndpoint({
          instances: 3,
          stateFile,
          log: (line) => line.startsWith("failed") && faults.push(line),
        });
      const endpoint = await start();
      let closed = false;
      const close = async (it: LocalEndpoint) => {
        closed = true;
        await it.close();
      };
      try {
        const names = await prepare(endpoint.url);
        for (const { target, input } of calls) {
          const answer = await within(target, call(endpoint.url, target, replaced(input, names)).catch(lost));
          assert.deepEqual(faults, [], `${target} does not fail`);
          if (answer !== undefined) checkAnswer(target, answer);
        }
        await call(endpoint.url, "EcsDaemonLocal.SetFault", { clear: true });
        const before = await picture(endpoint.url);
        await close(endpoint);
        const again = await start();
        const after = await picture(again.url).finally(() => again.close());
        assert.deepEqual(after, before, "a restart knows what was known");
        assert.deepEqual(faults, [], "the restart does not fail");
      } finally {
        if (!closed) await endpoint.close();
      }
    };
    return { check, close: async () => folder.remove() };
  },
};

/** A connection that a fault of SetFault reset. */
function lost(error: unknown): undefined {
  assert.match(String(error instanceof Error ? error.message : error), /fetch failed/);
}

function checkAnswer(target: string, { status, body }: Answer): void {
  assert.ok(typeof body === "object" && body !== null, `${target} answers an object`);
  if (status === 200) return;
  assert.ok(
    status === 400 || (status === 500 && body.message.startsWith("Service Unavailable")),
    `${target}: ${status}`,
  );
  assert.match(body.__type, /^[A-Za-z]+Exception$/, `${target} names its error`);
  assert.match(body.message, /\S/, `${target} says what is wrong`);
}
