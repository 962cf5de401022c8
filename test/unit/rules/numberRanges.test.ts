// Numbers whose ranges the API model does not state: each end from both sides, and what the fix writes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { byteLength } from "../../../server/src/core/rules/taskDefinition/taskDefinition";
import { container, containers, definition, lines, service, unknown } from "../../support/checkedInputs";

interface Range {
  readonly document: (value: unknown) => object;
  readonly least: number;
  readonly most?: number;
  /** What the fix writes, where it is not the nearest end. */
  readonly usual?: number;
  readonly file?: string;
}

const linux = (more: object) => container({ linuxParameters: more });
const efs = (more: object) =>
  definition({ volumes: [{ name: "v", efsVolumeConfiguration: { fileSystemId: "fs-01234567", ...more } }] });
const deploying = (more: object) => service({ deploymentConfiguration: more });
const provider = (more: object) => ({
  name: "hosts",
  cluster: "prod",
  managedInstancesProvider: { infrastructureRoleArn: "arn:aws:iam::123456789012:role/a", ...more },
});
const file = "hosts.capacity-provider.json";
const template = (more: object) => provider({ instanceLaunchTemplate: more });
const registry = (more: object) => service({ serviceRegistries: [more] });

const ranges: Readonly<Record<string, Range>> = {
  cpu: { document: (cpu) => container({ cpu }), least: 0 },
  memory: { document: (memory) => container({ memory, memoryReservation: 6 }), least: 0, usual: 128 },
  memoryReservation: {
    document: (memoryReservation) => container({ memoryReservation }),
    least: 0,
    usual: 128,
  },
  maxSwap: { document: (maxSwap) => linux({ maxSwap }), least: 0 },
  sharedMemorySize: { document: (sharedMemorySize) => linux({ sharedMemorySize }), least: 0 },
  size: { document: (size) => linux({ tmpfs: [{ containerPath: "/t", size }] }), least: 1 },
  transitEncryptionPort: {
    document: (it) => efs({ transitEncryption: "ENABLED", transitEncryptionPort: it }),
    least: 1,
    most: 65_535,
  },
  desiredCount: { document: (desiredCount) => service({ desiredCount }), least: 0 },
  healthCheckGracePeriodSeconds: {
    document: (it) => service({ healthCheckGracePeriodSeconds: it }),
    least: 0,
    most: 2_147_483_647,
  },
  bakeTimeInMinutes: {
    document: (bakeTimeInMinutes) => deploying({ bakeTimeInMinutes }),
    least: 0,
    most: 1440,
  },
  canaryPercent: {
    document: (canaryPercent) => deploying({ strategy: "CANARY", canaryConfiguration: { canaryPercent } }),
    least: 0.1,
    most: 100,
    usual: 5,
  },
  canaryBakeTimeInMinutes: {
    document: (it) => deploying({ strategy: "CANARY", canaryConfiguration: { canaryBakeTimeInMinutes: it } }),
    least: 0,
    most: 1440,
  },
  stepPercent: {
    document: (stepPercent) => deploying({ strategy: "LINEAR", linearConfiguration: { stepPercent } }),
    least: 3,
    most: 100,
  },
  stepBakeTimeInMinutes: {
    document: (it) => deploying({ strategy: "LINEAR", linearConfiguration: { stepBakeTimeInMinutes: it } }),
    least: 0,
    most: 1440,
  },
  storageSizeGiB: {
    document: (storageSizeGiB) => template({ storageConfiguration: { storageSizeGiB } }),
    least: 30,
    most: 16_384,
    usual: 80,
    file,
  },
  scaleInAfter: {
    document: (scaleInAfter) => provider({ infrastructureOptimization: { scaleInAfter } }),
    least: -1,
    most: 3600,
    file,
  },
  containerPort: {
    document: (containerPort) => service({ loadBalancers: [{ containerName: "agent", containerPort }] }),
    least: 0,
    most: 65_535,
  },
  "containerPort of a registry": {
    document: (containerPort) => registry({ containerPort }),
    least: 0,
    most: 65_535,
  },
  "port of a registry": { document: (port) => registry({ port }), least: 0, most: 65_535 },
};

for (const [name, { document, least, most, usual, file }] of Object.entries(ranges))
  test(`${name} has its ends`, () => {
    const of = (value: unknown) =>
      lines(document(value), {}, file).filter((it) => it.startsWith("number-out-of-range"));
    for (const it of [least, ...(most === undefined ? [least + 1] : [most]), unknown])
      assert.deepEqual(of(it), []);
    const below = least === 0.1 ? 0 : least - 1;
    assert.deepEqual(of(below), [`number-out-of-range at ${below}: Change to ${usual ?? least}`]);
    if (most === undefined || most > 100_000) return;
    assert.deepEqual(of(most + 1), [`number-out-of-range at ${most + 1}: Change to ${usual ?? most}`]);
  });

test("shares are counted in tenths, resolutions are two", () => {
  const canary = (canaryPercent: number) =>
    lines(deploying({ strategy: "CANARY", canaryConfiguration: { canaryPercent } })).filter((it) =>
      it.startsWith("number-out-of-range"),
    ).length;
  assert.deepEqual([0.1, 33.3, 99.9, 0.15, 33.33].map(canary), [0, 0, 0, 1, 1]);
});

test("bytes are those of UTF-8, at each of its borders", () => {
  for (const it of [
    "",
    "a",
    "\u007f",
    "\u0080",
    "\u07ff",
    "\u0800",
    "\ud7ff",
    "\ue000",
    "\uffff",
    "\u{10000}",
    "\u{10ffff}",
    "aé€😀",
  ])
    assert.equal(byteLength(it), Buffer.byteLength(it), it);
});

test("a circle is found behind another reference", () => {
  const waits = (...names: readonly string[]) => ({
    dependsOn: names.map((containerName) => ({ containerName, condition: "START" })),
  });
  assert.deepEqual(lines(containers(waits("c1", "c2"), {}, waits("agent"))), [
    "depends-on-cycle at agent: Remove it",
  ]);
  assert.deepEqual(lines(containers(waits("c1", "c2"), waits("agent"), {})), [
    "depends-on-cycle at agent: Remove it",
  ]);
});
