// The registeredResources and remainingResources lists of a container instance.

import { asList, member } from "../text/plainValue";
import type { ContainerInstance, InstanceResources } from "./containerInstance";
import { isGiven, numberAt, type Place, placesAt, reportItem, textAt, textsAt } from "./snapshotValues";

type Resources = Pick<ContainerInstance, "registered" | "remaining" | "unknownResources" | "unreadableLists">;

interface PartialResources {
  readonly cpu: Quantity;
  readonly memory: Quantity;
  readonly usedTcpPorts: ReadonlySet<number>;
  readonly usedUdpPorts: ReadonlySet<number>;
  readonly gpus: readonly string[];
  readonly unreadable: readonly UnreadableList[];
}

type UnreadableList = NonNullable<ContainerInstance["unreadableLists"]>[number];

/** `unreadable`: written, and none that can be read. */
type Quantity = number | "unreadable" | undefined;

/**
 * Registered and remaining resources. Without remaining ones everything registered counts as free; cpu or memory in
 * neither list, or written so that it cannot be read, is unknown, which the scheduler shows as such.
 */
export function readResources(
  place: Place,
  usual: (list: unknown) => InstanceResources | undefined,
): Resources {
  const registered = usual(member(place.object, "registeredResources"));
  const remaining = usual(member(place.object, "remainingResources"));
  if (registered === undefined || remaining === undefined) return readUnusual(place);
  return { registered, remaining };
}

function readUnusual(place: Place): Resources {
  const { problems } = place;
  const registered = readList(place, "registeredResources");
  const isLost = isGiven(place, "remainingResources");
  const remaining = readList(place, "remainingResources") ?? (isLost ? undefined : registered);
  if (remaining === undefined && !isLost) {
    problems.warn(
      place.path,
      "A container instance has no resources: whether a task fits on it stays unknown.",
    );
  } else if (remaining !== undefined && !isLost) {
    problems.warn(place.path, 'A container instance has no "remainingResources": all of it counts as free.');
  }
  const unknown = (["cpu", "memory"] as const).filter(
    (it) =>
      (isLost && remaining === undefined) ||
      remaining?.[it] === "unreadable" ||
      (remaining?.[it] === undefined && typeof registered?.[it] !== "number"),
  );
  return {
    registered: complete(registered, remaining),
    remaining: complete(remaining, registered),
    ...(unknown.length > 0 ? { unknownResources: unknown } : {}),
    ...unreadableLists(remaining, isLost),
  };
}

function unreadableLists(
  remaining: PartialResources | undefined,
  isLost: boolean,
): Pick<Resources, "unreadableLists"> {
  const lists = remaining?.unreadable ?? (isLost ? (["ports", "gpu"] as const) : []);
  return lists.length > 0 ? { unreadableLists: lists } : {};
}

function complete(
  first: PartialResources | undefined,
  second: PartialResources | undefined,
): InstanceResources {
  return {
    cpu: known(first?.cpu) ?? known(second?.cpu) ?? 0,
    memory: known(first?.memory) ?? known(second?.memory) ?? 0,
    usedTcpPorts: first?.usedTcpPorts ?? noPorts,
    usedUdpPorts: first?.usedUdpPorts ?? noPorts,
    gpus: first?.gpus ?? [],
  };
}

const known = (quantity: Quantity) => (typeof quantity === "number" ? quantity : undefined);

function readList(
  place: Place,
  name: "registeredResources" | "remainingResources",
): PartialResources | undefined {
  const list = placesAt(place, name);
  if (list === undefined) return undefined;
  const resources = new Map(list.map((it) => [textAt(it, "name"), it]));
  return {
    cpu: quantity(resources.get("CPU")),
    memory: quantity(resources.get("MEMORY")),
    usedTcpPorts: ports(resources.get("PORTS")),
    usedUdpPorts: ports(resources.get("PORTS_UDP")),
    gpus: texts(resources.get("GPU")),
    unreadable: unreadableOf(resources),
  };
}

function unreadableOf(resources: ReadonlyMap<string | undefined, Place>): readonly UnreadableList[] {
  const arePorts = !["PORTS", "PORTS_UDP"].some((it) => isUnreadable(resources.get(it), isPort));
  const areGpus = !isUnreadable(resources.get("GPU"), isText);
  if (arePorts && areGpus) return [];
  return [...(arePorts ? [] : (["ports"] as const)), ...(areGpus ? [] : (["gpu"] as const))];
}

const isText = (value: unknown) => typeof value === "string";

const isPort = (value: unknown) =>
  typeof value === "string" && /^\d{1,5}$/.test(value) && Number(value) <= 65_535;

/** Whether the list of a resource has something that is none of its items, or is no list. */
function isUnreadable(resource: Place | undefined, isItem: (value: unknown) => boolean): boolean {
  if (resource === undefined || !isGiven(resource, "stringSetValue")) return false;
  const list = asList(member(resource.object, "stringSetValue"));
  return list === undefined || !list.every(isItem);
}

/** The member that has the number of a resource, by its type. */
export const numberMembers: ReadonlyMap<unknown, string> = new Map([
  ["INTEGER", "integerValue"],
  ["LONG", "longValue"],
  ["DOUBLE", "doubleValue"],
]);
const allNumberMembers = [...numberMembers.values()];

/** The AWS CLI prints all three number members of a resource; `type` says which one counts. */
function quantity(resource: Place | undefined): Quantity {
  if (resource === undefined) return undefined;
  const named = numberMembers.get(textAt(resource, "type"));
  const candidates = named === undefined ? allNumberMembers : [named];
  const numbers = candidates.map((it) => numberAt(resource, it));
  const found = numbers.find((it) => it !== undefined);
  if (found !== undefined) return found;
  return candidates.some((it) => isGiven(resource, it)) ? "unreadable" : undefined;
}

function texts(resource: Place | undefined): readonly string[] {
  if (resource === undefined) return [];
  // All of a resource is read, whether its type is of any account or not.
  textAt(resource, "type");
  return textsAt(resource, "stringSetValue") ?? [];
}

const noPorts: ReadonlySet<number> = new Set();

function ports(resource: Place | undefined): ReadonlySet<number> {
  const written = texts(resource);
  if (resource === undefined || written.length === 0) return noPorts;
  const numbers = new Set<number>();
  for (const [index, text] of written.entries()) {
    const port = asUsedPort(text);
    if (port !== undefined) numbers.add(port);
    else
      reportItem(
        resource,
        "stringSetValue",
        `${resource.path}/stringSetValue/${index}`,
        "a port in quotes",
        text,
      );
  }
  return numbers;
}

/** A port from 1 to 65,535 in digits; `undefined` for any other text. */
export function asUsedPort(text: string): number | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port > 0 && port <= 65_535 ? port : undefined;
}
