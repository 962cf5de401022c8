// The elastic network interface that a task in awsvpc mode has of its own.

import { newEni } from "../ids";
import { isObject } from "../request/input";
import type { NetworkInterfaceRecord } from "../state/records";
import type { StartedDefinition } from "./newTask";

/** The subnets in a `networkConfiguration`; none where it has none. */
export function subnetsIn(networkConfiguration: unknown): readonly string[] {
  const vpc = isObject(networkConfiguration) ? networkConfiguration.awsvpcConfiguration : undefined;
  const subnets = isObject(vpc) ? vpc.subnets : undefined;
  return Array.isArray(subnets) ? subnets.filter((it) => typeof it === "string") : [];
}

/** The interface of a task of the definition, in the first of the subnets; `undefined` in other network modes. */
export function newNetworkInterface(
  { definition }: StartedDefinition,
  subnets: readonly string[],
): NetworkInterfaceRecord | undefined {
  if (definition.networkMode !== "awsvpc") return undefined;
  const [subnet] = subnets;
  return { ...newEni(), ...(subnet === undefined ? {} : { subnet }) };
}
