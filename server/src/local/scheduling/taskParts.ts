// What a task takes from its container instance when it starts: containers, host ports, GPUs.

import { createHash } from "node:crypto";
import type { Requirements } from "../../core/requirements/requirements";
import { requirementsOf } from "../../core/requirements/requirementsOf";
import { newId, newRuntimeId } from "../ids";
import { isObject, type JsonObject, member } from "../request/input";
import { remainingResources } from "../state/instanceView";
import type {
  ContainerRecord,
  InstanceRecord,
  PortRecord,
  TaskDefinitionRecord,
  TaskRecord,
} from "../state/records";
import { tasksOn, type World } from "../state/world";
import type { StartedDefinition } from "./newTask";

const requirements = new WeakMap<TaskDefinitionRecord["definition"], Requirements>();

/** Computed once for a task definition. */
export function requirementsOfDefinition(definition: StartedDefinition): Requirements {
  const known = requirements.get(definition.definition);
  if (known !== undefined) return known;
  const fresh = requirementsOf(definition.definition);
  requirements.set(definition.definition, fresh);
  return fresh;
}

function objectsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

const numberOf = (value: unknown): number | undefined => (typeof value === "number" ? value : undefined);
const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

const containersOf = (definition: StartedDefinition): readonly JsonObject[] =>
  objectsOf(definition.definition.containerDefinitions);

export function newContainers(definition: StartedDefinition): readonly ContainerRecord[] {
  return containersOf(definition).map((it) => {
    const memory = numberOf(member(it, "memory"));
    const memoryReservation = numberOf(member(it, "memoryReservation"));
    return {
      id: newId(),
      name: textOf(it.name) ?? "",
      image: textOf(it.image) ?? "",
      runtimeId: newRuntimeId(),
      cpu: numberOf(it.cpu) ?? 0,
      ...(memory === undefined ? {} : { memory }),
      ...(memoryReservation === undefined ? {} : { memoryReservation }),
    };
  });
}

/** The digest in the image's reference, or one that stands for its tag: nothing is pulled here. */
export function imageDigest(image: string): string {
  return (
    /@(sha256:[0-9a-f]{64})$/.exec(image)?.[1] ?? `sha256:${createHash("sha256").update(image).digest("hex")}`
  );
}

/** Where Docker begins to look for a host port when the definition leaves it open. */
const firstDynamicPort = 32_768;

/** Host ports that a task of the definition takes; in awsvpc mode it has an address of its own and takes none. */
export function newPorts(
  world: World,
  definition: StartedDefinition,
  instance: string,
): readonly PortRecord[] {
  const mode = textOf(definition.definition.networkMode) ?? "bridge";
  if (mode === "awsvpc" || mode === "none") return [];
  const record = world.instances.get(instance);
  if (record === undefined || !containersOf(definition).some(hasMappings)) return [];
  const used = usedPorts(record, tasksOn(world, instance));
  return containersOf(definition).flatMap((container) =>
    objectsOf(container.portMappings).flatMap((mapping) => {
      const containerPort = numberOf(mapping.containerPort);
      if (containerPort === undefined) return [];
      const protocol = mapping.protocol === "udp" ? ("udp" as const) : ("tcp" as const);
      const fixed = numberOf(mapping.hostPort) ?? 0;
      const named = mode === "host" ? containerPort : fixed;
      const hostPort = named > 0 ? named : freePort(used[protocol]);
      used[protocol].add(hostPort);
      const port = { container: textOf(container.name) ?? "", containerPort, hostPort, protocol };
      return [named > 0 ? port : { ...port, dynamic: true as const }];
    }),
  );
}

const hasMappings = ({ portMappings }: JsonObject): boolean =>
  Array.isArray(portMappings) && portMappings.length > 0;

/** Ports that Docker finds taken on the instance, those that it chose itself included. */
function usedPorts(
  { registered }: InstanceRecord,
  tasks: readonly TaskRecord[],
): Readonly<Record<"tcp" | "udp", Set<number>>> {
  const used = { tcp: new Set(registered.tcpPorts), udp: new Set(registered.udpPorts) };
  for (const task of tasks) {
    if (task.lastStatus === "STOPPED") continue;
    for (const { protocol, hostPort } of task.ports) used[protocol].add(hostPort);
  }
  return used;
}

function freePort(used: ReadonlySet<number>): number {
  let port = firstDynamicPort;
  while (used.has(port)) port += 1;
  return port;
}

export function newGpus(world: World, count: number, instance: string): readonly string[] {
  const record = world.instances.get(instance);
  if (record === undefined || count === 0) return [];
  return remainingResources(record, tasksOn(world, instance)).gpus.slice(0, count);
}

/** Which of a task's GPUs each container has, by its name: they are handed out in the order of the containers. */
export function gpusOfContainers(
  definition: StartedDefinition | undefined,
  gpus: readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const owned = new Map<string, readonly string[]>();
  if (definition === undefined || gpus.length === 0) return owned;
  let first = 0;
  for (const it of containersOf(definition)) {
    const next = first + requirementsOf({ containerDefinitions: [it] }).gpus;
    if (next > first) owned.set(textOf(it.name) ?? "", gpus.slice(first, next));
    first = next;
  }
  return owned;
}
