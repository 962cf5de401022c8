// What a daemon takes of the smallest instance type that its capacity providers admit, where their files are known.

import { type AdmittedType, admittedTypes } from "../../cluster/admittedTypes";
import { plainValue } from "../../resources/documentValue";
import type { Resource } from "../../resources/resource";
import { type TaskDefinitionView, taskDefinitionView } from "../../resources/taskDefinitionView";
import { taskCpuUnits, taskMemoryMiB } from "../../resources/taskSize";
import { at, get, isOpen, isTemplate, keyOf, looseNumberOf, stringOf } from "../../source/tree";
import { asObject } from "../../text/plainValue";
import type { Report, Rule } from "../rule";
import { placeOfMissing } from "../ruleHelpers";
import {
  daemonsOf,
  type ManagedNeighbors,
  providerOf,
  providersOfDaemon,
  shownProvider,
} from "./managedNeighbors";

export const managedSize: Rule = {
  codes: ["size-large", "does-not-fit"],
  check({ document, workspace }, report) {
    const task = taskDefinitionView(document);
    const smallest = smallestType(workspace.managed, document);
    if (!task || !smallest) return;
    for (const size of ["cpu", "memory"] as const) checkSize(task, size, smallest, report);
  },
};

/** From this share on applications notice; the number is ours. */
const largeShare = 0.25;

function checkSize(
  task: TaskDefinitionView,
  size: "cpu" | "memory",
  { type, provider }: SmallestType,
  report: Report,
): void {
  const amount = reservationOf(task, size);
  if (amount === undefined || amount === 0) return;
  const whole = size === "cpu" ? type.vcpus * 1024 : type.memoryGiB * 1024;
  const node = get(task.input, size);
  const place = node ? keyOf(node) : placeOfMissing(task.input);
  const unit = size === "cpu" ? "CPU units" : "MiB";
  const params = { amount: `${amount} ${unit}`, type: type.name, provider };
  if (amount > whole) report("does-not-fit", place, { ...params, whole: `${whole} ${unit}` });
  else if (amount > largeShare * whole)
    report("size-large", place, { ...params, share: Math.round((100 * amount) / whole) });
}

/** The task's size, else the containers' sum; `undefined` where a placeholder decides. */
export function reservationOf(
  { input, containers }: TaskDefinitionView,
  size: "cpu" | "memory",
): number | undefined {
  const own = get(input, size);
  if (own !== undefined) {
    if (isTemplate(own)) return undefined;
    const text = stringOf(own) ?? String(looseNumberOf(own) ?? "");
    return size === "cpu" ? taskCpuUnits(text) : taskMemoryMiB(text);
  }
  if (isOpen(input) || isOpen(get(input, "containerDefinitions"))) return undefined;
  let sum = 0;
  for (const { node } of containers) {
    const value = size === "cpu" ? get(node, "cpu") : (get(node, "memoryReservation") ?? get(node, "memory"));
    if (isOpen(node) || (value && isTemplate(value))) return undefined;
    sum += looseNumberOf(value) ?? 0;
  }
  return sum;
}

interface SmallestType {
  readonly type: AdmittedType["type"];
  readonly provider: string;
}

/** The smallest type of the first provider that says what it admits, all of which can be checked. */
export function smallestType(
  neighbors: ManagedNeighbors | undefined,
  definition: Resource,
): SmallestType | undefined {
  const names = new Set(daemonsOf(neighbors, definition).flatMap((it) => providersOfDaemon(it)));
  for (const provider of names) {
    const file = providerOf(neighbors, provider);
    const node = at(
      file?.input,
      "managedInstancesProvider",
      "instanceLaunchTemplate",
      "instanceRequirements",
    );
    if (!node || isOpen(node)) continue;
    const [smallest] = admittedTypes(asObject(plainValue(node)));
    if (smallest && smallest.unchecked.length === 0)
      return { type: smallest.type, provider: shownProvider(provider) };
  }
  return undefined;
}
