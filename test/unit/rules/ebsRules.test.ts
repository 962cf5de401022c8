// EBS volumes of a service: each type with its sizes, operations and throughput, from both sides.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  afterFix,
  daemon,
  definition,
  found,
  lines,
  service,
  unknown,
  withTask,
} from "../../support/checkedInputs";

const roleArn = "arn:aws:iam::123456789012:role/volumes";
const configured = (managedEBSVolume: object, more: object = {}, make = service) =>
  make({
    volumeConfigurations: [
      { name: "data", managedEBSVolume: { roleArn, sizeInGiB: 1000, ...managedEBSVolume } },
    ],
    ...more,
  });
const of = (managedEBSVolume: object, more: object = {}) => lines(configured(managedEBSVolume, more));
const coded = (code: string, ebs: object) => of(ebs).filter((it) => it.startsWith(`${code} `));

const sizes = {
  gp2: [1, 16_384],
  gp3: [1, 16_384],
  io1: [4, 16_384],
  io2: [4, 16_384],
  st1: [125, 16_384],
  sc1: [125, 16_384],
  standard: [1, 1024],
} as const;
const iopsOf = (type: string) => (type.startsWith("io") ? { iops: 100 } : {});

test("each type has its sizes", () => {
  for (const [volumeType, [least, most]] of Object.entries(sizes)) {
    const sized = (sizeInGiB: unknown) => of({ volumeType, ...iopsOf(volumeType), sizeInGiB });
    for (const it of [least, most, unknown]) assert.deepEqual(sized(it), [], `${volumeType} ${it}`);
    for (const [size, end] of [
      [least - 1, least],
      [most + 1, most],
    ] as const)
      assert.deepEqual(
        sized(size).filter((it) => !it.startsWith("number-out")),
        [`ebs-size-range at ${size}: Change to ${end}`],
        volumeType,
      );
  }
  assert.deepEqual(of({ sizeInGiB: undefined }), ['ebs-size at managedEBSVolume: Add "sizeInGiB": 20']);
  assert.deepEqual(of({ sizeInGiB: undefined, snapshotId: "snap-01234567" }), []);
  assert.deepEqual(of({ sizeInGiB: undefined, [unknown]: 1 }), []);
  assert.deepEqual(of({ volumeType: "gp33" }), ["ebs-type at gp33: Change to 'gp3'"]);
  assert.deepEqual(of({ volumeType: "ssd" }), ["ebs-type at ssd"]);
  assert.deepEqual(of({ volumeType: unknown, iops: 1, throughput: 1 }), []);
});

test("operations and throughput are of the types that have them", () => {
  for (const volumeType of Object.keys(sizes)) {
    const isProvisioned = ["gp3", "io1", "io2"].includes(volumeType);
    assert.deepEqual(
      coded("ebs-iops", { volumeType, iops: 3000 }),
      isProvisioned ? [] : ["ebs-iops at iops: Remove 'iops'"],
      volumeType,
    );
    assert.deepEqual(
      coded("ebs-throughput", { volumeType, iops: 3000, throughput: 125 }),
      volumeType === "gp3" ? [] : ["ebs-throughput at throughput: Remove 'throughput'"],
      volumeType,
    );
    assert.deepEqual(
      coded("ebs-iops-missing", { volumeType }),
      volumeType.startsWith("io") ? ['ebs-iops-missing at managedEBSVolume: Add "iops": 3000'] : [],
      volumeType,
    );
  }
  assert.deepEqual(coded("ebs-iops-missing", { volumeType: "io1", sizeInGiB: 10 }), [
    'ebs-iops-missing at managedEBSVolume: Add "iops": 500',
  ]);
  assert.deepEqual(coded("ebs-iops-missing", { volumeType: "io1", sizeInGiB: 60 }), [
    'ebs-iops-missing at managedEBSVolume: Add "iops": 3000',
  ]);
  assert.deepEqual(coded("ebs-iops-missing", { volumeType: "io1", sizeInGiB: unknown }), [
    'ebs-iops-missing at managedEBSVolume: Add "iops": 3000',
  ]);
  for (const it of [{ iops: unknown }, { [unknown]: 1 }])
    assert.deepEqual(coded("ebs-iops-missing", { volumeType: "io1", ...it }), []);
  assert.deepEqual(of({ iops: 3000, throughput: 125 }), []);
});

