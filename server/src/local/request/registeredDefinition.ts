// A task definition as ECS keeps it: the input with the defaults that ECS writes into it.

import { isObject, type JsonObject, member } from "./input";

/** Members of RegisterTaskDefinition's input that its answer has, too. */
const kept = [
  "containerDefinitions",
  "family",
  "taskRoleArn",
  "executionRoleArn",
  "networkMode",
  "volumes",
  "placementConstraints",
  "runtimePlatform",
  "requiresCompatibilities",
  "cpu",
  "memory",
  "pidMode",
  "ipcMode",
  "proxyConfiguration",
  "ephemeralStorage",
  "enableFaultInjection",
] as const;

/** `input` has members of the API model only, and no nulls (knownMembers). */
export function registeredDefinition(input: JsonObject): JsonObject {
  const definition: Record<string, unknown> = {};
  for (const name of kept) {
    const value = member(input, name);
    if (value !== undefined) definition[name] = value;
  }
  const mode = definition.networkMode;
  definition.containerDefinitions = listOf(definition.containerDefinitions).map((it) =>
    registeredContainer(it, mode),
  );
  definition.volumes = listOf(definition.volumes).map((it) =>
    Object.keys(it).length === 1 && typeof it.name === "string" ? { ...it, host: {} } : it,
  );
  definition.placementConstraints ??= [];
  const cpu = normalSize(definition.cpu, /^(\d+(?:\.\d+)?|\.\d+)\s*vcpu$/i, 1024);
  const memory = normalSize(definition.memory, /^(\d+(?:\.\d+)?|\.\d+)\s*gb$/i, 1024);
  if (cpu !== undefined) definition.cpu = cpu;
  if (memory !== undefined) definition.memory = memory;
  return definition;
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** `1 vCPU` is kept as `1024`, `2 GB` as `2048`. */
function normalSize(value: unknown, withUnit: RegExp, factor: number): string | undefined {
  if (typeof value !== "string") return undefined;
  const amount = withUnit.exec(value.trim())?.[1];
  return amount === undefined ? value : String(Math.round(Number(amount) * factor));
}

function registeredContainer(container: JsonObject, mode: unknown): JsonObject {
  return {
    cpu: 0,
    essential: true,
    environment: [],
    mountPoints: [],
    volumesFrom: [],
    systemControls: [],
    ...container,
    ...(isObject(container.healthCheck)
      ? { healthCheck: { interval: 30, timeout: 5, retries: 3, ...container.healthCheck } }
      : {}),
    portMappings: listOf(container.portMappings).map((it) => registeredPort(it, mode)),
  };
}

/** ECS takes any protocol but udp for tcp (API model). Bridge mode leaves the host port to Docker (0); host and awsvpc mode use the container's. */
function registeredPort(mapping: JsonObject, mode: unknown): JsonObject {
  const { containerPort, hostPort } = mapping;
  const protocol = mapping.protocol === "udp" ? "udp" : "tcp";
  if (typeof containerPort !== "number") return { ...mapping, protocol };
  const usual = mode === "host" || mode === "awsvpc" ? containerPort : 0;
  return { ...mapping, containerPort, hostPort: hostPort ?? usual, protocol };
}
