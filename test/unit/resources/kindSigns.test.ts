// The recognisers hold together: whatever the server recognizes, the cheap check of client and server lets through.

import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isRelevant, kindAtFirstSight } from "../../../client/src/relevance";
import {
  kindByName,
  kindSigns,
  likelyKind,
  mayBeOurs,
} from "../../../server/src/core/resources/kinds/kindSigns";
import { openResource } from "../../../server/src/core/resources/resource";
import "../../support/sameSequences";

const update = { service: "agent", taskDefinition: "agent:3" };
const contents: readonly object[] = [
  update,
  { family: "agent", containerDefinitions: [{ name: "agent", image: "x" }] },
  { taskDefinition: { family: "agent", containerDefinitions: [] } },
  { serviceName: "agent", taskDefinition: "agent" },
  { serviceName: "agent", schedulingStrategy: "DAEMON" },
  { service: "agent", schedulingStrategy: "DAEMON" },
  { services: [{ serviceArn: "arn:aws:ecs:eu-west-1:123456789012:service/c/agent" }] },
  { service: { serviceName: "agent" } },
  { containerInstances: [{ containerInstanceArn: "arn:aws:ecs:eu-west-1:1:container-instance/c/1" }] },
  { daemonTaskDefinitionArn: "x", daemonName: "agent" },
  { daemonTaskDefinitionArn: "x", capacityProviderArns: [] },
  { daemonTaskDefinitionArn: "x", daemonArn: "y" },
  { daemon: { daemonArn: "x" } },
  { daemonTaskDefinition: { containerDefinitions: [{ name: "agent", image: "x" }] } },
  { pidMode: "shared", containerDefinitions: [{ name: "agent", image: "x" }] },
  { name: "general", managedInstancesProvider: { infrastructureRoleArn: "x" } },
  { groups: [{ count: 1, instanceType: "m5.large" }] },
];
const names = [
  "update.json",
  "a.taskdef.json",
  "x.service.json",
  "service-def.json",
  "c.ecs-cluster.json",
  "f.ecs-fleet.json",
  "d.daemon.json",
  "a.daemon-taskdef.json",
  "p.capacity-provider.json",
  "package.json",
];

const look = (path: string, text: string) =>
  isRelevant({ languageId: "json", path: `/w/${path}`, text: () => text });

function check(name: string, text: string): void {
  const { kind } = openResource(name, text);
  if (kind === undefined) return;
  assert.ok(mayBeOurs(name, text), `the server's check refuses ${kind} in ${name}: ${text}`);
  assert.ok(look(name, text), `the client's check refuses ${kind} in ${name}: ${text}`);
}

/** Slips: a character left out, doubled, exchanged with the next one, or replaced. */
const slips = (maxLength: number) =>
  fc.array(
    fc.tuple(
      fc.constantFrom("drop", "double", "swap", "x", '"', ":", ",", "}", " ", "-", "_"),
      fc.nat({ max: 1000 }),
    ),
    { maxLength },
  );

function withSlips(text: string, changes: readonly (readonly [string, number])[]): string {
  return changes.reduce((before, [change, place]) => {
    const at = place % Math.max(1, before.length);
    const [head, char, tail] = [before.slice(0, at), before.charAt(at), before.slice(at + 1)];
    if (change === "drop") return head + tail;
    if (change === "double") return head + char + char + tail;
    if (change === "swap") return head + tail.slice(0, 1) + char + tail.slice(1);
    return head + change + tail;
  }, text);
}

test("what the server recognizes passes the cheap check, damaged and misspelt, too", () => {
  const pretty = fc.constantFrom(0, 2);
  // Long ones are seldom: reading them takes nearly all of the time, and what follows them is the same.
  const padding = fc.oneof(
    { weight: 9, arbitrary: fc.constant("") },
    { weight: 1, arbitrary: fc.constantFrom(" ".repeat(70_000), "// comment\n".repeat(7_000)) },
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...names),
      fc.constantFrom(...contents),
      pretty,
      padding,
      slips(1),
      (name, it, indent, before, changes) =>
        check(name, before + withSlips(JSON.stringify(it, null, indent), changes)),
    ),
    { numRuns: 4_000, seed: 2026 },
  );
});

test("a long name with several slips passes where the server recognizes it", () => {
  fc.assert(
    fc.property(slips(4), (changes) => {
      const name = withSlips("containerDefinitions", changes);
      check("x.json", `{ "family": "agent", "${name}": [{ "name": "agent", "image": "x" }] }`);
    }),
    { numRuns: 3_000, seed: 2026 },
  );
});

test("a name written with escapes passes", () => {
  const text = String.raw`{ "serv\u0069ce": "agent", "t\u0061skDefinition": "agent:3" }`;
  assert.equal(openResource("update.json", text).kind, "service");
  assert.ok(look("update.json", text));
});

test("an update of a service in a file of any name starts the server", () => {
  assert.ok(look("update.json", JSON.stringify(update)));
  assert.equal(
    kindAtFirstSight({ languageId: "json", path: "/w/update.json", text: () => JSON.stringify(update) }),
    "service",
  );
});

test("every kind that has names is promised by them, and unrelated JSON is rejected", () => {
  for (const [name, kind] of [
    ["q.ecsquery", "query"],
    ["a.ecs-cluster.json", "clusterSnapshot"],
    ["a.ecs-fleet.json", "fleet"],
    ["a.daemon-taskdef.json", "daemonTaskDefinition"],
    ["a.daemon.json", "daemon"],
    ["taskdef.json", "taskDefinition"],
    ["service-def.json", "service"],
  ] as const) {
    assert.equal(kindByName(`/w/${name}`), kind);
    assert.equal(likelyKind(`/w/${name}`, "{}"), kind);
  }
  for (const text of [
    '{ "name": "x", "version": "1.0.0", "dependencies": { "container-definitely": "1" } }',
    '{ "compilerOptions": { "strict": true } }',
    '{ "services": { "web": { "image": "nginx" } } }',
  ])
    assert.equal(look("package.json", text), false, text);
});

test("the table has each kind once", () => {
  assert.equal(new Set(kindSigns.map((it) => it.kind)).size, kindSigns.length);
});
