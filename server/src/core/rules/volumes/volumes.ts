// Mount points refer to volumes of the same task definition, and volumes are of one kind.

import {
  type ContainerView,
  type TaskDefinitionView,
  taskDefinitionView,
} from "../../resources/taskDefinitionView";
import { add, append, type Change } from "../../source/change";
import { booleanOf, get, isOpen, items, type JsonNode, keyOf, stringOf } from "../../source/tree";
import { nearest } from "../../text/spelling";
import { trimmedEnd } from "../../text/trimmedEnd";
import { fix } from "../fix";
import type { Report, Rule } from "../rule";
import {
  advise,
  changeTo,
  given,
  isAbsent,
  makeRegister,
  placeOfMissing,
  related,
  removal,
  renameAll,
  shownName,
} from "../ruleHelpers";

export const volumes: Rule = {
  codes: [
    "unknown-volume",
    "mount-without-source",
    "mount-path-twice",
    "mount-at-root",
    "unused-volume",
    "unmounted-launch-volume",
    "too-many-launch-volumes",
    "duplicate-volume-name",
    "volume-without-name",
    "bad-volume-name",
    "relative-path",
  ],
  check({ document }, report) {
    const task = taskDefinitionView(document);
    if (!task) return;
    for (const container of task.containers) {
      const paths = makeRegister();
      checkMounts(task, container, paths, report);
      checkTmpfs(container, paths, report);
      if (task.os !== "windows") checkOtherPaths(task, container, report);
    }
    checkNames(task, report);
    checkUse(task, report);
  },
};

type Paths = ReturnType<typeof makeRegister>;

function checkMounts(task: TaskDefinitionView, { node }: ContainerView, paths: Paths, report: Report): void {
  for (const mount of items(get(node, "mountPoints"))) {
    if (mount.type !== "object") continue;
    for (const member of ["sourceVolume", "containerPath"] as const) {
      const value = get(mount, member);
      const isEmpty = value !== undefined && stringOf(value) === "";
      if (isEmpty || isAbsent(mount, member))
        report("mount-without-source", isEmpty ? value : placeOfMissing(mount), { member });
    }
    const source = get(mount, "sourceVolume");
    const volume = stringOf(source);
    if (source && volume && task.volumeNames?.has(volume) === false) {
      const suggestion = nearest(volume, task.volumeNames);
      report(
        "unknown-volume",
        source,
        { volume, advice: advise(suggestion, "Declare it there.") },
        {
          fixes: [
            suggestion === undefined
              ? fix(
                  `Declare the volume '${volume}'`,
                  false,
                  declare(task, volume, stringOf(get(mount, "containerPath"))),
                )
              : changeTo(source, suggestion),
          ],
        },
      );
    }
    checkPath(task, mount, paths, report);
  }
}

/** Windows paths begin with a drive letter or a backslash, as the path of a named pipe does. */
const windowsPath = /^(?:\\|[A-Za-z]:)/;

/** Reports a path that is not absolute on the operating system of the task; on an unknown one any form will do. */
function checkAbsolute(path: JsonNode, text: string, os: TaskDefinitionView["os"], report: Report): void {
  const isOfWindows = windowsPath.test(text);
  if (text.startsWith("/") || (isOfWindows && os !== "linux")) return;
  // What a shell would put in place of ~ or $HOME is not known.
  const fixes = isOfWindows || /^[~$%]/.test(text) ? [] : [changeTo(path, `/${text}`, false)];
  const member = String(keyOf(path).value);
  const where = isOfWindows ? " on Linux" : "";
  report("relative-path", path, { member, path: text, where }, { fixes });
}

function checkPath({ os }: TaskDefinitionView, mount: JsonNode, paths: Paths, report: Report): void {
  const node = get(mount, "containerPath");
  const path = stringOf(node);
  if (!node || !path) return;
  if (os !== "windows") checkAbsolute(node, path, os, report);
  if (os !== "windows" && /^\/+$/.test(path)) report("mount-at-root", node, {});
  else notePath(node, path, paths, report);
}

/** A temporary file system takes its path as a volume does. */
function checkTmpfs({ node }: ContainerView, paths: Paths, report: Report): void {
  for (const tmpfs of items(get(get(node, "linuxParameters"), "tmpfs"))) {
    const pathNode = get(tmpfs, "containerPath");
    const path = stringOf(pathNode);
    if (pathNode && path) notePath(pathNode, path, paths, report);
  }
}

function notePath(node: JsonNode, path: string, paths: Paths, report: Report): void {
  const earlier = paths.note(path.length > 1 ? trimmedEnd(path, "/") : path, node);
  if (earlier) report("mount-path-twice", node, { path }, { related: related("The first one.", earlier) });
}

