// Computes what one task of a task definition asks of the container instance it lands on.

import { asFilledText, asList, asNumber, asText, member, type PlainObject } from "../text/plainValue";
import {
  containerName,
  containerSize,
  type DefinitionView,
  objectsAt,
  taskSize,
  textAt,
  viewDefinition,
} from "./definitionView";
import { requiredAttributes } from "./requiredAttributes";
import type { AttributeRequirement, PortRequirement, Requirements } from "./requirements";

/**
 * Requirements of a RegisterTaskDefinition input. Tolerant: what is missing, of a wrong type or still a template asks
 * for nothing. Never throws.
 */
export function requirementsOf(definition: unknown): Requirements {
  const view = viewDefinition(definition);
  return {
    family: asFilledText(member(view.task, "family")),
    cpu: cpuOf(view),
    memory: memoryOf(view),
    ports: portsOf(view),
    attributes: requiredAttributes(view),
    platform: {
      osFamily: textAt(view.task, "runtimePlatform", "operatingSystemFamily"),
      cpuArchitecture: textAt(view.task, "runtimePlatform", "cpuArchitecture"),
    },
    gpus: gpusOf(view),
    enis: view.networkMode === "awsvpc" ? 1 : 0,
  };
}

/** The `requiresAttributes` that ECS computes when it registers the definition, in its order: by name. */
export function requiresAttributesOf(definition: unknown): readonly AttributeRequirement[] {
  return requiredAttributes(viewDefinition(definition));
}

/** Windows ignores the sizes of the task and goes by its containers. */
function cpuOf(view: DefinitionView): number {
  const task = view.windows ? undefined : taskSize(member(view.task, "cpu"), "vCPU");
  return task ?? sum(view, (it) => containerSize(member(it, "cpu")));
}

/** ECS places by the reservation where there is one, else by the limit. */
function memoryOf(view: DefinitionView): number {
  const task = view.windows ? undefined : taskSize(member(view.task, "memory"), "GB");
  return (
    task ??
    sum(view, (it) => containerSize(member(it, "memoryReservation")) ?? containerSize(member(it, "memory")))
  );
}

function sum(view: DefinitionView, size: (container: PlainObject) => number | undefined): number {
  return view.containers.reduce((total, it) => total + (size(it) ?? 0), 0);
}

/**
 * Host ports that the instance must have free. Host mode takes the container's port; bridge (and Windows' default)
 * mode a host port that is written and not 0; awsvpc and none take nothing from the instance. A containerPortRange
 * gets host ports that happen to be free.
 */
function portsOf(view: DefinitionView): readonly PortRequirement[] {
  if (view.networkMode === "awsvpc" || view.networkMode === "none") return [];
  const ports = new Map<string, PortRequirement>();
  view.containers.forEach((container, index) => {
    for (const mapping of objectsAt(container, "portMappings")) {
      const written = portNumber(member(mapping, "hostPort"));
      const port =
        written ?? (view.networkMode === "host" ? portNumber(member(mapping, "containerPort")) : undefined);
      if (port === undefined) continue;
      // ECS reads a protocol that it does not know as tcp.
      const protocol = asText(member(mapping, "protocol")) === "udp" ? "udp" : "tcp";
      const key = `${port}/${protocol}`;
      if (!ports.has(key)) ports.set(key, { port, protocol, container: containerName(container, index) });
    }
  });
  return [...ports.values()];
}

function portNumber(value: unknown): number | undefined {
  const number = asNumber(value);
  return number !== undefined && Number.isInteger(number) && number > 0 && number <= 65_535
    ? number
    : undefined;
}

/** GPUs come as text: `"2"`, or `ALL`, of which at least one has to be there. */
function gpusOf(view: DefinitionView): number {
  return view.containers
    .flatMap((it) => asList(member(it, "resourceRequirements")) ?? [])
    .filter((it) => textAt(it, "type") === "GPU")
    .map((it) => textAt(it, "value") ?? "")
    .reduce((total, it) => total + (it === "ALL" ? 1 : /^\d{1,4}$/.test(it) ? Number(it) : 0), 0);
}
