// Compares a task definition with what ECS has, so that deploying the same file twice registers nothing.
// ECS answers with defaults filled in and with members that only it writes; both are taken away before the comparison.

import type { JsonObject } from "../port";

/** Members of an answer that RegisterTaskDefinition does not take. */
const outputOnly = new Set([
  "compatibilities",
  "deleteRequestedAt",
  "deregisteredAt",
  "registeredAt",
  "registeredBy",
  "requiresAttributes",
  "revision",
  "status",
  "taskDefinitionArn",
]);

/** What can be registered of a definition that someone copied from an answer of ECS. */
export function registrationInput(definition: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(definition).filter(([name]) => !outputOnly.has(name)));
}

/** Whether registering `input` would only repeat what `described` (an answer of DescribeTaskDefinition) says. */
export function sameDefinition(input: JsonObject, described: JsonObject): boolean {
  return JSON.stringify(canonicalDefinition(input)) === JSON.stringify(canonicalDefinition(described));
}

/** Whether every member that is written in `wanted` has that value in `found`; what is false or empty may be absent. */
export function isWithin(wanted: unknown, found: unknown): boolean {
  if (isAbsent(wanted)) return isAbsent(found) || isAbsent(trimmed(found));
  if (Array.isArray(wanted)) {
    if (!Array.isArray(found) || found.length !== wanted.length) return false;
    return wanted.every((it, index) => isWithin(it, found[index]));
  }
  if (!isObject(wanted)) return wanted === found;
  return Object.entries(wanted).every(([name, value]) =>
    isWithin(value, isObject(found) ? found[name] : undefined),
  );
}

/** A definition without what ECS writes and with what it defaults: two that mean the same are equal as JSON. */
export function canonicalDefinition(definition: JsonObject): JsonObject {
  const host = definition.networkMode === "host" || definition.networkMode === "awsvpc";
  const { containerDefinitions, cpu, memory, networkMode, ...rest } = registrationInput(definition);
  const containers = Array.isArray(containerDefinitions) ? containerDefinitions : [];
  const whole = {
    ...rest,
    networkMode: networkMode ?? "bridge",
    cpu: inUnits(cpu, "vcpu"),
    memory: inUnits(memory, "gb"),
    tags: sortedBy("key", rest.tags),
    containerDefinitions: containers.map((it) => (isObject(it) ? canonicalContainer(it, host) : it)),
  };
  const canonical = trimmed(whole);
  return isObject(canonical) ? canonical : {};
}

function canonicalContainer(container: JsonObject, host: boolean): JsonObject {
  const { healthCheck, portMappings } = container;
  return {
    ...container,
    // The only boolean that is true where nobody writes it; as text, for what is false counts as absent.
    essential: container.essential === false ? "false" : undefined,
    cpu: container.cpu === 0 ? undefined : container.cpu,
    versionConsistency: container.versionConsistency === "enabled" ? undefined : container.versionConsistency,
    environment: sortedBy("name", container.environment),
    secrets: sortedBy("name", container.secrets),
    portMappings: Array.isArray(portMappings)
      ? portMappings.map((it) => (isObject(it) ? canonicalPort(it, host) : it))
      : portMappings,
    healthCheck: isObject(healthCheck)
      ? { interval: 30, timeout: 5, retries: 3, ...healthCheck }
      : healthCheck,
  };
}

function canonicalPort(mapping: JsonObject, host: boolean): JsonObject {
  const hostPort = mapping.hostPort ?? (host ? mapping.containerPort : undefined);
  return { ...mapping, protocol: mapping.protocol ?? "tcp", hostPort: hostPort === 0 ? undefined : hostPort };
}

/** "1 vCPU" is 1024 units, "2GB" 2048 MiB. */
function inUnits(value: unknown, unit: "vcpu" | "gb"): unknown {
  const text = String(value ?? "")
    .toLowerCase()
    .replace(/\s+/g, "");
  if (!text.endsWith(unit)) return value === undefined || value === null ? undefined : text;
  return String(Math.round(Number(text.slice(0, -unit.length)) * 1024));
}

function sortedBy(member: string, list: unknown): unknown {
  if (!Array.isArray(list)) return list;
  const nameOf = (it: unknown) => (isObject(it) ? String(it[member]) : "");
  return [...list].sort((left, right) =>
    nameOf(left) < nameOf(right) ? -1 : nameOf(left) > nameOf(right) ? 1 : 0,
  );
}

/** Without what says nothing (null, false, empty lists and objects), members in the order of their names. */
function trimmed(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((it) => trimmed(it) ?? null);
  if (!isObject(value)) return isAbsent(value) ? undefined : value;
  const members = Object.entries(value)
    .map(([name, it]) => [name, trimmed(it)] as const)
    .filter(([, it]) => it !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1));
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

function isAbsent(value: unknown): boolean {
  return (
    value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0)
  );
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
