// Inlay hints in the files of managed daemons: the share of the smallest instance type, instances of a capacity provider,
// how many are replaced at a time.

import type { ContainerInstance } from "../../cluster/containerInstance";
import type { Resource } from "../../resources/resource";
import { type TaskDefinitionView, taskDefinitionView } from "../../resources/taskDefinitionView";
import {
  daemonsOf,
  type ManagedNeighbors,
  providerKey,
  providersOfDaemon,
} from "../../rules/managed/managedNeighbors";
import { reservationOf, smallestType } from "../../rules/managed/sizeRules";
import { at, get, items, type JsonNode, looseNumberOf } from "../../source/tree";
import { counted, countText } from "../../text/counts";

export interface ManagedHint {
  /** Behind this offset. */
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
}

/** `instances`: of the cluster that is chosen; absent where there is none. */
export function managedHints(
  document: Resource,
  neighbors: ManagedNeighbors,
  instances: readonly ContainerInstance[] | undefined,
): readonly ManagedHint[] {
  if (document.input?.type !== "object") return [];
  if (document.operation === "registerDaemonTaskDefinition")
    return shareHints(document, neighbors, instances ?? []);
  if (document.operation !== "createDaemon" && document.operation !== "updateDaemon") return [];
  return instances === undefined ? [] : providerHints(document, instances);
}

/** CPU units and MiB of an instance type, or of the smallest instance that there is. */
interface Smallest {
  readonly name: string;
  readonly cpu: number;
  readonly memory: number;
  readonly about: string;
}

function shareHints(
  document: Resource,
  neighbors: ManagedNeighbors,
  instances: readonly ContainerInstance[],
): readonly ManagedHint[] {
  const task = taskDefinitionView(document);
  const smallest = smallestOf(document, neighbors, instances);
  if (task === undefined || smallest === undefined) return [];
  return (["cpu", "memory"] as const).flatMap((size) => shareHint(task, size, smallest) ?? []);
}

function shareHint(
  task: TaskDefinitionView,
  size: "cpu" | "memory",
  { name, about, ...whole }: Smallest,
): ManagedHint | undefined {
  const amount = reservationOf(task, size);
  const node = get(task.input, size);
  if (amount === undefined || amount === 0 || node === undefined || whole[size] === 0) return undefined;
  const share = Math.round((1000 * amount) / whole[size]) / 10;
  return {
    offset: endOf(node),
    label: `${share} % of ${name} (smallest)`,
    tooltip: about,
  };
}

/** The smallest type that the capacity providers' files admit, else the smallest of the cluster's own instances. */
function smallestOf(
  document: Resource,
  neighbors: ManagedNeighbors,
  instances: readonly ContainerInstance[],
): Smallest | undefined {
  const admitted = smallestType(neighbors, document);
  if (admitted !== undefined) {
    const { name, vcpus, memoryGiB } = admitted.type;
    const about = `The smallest instance type that the capacity provider ${admitted.provider} admits, by what it is sold as.`;
    return { name, cpu: vcpus * 1024, memory: memoryGiB * 1024, about };
  }
  const names = new Set(daemonsOf(neighbors, document).flatMap((it) => providersOfDaemon(it)));
  const own = instances.filter((it) => names.has(it.capacityProvider ?? "") && typeOf(it) !== undefined);
  const [least] = [...own].sort(
    (a, b) => a.registered.memory - b.registered.memory || a.registered.cpu - b.registered.cpu,
  );
  if (least === undefined || least.unknownResources !== undefined) return undefined;
  const { cpu, memory } = least.registered;
  const about = "The smallest instance of the daemon's capacity providers, by what it registered.";
  return { name: typeOf(least) ?? "", cpu, memory, about };
}

const typeOf = ({ attributes }: ContainerInstance): string | undefined => attributes.get("ecs.instance-type");

const endOf = ({ offset, length }: JsonNode): number => offset + length;

function providerHints(document: Resource, instances: readonly ContainerInstance[]): readonly ManagedHint[] {
  const { input } = document;
  const nodes = items(get(input, "capacityProviderArns"));
  const found = nodes.flatMap((node) => {
    const name = providerKey(node, document);
    const own = instances.filter((it) => it.capacityProvider === name && it.status === "ACTIVE");
    return name === undefined || own.length === 0 ? [] : [{ node, own }];
  });
  const hints = found.map(({ node, own }): ManagedHint => {
    const types = new Set(own.flatMap((it) => typeOf(it) ?? []));
    const kinds = types.size === 0 ? "" : `, ${counted(types.size, "type")}`;
    return {
      offset: endOf(node),
      label: `${counted(own.length, "instance")}${kinds}`,
      tooltip: `Active instances of the capacity provider${types.size === 0 ? "" : `: ${[...types].sort().join(", ")}`}.`,
    };
  });
  const count = found.reduce((sum, it) => sum + it.own.length, 0);
  // One that is not known has instances that nobody counts here.
  return count === 0 || found.length < nodes.length ? hints : [...hints, ...drainHint(input, count)];
}

function drainHint(input: JsonNode | undefined, count: number): readonly ManagedHint[] {
  const node = at(input, "deploymentConfiguration", "drainPercent");
  const percent = looseNumberOf(node);
  if (node === undefined || percent === undefined || percent <= 0 || percent > 100) return [];
  const share = (count * percent) / 100;
  const [floor, ceiling] = [Math.floor(share), Math.ceil(share)];
  const some = floor === ceiling ? countText(floor) : `${countText(floor)} or ${countText(ceiling)}`;
  return [
    {
      offset: endOf(node),
      label: `≈ ${some} of ${countText(count)} at a time`,
      tooltip: "Instances that are drained and replaced together. How ECS rounds is not documented.",
    },
  ];
}
