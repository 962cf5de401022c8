// Managed Instances by hand: EcsDaemonLocal.AddContainerInstances with a capacity provider.

import { instanceTypes, registeredMemory } from "../../../core/cluster/instanceTypes";
import { clientException, invalidParameter } from "../../errors";
import { findCapacityProvider } from "../../request/findManaged";
import { reservationOf } from "../../scheduling/managed/daemonTasks";
import { daemonsFor, launchInstance } from "../../scheduling/managed/launchInstance";
import { admittedNames } from "../../scheduling/managed/managedPlacement";
import type { CapacityProviderRecord } from "../../state/managedRecords";
import { rowsOf, type World } from "../../state/world";

/** Answers the ids. Without a type the smallest admitted one that has room for the daemons. */
export function addManagedInstances(
  world: World,
  cluster: string,
  addition: { readonly provider: string; readonly count: number; readonly instanceType: string | undefined },
): readonly string[] {
  const { count } = addition;
  if (count < 1 || count > 10_000) throw invalidParameter("count must be between 1 and 10000.");
  const provider = findCapacityProvider(world, addition.provider);
  if (provider?.status !== "ACTIVE" || provider.cluster !== cluster)
    throw clientException(`The cluster has no active capacity provider '${addition.provider}'.`);
  const instanceType = addition.instanceType ?? usualType(world, provider);
  if (instanceType === undefined || !admittedNames(provider).includes(instanceType))
    throw invalidParameter(
      instanceType === undefined
        ? "The capacity provider admits no instance type that the local endpoint knows."
        : `The capacity provider does not admit the instance type ${instanceType}.`,
    );
  return Array.from(
    { length: count },
    () => launchInstance(world, { provider, instanceType, isPinned: true }).id,
  );
}

function usualType(world: World, provider: CapacityProviderRecord): string | undefined {
  const names = admittedNames(provider);
  const revisions = rowsOf(
    world.daemonRevisions,
    daemonsFor(world, provider).map((it) => it.revision),
  ).map((it) => reservationOf(world, it));
  const cpu = revisions.reduce((sum, it) => sum + it.cpu, 0);
  const memory = revisions.reduce((sum, it) => sum + it.memory, 0);
  const fits = names.find((it) => {
    const type = instanceTypes.get(it);
    return type !== undefined && type.vcpus * 1024 >= cpu && registeredMemory(type.memoryGiB) >= memory;
  });
  return fits ?? names[0];
}
