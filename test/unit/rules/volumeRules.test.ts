// Volumes and paths: names, kinds, file systems and mounts, each form, each limit, and what is near a fault.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  afterFix,
  container,
  containers,
  definition,
  found,
  lines,
  text,
  times,
  unknown,
} from "../../support/checkedInputs";

const account = "123456789012";
const mount = (more: object = {}) => ({ sourceVolume: "data", containerPath: "/data", ...more });
const mounted = (volume: object, more: object = {}, inTask: object = {}) =>
  definition({ volumes: [{ name: "data", ...volume }], ...inTask }, { mountPoints: [mount()], ...more });
const systems = { linux: "LINUX", windows: "WINDOWS_SERVER_2022_CORE" };
const platform = (operatingSystemFamily: string | undefined) =>
  operatingSystemFamily === undefined ? {} : { runtimePlatform: { operatingSystemFamily } };

test("names of volumes have up to 255 letters, digits, hyphens and underscores, each once", () => {
  const named = (name: unknown) =>
    lines(definition({ volumes: [{ name }] }, { mountPoints: [mount({ sourceVolume: name })] }));
  for (const it of ["a", "A_b-1", text(255), unknown]) assert.deepEqual(named(it), []);
  assert.deepEqual(named(" my data "), ["bad-volume-name at  my data : Change to 'my-data'"]);
  assert.deepEqual(named(text(256)), [`bad-volume-name at ${text(256)}: Change to '${text(255)}'`]);
  const document = definition(
    { volumes: [{ name: "my data" }] },
    { mountPoints: [mount({ sourceVolume: "my data" })] },
  );
  assert.deepEqual(
    afterFix(document, "Change to 'my-data'"),
    definition({ volumes: [{ name: "my-data" }] }, { mountPoints: [mount({ sourceVolume: "my-data" })] }),
  );
  const nameless = (volume: object) => lines(definition({ volumes: [volume] }));
  assert.deepEqual(nameless({}), ["volume-without-name at {"]);
  assert.deepEqual(nameless({ name: "" }), ["volume-without-name at "]);
  assert.deepEqual(lines(mounted({}, {}, { volumes: times(2, () => ({ name: "data" })) })), [
    "duplicate-volume-name at data (data): Remove it",
  ]);
});

test("a volume is mounted, a mount has a volume, and neither is reported where it is not known", () => {
  const of = (more: object, container: object = {}) => lines(definition(more, container));
  const volumes = [{ name: "data" }];
  assert.deepEqual(of({ volumes }), ["unused-volume at data: Remove it"]);
  assert.deepEqual(of({ volumes }, { mountPoints: [] }), ["unused-volume at data: Remove it"]);
  for (const it of [unknown, [unknown], [mount({ sourceVolume: unknown })]])
    assert.deepEqual(of({ volumes }, { mountPoints: it }), []);
  assert.deepEqual(of({ volumes, [unknown]: 1 }), []);
  assert.deepEqual(of({ volumes, containerDefinitions: unknown }), []);
  assert.deepEqual(of({ volumes }, { mountPoints: [mount({ sourceVolume: "dta" })] }), [
    "unknown-volume at dta: !Change to 'data'",
  ]);
  assert.deepEqual(
    of({ volumes }, { mountPoints: [mount(), mount({ sourceVolume: "logs", containerPath: "/l" })] }),
    ["unknown-volume at logs: Declare the volume 'logs'"],
  );
  assert.deepEqual(of({ volumes: unknown }, { mountPoints: [mount()] }), []);
  assert.deepEqual(of({ volumes: [{ name: unknown }] }, { mountPoints: [mount()] }), []);
  const launch = { name: "data", configuredAtLaunch: true };
  assert.deepEqual(of({ volumes: [launch] }), ["unmounted-launch-volume at data"]);
  const second = { name: "b", configuredAtLaunch: true };
  const both = { mountPoints: [mount(), mount({ sourceVolume: "b", containerPath: "/b" })] };
  assert.deepEqual(of({ volumes: [launch, second] }, both), [
    "too-many-launch-volumes at configuredAtLaunch: Remove 'configuredAtLaunch'",
  ]);
  assert.deepEqual(of({ volumes: [launch, { ...second, configuredAtLaunch: false }] }, both), []);
});

