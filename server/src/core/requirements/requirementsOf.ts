// Computes what one task of a task definition asks of the container instance it lands on.

import { asFilledText, member } from "../text/plainValue";
import { unknownAt } from "../text/unknownValue";
import { cpuAmount, gpuAmount, memoryAmount, unknownAmount } from "./amounts";
import { type DefinitionView, textAt, viewDefinition } from "./definitionView";
import { type HostPorts, hostPorts } from "./hostPorts";
import { requiredAttributes, unknownAttributes } from "./requiredAttributes";
import type { AttributeRequirement, Requirements, UnknownRequirements } from "./requirements";

/**
 * Requirements of a RegisterTaskDefinition input. Tolerant: what is missing or of a wrong type asks for nothing; what a
 * placeholder stands for (`UnknownValue`) asks for the least it can be, and `unknown` has the rest. Never throws.
 */
export function requirementsOf(definition: unknown): Requirements {
  const view = viewDefinition(definition);
  const amounts = { cpu: cpuAmount(view), memory: memoryAmount(view), gpus: gpuAmount(view) };
  const ports = hostPorts(view);
  const unknown = unknownOf(view, amounts, ports);
  return {
    family: asFilledText(member(view.task, "family")),
    cpu: amounts.cpu.least,
    memory: amounts.memory.least,
    ports: ports.known,
    attributes: requiredAttributes(view),
    platform: {
      osFamily: textAt(view.task, "runtimePlatform", "operatingSystemFamily"),
      cpuArchitecture: textAt(view.task, "runtimePlatform", "cpuArchitecture"),
    },
    gpus: amounts.gpus.least,
    enis: view.networkMode === "awsvpc" ? 1 : 0,
    ...(unknown === undefined ? {} : { unknown }),
  };
}

/** The `requiresAttributes` that ECS computes when it registers the definition, in its order: by name. */
export function requiresAttributesOf(definition: unknown): readonly AttributeRequirement[] {
  return requiredAttributes(viewDefinition(definition));
}

function unknownOf(
  view: DefinitionView,
  amounts: Readonly<Record<"cpu" | "memory" | "gpus", Parameters<typeof unknownAmount>[0]>>,
  ports: HostPorts,
): UnknownRequirements | undefined {
  const cpuArchitecture = unknownAt(view.task, "runtimePlatform", "cpuArchitecture");
  const parts = {
    cpu: unknownAmount(amounts.cpu),
    memory: unknownAmount(amounts.memory),
    gpus: unknownAmount(amounts.gpus),
    osFamily: view.unknownOs.length === 0 ? undefined : view.unknownOs,
    cpuArchitecture: cpuArchitecture.length === 0 ? undefined : cpuArchitecture,
    networkMode: view.unknownMode.length === 0 ? undefined : view.unknownMode,
  };
  const attributes = unknownAttributes(view);
  const isKnown =
    attributes.length === 0 &&
    ports.unknown.length === 0 &&
    Object.values(parts).every((it) => it === undefined);
  return isKnown ? undefined : { ...parts, attributes, ports: ports.unknown };
}
