// Every input that ECS was seen to refuse is refused here, by the same exception and in the same words.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Causes, hasWords } from "../support/causes/cause";
import { definitionCauses } from "../support/causes/definitions";
import { otherCauses } from "../support/causes/others";
import { serviceCauses } from "../support/causes/services";
import { startTestEndpoint, type TestEndpoint } from "../support/localEndpoint";

const container = {
  name: "a",
  image: "example/a:1",
  memory: 128,
  portMappings: [{ containerPort: 80, name: "web" }],
};

/** The task definitions and services that the causes name. */
async function prepare({ call }: TestEndpoint): Promise<void> {
  await call("RegisterTaskDefinition", { family: "bridge", containerDefinitions: [container] });
  await call("RegisterTaskDefinition", {
    family: "awsvpc",
    networkMode: "awsvpc",
    containerDefinitions: [container],
  });
  await call("RegisterTaskDefinition", {
    family: "ebs",
    volumes: [{ name: "v", configuredAtLaunch: true }],
    containerDefinitions: [{ ...container, mountPoints: [{ sourceVolume: "v", containerPath: "/v" }] }],
  });
  const service = { taskDefinition: "bridge", launchType: "EC2" };
  await call("CreateService", { ...service, serviceName: "replica", desiredCount: 0 });
  await call("CreateService", { ...service, serviceName: "daemon", schedulingStrategy: "DAEMON" });
}

/** What operations other than RegisterTaskDefinition refuse with its exception. */
const clientWords: readonly string[] = [
  "TaskDefinition not found.",
  "The minimum or maximum scaling step size value is invalid…",
];

async function refuses({ call }: TestEndpoint, operation: string, causes: Causes): Promise<void> {
  for (const [words, input] of causes) {
    const isClient = operation === "RegisterTaskDefinition" || clientWords.includes(words);
    const name = isClient ? "ClientException" : "InvalidParameterException";
    await assert.rejects(
      call(operation, input),
      (error: Error) => {
        assert.ok(hasWords(error.message, words), `${operation}: "${error.message}" for "${words}"`);
        assert.equal(error.name, name, `${operation}: ${error.message}`);
        return true;
      },
      `${operation} accepts ${JSON.stringify(input).slice(0, 300)}`,
    );
  }
}

test("every input that ECS was seen to refuse is refused in the same words", async (t) => {
  const endpoint = await startTestEndpoint(t);
  await prepare(endpoint);
  await refuses(endpoint, "RegisterTaskDefinition", definitionCauses);
  await refuses(endpoint, "CreateService", serviceCauses);
  for (const [operation, causes] of Object.entries(otherCauses)) await refuses(endpoint, operation, causes);
});

test("a list where the input belongs is refused in the words of ECS", async (t) => {
  const { call } = await startTestEndpoint(t);
  for (const operation of ["RegisterTaskDefinition", "CreateService"])
    await assert.rejects(call(operation, []), {
      name: "SerializationException",
      message: `Unrecognized collection type class com.amazonaws.madison.frontend.${operation}Request`,
    });
});

test("what the request or the cluster gives is not missing: a namespace, a task role, a volume", async (t) => {
  const endpoint = await startTestEndpoint(t);
  const { call } = endpoint;
  await prepare(endpoint);
  await call("CreateCluster", { clusterName: "mesh", serviceConnectDefaults: { namespace: "n" } });
  const serviceConnectConfiguration = { enabled: true, services: [{ portName: "web" }] };
  const service = { serviceName: "a", taskDefinition: "bridge", desiredCount: 0 };
  await call("CreateService", { ...service, cluster: "mesh", serviceConnectConfiguration });
  const taskRoleArn = "arn:aws:iam::123456789012:role/r";
  const task = { taskDefinition: "bridge", enableExecuteCommand: true, overrides: { taskRoleArn } };
  assert.equal((await call("RunTask", task)).tasks.length, 1);
  const managedEBSVolume = { roleArn: taskRoleArn, sizeInGiB: 10 };
  const volumes = { taskDefinition: "ebs", volumeConfigurations: [{ name: "v", managedEBSVolume }] };
  assert.equal((await call("RunTask", volumes)).tasks.length, 1);
});
