// The operating system and processor that `runtimePlatform` names. A definition without it fits anywhere, and an
// instance that does not say what it is counts as fitting.

import type { ContainerInstance } from "../../cluster/containerInstance";
import type { Reason } from "../placement";
import type { Filter } from "./filter";

export const platform: Filter = {
  name: "platform",
  title: "Platform",
  check: ({ daemon, instance }) => {
    const { osFamily, cpuArchitecture } = daemon.service.requirements.platform;
    return [osReason(osFamily, instance), architectureReason(cpuArchitecture, instance)].filter(
      (it) => it !== undefined,
    );
  },
};

function osReason(requested: string | undefined, instance: ContainerInstance): Reason | undefined {
  if (requested === undefined || !/^(LINUX|WINDOWS\w*)$/.test(requested)) return undefined;
  const family = instance.attributes.get("ecs.os-family");
  const type = instance.attributes.get("ecs.os-type");
  const available = family ?? type;
  if (available === undefined) return undefined;
  // os-type is only linux or windows, so that it cannot tell one Windows from another.
  const fits =
    family !== undefined
      ? family.toUpperCase() === requested
      : (type?.toLowerCase() === "windows") === requested.startsWith("WINDOWS");
  if (fits) return undefined;
  return {
    filter: "platform",
    code: "wrong-operating-system",
    message: `The task needs ${requested}, and the instance runs ${available}.`,
    requested,
    available,
    remedy: "Use another image and operatingSystemFamily, or select other instances.",
  };
}

/** Task definitions write X86_64 and ARM64, instances x86_64 and arm64. */
function architectureReason(requested: string | undefined, instance: ContainerInstance): Reason | undefined {
  const available = instance.attributes.get("ecs.cpu-architecture");
  if (requested === undefined || available === undefined || !/^(X86_64|ARM64)$/.test(requested))
    return undefined;
  if (available.toUpperCase() === requested) return undefined;
  return {
    filter: "platform",
    code: "wrong-cpu-architecture",
    message: `The task needs a ${requested} processor, and the instance has ${available}.`,
    requested,
    available,
    remedy: "Use an image for that processor in a task definition of its own, or select other instances.",
  };
}
