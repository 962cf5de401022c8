// A task in awsvpc mode gets its network interface in one of the service's subnets, so that it runs only on instances in
// their Availability Zones and their VPC. The zone of a subnet is known from the instances that are in it.

import { type KnownSubnet, knownSubnets } from "../../cluster/knownSubnets";
import type { Reason } from "../placement";
import type { ServiceSubnets } from "../serviceSubnets";
import { accepted, type Filter, type FilterContext } from "./filter";
import { listed, notKnown, unknownReason } from "./unknownReason";

export const subnets: Filter = {
  name: "subnets",
  check: (context) => {
    const { requirements, subnets: asked } = context.daemon.service;
    const mode = requirements.unknown?.networkMode;
    if (asked === undefined || (requirements.enis === 0 && mode === undefined)) return accepted;
    const reason = reasonOf(context, asked);
    if (reason === undefined) return accepted;
    if (mode === undefined || reason.unknown === true) return [reason];
    return [unknownReason("subnets", mode, { sentence: `In network mode awsvpc: ${reason.message}` })];
  },
};

function reasonOf({ instance, known, free }: FilterContext, asked: ServiceSubnets): Reason | undefined {
  const zone = instance.attributes.get("ecs.availability-zone");
  const vpc = instance.attributes.get("ecs.vpc-id");
  const subnetsKnown = known ?? knownSubnets([instance]);
  const found = asked.ids.map((id) => ({ id, subnet: subnetsKnown.get(id) }));
  const vpcs = new Set(found.map((it) => it.subnet?.vpc).filter((it) => it !== undefined));
  // All subnets of a service are in one VPC, so that one of them tells the VPC of all.
  if (vpc !== undefined && vpcs.size > 0 && !vpcs.has(vpc))
    return blocked(
      `The instance is in ${vpc}, and the service's subnets are in ${listed([...vpcs])}.`,
      asked,
      vpc,
    );
  if (found.some(({ subnet }) => isHere(subnet, zone, vpc))) return undefined;
  if (asked.unknown.length > 0)
    return unknownReason(
      "subnets",
      asked.unknown,
      zone === undefined ? "" : { sentence: `The instance is in ${zone}.` },
    );
  const open = found.filter(({ subnet }) => mayBeHere(subnet, zone, vpc)).map((it) => it.id);
  // A task of the service that runs here has its network interface in one of them.
  const proven = free.givenBack.some((it) => it.lastStatus === "RUNNING");
  if (open.length > 0) return proven ? undefined : unknownZone(open, zone);
  const zones = [...new Set(found.map((it) => it.subnet?.zone).filter((it) => it !== undefined))];
  return blocked(
    `The instance is in ${zone}, and none of the service's subnets is: they are in ${listed(zones)}.`,
    asked,
    zone,
  );
}

/** Surely: nothing of the subnet and of the instance is open. A cluster without VPCs has one. */
function isHere(subnet: KnownSubnet | undefined, zone: string | undefined, vpc: string | undefined): boolean {
  if (subnet?.zone === undefined || zone === undefined) return false;
  return subnet.zone === zone && (subnet.vpc === undefined || vpc === undefined || subnet.vpc === vpc);
}

function mayBeHere(
  subnet: KnownSubnet | undefined,
  zone: string | undefined,
  vpc: string | undefined,
): boolean {
  if (subnet === undefined) return true;
  if (subnet.vpc !== undefined && vpc !== undefined && subnet.vpc !== vpc) return false;
  return subnet.zone === undefined || zone === undefined;
}

function unknownZone(ids: readonly string[], zone: string | undefined): Reason {
  const noInstance = `${notKnown(
    ids.map((it) => `The Availability Zone of ${it}`),
    false,
  )}: no container instance is in it.`;
  return {
    filter: "subnets",
    code: "unknown-subnet",
    message:
      zone === undefined
        ? "The instance reports no Availability Zone."
        : `${noInstance} The instance is in ${zone}.`,
    requested: listed(ids),
    ...(zone === undefined ? {} : { available: zone }),
    unknown: true,
  };
}

function blocked(message: string, asked: ServiceSubnets, available: string | undefined): Reason {
  return {
    filter: "subnets",
    code: "other-subnets",
    message,
    requested: listed(asked.ids),
    ...(available === undefined ? {} : { available }),
    remedy: `Add a subnet of ${available ?? "the instance's Availability Zone"} to the service, or select other instances.`,
  };
}
