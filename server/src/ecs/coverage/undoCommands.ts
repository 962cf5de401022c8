// AWS CLI commands that undo what make-room changes, for whoever is interrupted in between: the same target, one command.

import { posixCommand, targetWords } from "../deploy/awsCliCommands";
import type { EcsTarget, ServiceState } from "../port";

/** Lets a container instance take tasks again. */
export function activateCommand(cluster: string, instance: string, target: EcsTarget): string {
  return posixCommand([
    ...["aws", "ecs", "update-container-instances-state", "--cluster", cluster],
    ...["--container-instances", instance, "--status", "ACTIVE"],
    ...targetWords(target),
  ]);
}

/** Gives a service the placement constraints that it had. */
export function untieCommand(
  cluster: string,
  { name, placementConstraints }: Pick<ServiceState, "name" | "placementConstraints">,
  target: EcsTarget,
): string {
  return posixCommand([
    ...["aws", "ecs", "update-service", "--cluster", cluster, "--service", name],
    ...["--placement-constraints", JSON.stringify(placementConstraints)],
    ...targetWords(target),
  ]);
}
