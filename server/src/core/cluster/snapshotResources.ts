// The registeredResources and remainingResources lists of a container instance.

import {
  asFilledText,
  asList,
  asNumber,
  asText,
  member,
  objectsOf,
  type PlainObject,
} from "../text/plainValue";
import type { ContainerInstance, InstanceResources } from "./containerInstance";
import type { ProblemList } from "./readProblem";

type Resources = Pick<ContainerInstance, "registered" | "remaining" | "unknownResources">;

interface PartialResources {
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
  readonly usedTcpPorts: ReadonlySet<number>;
  readonly usedUdpPorts: ReadonlySet<number>;
  readonly gpus: readonly string[];
}

/**
 * Registered and remaining resources. Without remaining ones everything registered counts as free; cpu or memory in
 * neither list is unknown, which the scheduler shows as such.
 */
export function readResources(value: PlainObject, path: string, problems: ProblemList): Resources {
  const registered = readList(value, "registeredResources", path, problems);
  const remaining = readList(value, "remainingResources", path, problems) ?? registered;
  if (remaining === undefined) {
    problems.warn(path, "A container instance has no resources: whether a task fits on it stays unknown.");
  } else if (member(value, "remainingResources") === undefined) {
    problems.warn(path, 'A container instance has no "remainingResources": all of it counts as free.');
  }
  const unknown = (["cpu", "memory"] as const).filter(
    (it) => remaining?.[it] === undefined && registered?.[it] === undefined,
  );
  return {
    registered: complete(registered, remaining),
    remaining: complete(remaining, registered),
    ...(unknown.length > 0 ? { unknownResources: unknown } : {}),
  };
}

function complete(
  first: PartialResources | undefined,
  second: PartialResources | undefined,
): InstanceResources {
  return {
    cpu: first?.cpu ?? second?.cpu ?? 0,
    memory: first?.memory ?? second?.memory ?? 0,
    usedTcpPorts: first?.usedTcpPorts ?? new Set(),
    usedUdpPorts: first?.usedUdpPorts ?? new Set(),
    gpus: first?.gpus ?? [],
  };
}

function readList(
  value: PlainObject,
  name: "registeredResources" | "remainingResources",
  path: string,
  problems: ProblemList,
): PartialResources | undefined {
  const list = member(value, name);
  if (list === undefined || list === null) return undefined;
  if (asList(list) === undefined) {
    problems.warn(`${path}/${name}`, `"${name}" has to be a list of resources; it is left out.`);
    return undefined;
  }
  const resources = new Map(objectsOf(list).map((it) => [asFilledText(member(it, "name")), it]));
  return {
    cpu: quantity(resources.get("CPU")),
    memory: quantity(resources.get("MEMORY")),
    usedTcpPorts: ports(resources.get("PORTS")),
    usedUdpPorts: ports(resources.get("PORTS_UDP")),
    gpus: texts(resources.get("GPU")),
  };
}

const valueMembers = { INTEGER: "integerValue", LONG: "longValue", DOUBLE: "doubleValue" } as const;

/** The AWS CLI prints all three number members of a resource; `type` says which one counts. */
function quantity(resource: PlainObject | undefined): number | undefined {
  const type = asText(member(resource, "type"));
  const named = Object.entries(valueMembers).find(([it]) => it === type)?.[1];
  if (named !== undefined) return asNumber(member(resource, named));
  return Object.values(valueMembers)
    .map((it) => asNumber(member(resource, it)))
    .find((it) => it !== undefined);
}

function texts(resource: PlainObject | undefined): readonly string[] {
  return (asList(member(resource, "stringSetValue")) ?? []).filter((it) => typeof it === "string");
}

function ports(resource: PlainObject | undefined): ReadonlySet<number> {
  const numbers = (asList(member(resource, "stringSetValue")) ?? []).map(Number);
  return new Set(numbers.filter((it) => Number.isInteger(it) && it > 0 && it <= 65_535));
}
