// The operating system and processor that `runtimePlatform` names. A definition without it fits anywhere, and an
// instance that does not say what it is counts as fitting.

import type { ContainerInstance } from "../../cluster/containerInstance";
import { withArticle } from "../../text/counts";
import type { Reason } from "../placement";
import { accepted, type Filter } from "./filter";
import { unknownReason, unreadableReason } from "./unknownReason";

export const platform: Filter = {
  name: "platform",
  check: ({ daemon, instance }) => {
    const { platform: asked, unknown } = daemon.service.requirements;
    const requested = asked.osFamily ?? asked.cpuArchitecture;
    const isOpen = unknown?.osFamily !== undefined || unknown?.cpuArchitecture !== undefined;
    if (requested === undefined && !isOpen) return accepted;
    if (requested !== undefined && lacksPlatform(instance))
      return [unreadableReason("platform", "the attributes of the instance", requested)];
    return [
      unknown?.osFamily === undefined
        ? osReason(asked.osFamily, instance)
        : openReason(unknown.osFamily, "runs", osOf(instance)),
      unknown?.cpuArchitecture === undefined
        ? architectureReason(asked.cpuArchitecture, instance)
        : openReason(unknown.cpuArchitecture, "has", instance.attributes.get("ecs.cpu-architecture")),
    ].filter((it) => it !== undefined);
  },
};

/** Whether what the instance is may be among attributes that cannot be read. */
function lacksPlatform(instance: ContainerInstance): boolean {
  return instance.unreadableAttributes === "all" && osOf(instance) === undefined;
}

/** What the instance is may be another value than the one that a placeholder is filled with. */
function openReason(
  values: readonly string[],
  verb: "runs" | "has",
  available: string | undefined,
): Reason | undefined {
  if (available === undefined) return undefined;
  return unknownReason("platform", values, `the instance ${verb} ${available}`, available);
}

function osOf({ attributes }: ContainerInstance): string | undefined {
  return attributes.get("ecs.os-family") ?? attributes.get("ecs.os-type");
}

function osReason(requested: string | undefined, instance: ContainerInstance): Reason | undefined {
  if (requested === undefined || !familyName.test(requested)) return undefined;
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
    remedy: `Select instances that run ${requested}${orSet("operatingSystemFamily", family)}.`,
  };
}

/** Task definitions write X86_64 and ARM64, instances x86_64 and arm64. */
function architectureReason(requested: string | undefined, instance: ContainerInstance): Reason | undefined {
  const available = instance.attributes.get("ecs.cpu-architecture");
  if (requested === undefined || available === undefined || !architectureName.test(requested))
    return undefined;
  if (available.toUpperCase() === requested) return undefined;
  return {
    filter: "platform",
    code: "wrong-cpu-architecture",
    message: `The task needs ${withArticle(requested)} processor, and the instance has ${available}.`,
    requested,
    available,
    remedy: `Select instances with ${withArticle(requested)} processor${orSet("cpuArchitecture", available)}.`,
  };
}

const familyName = /^(LINUX|WINDOWS\w*)$/;
const architectureName = /^(X86_64|ARM64)$/;

/** The other way, where a task definition can name what the instance has. */
function orSet(property: "cpuArchitecture" | "operatingSystemFamily", has: string | undefined): string {
  const value = has?.toUpperCase() ?? "";
  if (!familyName.test(value) && !architectureName.test(value)) return "";
  return `, or set ${property} to ${value} and use an image for it`;
}
