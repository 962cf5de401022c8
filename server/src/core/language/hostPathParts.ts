// Paths of the container instance that agents mount, each with the volume that the mount point needs: two places of a
// task definition that are written in one go.

import { isTaskDefinition } from "../resources/kinds/registry";
import type { Resource } from "../resources/resource";
import { editsFor } from "../resources/writer";
import { add, append, type TextEdit } from "../source/change";
import { get, items, stringOf } from "../source/tree";
import { trimmedEnd } from "../text/trimmedEnd";
import type { InputLocation } from "./inputLocation";

export interface HostPathPart {
  readonly label: string;
  readonly detail: string;
  /** The mount point, as a snippet. */
  readonly value: string;
  /** Adds the volume; none where there is one of that path. */
  readonly edits: readonly TextEdit[];
}

/** For a place at a member of `shape`, or at a value that is one. A volume of that path that is there is used. */
export function hostPathParts(
  document: Resource,
  place: InputLocation,
  shape: string,
): readonly HostPathPart[] {
  const {
    input,
    source: { text },
  } = document;
  const isHere = place.at === "key" ? place.owner === shape : place.shape === shape;
  if (!isHere || !isTaskDefinition(document) || input?.type !== "object") return [];
  // Where the closing brace is not there yet, nobody knows what an edit at the end would be part of.
  if (text[input.offset + input.length - 1] !== "}") return [];
  if (items(get(input, "requiresCompatibilities")).some((it) => stringOf(it) === "FARGATE")) return [];
  const volumes = get(input, "volumes");
  const list = items(volumes);
  return hostPaths.map(({ path, name, mount, what }) => {
    const same = list.find((it) => samePath(stringOf(get(get(it, "host"), "sourcePath")), path));
    const taken = list.map((it) => stringOf(get(it, "name")));
    const own = stringOf(get(same, "name")) ?? (taken.includes(name) ? `${name}_host` : name);
    const volume = { name: own, host: { sourcePath: path } };
    const change = volumes?.type === "array" ? append(volumes, volume) : add(input, "volumes", [volume]);
    return {
      label: `host path ${path}`,
      detail: what,
      value: `{ "sourceVolume": "${own}", "containerPath": "\${1:${mount}}", "readOnly": true }`,
      edits: same === undefined ? (editsFor(document, [change]) ?? []) : [],
    };
  });
}

const hostPaths = [
  {
    path: "/var/run/docker.sock",
    name: "docker_sock",
    mount: "/var/run/docker.sock",
    what: "Docker's socket",
  },
  { path: "/proc/", name: "proc", mount: "/host/proc", what: "the processes of the instance" },
  { path: "/sys/fs/cgroup/", name: "cgroup", mount: "/host/sys/fs/cgroup", what: "control groups" },
  { path: "/var/log/", name: "host_log", mount: "/host/var/log", what: "the logs of the instance" },
  {
    path: "/var/lib/docker/containers/",
    name: "container_logs",
    mount: "/var/lib/docker/containers",
    what: "the logs of the containers",
  },
] as const;

function samePath(one: string | undefined, other: string): boolean {
  return one !== undefined && trimmedEnd(one, "/") === trimmedEnd(other, "/");
}
