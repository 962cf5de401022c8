// The way back: every property of a managed daemon is in exactly one of carried, changed and lost, and what comes out is
// a service that ECS takes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { conversionReport, convertedFiles } from "../../../server/src/core/managed/convert/convertedFiles";
import { convertToService } from "../../../server/src/core/managed/convert/toService";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";

const definition = {
  family: "agent",
  pidMode: "shared",
  cpu: "128",
  memory: "256",
  containerDefinitions: [{ name: "agent", image: "agent:1", mountPoints: [] }],
  volumes: [
    { name: "proc", host: { sourcePath: "/proc" } },
    { name: "logs", logDriverVolumeConfiguration: { driver: "json-file" } },
  ],
};
const daemon = {
  daemonName: "agent",
  clusterArn: "arn:aws:ecs:eu-west-1:123456789012:cluster/prod",
  daemonTaskDefinitionArn: "arn:aws:ecs:eu-west-1:123456789012:daemon-task-definition/agent:1",
  capacityProviderArns: ["arn:aws:ecs:eu-west-1:123456789012:capacity-provider/mi"],
  propagateTags: "DAEMON",
  critical: false,
  deploymentConfiguration: {
    drainPercent: 10,
    bakeTimeInMinutes: 5,
    alarms: { alarmNames: ["a"], enable: true },
  },
};

test("every property is in one list, and the files are those of a DAEMON service", () => {
  const conversion = convertToService(definition, daemon);
  const { carried, changed, lost } = conversion;
  const named = [...carried, ...changed, ...lost].map((it) => `${it.file} ${it.path.join(".")}`);
  assert.equal(new Set(named).size, named.length);
  for (const name of Object.keys(definition).filter((it) => it !== "volumes"))
    assert.ok(named.includes(`taskDefinition ${name}`), name);
  for (const name of Object.keys(daemon).filter((it) => it !== "deploymentConfiguration"))
    assert.ok(named.includes(`service ${name}`), name);
  assert.deepEqual(
    lost.map((it) => it.path[0]),
    ["capacityProviderArns", "critical"],
  );
  assert.equal(conversion.taskDefinition.pidMode, "host");
  assert.deepEqual(conversion.service, {
    serviceName: "agent",
    taskDefinition: "agent",
    schedulingStrategy: "DAEMON",
    launchType: "EC2",
    cluster: daemon.clusterArn,
    propagateTags: "SERVICE",
    deploymentConfiguration: {
      bakeTimeInMinutes: 5,
      alarms: { alarmNames: ["a"], enable: true, rollback: true },
    },
  });
});

test("what comes out has no errors, and the report names what is to be decided", () => {
  const conversion = convertToService(definition, daemon);
  for (const [name, content] of convertedFiles(conversion)) {
    const found = validateDocument(openResource(`/w/${name}`, JSON.stringify(content)));
    assert.deepEqual(
      found.filter((it) => it.severity === "error").map((it) => it.message),
      [],
    );
  }
  assert.match(conversionReport(conversion), /To be decided[\s\S]*placementConstraints[\s\S]*Lost/);
});
