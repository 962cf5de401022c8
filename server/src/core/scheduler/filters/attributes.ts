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
      .map(({ name, because, plugin }) => ({
        filter: "attributes" as const,
        code: "missing-attribute",
        message: `The instance lacks the attribute ${name}, required by ${because}.`,
        requested: name,
        remedy: remedyFor(name, plugin),
      }));
  },
};

function listsCapabilities(instance: ContainerInstance): boolean {
  for (const name of instance.attributes.keys()) if (isCapability(name)) return true;
  return false;
}

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
