// The subnets of a service: in awsvpc mode they decide in which Availability Zones and VPC its tasks can run.

import { asFilledText, asList, asObject, member } from "../text/plainValue";
import { unknownAt } from "../text/unknownValue";

export interface ServiceSubnets {
  readonly ids: readonly string[];
  /** Placeholders that stand for subnets, as written. */
  readonly unknown: readonly string[];
}

const path = ["networkConfiguration", "awsvpcConfiguration", "subnets"] as const;

/** Reads a CreateService, UpdateService or RunTask input (plain values); `undefined` where it names no subnets. */
export function serviceSubnets(service: unknown): ServiceSubnets | undefined {
  const configuration = path.slice(0, -1).reduce<unknown>((it, name) => member(asObject(it), name), service);
  const list = asList(member(asObject(configuration), "subnets")) ?? [];
  const ids = list.map(asFilledText).filter((it) => it !== undefined);
  const unknown = unknownAt(service, ...path);
  return ids.length + unknown.length === 0 ? undefined : { ids, unknown };
}
