// External instances (ECS Anywhere) run tasks of launch type EXTERNAL, other instances all others; where nobody knows
// which kind an instance is, nothing is claimed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { daemonServiceOf } from "../../../server/src/core/scheduler/daemonServiceOf";
import { judgeInstance } from "../../../server/src/core/scheduler/placeDaemon";
import { UnknownValue } from "../../../server/src/core/text/unknownValue";
import { containerInstance } from "../../support/builders";
import { agentDefinition } from "../../support/localEndpoint";

const capability = "com.amazonaws.ecs.capability.docker-remote-api.1.18";
const instances = {
  "of EC2": containerInstance({ bare: true, attributes: { [capability]: null } }),
  external: containerInstance({
    bare: true,
    attributes: { [capability]: null, "ecs.capability.external": null },
  }),
  "written by hand": containerInstance({ bare: true }),
  "external, written by hand": containerInstance({
    bare: true,
    attributes: { "ecs.capability.external": null },
  }),
};

function verdicts(service: object | undefined) {
  const daemon = daemonServiceOf(agentDefinition("agent", { memory: 64 }), service);
  return Object.entries(instances).map(([name, instance]) => {
    const { verdict, reasons } = judgeInstance(daemon, instance);
    return [name, verdict, ...reasons.map((it) => it.code)].join(": ");
  });
}

const onlyOthers = [
  "of EC2: place",
  "external: excluded: external-instance",
  "written by hand: place",
  "external, written by hand: excluded: external-instance",
];

test("tasks of EC2, which ECS takes where none is named, keep off external instances", () => {
  for (const service of [
    undefined,
    {},
    { launchType: "EC2" },
    { capacityProviderStrategy: [{ capacityProvider: "group" }] },
  ])
    assert.deepEqual(verdicts(service), onlyOthers);
});

test("tasks of EXTERNAL run on external instances only, as far as an instance lists what it is", () => {
  assert.deepEqual(verdicts({ launchType: "EXTERNAL" }), [
    "of EC2: excluded: not-external",
    "external: place",
    "written by hand: place",
    "external, written by hand: place",
  ]);
});

test("an instance of the other kind says which service it would need", () => {
  const remedyOf = (launchType: string, instance: (typeof instances)["external"]) =>
    judgeInstance(
      daemonServiceOf(agentDefinition("agent", { memory: 64 }), { launchType }),
      instance,
    ).reasons.map((it) => it.remedy);
  assert.match(
    remedyOf("EC2", instances.external).join(),
    /^External instances .* the launch type EXTERNAL\.$/,
  );
  assert.match(
    remedyOf("EXTERNAL", instances["of EC2"]).join(),
    /^Instances of EC2 .* the launch type EC2\.$/,
  );
});

test("an update keeps the launch type of its service, which its file does not show", () => {
  assert.deepEqual(verdicts({ service: "agent" }), [
    "of EC2: place",
    "external: unknown: unknown-value",
    "written by hand: place",
    "external, written by hand: unknown: unknown-value",
  ]);
});

test("a placeholder leaves open whether an external instance has the task", () => {
  assert.deepEqual(verdicts({ launchType: new UnknownValue('"${LAUNCH_TYPE}"') }), [
    "of EC2: place",
    "external: unknown: unknown-value",
    "written by hand: place",
    "external, written by hand: unknown: unknown-value",
  ]);
});
