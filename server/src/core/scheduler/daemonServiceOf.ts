// A daemon service from the two inputs that make it: RegisterTaskDefinition and, where there is one, CreateService.

import { requirementsOf } from "../requirements/requirementsOf";
import { asFilledText, asObject, member } from "../text/plainValue";
import { constraintsOf } from "./constraintsOf";
import { serviceLaunchType } from "./launchTypes";
import type { DaemonService } from "./placement";
import { serviceSubnets } from "./serviceSubnets";

/**
 * Reads both as plain values. Without a service (or a name in it) the service is called after the family, as `deploy`
 * does. Never throws.
 */
export function daemonServiceOf(taskDefinition: unknown, service?: unknown): DaemonService {
  const input = asObject(service);
  const requirements = requirementsOf(taskDefinition);
  return {
    name:
      asFilledText(member(input, "serviceName")) ??
      asFilledText(member(input, "service")) ??
      requirements.family ??
      "daemon",
    requirements,
    constraints: constraintsOf(taskDefinition, service),
    launchType: serviceLaunchType(service),
    subnets: serviceSubnets(service),
  };
}
