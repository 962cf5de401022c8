// How much CPU, memory and how many GPUs one task reserves: an exact amount, or a range where a placeholder decides.

import { asList, member, type PlainObject } from "../text/plainValue";
import { openingOf, UnknownValue, unknownAt } from "../text/unknownValue";
import { containerSize, type DefinitionView, taskSize, textAt } from "./definitionView";
import type { UnknownAmount } from "./requirements";

export interface Amount {
  readonly least: number;
  /** `Infinity` where it can be anything. */
  readonly most: number;
  /** The placeholders that decide. */
  readonly values: readonly string[];
}

const nothing: Amount = { least: 0, most: 0, values: [] };
const exactly = (amount: number): Amount => ({ least: amount, most: amount, values: [] });
const anything = (values: readonly string[]): Amount => ({
  least: 0,
  most: Number.POSITIVE_INFINITY,
  values,
});

function plus(left: Amount, right: Amount): Amount {
  return {
    least: left.least + right.least,
    most: left.most + right.most,
    values: union(left.values, right.values),
  };
}

/** More than a message names; a hostile definition has a placeholder in each of very many containers. */
const mostValues = 10;

function union(...lists: readonly (readonly string[])[]): readonly string[] {
  return [...new Set(lists.flat())].slice(0, mostValues);
}

/** One of the two, depending on a placeholder. */
function either(left: Amount, right: Amount, values: readonly string[]): Amount {
  return {
    least: Math.min(left.least, right.least),
    most: Math.max(left.most, right.most),
    values: union(values, left.values, right.values),
  };
}

/** As the requirements carry it: `undefined` where the amount is exact. */
export function unknownAmount({ least, most, values }: Amount): UnknownAmount | undefined {
  if (least === most) return undefined;
  return { values, most: most === Number.POSITIVE_INFINITY ? undefined : most };
}

/** CPU units. Windows ignores the sizes of the task and goes by its containers. */
export function cpuAmount(view: DefinitionView): Amount {
  const containers = containersAmount(view, (it) => sizeOf(it, "cpu") ?? nothing);
  return taskAmount(view, "cpu", "vCPU", containers);
}

/** MiB. ECS places by the reservation where there is one, else by the limit. */
export function memoryAmount(view: DefinitionView): Amount {
  const containers = containersAmount(
    view,
    (it) => sizeOf(it, "memoryReservation") ?? sizeOf(it, "memory") ?? nothing,
  );
  return taskAmount(view, "memory", "GB", containers);
}

function taskAmount(
  view: DefinitionView,
  name: "cpu" | "memory",
  unit: "vCPU" | "GB",
  containers: Amount,
): Amount {
  if (view.windows) return containers;
  const values = unknownAt(view.task, name);
  const size = taskSize(member(view.task, name), unit);
  const task = values.length > 0 ? anything(values) : size === undefined ? containers : exactly(size);
  return view.unknownOs.length === 0 ? task : either(task, containers, view.unknownOs);
}

/** The sum over the containers; a list of containers that may get more can be anything above. */
function containersAmount(view: DefinitionView, amountOf: (container: PlainObject) => Amount): Amount {
  const known = view.containers.map(amountOf).reduce(plus, nothing);
  return view.unknownContainers.length === 0 ? known : plus(known, anything(view.unknownContainers));
}

/** `undefined` where the container does not have the member, for sure. */
function sizeOf(container: PlainObject, name: string): Amount | undefined {
  const values = unknownAt(container, name);
  if (values.length > 0) return anything(values);
  const size = containerSize(member(container, name));
  return size === undefined ? undefined : exactly(size);
}

/** GPUs come as text: `"2"`, or `ALL`, of which at least one has to be there. */
export function gpuAmount(view: DefinitionView): Amount {
  return containersAmount(view, (container) => {
    const list = member(container, "resourceRequirements");
    if (asList(list) === undefined) {
      const values = unknownAt(container, "resourceRequirements");
      return values.length > 0 ? anything(values) : nothing;
    }
    const opening = openingOf(list);
    const known = (asList(list) ?? []).map(gpusOfItem).reduce(plus, nothing);
    return opening === undefined ? known : plus(known, anything(unknownAt([list])));
  });
}

function gpusOfItem(item: unknown): Amount {
  if (item instanceof UnknownValue) return anything(unknownAt(item));
  const type = unknownAt(item, "type");
  if (type.length === 0 && textAt(item, "type") !== "GPU") return nothing;
  const value = unknownAt(item, "value");
  const amount = value.length > 0 ? anything(value) : exactly(gpuCount(textAt(item, "value") ?? ""));
  return type.length > 0 ? either(nothing, amount, type) : amount;
}

function gpuCount(text: string): number {
  if (text === "ALL") return 1;
  return /^\d{1,4}$/.test(text) ? Number(text) : 0;
}
