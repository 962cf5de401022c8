// What a volume is made of: a path, a Docker volume, EFS, S3 Files.

import { type TaskDefinitionView, taskDefinitionView } from "../../resources/taskDefinitionView";
import { add, set } from "../../source/change";
import { booleanOf, get, isAssumed, type JsonNode, keyOf, stringOf } from "../../source/tree";
import { fix } from "../fix";
import type { Report, Rule } from "../rule";
import {
  changeTo,
  filled,
  given,
  isAbsent,
  placeOfMissing,
  related,
  removal,
  shownName,
} from "../ruleHelpers";

export const volumeKinds: Rule = {
  codes: [
    "volume-kinds",
    "blank-host-path",
    "efs-file-system-id",
    "efs-access-point-id",
    "efs-access-point-root",
    "efs-relative-root",
    "efs-iam-encryption",
    "efs-port-encryption",
    "s3-files-role",
    "docker-volume-autoprovision",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    for (const volume of task.volumes) {
      checkKinds(volume, report);
      const path = get(get(volume, "host"), "sourcePath");
      if (path && stringOf(path) === "")
        report("blank-host-path", path, {}, { fixes: [removal(path, true)] });
      checkDocker(volume, report);
      checkEfs(get(volume, "efsVolumeConfiguration"), report);
      checkS3(task, volume, report);
    }
  },
};

const kinds = [
  "host",
  "dockerVolumeConfiguration",
  "efsVolumeConfiguration",
  "s3filesVolumeConfiguration",
  "fsxWindowsFileServerVolumeConfiguration",
];

function checkKinds(volume: JsonNode, report: Report): void {
  // An empty host object is what describe calls print for any volume.
  const launch = get(volume, "configuredAtLaunch");
  const atLaunch = launch && booleanOf(launch) === true ? [launch] : [];
  const found = [...kinds.flatMap((kind) => filled(volume, kind) ?? []), ...atLaunch];
  const [first, second] = found;
  if (!first || !second) return;
  // A host with nothing but a misspelt path is not seen by ECS, which the misspelling has said.
  const path = get(get(volume, "host"), "sourcePath");
  if (found.length === 2 && path !== undefined && isAssumed(path)) return;
  const names = { first: String(keyOf(first).value), second: String(keyOf(second).value) };
  report("volume-kinds", keyOf(second), names, {
    related: related("The first kind.", keyOf(first)),
    fixes: [removal(second), removal(first)],
  });
}

function checkDocker(volume: JsonNode, report: Report): void {
  const docker = get(volume, "dockerVolumeConfiguration");
  const flag = get(docker, "autoprovision");
  const scope = stringOf(get(docker, "scope"));
  if (!flag || booleanOf(flag) !== true || scope === "shared") return;
  if (get(docker, "scope") && scope === undefined) return;
  report("docker-volume-autoprovision", keyOf(flag), {}, { fixes: [removal(flag)] });
}

function checkEfs(efs: JsonNode | undefined, report: Report): void {
  if (!efs) return;
  const idNode = get(efs, "fileSystemId");
  const id = stringOf(idNode);
  // Anything else may be a placeholder.
  if (
    idNode &&
    id !== undefined &&
    /^([0-9a-f]{8,17}|fsap-.*|(efs|fsx|vol|ap)-[0-9a-f]+|arn:.*|fs-\w+\.efs\..*)$/.test(id)
  ) {
    const suggestion = /^[0-9a-f]+$/.test(id)
      ? `fs-${id}`
      : /(?<=file-system\/|^)fs-\w+(?=$|\.)/.exec(id)?.[0];
    report("efs-file-system-id", idNode, { id }, { fixes: [changeTo(idNode, suggestion, false)] });
  }
  const authorization = get(efs, "authorizationConfig");
  const accessPoint = filled(authorization, "accessPointId");
  const pointId = stringOf(accessPoint);
  if (accessPoint && pointId && /^(arn:.*|(ap|fs|efs|vol)-[0-9a-f]+)$/.test(pointId)) {
    const suggestion = /(?<=access-point\/)fsap-\w+$/.exec(pointId)?.[0];
    const fixes = [changeTo(accessPoint, suggestion, false)];
    report("efs-access-point-id", accessPoint, { id: pointId }, { fixes });
  }
  const iam = get(authorization, "iam");
  const encryption = get(efs, "transitEncryption");
  const encrypted = encryption ? stringOf(encryption) !== "DISABLED" : !isAbsent(efs, "transitEncryption");
  const enable = encryption
    ? fix("Enable encryption in transit", false, set(encryption, "ENABLED"))
    : fix("Enable encryption in transit", false, add(efs, "transitEncryption", "ENABLED"));
  const root = get(efs, "rootDirectory");
  const path = stringOf(root);
  if (accessPoint && root && path !== undefined && path !== "/" && path !== "") {
    report(
      "efs-access-point-root",
      root,
      { path },
      {
        related: related("The access point.", accessPoint),
        fixes: [removal(root)],
      },
    );
  } else if (root && path && !path.startsWith("/") && !path.startsWith("$")) {
    const fixes = [changeTo(root, `/${path}`, false)];
    report("efs-relative-root", root, { path }, { fixes });
  }
  if (encrypted) return;
  const needy = stringOf(iam) === "ENABLED" ? iam : accessPoint;
  if (needy) {
    const member = String(keyOf(needy).value);
    report("efs-iam-encryption", encryption ?? keyOf(needy), { member }, { fixes: [enable] });
    return;
  }
  const port = given(efs, "transitEncryptionPort");
  if (port) report("efs-port-encryption", keyOf(port), {}, { fixes: [enable, removal(port)] });
}

function checkS3({ input }: TaskDefinitionView, volume: JsonNode, report: Report): void {
  const files = filled(volume, "s3filesVolumeConfiguration");
  const point = filled(files, "accessPointArn");
  const root = get(files, "rootDirectory");
  const path = stringOf(root);
  if (point && root && path && path !== "/") {
    const extras = { related: related("The access point.", point), fixes: [removal(root)] };
    report("efs-access-point-root", root, { path }, extras);
  }
  if (!files || filled(input, "taskRoleArn") || !isAbsent(input, "taskRoleArn")) return;
  report(
    "s3-files-role",
    placeOfMissing(input),
    { volume: shownName(get(volume, "name")) },
    {
      related: related("The volume.", keyOf(files)),
    },
  );
}
