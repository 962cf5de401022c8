// External instances (ECS Anywhere) run tasks of launch type EXTERNAL, and no other container instance does.

import { externalAttribute, listsCapabilities } from "../cluster/capabilities";
import type { ContainerInstance } from "../cluster/containerInstance";
import type { Truth } from "../query/target";
import { asFilledText, asObject, asText, member } from "../text/plainValue";
import { unknownAt } from "../text/unknownValue";
import type { DaemonService, ServiceLaunchType } from "./placement";

/**
 * The launch type of a CreateService or UpdateService input, or of a described service (plain values). ECS takes EC2 where
 * there is none; the instances of a capacity provider are never external ones. An update keeps what its service has, which
 * only the service itself shows.
 */
export function serviceLaunchType(service: unknown): ServiceLaunchType {
  const unknown = unknownAt(service, "launchType");
  if (unknown.length > 0) return unknown;
  const input = asObject(service);
  const isUpdate = asText(member(input, "service")) !== undefined;
  return asFilledText(member(input, "launchType")) ?? (isUpdate ? ["launchType"] : "EC2");
}

/**
 * Whether tasks of the launch type run on the instance. Of an instance that lists no capabilities nobody knows that it is
 * not external: a fleet written by hand leaves them out.
 */
export function fitsLaunchType(
  { launchType }: Pick<DaemonService, "launchType">,
  { attributes }: ContainerInstance,
): Truth {
  if (launchType === undefined) return true;
  const isExternal = attributes.has(externalAttribute);
  if (typeof launchType !== "string") return isExternal ? "unknown" : true;
  if (launchType === "EXTERNAL") return isExternal || !listsCapabilities(attributes);
  return !isExternal;
}
