// Hover in task definitions and services: what a member means, what a number amounts to, what a name refers to.

import { ordinaryShape } from "../api/apiModel";
import { requirementsOf } from "../requirements/requirementsOf";
import { documentValue } from "../resources/documentValue";
import { isTaskDefinition } from "../resources/kinds/registry";
import type { Resource } from "../resources/resource";
import { taskCpuUnits, taskMemoryMiB } from "../resources/taskSize";
import { nodeAtOffset } from "../source/node";
import { type JsonNode, looseNumberOf, spanOf, stringOf } from "../source/tree";
import { cpuText, memoryText } from "../text/counts";
import type { HoverText } from "./expressions/queryHover";
import { hoverOfMember } from "./fieldHelp";
import { inputLocation } from "./inputLocation";

/** `undefined` where there is nothing to say. Expressions have a hover of their own. */
export function hoverInput(document: Resource, offset: number): HoverText | undefined {
  const node = nodeAtOffset(document.source.root, offset);
  if (node === undefined || node.type === "object" || node.type === "array") return undefined;
  const place = inputLocation(document, offset);
  if (place === undefined) return undefined;
  const help = hoverOfMember(place.owner, place.member);
  if (help === undefined) return undefined;
  const parts = [
    help,
    sizeOf(place.owner, place.member, valueBeside(node)),
    totalOf(document, place.owner, place.member),
  ];
  return { text: parts.filter((it) => it !== undefined).join("\n\n"), span: spanOf(node) };
}

/** The value of the member whose name or value the node is. */
function valueBeside(node: JsonNode): JsonNode | undefined {
  const property = node.parent?.type === "property" ? node.parent : undefined;
  return property?.children?.[0] === node ? property.children[1] : node;
}

const mebibytes = new Set([
  "RegisterTaskDefinitionRequest.memory",
  "ContainerDefinition.memory",
  "ContainerDefinition.memoryReservation",
  "LinuxParameters.sharedMemorySize",
  "LinuxParameters.maxSwap",
  "Tmpfs.size",
  "FleetGroup.memory",
]);
const cpuUnits = new Set(["RegisterTaskDefinitionRequest.cpu", "ContainerDefinition.cpu", "FleetGroup.cpu"]);

/** "512 MiB = 0.5 GiB", "256 CPU units = 0.25 vCPU"; also of a task's "1 GB" and "1 vCPU". */
function sizeOf(owner: string, member: string, value: JsonNode | undefined): string | undefined {
  const text = stringOf(value) ?? String(looseNumberOf(value) ?? "");
  const key = `${ordinaryShape(owner)}.${member}`;
  const isMemory = mebibytes.has(key);
  if (!isMemory && !cpuUnits.has(key)) return undefined;
  const number = isMemory ? taskMemoryMiB(text) : taskCpuUnits(text);
  if (number === undefined) return undefined;
  const share = Number((number / 1024).toPrecision(3));
  return isMemory ? `${memoryText(number)} = ${share} GiB` : `${cpuText(number)} = ${share} vCPU`;
}

/** What one task takes of each instance it lands on. */
function totalOf(document: Resource, owner: string, member: string): string | undefined {
  const wanted = ["cpu", "memory", "memoryReservation", "containerDefinitions", "family"];
  if (!isTaskDefinition(document) || !wanted.includes(member)) return undefined;
  if (owner !== "ContainerDefinition" && owner !== "RegisterTaskDefinitionRequest") return undefined;
  const { cpu, memory, ports, unknown } = requirementsOf(documentValue(document));
  const least = unknown?.cpu === undefined && unknown?.memory === undefined ? "" : "at least ";
  const taken = ports.map((it) => `${it.port}/${it.protocol}`);
  const portText = taken.length === 0 ? "" : `, host ports ${taken.join(", ")}`;
  return `On every instance a task takes ${least}${cpuText(cpu)}, ${memoryText(memory)}${portText}.`;
}