test("the fix of a mount of no volume declares one, at the path of the instance where it is one of its own", () => {
  const declared = (containerPath: string, volumes?: readonly object[]) => {
    const document = definition({ volumes }, { mountPoints: [mount({ containerPath })] });
    return (afterFix(document, "Declare the volume 'data'") as { volumes: readonly object[] }).volumes;
  };
  assert.deepEqual(declared("/data"), [{ name: "data" }]);
  assert.deepEqual(declared("/data", [{ name: "other" }]), [{ name: "other" }, { name: "data" }]);
  for (const sourcePath of [
    "/proc",
    "/sys/x",
    "/dev",
    "/cgroup",
    "/run/x",
    "/var/run",
    "/var/log/x",
    "/var/lib/docker",
    "/etc",
  ])
    assert.deepEqual(declared(sourcePath), [{ name: "data", host: { sourcePath } }], sourcePath);
  for (const it of ["/process", "/var/lib", "/devices", "/opt/etc"])
    assert.deepEqual(declared(it), [{ name: "data" }], it);
});

test("a mount has a source and a path, and a path is mounted once", () => {
  const of = (...mountPoints: readonly object[]) =>
    lines(definition({ volumes: [{ name: "data" }] }, { mountPoints }));
  for (const name of ["sourceVolume", "containerPath"]) {
    assert.deepEqual(of(mount(), mount({ containerPath: "/b", [name]: undefined })), [
      "mount-without-source at {",
    ]);
    assert.deepEqual(of(mount(), mount({ containerPath: "/b", [name]: "" })), ["mount-without-source at "]);
    assert.deepEqual(of(mount(), mount({ containerPath: "/b", [name]: unknown })), []);
  }
  const twice = (containerPath: string) => of(mount(), mount({ containerPath }));
  for (const it of ["/data", "/data/", "/data//"])
    assert.deepEqual(twice(it), [`mount-path-twice at ${it} (/data)`]);
  for (const it of ["/data/x", "/Data"]) assert.deepEqual(twice(it), []);
  for (const it of ["/", "//"]) assert.deepEqual(twice(it), [`mount-at-root at ${it}`]);
  const tmpfs = { linuxParameters: { tmpfs: [{ containerPath: "/data", size: 1 }] } };
  assert.deepEqual(lines(mounted({}, tmpfs)), ["mount-path-twice at /data (/data)"]);
  const apart = {
    volumes: [{ name: "data" }],
    ...containers({ mountPoints: [mount()] }, { mountPoints: [mount()] }),
  };
  assert.deepEqual(lines(apart), []);
});

test("paths are absolute on the system of the task", () => {
  const places: readonly (readonly [what: string, document: (path: string) => object])[] = [
    ["sourcePath", (path) => mounted({ host: { sourcePath: path } })],
    ["containerPath", (path) => mounted({}, { mountPoints: [mount({ containerPath: path })] })],
    ["workingDirectory", (path) => container({ workingDirectory: path })],
    [
      "containerPath",
      (path) => container({ linuxParameters: { tmpfs: [{ containerPath: path, size: 1 }] } }),
    ],
    ["hostPath", (path) => container({ linuxParameters: { devices: [{ hostPath: path }] } })],
    [
      "containerPath",
      (path) => container({ linuxParameters: { devices: [{ hostPath: "/d", containerPath: path }] } }),
    ],
  ];
  for (const [what, document] of places) {
    const of = (path: string, system?: string) =>
      lines({ ...document(path), ...platform(system) }).filter((it) => it.startsWith("relative-path"));
    for (const it of ["/x", unknown]) assert.deepEqual(of(it), [], what);
    for (const it of ["C:\\x", "c:x", "\\\\.\\pipe\\x"]) {
      assert.deepEqual(of(it), [], what);
      assert.deepEqual(of(it, systems.linux).length, 1, what);
      assert.deepEqual(of(it, systems.windows), [], what);
    }
    for (const it of [undefined, systems.linux])
      assert.deepEqual(of("x/y", it), [`relative-path at x/y: Change to '/x/y'`], what);
  }
  assert.deepEqual(lines(mounted({ host: { sourcePath: "~/x" } })), ["relative-path at ~/x"]);
  for (const it of ["$HOME", "%HOME%"]) assert.deepEqual(lines(container({ workingDirectory: it })), []);
});

