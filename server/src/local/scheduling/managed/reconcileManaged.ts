// Brings the Managed Instances and the managed daemons of clusters up to date.

import type { World } from "../../state/world";
import { daemonsOfCluster, keyOfDaemon, stepDeployment } from "./daemonDeployments";
import { instancesOfProvider, managedInstancesOf } from "./managedInstances";
import { stepInstance } from "./stepInstance";

/** Answers whether a deployment replaced instances, which is progress that comes to an end. */
export function reconcileManaged(world: World, clusters: ReadonlySet<string>): boolean {
  let progressed = false;
  for (const cluster of clusters) {
    for (const it of managedInstancesOf(world, cluster)) stepInstance(world, it.id);
    for (const it of daemonsOfCluster(world, cluster))
      progressed = stepDeployment(world, keyOfDaemon(it)) || progressed;
    removeProviders(world, cluster);
  }
  return progressed;
}

/** A capacity provider that is being deleted is gone with its last instance. */
function removeProviders(world: World, cluster: string): void {
  for (const it of [...world.capacityProviders.values()]) {
    if (it.cluster !== cluster || it.status !== "DEPROVISIONING") continue;
    if (instancesOfProvider(world, it.name).length > 0) continue;
    world.capacityProviders.put(it.name, { ...it, status: "INACTIVE", updateStatus: "DELETE_COMPLETE" });
  }
}
