// Fixed host ports: two tasks on one instance cannot have the same one.

import { reservedTcpPorts } from "../../cluster/reservedPorts";
import type { PortRequirement } from "../../requirements/requirements";
import type { Reason } from "../placement";
import type { Filter, FilterContext } from "./filter";

export const ports: Filter = {
  name: "ports",
  title: "Host ports",
  check: (context) =>
    context.daemon.service.requirements.ports
      .filter((it) => used(context, it.protocol).has(it.port))
      .map((it) => portReason(context, it)),
};

function used({ free }: FilterContext, protocol: PortRequirement["protocol"]): ReadonlySet<number> {
  return protocol === "udp" ? free.remaining.usedUdpPorts : free.remaining.usedTcpPorts;
}

function portReason(context: FilterContext, { port, protocol, container }: PortRequirement): Reason {
  const name = `${port}/${protocol}`;
  const holder = holderOf(context, port, protocol);
  return {
    filter: "ports",
    code: "port-in-use",
    message: `Container ${container} needs host port ${name}, which ${holder}.`,
    requested: name,
    remedy: portRemedy(nextFreePort(context, port, protocol), protocol),
  };
}

/** What keeps the port, to follow its name: "is held by task … of service:web". */
export function holderOf({ instance, free }: FilterContext, port: number, protocol: "tcp" | "udp"): string {
  const holder = (instance.tasks ?? []).find(
    (it) =>
      !free.givenBack.includes(it) &&
      it.lastStatus !== "STOPPED" &&
      it.ports.some((held) => held.port === port && held.protocol === protocol),
  );
  if (holder !== undefined) {
    const id = holder.arn.slice(holder.arn.lastIndexOf("/") + 1);
    return `is held by task ${id}${holder.group === undefined ? "" : ` of ${holder.group}`}`;
  }
  return protocol === "tcp" && reservedTcpPorts(osFamilyOf(instance)).has(port)
    ? "the instance reserves for its system and the container agent"
    : "is in use on the instance";
}

function osFamilyOf({ attributes }: FilterContext["instance"]): string {
  return attributes.get("ecs.os-family") ?? attributes.get("ecs.os-type") ?? "";
}

function portRemedy(free: number | undefined, protocol: "tcp" | "udp"): string {
  return free === undefined
    ? "Use another host port."
    : `Use another host port; ${free}/${protocol} is free here.`;
}

/** Ports above are handed out by the system of the instance (the ephemeral range). */
const lastFixedPort = 32_767;

/**
 * The nearest higher port, else the nearest lower one above 1023, that the instance neither uses nor reserves and the
 * task does not ask for; `undefined` where there is none.
 */
export function nextFreePort(
  context: FilterContext,
  port: number,
  protocol: "tcp" | "udp",
): number | undefined {
  const taken = used(context, protocol);
  const reserved = reservedTcpPorts(osFamilyOf(context.instance));
  const asked = context.daemon.service.requirements.ports
    .filter((it) => it.protocol === protocol)
    .map((it) => it.port);
  const isFree = (it: number) =>
    !taken.has(it) && !asked.includes(it) && !(protocol === "tcp" && reserved.has(it));
  for (let it = port + 1; it <= lastFixedPort; it += 1) if (isFree(it)) return it;
  for (let it = Math.min(port, lastFixedPort); it > 1023; it -= 1) if (isFree(it)) return it;
  return undefined;
}
