// The capabilities that the task definition requires. They are checked only on an instance that lists capabilities at
// all: a snapshot written by hand leaves them out, and would otherwise be all red.

import { isCapability, listsCapabilities } from "../../cluster/capabilities";
import type { ContainerInstance } from "../../cluster/containerInstance";
import type { UnknownAttribute } from "../../requirements/requirements";
import { counted } from "../../text/counts";
import type { Reason } from "../placement";
import { accepted, type Filter } from "./filter";
import { listed as listedWords, unknownReason, unreadableReason } from "./unknownReason";

export const attributes: Filter = {
  name: "attributes",
  check: ({ daemon, instance }) => {
    const { attributes: required, unknown } = daemon.service.requirements;
    const isComplete = required.every((it) => instance.attributes.has(it.name));
    if (isComplete && unknown?.attributes === undefined) return accepted;
    const missing = required.filter((it) => !instance.attributes.has(it.name));
    const open = (unknown?.attributes ?? []).filter(
      ({ name }) => name === undefined || !instance.attributes.has(name),
    );
    if (missing.length + open.length === 0) return accepted;
    if (instance.unreadableAttributes === "all")
      return [unreadableReason("attributes", "the attributes of the instance", missing[0]?.name ?? "")];
    const listed = listsCapabilities(instance.attributes);
    const surely = missing
      .filter((it) => listed || !isCapability(it.name))
      .map(({ name, because, plugin }) => ({
        filter: "attributes" as const,
        code: "missing-attribute",
        message: `The instance lacks the attribute ${name}, required by ${because}.`,
        requested: name,
        remedy: remedyFor(name, plugin),
      }));
    return listed ? [...surely, ...openReasons(open, instance)] : surely;
  },
};

/** One reason for the attributes that the same placeholders decide. */
function openReasons(open: readonly UnknownAttribute[], instance: ContainerInstance): readonly Reason[] {
  const groups = new Map<string, UnknownAttribute[]>();
  for (const it of open) {
    const key = it.values.join("\n");
    groups.set(key, [...(groups.get(key) ?? []), it]);
  }
  return [...groups.values()].map((group) => {
    const [first] = group;
    const rooms = group.map((it) => roomFor(it, instance));
    const shown = rooms.slice(0, 2).join("; ");
    const more = rooms.length > 2 ? `; ${counted(rooms.length - 2, "more attribute")} may be missing` : "";
    return unknownReason("attributes", first?.values ?? [], `${shown}${more}`);
  });
}

function roomFor({ name, because }: UnknownAttribute, instance: ContainerInstance): string {
  if (name !== undefined) return `with ${because} the instance lacks the attribute ${name}`;
  const pattern = namePatterns[because] ?? /^$/;
  const names = [...instance.attributes.keys()]
    .map((it) => pattern.exec(it)?.[1])
    .filter((it) => it !== undefined);
  return names.length === 0 ? `the instance reports no ${because}` : `the instance has ${listedWords(names)}`;
}

/** The attributes of an instance by what their names end in. */
const namePatterns: Readonly<Record<string, RegExp>> = {
  "log driver": /\.logging-driver\.([\w-]+)$/,
  "volume driver": /\.docker-plugin\.(.+)$/,
  "FireLens type": /\.firelens\.(fluent\w+)$/,
  "FireLens configuration": /\.firelens\.options\.config\.(\w+)$/,
};

function remedyFor(name: string, plugin: string | undefined): string {
  if (plugin !== undefined)
    return `Run "docker plugin install ${plugin}" on the instance, and restart its container agent.`;
  const driver = /\.logging-driver\.([\w-]+)$/.exec(name)?.[1];
  if (driver !== undefined)
    return `Add ${driver} to ECS_AVAILABLE_LOGGING_DRIVERS of the instance's container agent, and restart it.`;
  const setting = settings.find(([suffix]) => name.endsWith(suffix));
  if (setting !== undefined) return `Start the instance's container agent with ${setting[1]}.`;
  if (/\.docker-remote-api\./.test(name)) return "Update Docker and the container agent of the instance.";
  return "Update the container agent of the instance.";
}

/** The agent's setting for a capability, by the end of the capability's name. */
const settings: readonly (readonly [suffix: string, setting: string])[] = [
  [".privileged-container", "ECS_DISABLE_PRIVILEGED=false"],
  [".task-iam-role", "ECS_ENABLE_TASK_IAM_ROLE=true"],
  [".task-iam-role-network-host", "ECS_ENABLE_TASK_IAM_ROLE_NETWORK_HOST=true"],
  [".execution-role-awslogs", "ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true"],
  [".task-eni", "ECS_ENABLE_TASK_ENI=true"],
  [".selinux", "ECS_SELINUX_CAPABLE=true"],
  [".apparmor", "ECS_APPARMOR_CAPABLE=true"],
  [".gmsa", "ECS_GMSA_SUPPORTED=true, on an instance that is joined to the domain"],
];