const kinds = {
  host: { sourcePath: "/data" },
  dockerVolumeConfiguration: { scope: "task" },
  efsVolumeConfiguration: { fileSystemId: "fs-01234567" },
  fsxWindowsFileServerVolumeConfiguration: {
    fileSystemId: "fs-0123456789abcdef0",
    rootDirectory: "share",
    authorizationConfig: {
      credentialsParameter: `arn:aws:secretsmanager:eu-west-1:${account}:secret:a`,
      domain: "d",
    },
  },
};

test("a volume is of one kind", () => {
  const all = [...Object.entries(kinds), ["configuredAtLaunch", true] as const];
  for (const [first, one] of all)
    for (const [second, other] of all) {
      const expected =
        first === second
          ? []
          : [
              `volume-kinds at ${first === "configuredAtLaunch" ? first : second} (${first === "configuredAtLaunch" ? second : first})`,
            ];
      const order = all.findIndex(([it]) => it === first) < all.findIndex(([it]) => it === second);
      const codes = lines(mounted({ [first]: one, [second]: other })).filter((it) =>
        it.startsWith("volume-kinds"),
      );
      if (order)
        assert.deepEqual(
          codes.map((it) => it.split(":")[0]),
          expected,
        );
      for (const nothing of [{}, null, unknown, false])
        if (second !== first && (typeof nothing !== "boolean" || second === "configuredAtLaunch"))
          assert.ok(
            !found(mounted({ [first]: one, [second]: nothing })).includes("volume-kinds"),
            `${first} ${second}`,
          );
    }
});

test("a Docker volume is provisioned where it is shared", () => {
  const of = (more: object) => lines(mounted({ dockerVolumeConfiguration: more }));
  const code = ["docker-volume-autoprovision at autoprovision: Remove 'autoprovision'"];
  for (const it of ["task", undefined]) assert.deepEqual(of({ scope: it, autoprovision: true }), code);
  for (const it of ["shared", unknown]) assert.deepEqual(of({ scope: it, autoprovision: true }), []);
  for (const it of [false, unknown]) assert.deepEqual(of({ scope: "task", autoprovision: it }), []);
  assert.deepEqual(lines(mounted({ host: { sourcePath: "" } })), [
    "blank-host-path at : !Remove 'sourcePath'",
  ]);
});

test("an EFS volume has the ID of a file system, and of an access point", () => {
  const of = (fileSystemId: string) => lines(mounted({ efsVolumeConfiguration: { fileSystemId } }));
  for (const it of ["fs-01234567", unknown, "FILE_SYSTEM", "my-fs"]) assert.deepEqual(of(it), [], it);
  const to = (it: string) => `: Change to '${it}'`;
  const wrong = {
    "01234567": to("fs-01234567"),
    "0123456789abcdef0": to("fs-0123456789abcdef0"),
    "fsap-01234567": "",
    "efs-01": "",
    "fsx-01": "",
    "vol-01": "",
    "ap-01": "",
    [`arn:aws:elasticfilesystem:eu-west-1:${account}:file-system/fs-01234567`]: to("fs-01234567"),
    "fs-01234567.efs.eu-west-1.amazonaws.com": to("fs-01234567"),
    "arn:aws:x": "",
  };
  for (const [it, fix] of Object.entries(wrong))
    assert.deepEqual(of(it), [`efs-file-system-id at ${it}${fix}`]);
  for (const it of ["0123456", "0123456789abcdef01"]) assert.deepEqual(of(it), [], it);
  const point = (accessPointId: string, more: object = {}) =>
    lines(
      mounted({
        efsVolumeConfiguration: {
          fileSystemId: "fs-01234567",
          transitEncryption: "ENABLED",
          authorizationConfig: { accessPointId },
          ...more,
        },
      }),
    );
  for (const it of ["fsap-01234567", unknown, "POINT"]) assert.deepEqual(point(it), [], it);
  const whole = `arn:aws:elasticfilesystem:eu-west-1:${account}:access-point/fsap-01234567`;
  assert.deepEqual(point(whole), [`efs-access-point-id at ${whole}: Change to 'fsap-01234567'`]);
  for (const it of ["ap-01", "fs-01", "efs-01", "vol-01"])
    assert.deepEqual(point(it), [`efs-access-point-id at ${it}`]);
  for (const it of ["/", "", unknown]) assert.deepEqual(point("fsap-01234567", { rootDirectory: it }), []);
  assert.deepEqual(point("fsap-01234567", { rootDirectory: "/x" }), [
    "efs-access-point-root at /x (fsap-01234567): Remove 'rootDirectory'",
  ]);
  const root = (rootDirectory: string) =>
    lines(mounted({ efsVolumeConfiguration: { fileSystemId: "fs-01234567", rootDirectory } }));
  for (const it of ["/x", "$X", ""]) assert.deepEqual(root(it), []);
  assert.deepEqual(root("x"), ["efs-relative-root at x: Change to '/x'"]);
});

