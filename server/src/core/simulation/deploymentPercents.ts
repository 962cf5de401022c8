// How far an update of a service may go down, as its input says it.

import { asNumber, asObject, member } from "../text/plainValue";

/**
 * `deploymentConfiguration.minimumHealthyPercent` of a CreateService input; for a daemon service 0 where it is absent
 * (the API's default; the console writes 50) or nothing that ECS would accept. `from` tells which of the two.
 */
export function minimumHealthyPercentOf(service: unknown): {
  readonly percent: number;
  readonly from: "service" | "default";
} {
  const configuration = asObject(member(asObject(service), "deploymentConfiguration"));
  const percent = asNumber(member(configuration, "minimumHealthyPercent"));
  return percent !== undefined && Number.isInteger(percent) && percent >= 0 && percent <= 100
    ? { percent, from: "service" }
    : { percent: 0, from: "default" };
}