test("operations of each type have two ends, and throughput has", () => {
  const ends = { gp3: [3000, 80_000], io1: [100, 64_000], io2: [100, 256_000] } as const;
  for (const [volumeType, [least, most]] of Object.entries(ends)) {
    const given = (iops: unknown, more: object = {}) =>
      coded("ebs-iops-range", { volumeType, sizeInGiB: 16_000, iops, ...more });
    for (const it of [least, most, unknown]) assert.deepEqual(given(it), [], `${volumeType} ${it}`);
    assert.deepEqual(given(least - 1), [`ebs-iops-range at ${least - 1}: Change to ${least}`]);
    assert.deepEqual(given(most + 1), [`ebs-iops-range at ${most + 1}: Change to ${most}`]);
  }
  assert.deepEqual(coded("ebs-iops-range", { iops: 90_000, sizeInGiB: 10 }), [
    "ebs-iops-range at 90000: Change to 5000",
  ]);
  assert.deepEqual(coded("ebs-iops-range", { iops: 90_000, sizeInGiB: 1 }), [
    "ebs-iops-range at 90000: Change to 3000",
  ]);
  const through = (throughput: unknown, more: object = {}) =>
    coded("ebs-iops-range", { throughput, ...more });
  for (const it of [125, 750, unknown]) assert.deepEqual(through(it), []);
  assert.deepEqual(through(2000, { iops: 8000 }), []);
  assert.deepEqual(through(124), ["ebs-iops-range at 124: Change to 125"]);
  assert.deepEqual(through(2001), ["ebs-iops-range at 2001: Change to 750"]);
  assert.deepEqual(through(2001, { iops: 4000 }), ["ebs-iops-range at 2001: Change to 1000"]);
  assert.deepEqual(through(2001, { iops: 80_000 }), ["ebs-iops-range at 2001: Change to 2000"]);
});

test("operations are limited by the size, and throughput by the operations", () => {
  const given = (ebs: object) => coded("ebs-speed-of-size", ebs);
  const ratios = { gp3: 500, io1: 50, io2: 1000 };
  for (const [volumeType, ratio] of Object.entries(ratios)) {
    const most = 10 * ratio;
    assert.deepEqual(given({ volumeType, sizeInGiB: 10, iops: most }), []);
    assert.deepEqual(given({ volumeType, sizeInGiB: 10, iops: most + 1 }), [
      `ebs-speed-of-size at ${most + 1}: Change to ${most}`,
    ]);
    assert.deepEqual(given({ volumeType, sizeInGiB: unknown, iops: most + 1 }), []);
  }
  assert.deepEqual(given({ sizeInGiB: 1, iops: 3000 }), []);
  assert.deepEqual(given({ sizeInGiB: 1, iops: 3001 }), ["ebs-speed-of-size at 3001: Change to 3000"]);
  assert.deepEqual(given({ volumeType: "gp2", sizeInGiB: 1, iops: 9000 }), []);
  assert.deepEqual(given({ throughput: 750 }), []);
  assert.deepEqual(given({ throughput: 751 }), ["ebs-speed-of-size at 751: Change to 750"]);
  assert.deepEqual(given({ iops: 4002, throughput: 1000 }), []);
  assert.deepEqual(given({ iops: 4002, throughput: 1001 }), ["ebs-speed-of-size at 1001: Change to 1000"]);
  assert.deepEqual(given({ iops: unknown, throughput: 1001 }), []);
  assert.deepEqual(given({ [unknown]: 1, throughput: 1001 }), []);
  assert.deepEqual(given({ throughput: 2000 }).length, 1);
  assert.deepEqual(given({ throughput: 2001 }), []);
  assert.deepEqual(given({ volumeType: "io2", iops: 4000, throughput: 1001 }), []);
});