test("IAM, access points and ports of EFS need encryption in transit", () => {
  const of = (more: object) =>
    lines(mounted({ efsVolumeConfiguration: { fileSystemId: "fs-01234567", ...more } }));
  const enable = "Enable encryption in transit";
  const iam = { authorizationConfig: { iam: "ENABLED" } };
  const point = { authorizationConfig: { accessPointId: "fsap-01234567" } };
  const port = { transitEncryptionPort: 2999 };
  assert.deepEqual(of(iam), [`efs-iam-encryption at iam: ${enable}`]);
  assert.deepEqual(of(point), [`efs-iam-encryption at accessPointId: ${enable}`]);
  assert.deepEqual(of(port), [
    `efs-port-encryption at transitEncryptionPort: ${enable} | Remove 'transitEncryptionPort'`,
  ]);
  for (const it of [iam, point, port]) {
    assert.equal(of({ ...it, transitEncryption: "DISABLED" }).length, 1);
    for (const transitEncryption of ["ENABLED", unknown])
      assert.deepEqual(of({ ...it, transitEncryption }), []);
    assert.deepEqual(of({ ...it, [unknown]: 1 }), []);
  }
  assert.deepEqual(of({ ...iam, transitEncryption: "DISABLED" }), [
    `efs-iam-encryption at DISABLED: ${enable}`,
  ]);
  for (const it of ["DISABLED", unknown]) assert.deepEqual(of({ authorizationConfig: { iam: it } }), []);
});

test("an FSx volume has its own IDs, and credentials that are referred to", () => {
  const fsx = kinds.fsxWindowsFileServerVolumeConfiguration;
  const of = (more: object) =>
    lines(mounted({ fsxWindowsFileServerVolumeConfiguration: { ...fsx, ...more } }));
  for (const it of ["fs-0123456789abcdef0", unknown, "FILE_SYSTEM"])
    assert.deepEqual(of({ fileSystemId: it }), [], it);
  const whole = `arn:aws:fsx:eu-west-1:${account}:file-system/fs-0123456789abcdef0`;
  assert.deepEqual(of({ fileSystemId: whole }), [
    `fsx-file-system-id at ${whole}: Change to 'fs-0123456789abcdef0'`,
  ]);
  for (const it of ["01234567", "fsx-01", "efs-01", "vol-01", "svm-01", "fsvol-01", "a.amazonaws.com"])
    assert.deepEqual(of({ fileSystemId: it }), [`fsx-file-system-id at ${it}`]);
  const by = (credentialsParameter: string) =>
    of({ authorizationConfig: { credentialsParameter, domain: "d" } });
  for (const it of [
    `arn:aws:ssm:eu-west-1:${account}:parameter/a`,
    unknown,
    "SECRET_ARN",
    "secret-arn",
    "my-secret",
    "your-secret",
  ])
    assert.deepEqual(by(it), [], it);
  for (const it of ["secret", "Prod/secret", `arn:aws:s3:::a`])
    assert.deepEqual(by(it), [`fsx-credentials at ${it}`]);
});
