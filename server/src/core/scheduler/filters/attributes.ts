// The capabilities that the task definition requires. They are checked only on an instance that lists capabilities at
// all: a snapshot written by hand leaves them out, and would otherwise be all red.

import { isCapability } from "../../cluster/capabilities";
import type { ContainerInstance } from "../../cluster/containerInstance";
import type { Filter } from "./filter";

export const attributes: Filter = {
  name: "attributes",
  title: "Required attributes",
  check: ({ daemon, instance }) => {
    const missing = daemon.service.requirements.attributes.filter((it) => !instance.attributes.has(it.name));
    if (missing.length === 0) return [];
    const listed = listsCapabilities(instance);
    return missing
      .filter((it) => listed || !isCapability(it.name))
      .map(({ name, because }) => ({
        filter: "attributes" as const,
        code: "missing-attribute",
        message: `The instance lacks the attribute ${name}, required by ${because}.`,
        requested: name,
        remedy: remedyFor(name),
      }));
  },
};

function listsCapabilities(instance: ContainerInstance): boolean {
  for (const name of instance.attributes.keys()) if (isCapability(name)) return true;
  return false;
}

function remedyFor(name: string): string {
  const driver = /\.logging-driver\.([\w-]+)$/.exec(name)?.[1];
  if (driver !== undefined) return `Add ${driver} to ECS_AVAILABLE_LOGGING_DRIVERS of the instance's agent.`;
  const plugin = /\.docker-plugin\.(.+)$/.exec(name)?.[1];
  if (plugin !== undefined) return `Install the Docker plug-in ${plugin} on the instance.`;
  const setting = settings.find(([suffix]) => name.endsWith(suffix));
  if (setting !== undefined) return `Start the instance's agent with ${setting[1]}.`;
  return "Update the container agent of the instance.";
}

/** What the agent is told in its configuration, by the end of the capability's name. */
const settings: readonly (readonly [suffix: string, setting: string])[] = [
  [".privileged-container", "ECS_DISABLE_PRIVILEGED=false"],
  [".task-iam-role", "ECS_ENABLE_TASK_IAM_ROLE=true"],
  [".task-iam-role-network-host", "ECS_ENABLE_TASK_IAM_ROLE_NETWORK_HOST=true"],
  [".execution-role-awslogs", "ECS_ENABLE_AWSLOGS_EXECUTIONROLE_OVERRIDE=true"],
  [".selinux", "ECS_SELINUX_CAPABLE=true"],
  [".apparmor", "ECS_APPARMOR_CAPABLE=true"],
];
