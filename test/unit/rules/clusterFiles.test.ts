// Fleets and snapshots: their findings agree with what their readers make of the same text.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { fleetFromValue, readFleet } from "../../../server/src/core/cluster/fleet";
import { readSnapshot } from "../../../server/src/core/cluster/snapshot";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { clusterAsFleet } from "../../../server/src/core/simulation/clusterAsFleet";
import { clusterAsSnapshot } from "../../../server/src/core/simulation/clusterAsSnapshot";
import { fixturesFolder, sampleWorkspace } from "../../support/paths";
import "../../support/sameSequences";

const findingsOf = (name: string, text: string) =>
  validateDocument(openResource(name, text), {
    onRuleFault: (codes, fault) => {
      throw new Error(`A rule failed (${codes.join(", ")}): ${fault}`);
    },
  });
const fleetFindings = (text: string) => findingsOf("x.ecs-fleet.json", text);
const snapshotFindings = (text: string) => findingsOf("x.ecs-cluster.json", text);

const realFiles = [sampleWorkspace, join(fixturesFolder, "clusters")].flatMap((folder) =>
  readdirSync(folder)
    .filter((it) => /\.ecs-(?:cluster|fleet)\.json$/.test(it))
    .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") })),
);

test("what the AWS CLI printed, and fleets that can be read, have no findings", () => {
  assert.ok(realFiles.length >= 4);
  for (const { name, text } of realFiles) assert.deepEqual(findingsOf(name, text), [], name);
});

test("a cluster saved as a fleet or as a snapshot has no findings", () => {
  for (const { name, text } of realFiles) {
    const { cluster } = name.includes("fleet") ? readFleet(text) : readSnapshot(text);
    assert.deepEqual(fleetFindings(JSON.stringify(clusterAsFleet(cluster).fleet)), [], name);
    assert.deepEqual(snapshotFindings(JSON.stringify(clusterAsSnapshot(cluster))), [], name);
  }
});

test("several answers of the AWS CLI, one after the other, are one snapshot and no syntax error", () => {
  const { text } = realFiles.find((it) => it.name.includes("cluster")) ?? { text: "" };
  const [one, two] = [text, text.replaceAll("container-instance/", "container-instance/x")];
  assert.deepEqual(
    snapshotFindings(`${one}\n${two}`).filter((it) => it.severity === "error"),
    [],
  );
});

test("a snapshot that is cut off is underlined where it ends", () => {
  const { text } = realFiles.find((it) => it.name.includes("cluster")) ?? { text: "" };
  const cut = text.slice(0, text.indexOf("[") + 1);
  const [found] = snapshotFindings(cut).filter((it) => it.code === "snapshot-unusable");
  assert.match(found?.message ?? "", /ends before it is complete/);
  assert.deepEqual(found?.span, { start: cut.length - 1, end: cut.length });
});

const scalar = fc.oneof(
  fc.integer({ min: -2, max: 200_000 }),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, "", "5", "m5.large", "m5.larg", "ACTIVE", "active", "us-east-1a", "prod"),
);
const anything = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.dictionary(fc.string(), scalar));
const group = fc.record(
  {
    count: fc.oneof(fc.integer({ min: 0, max: 70_000 }), anything),
    instanceType: fc.oneof(fc.constantFrom("m5.large", "c5.large", "x9.huge"), anything),
    zones: fc.oneof(fc.array(fc.constantFrom("a", "b")), anything),
    attributes: fc.oneof(
      fc.dictionary(fc.constantFrom("env", "a b", "__proto__"), scalar, { maxKeys: 3 }),
      anything,
    ),
    cpu: fc.oneof(fc.integer({ min: 1, max: 9 }), anything),
    memory: fc.oneof(fc.integer({ min: 1, max: 9 }), anything),
    status: fc.oneof(fc.constantFrom("ACTIVE", "DRAINING"), anything),
    agentConnected: anything,
    zone: anything,
  },
  { requiredKeys: [] },
);

test("a fleet has an error exactly where its reader cannot use a part of it", () => {
  const fleets = fc.oneof(
    fc.record({ groups: fc.array(fc.oneof({ weight: 9, arbitrary: group }, anything), { maxLength: 4 }) }),
    fc.record({ groups: anything }),
    fc.constant({}),
  );
  fc.assert(
    fc.property(fleets, (fleet) => {
      const text = JSON.stringify(fleet);
      // A `$` in a text is a placeholder, about which nothing is said.
      fc.pre(!/[$<{]{2}|\$|</.test(text.slice(1)));
      const errors = (list: readonly { readonly severity: string }[]) =>
        list.some((it) => it.severity === "error");
      assert.equal(errors(fleetFindings(text)), errors(fleetFromValue(JSON.parse(text)).problems), text);
    }),
    { numRuns: 500 },
  );
});
