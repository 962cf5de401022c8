// Volumes of a daemon: paths of the instance that exist there, and log driver volumes.

import {
  type ContainerView,
  type TaskDefinitionView,
  taskDefinitionView,
} from "../../resources/taskDefinitionView";
import { add, set } from "../../source/change";
import { booleanOf, get, has, isOpen, items, type JsonNode, keyOf, stringOf } from "../../source/tree";
import { fix } from "../fix";
import { entry, title } from "../fixTitle";
import type { Report, Rule } from "../rule";
import { filled, related, removal } from "../ruleHelpers";

export const managedVolumes: Rule = {
  codes: [
    "volume-both-kinds",
    "log-volume-driver",
    "log-volume-writable",
    "log-volume-own-logs",
    "log-volume-old-client",
    "docker-on-managed-instances",
    "ec2-agent-path",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    for (const volume of task.volumes) {
      checkLogVolume(volume, report);
      checkHostPath(get(get(volume, "host"), "sourcePath"), report);
    }
    const first = task.volumes.map((it) => get(it, "logDriverVolumeConfiguration")).find((it) => it);
    if (first) report("log-volume-old-client", keyOf(first), {});
    checkLogMounts(task, report);
  },
};

function checkLogVolume(volume: JsonNode, report: Report): void {
  const logs = get(volume, "logDriverVolumeConfiguration");
  const host = filled(volume, "host");
  if (!logs) return;
  if (host)
    report(
      "volume-both-kinds",
      keyOf(logs),
      {},
      {
        related: related("The path.", keyOf(host)),
        fixes: [removal(host), removal(logs)],
      },
    );
  const driver = get(logs, "driver");
  const name = stringOf(driver);
  if (driver && name !== undefined && name !== "json-file")
    report(
      "log-volume-driver",
      driver,
      { driver: name },
      {
        fixes: [fix("Change to 'json-file'", false, set(driver, "json-file"))],
      },
    );
}

const dockerPaths: readonly (readonly [path: RegExp, to: string | undefined])[] = [
  [/^(\/var)?\/run\/docker\.sock\/?$/, "/var/run/containerd/containerd.sock"],
  [/^\/cgroup(\/|$)/, "/sys/fs/cgroup"],
  [/^\/var\/lib\/docker(\/|$)/, undefined],
  [/^(\/var)?\/run\/docker(\/|$)/, undefined],
];
const agentPath = /^\/(etc\/ecs|var\/lib\/ecs|var\/log\/ecs|opt\/aws)(\/|$)/;

function checkHostPath(node: JsonNode | undefined, report: Report): void {
  const path = stringOf(node);
  if (!node || path === undefined) return;
  const found = dockerPaths.find(([pattern]) => pattern.test(path));
  if (found) {
    const [, to] = found;
    const advice =
      to !== undefined
        ? `Its counterpart is ${to}.`
        : /containers/.test(path)
          ? "The logs of containers are in a log driver volume."
          : "It has no counterpart.";
    report(
      "docker-on-managed-instances",
      node,
      { path, advice },
      {
        fixes: to === undefined ? [] : [fix(`Change to '${to}'`, false, set(node, to))],
      },
    );
  } else if (agentPath.test(path)) report("ec2-agent-path", node, { path });
}

function checkLogMounts({ containers, volumes }: TaskDefinitionView, report: Report): void {
  const logVolumes = new Set(
    volumes
      .filter((it) => has(it, "logDriverVolumeConfiguration"))
      .flatMap((it) => stringOf(get(it, "name")) ?? []),
  );
  if (logVolumes.size === 0) return;
  for (const container of containers) checkReader(container, logVolumes, report);
}

function checkReader({ node, label }: ContainerView, logVolumes: ReadonlySet<string>, report: Report): void {
  const mounts = items(get(node, "mountPoints")).filter((it) =>
    logVolumes.has(stringOf(get(it, "sourceVolume")) ?? ""),
  );
  for (const mount of mounts) {
    const source = get(mount, "sourceVolume");
    const readOnly = get(mount, "readOnly");
    if (!source || isOpen(mount) || (readOnly && booleanOf(readOnly) !== false)) continue;
    const change = readOnly ? set(readOnly, true) : add(mount, "readOnly", true);
    report(
      "log-volume-writable",
      source,
      {},
      { fixes: [fix(title`Add ${entry("readOnly", true)}`, false, change)] },
    );
  }
  const driver = get(get(node, "logConfiguration"), "logDriver");
  if (mounts.length > 0 && driver && stringOf(driver) === "json-file")
    report("log-volume-own-logs", driver, { container: label });
}
