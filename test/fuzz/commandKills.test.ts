// `deploy` and `delete` ended at their calls to ECS, before a call is carried out or before its answer is there, by a kill or
// by a signal that they take: whoever runs them again gets what one run gives, and nothing is made twice. FUZZ_KILLS sets how
// many of the moments are tried.

import assert from "node:assert/strict";
import type { ChildProcess } from "node:child_process";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { startLocalEndpoint } from "../../server/src/local/startLocalEndpoint";
import { launchCli } from "../support/commandLine";
import { type AnyAnswer, post } from "../support/localEndpoint";
import { type TemporaryFolder, temporaryFolder } from "../support/temporaryFolder";
import { until } from "../support/until";

const kills = Number(process.env.FUZZ_KILLS ?? 8);
const signals = ["SIGKILL", "SIGTERM", "SIGKILL", "SIGINT"] as const;
const instances = 3;

/** What a run is ended at. */
interface Moment {
  /** Counts from one; 0: the run is left alone. */
  readonly call: number;
  /** ECS carries the call out, and its answer is lost. */
  readonly isCarriedOut: boolean;
}

const leftAlone: Moment = { call: 0, isCarriedOut: true };

/** An endpoint with a state file behind a door that counts the calls and ends the process that makes them. */
async function startStage(context: TestContext, folder: TemporaryFolder) {
  const stateFile = join(folder.path, "state");
  const options = { stateFile, clusterName: "prod", instances: 0, startDelaySeconds: 0, stopDelaySeconds: 0 };
  let endpoint = await startLocalEndpoint(options);
  let [calls, moment]: [number, Moment] = [0, leftAlone];
  let running: { readonly process: ChildProcess; readonly signal: NodeJS.Signals } | undefined;
  const forward = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await bodyOf(request);
    calls += 1;
    const isLast = calls === moment.call;
    if (isLast && !moment.isCarriedOut) return void running?.process.kill(running.signal);
    const { host: _, connection: _connection, ...headers } = request.headers as Record<string, string>;
    const answer = await fetch(endpoint.url, { method: "POST", headers, body });
    const text = await answer.text();
    if (isLast) return void running?.process.kill(running.signal);
    response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.1" }).end(text);
  };
  /** Calls made beside the last one reach the endpoint before it is closed. A request may end with its process. */
  const forwarded = new Set<Promise<void>>();
  const door = createServer((request, response) => {
    forwarded.add(forward(request, response).catch(() => void response.destroy()));
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  context.after(async () => {
    door.close();
    door.closeAllConnections();
    await endpoint.close();
  });
  const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}`;
  return {
    call: (operation: string, input: object): Promise<AnyAnswer> => post(endpoint.url, operation, input),
    /** Runs `ecs-daemon WORDS`; `calls` is how many calls it made. */
    run: async (words: readonly string[], end: Moment, signal: NodeJS.Signals = "SIGKILL") => {
      [calls, moment] = [0, end];
      const cli = launchCli([...words, "--cluster", "prod", "--endpoint-url", url]);
      running = { process: cli.process, signal };
      const result = await cli.result;
      running = undefined;
      return { ...result, calls };
    },
    /** As after the end of the endpoint's process: the state is what the file has. */
    reopen: async () => {
      await Promise.all(forwarded);
      await endpoint.close();
      endpoint = await startLocalEndpoint(options);
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const part of request.setEncoding("utf8")) body += part;
  return body;
}

type Stage = Awaited<ReturnType<typeof startStage>>;

interface Story {
  readonly deploy: (folder: TemporaryFolder) => readonly string[];
  readonly remove: readonly string[];
  readonly prepare: (stage: Stage) => Promise<unknown>;
  /** How many revisions, services or daemons, and tasks of them there are. */
  readonly count: (stage: Stage) => Promise<readonly [revisions: number, services: number, tasks: number]>;
}

const ecs = (operation: string) => `AmazonEC2ContainerServiceV20141113.${operation}`;
const definition = {
  family: "agent",
  containerDefinitions: [{ name: "agent", image: "agent:1", memory: 64 }],
};
const managedDefinition = {
  ...definition,
  cpu: "128",
  memory: "256",
  containerDefinitions: [{ name: "agent", image: "agent:1", essential: true }],
};
const provider = {
  name: "mi",
  cluster: "prod",
  managedInstancesProvider: {
    infrastructureRoleArn: "arn:aws:iam::123456789012:role/infrastructure",
    instanceLaunchTemplate: {
      ec2InstanceProfileArn: "arn:aws:iam::123456789012:instance-profile/ecsInstanceRole",
      networkConfiguration: { subnets: ["subnet-1"] },
      instanceRequirements: { vCpuCount: { min: 2 }, memoryMiB: { min: 4096 } },
    },
  },
};

const files = {
  "agent.taskdef.json": JSON.stringify(definition),
  "agent.daemon-taskdef.json": JSON.stringify(managedDefinition),
  "agent.daemon.json": JSON.stringify({ daemonName: "agent", capacityProviderArns: ["mi"] }),
};

const stories: Readonly<Record<string, Story>> = {
  "a DAEMON service": {
    deploy: ({ path }) => ["deploy", join(path, "agent.taskdef.json"), "--new-service"],
    remove: ["delete", "agent"],
    prepare: ({ call }) =>
      call("EcsDaemonLocal.AddContainerInstances", { cluster: "prod", count: instances }),
    count: async ({ call }) => {
      const { taskDefinitionArns } = await call(ecs("ListTaskDefinitions"), {});
      const { serviceArns } = await call(ecs("ListServices"), { cluster: "prod" });
      const { taskArns } = await call(ecs("ListTasks"), { cluster: "prod" });
      return [taskDefinitionArns.length, serviceArns.length, taskArns.length];
    },
  },
  "a managed daemon": {
    deploy: ({ path }) => [
      ...["deploy", join(path, "agent.daemon-taskdef.json")],
      ...["--daemon", join(path, "agent.daemon.json")],
    ],
    remove: ["delete", "--daemon", "agent"],
    prepare: async ({ call }) => {
      await call(ecs("CreateCapacityProvider"), provider);
      const added = { cluster: "prod", count: instances, capacityProvider: "mi" };
      await call("EcsDaemonLocal.AddContainerInstances", added);
    },
    count: async ({ call }) => {
      const { daemonTaskDefinitions } = await call(ecs("ListDaemonTaskDefinitions"), {});
      const { daemonSummariesList } = await call(ecs("ListDaemons"), { clusterArn: "prod" });
      const { taskArns } = await call(ecs("ListTasks"), { cluster: "prod" });
      return [daemonTaskDefinitions.length, daemonSummariesList.length, taskArns.length];
    },
  },
};

/** Some of the moments of a run with that many calls, over all of it. */
function momentsOf(calls: number): readonly Moment[] {
  const all = Array.from({ length: calls }, (_, at) => [
    { call: at + 1, isCarriedOut: false },
    { call: at + 1, isCarriedOut: true },
  ]).flat();
  const step = Math.max(1, all.length / kills);
  return Array.from(
    { length: Math.min(all.length, kills) },
    (_, at) => all[Math.floor(at * step)] ?? leftAlone,
  );
}

for (const [name, { deploy, remove, prepare, count }] of Object.entries(stories)) {
  const opened = async (context: TestContext) => {
    const folder = temporaryFolder(files);
    context.after(folder.remove);
    const stage = await startStage(context, folder);
    await prepare(stage);
    return { stage, words: deploy(folder) };
  };

  test(`the deployment of ${name} is ended at its calls, and the next one goes on`, async (context) => {
    const whole = await opened(context);
    const { calls, code, stderr } = await whole.stage.run(whole.words, leftAlone);
    assert.equal(code, 0, stderr);
    const made = await count(whole.stage);
    assert.deepEqual(made, [1, 1, instances]);
    for (const [at, moment] of momentsOf(calls).entries()) {
      const { stage, words } = await opened(context);
      const signal = signals[at % signals.length] ?? "SIGKILL";
      const why = `${signal} at call ${moment.call}${moment.isCarriedOut ? ", carried out" : ""}`;
      const killed = await stage.run(words, moment, signal);
      assert.notEqual(killed.code, 0, why);
      await stage.reopen();
      const again = await stage.run(words, leftAlone);
      assert.equal(again.code, 0, `${why}: ${again.stderr}`);
      assert.deepEqual(await count(stage), made, why);
    }
  });

  test(`the removal of ${name} is ended at its calls, and the next one goes on`, async (context) => {
    const whole = await opened(context);
    await whole.stage.run(whole.words, leftAlone);
    const { calls, code, stderr } = await whole.stage.run(remove, leftAlone);
    assert.equal(code, 0, stderr);
    for (const [at, moment] of momentsOf(calls).entries()) {
      const { stage, words } = await opened(context);
      assert.equal((await stage.run(words, leftAlone)).code, 0);
      const signal = signals[at % signals.length] ?? "SIGKILL";
      const why = `${signal} at call ${moment.call}${moment.isCarriedOut ? ", carried out" : ""}`;
      await stage.run(remove, moment, signal);
      await stage.reopen();
      const again = await stage.run(remove, leftAlone);
      // What is gone cannot be deleted again, which is said.
      if (again.code !== 0) assert.match(again.stderr, /agent/, why);
      await until(`nothing is left: ${why}`, async () => {
        const [, services, tasks] = await count(stage);
        return services + tasks === 0;
      });
    }
  });
}
