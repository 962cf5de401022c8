// Where an application's task runs on Managed Instances: on an instance that has room, or on a new one of the smallest
// type that the capacity provider admits and that has.

import { admittedTypes } from "../../../core/cluster/admittedTypes";
import type { ContainerInstance } from "../../../core/cluster/containerInstance";
import { knownSubnets } from "../../../core/cluster/knownSubnets";
import type { PreparedDaemon } from "../../../core/scheduler/preparedDaemon";
import { isObject, member } from "../../request/input";
import { viewInstance } from "../../state/instanceView";
import type { CapacityProviderRecord } from "../../state/managedRecords";
import type { World } from "../../state/world";
import { typesAreChosenWithoutDaemons } from "../faults";
import { type Refusal, refusal } from "../placementNeed";
import { reservationOf } from "./daemonTasks";
import { launchInstance, newInstance } from "./launchInstance";
import { daemonTaskOn, instancesOfProvider, isCritical, type ManagedInstance } from "./managedInstances";

const noSubnets = knownSubnets([]);

/** The instance that the task goes to, or what refuses every type of instance that could be launched. */
export type Placed =
  | { readonly instance: ManagedInstance; readonly refused?: undefined }
  | { readonly instance?: undefined; readonly refused: Refusal | "types" };

/** `need` without subnets: those of Managed Instances are their capacity provider's. */
export function placeOnProvider(
  world: World,
  provider: CapacityProviderRecord,
  need: PreparedDaemon,
): Placed {
  const present = instancesOfProvider(world, provider.name).filter((it) => hasRoom(world, it, need));
  const best = present.toSorted((a, b) => rank(world, a) - rank(world, b))[0];
  if (best !== undefined) return { instance: best };
  let refused: Refusal | "types" = "types";
  for (const instanceType of admittedNames(provider)) {
    const candidate = newInstance(world, { provider, instanceType });
    const filter = refusal(need, reserved(world, candidate, viewInstance(candidate, [])), noSubnets);
    if (filter === undefined) return { instance: launchInstance(world, { provider, instanceType }) };
    refused = filter;
  }
  return { refused };
}

/** Full instances first, so that the others may become idle; those on their way last. */
function rank(world: World, instance: ManagedInstance): number {
  const isOnTheWay = instance.status === "REGISTERING" ? 1e9 : 0;
  return isOnTheWay + (world.view(instance.id)?.remaining.memory ?? 0);
}

function hasRoom(world: World, instance: ManagedInstance, need: PreparedDaemon): boolean {
  if (instance.status !== "ACTIVE" && instance.status !== "REGISTERING") return false;
  const view = world.view(instance.id);
  return view !== undefined && refusal(need, reserved(world, instance, view), noSubnets) === undefined;
}

/**
 * The instance as its capacity provider's tasks see it: ACTIVE, and its daemons, which start before anything else, have what
 * they reserve.
 */
function reserved(world: World, instance: ManagedInstance, view: ContainerInstance): ContainerInstance {
  const { isManagedInstance: _, ...own } = view;
  if (instance.status === "ACTIVE") return own;
  const isNew = world.instances.get(instance.id) === undefined;
  const daemons = isNew && typesAreChosenWithoutDaemons(world) ? [] : instance.managed.daemons;
  let { cpu, memory } = view.remaining;
  for (const it of daemons) {
    if (daemonTaskOn(world, instance.id, it.daemon) !== undefined) continue;
    // A daemon that is not critical and has failed stays away.
    if (!isCritical(world, it) && (it.failures ?? 0) > 0) continue;
    const revision = world.daemonRevisions.get(it.revision);
    if (revision === undefined) continue;
    const need = reservationOf(world, revision);
    cpu -= need.cpu;
    memory -= need.memory;
  }
  return { ...own, status: "ACTIVE", remaining: { ...view.remaining, cpu, memory } };
}

/** The types of our table that the capacity provider admits, smallest first. */
export function admittedNames({ provider }: CapacityProviderRecord): readonly string[] {
  const template = member(provider, "instanceLaunchTemplate");
  const requirements = isObject(template) ? member(template, "instanceRequirements") : undefined;
  return admittedTypes(isObject(requirements) ? requirements : undefined).map((it) => it.type.name);
}