/** Docker wants the other paths of a container absolute, too. */
function checkOtherPaths({ os }: TaskDefinitionView, { node }: ContainerView, report: Report): void {
  const linux = get(node, "linuxParameters");
  const all = [
    get(node, "workingDirectory"),
    ...items(get(linux, "tmpfs")).map((it) => get(it, "containerPath")),
    ...items(get(linux, "devices")).flatMap((it) => [get(it, "hostPath"), get(it, "containerPath")]),
  ];
  for (const path of all) {
    const text = stringOf(path);
    if (path && text && !/^[$%]/.test(text)) checkAbsolute(path, text, os, report);
  }
}

/** Paths that a container only mounts because they are those of the instance. */
const hostPath = /^\/(proc|sys|dev|cgroup|run|var\/run|var\/log|var\/lib\/docker|etc)(\/|$)/;

function declare({ input }: TaskDefinitionView, name: string, path: string | undefined): Change {
  const isOfInstance = path !== undefined && hostPath.test(path);
  const volume = { name, ...(isOfInstance ? { host: { sourcePath: path } } : {}) };
  const list = get(input, "volumes");
  return list?.type === "array" ? append(list, volume) : add(input, "volumes", [volume]);
}

function checkNames({ volumes: all, containers, os }: TaskDefinitionView, report: Report): void {
  const names = makeRegister();
  for (const volume of all) {
    const node = get(volume, "name");
    const name = stringOf(node);
    if (volume.type === "object" && (name === "" || isAbsent(volume, "name"))) {
      report("volume-without-name", name === "" && node ? node : placeOfMissing(volume), {});
    }
    if (!node || name === undefined || name === "") continue;
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(name)) {
      const newName = name
        .trim()
        .replace(/[^A-Za-z0-9_-]+/g, "-")
        .slice(0, 255);
      const mounts = containers.flatMap((it) => items(get(it.node, "mountPoints")));
      const references = mounts.map((it) => get(it, "sourceVolume"));
      report(
        "bad-volume-name",
        node,
        { volume: name },
        {
          fixes: [renameAll(node, name, newName, references)],
        },
      );
    }
    const earlier = names.note(name, node);
    if (earlier) {
      report(
        "duplicate-volume-name",
        node,
        { volume: name },
        {
          related: related("The first one.", earlier),
          fixes: [removal(volume)],
        },
      );
    }
    const path = get(get(volume, "host"), "sourcePath");
    const text = stringOf(path);
    if (path && text) checkAbsolute(path, text, os, report);
  }
}

function checkUse({ input, volumes: all, containers }: TaskDefinitionView, report: Report): void {
  const declared = new Set(all.flatMap((it) => stringOf(get(it, "name")) ?? []));
  const mounted = mountedNames(input, containers, declared);
  let atLaunch = 0;
  for (const volume of all) {
    const node = get(volume, "name");
    const name = stringOf(node);
    const launch = get(volume, "configuredAtLaunch");
    const isAtLaunch = booleanOf(launch) === true;
    if (isAtLaunch) atLaunch += 1;
    if (launch && isAtLaunch && atLaunch === 2) {
      report(
        "too-many-launch-volumes",
        keyOf(launch),
        { volume: shownName(node) },
        { fixes: [removal(launch)] },
      );
    }
    if (!node || !name || mounted === undefined || mounted.has(name)) continue;
    if (isAtLaunch) report("unmounted-launch-volume", node, { volume: name });
    else report("unused-volume", node, { volume: name }, { fixes: [removal(volume)] });
  }
}

/** Names of mounted volumes; `undefined` where a placeholder may mount any of them. */
function mountedNames(
  input: JsonNode,
  containers: readonly ContainerView[],
  declared: ReadonlySet<string>,
): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  // A bound on the comparisons; nobody declares hundreds of volumes.
  const known = declared.size <= 100 ? declared : [];
  const list = get(input, "containerDefinitions");
  // What is no list of containers, or has none yet, has its own diagnostic.
  if (!list || isOpen(input) || isOpen(list) || containers.length === 0) return undefined;
  for (const { node } of containers) {
    const mounts = given(node, "mountPoints");
    if (isOpen(node) || isOpen(mounts) || (mounts && mounts.type !== "array")) return undefined;
    for (const mount of items(mounts)) {
      if (mount.type !== "object") return undefined;
      const name = stringOf(get(mount, "sourceVolume"));
      // A wrong name has its own diagnostic; the volume that was meant is not unused.
      const meant = name === undefined || declared.has(name) ? name : nearest(name, known);
      if (meant === undefined || name === "") return undefined;
      names.add(meant);
    }
  }
  return names;
}
