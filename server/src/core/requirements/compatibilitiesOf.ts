// The launch types that ECS finds a task definition fit for, which it answers with a registered definition.

import { asObject, member, type PlainObject } from "../text/plainValue";
import {
  at,
  type DefinitionView,
  hasEntries,
  objectsAt,
  taskSize,
  textAt,
  viewDefinition,
} from "./definitionView";

/** `compatibilities` as DescribeTaskDefinition prints it, from a RegisterTaskDefinition input. Never throws. */
export function compatibilitiesOf(definition: unknown): readonly string[] {
  const view = viewDefinition(definition);
  const asked = Array.isArray(member(view.task, "requiresCompatibilities"))
    ? (member(view.task, "requiresCompatibilities") as readonly unknown[])
    : [];
  return [
    ...(fitsExternal(view) ? ["EXTERNAL"] : []),
    "EC2",
    ...(fitsFargate(view) ? ["FARGATE"] : []),
    // ECS does not say what it checks for Managed Instances; a definition that asks for it was registered with it.
    ...(asked.includes("MANAGED_INSTANCES") ? ["MANAGED_INSTANCES"] : []),
  ];
}

/** ECS Anywhere has no network interfaces for tasks, no EFS and no App Mesh. */
function fitsExternal(view: DefinitionView): boolean {
  return (
    view.networkMode !== "awsvpc" &&
    asObject(member(view.task, "proxyConfiguration")) === undefined &&
    !view.volumes.some((it) => asObject(member(it, "efsVolumeConfiguration")) !== undefined)
  );
}

/** MiB that Fargate offers for a task's CPU units: from, to, in steps of. */
const fargateMemory: ReadonlyMap<number, readonly [from: number, to: number, step: number]> = new Map([
  [256, [512, 2048, 512]],
  [512, [1024, 4096, 1024]],
  [1024, [2048, 8192, 1024]],
  [2048, [4096, 16_384, 1024]],
  [4096, [8192, 30_720, 1024]],
  [8192, [16_384, 61_440, 4096]],
  [16_384, [32_768, 122_880, 8192]],
]);

function fitsFargate(view: DefinitionView): boolean {
  return (
    view.networkMode === "awsvpc" &&
    hasFargateSize(view) &&
    !hasEntries(member(view.task, "placementConstraints")) &&
    textAt(view.task, "ipcMode") === undefined &&
    textAt(view.task, "pidMode") !== "host" &&
    view.containers.every(fitsFargateContainer) &&
    view.volumes.every(fitsFargateVolume)
  );
}

function hasFargateSize(view: DefinitionView): boolean {
  const cpu = taskSize(member(view.task, "cpu"), "vCPU");
  const memory = taskSize(member(view.task, "memory"), "GB");
  const range = fargateMemory.get(cpu ?? -1);
  if (range === undefined || memory === undefined) return false;
  // The smallest size jumps from 512 to 1024 and then goes on in whole gibibytes.
  const [from, to, step] = range;
  if (cpu === 256) return [512, 1024, 2048].includes(memory);
  return memory >= from && memory <= to && memory % step === 0;
}

const fargateDrivers = new Set(["awslogs", "splunk", "awsfirelens"]);

function fitsFargateContainer(container: PlainObject): boolean {
  const driver = textAt(container, "logConfiguration", "logDriver");
  const linux = at(container, "linuxParameters");
  const added = at(linux, "capabilities", "add");
  return (
    member(container, "privileged") !== true &&
    !hasEntries(member(container, "dockerSecurityOptions")) &&
    (driver === undefined || fargateDrivers.has(driver)) &&
    !hasEntries(at(linux, "devices")) &&
    ["sharedMemorySize", "maxSwap", "swappiness"].every(
      (name) => (at(linux, name) ?? undefined) === undefined,
    ) &&
    (!Array.isArray(added) || added.every((it) => it === "SYS_PTRACE")) &&
    !objectsAt(container, "resourceRequirements").some((it) => textAt(it, "type") === "GPU")
  );
}

function fitsFargateVolume(volume: PlainObject): boolean {
  return (
    textAt(volume, "host", "sourcePath") === undefined &&
    asObject(member(volume, "dockerVolumeConfiguration")) === undefined
  );
}