test("a volume of a service is one that the definition leaves to it", () => {
  const volume = (more: object) => withTask(definition({ volumes: [{ name: "data", ...more }] }));
  const code = (more: object) => found(configured({}), volume(more)).includes("ebs-unknown-volume");
  for (const it of [true, unknown]) assert.ok(!code({ configuredAtLaunch: it }));
  for (const it of [false, undefined]) assert.ok(code({ configuredAtLaunch: it }));
  assert.ok(!code({ [unknown]: 1 }));
  const launch = { configuredAtLaunch: true };
  assert.ok(code({ ...launch, name: "dtaa" }) && !code({ ...launch, name: unknown }));
  assert.deepEqual(lines(configured({}), volume({ ...launch, name: "date" })), [
    "ebs-unknown-volume at data (agent.taskdef.json): !Change to 'date'",
  ]);
  const unconfigured = (more: object) => found(service(more), volume(launch));
  assert.deepEqual(unconfigured({}), ["launch-volume-not-configured"]);
  assert.deepEqual(unconfigured({ volumeConfigurations: [] }), ["launch-volume-not-configured"]);
  assert.deepEqual(unconfigured({ volumeConfigurations: unknown }), []);
  assert.deepEqual(found(service({}), volume({})), []);
  assert.deepEqual(found({ service: "agent", taskDefinition: "agent" }, volume(launch)), []);
  const twice = configured({});
  const two = service({
    volumeConfigurations: [1, 2].map(() => ({ name: "data", managedEBSVolume: { roleArn, sizeInGiB: 1 } })),
  });
  assert.deepEqual([found(twice), found(two)], [[], ["ebs-several-volumes"]]);
  assert.deepEqual(found(service({ volumeConfigurations: [{ name: "data" }] })), ["ebs-settings-missing"]);
  assert.ok(!found(configured({}, {}, daemon), volume({})).includes("ebs-unknown-volume"));
});

test("settings of a volume do not contradict each other or the task", () => {
  const rate = { volumeInitializationRate: 100 };
  assert.deepEqual(of(rate), [
    "ebs-initialization-rate at volumeInitializationRate: Remove 'volumeInitializationRate'",
  ]);
  for (const it of ["snap-01234567", unknown]) assert.deepEqual(of({ ...rate, snapshotId: it }), []);
  for (const it of ["vol-01", "ami-01", "fs-01", "i-01", "arn:aws:x", "01234567"])
    assert.deepEqual(of({ snapshotId: it }), [`ebs-snapshot-id at ${it}`]);
  for (const it of ["snap-01", "SNAPSHOT", "0123456"]) assert.deepEqual(of({ snapshotId: it }), []);
  const key = { kmsKeyId: "alias/a" };
  assert.deepEqual(of({ ...key, encrypted: false }), [
    "ebs-key-unused at kmsKeyId: Encrypt the volume | Remove 'kmsKeyId'",
  ]);
  for (const it of [true, unknown, undefined]) assert.deepEqual(of({ ...key, encrypted: it }), []);
  for (const it of ["", unknown])
    assert.ok(!found(configured({ kmsKeyId: it, encrypted: false })).includes("ebs-key-unused"));
  const typed = (filesystemType: string, operatingSystemFamily: string | undefined) =>
    lines(
      configured({ filesystemType }),
      withTask(
        definition({
          runtimePlatform: { operatingSystemFamily },
          volumes: [{ name: "data", configuredAtLaunch: true }],
        }),
      ),
    );
  const [linux, windows] = ["LINUX", "WINDOWS_SERVER_2022_CORE"];
  assert.deepEqual(typed("ntfs", linux), ["ebs-file-system at ntfs: Change to 'xfs'"]);
  for (const it of ["xfs", "ext3", "ext4"]) {
    assert.deepEqual(typed(it, windows), [`ebs-file-system at ${it}: Change to 'ntfs'`]);
    assert.deepEqual(typed(it, linux), []);
  }
  assert.deepEqual(typed("ntfs", windows), []);
  for (const it of [unknown, undefined]) assert.deepEqual(typed("ntfs", it), []);
  const magnetic = (launchType: string) =>
    of({ volumeType: "standard" }, { launchType }).filter((it) => it.startsWith("ebs"));
  assert.deepEqual(magnetic("FARGATE"), ["ebs-magnetic-on-fargate at standard: Change to 'gp3'"]);
  for (const it of ["EC2", unknown]) assert.deepEqual(magnetic(it), []);
});

test("the fixes of speeds leave nothing to be reported", () => {
  for (const ebs of [
    { iops: 90_000, sizeInGiB: 10 },
    { throughput: 2001 },
    { sizeInGiB: 10, iops: 5001 },
    { throughput: 751 },
  ]) {
    const document = configured(ebs);
    const title = /: (Change to \d+)$/.exec(lines(document)[0] ?? "")?.[1] ?? "";
    assert.deepEqual(found(afterFix(document, title) as object), [], title);
  }
});
