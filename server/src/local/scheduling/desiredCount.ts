import type { ServiceRecord } from "../state/records";
import { keyOfService, type World } from "../state/world";

/** How many tasks a service wants: what was asked for, or one for every instance that a daemon service wants to be on. */
export function desiredCountOf(world: World, service: ServiceRecord): number {
  if (service.status !== "ACTIVE") return 0;
  if (service.schedulingStrategy === "REPLICA") return service.desiredCount;
  return world.wanted.get(keyOfService(service))?.size ?? 0;
}
