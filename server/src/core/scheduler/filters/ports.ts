// Fixed host ports: two tasks on one instance cannot have the same one.

import { reservedTcpPorts } from "../../cluster/reservedPorts";
import type { PortRequirement, UnknownPort } from "../../requirements/requirements";
import { counted } from "../../text/counts";
import { largestOf } from "../../text/lists";
import type { Reason } from "../placement";
import { accepted, type Filter, type FilterContext } from "./filter";
import { unknownReason, unreadableReason } from "./unknownReason";

export const ports: Filter = {
  name: "ports",
  check: (context) => {
    const { ports: asked, unknown } = context.daemon.service.requirements;
    const isUnreadable = context.instance.unreadableLists?.includes("ports") === true;
    const isAsking = asked.length > 0 || unknown?.ports !== undefined;
    if (!isAsking) return accepted;
    // Done together, the remedies must not propose the same port twice.
    const proposed = new Set<string>();
    return [
      ...(isUnreadable ? [unreadableReason("ports", "the host ports in use", portNames(asked))] : []),
      ...asked
        .filter((it) => used(context, it.protocol).has(it.port))
        .map((it) => portReason(context, it, proposed)),
      ...(unknown?.ports ?? []).flatMap((it) => unknownPortReason(context, it)),
    ];
  },
};

function portNames(asked: readonly PortRequirement[]): string {
  return asked.map((it) => `${it.port}/${it.protocol}`).join(", ");
}

/** A port that a placeholder decides: some port may be in use, unless nothing is. */
function unknownPortReason(context: FilterContext, open: UnknownPort): readonly Reason[] {
  const taken = open.protocols.filter((it) =>
    open.port === undefined ? used(context, it).size > 0 : used(context, it).has(open.port),
  );
  if (taken.length === 0) return accepted;
  const { port } = open;
  if (port === undefined) {
    const count = largestOf(taken.map((it) => used(context, it).size));
    return [
      unknownReason("ports", open.values, `${counted(count, "host port is", "host ports are")} in use here`),
    ];
  }
  const names = taken.map((it) => `${port}/${it}`);
  const holder = holderOf(context, port, taken[0] ?? "tcp");
  if (open.certain && taken.length === open.protocols.length) {
    const message = `The task needs host port ${names.join(" or ")}, which ${holder}.`;
    return [{ filter: "ports", code: "port-in-use", message, requested: names.join(" or ") }];
  }
  return [unknownReason("ports", open.values, `host port ${names.join(" and ")} ${holder}`)];
}

function used({ free }: FilterContext, protocol: PortRequirement["protocol"]): ReadonlySet<number> {
  return protocol === "udp" ? free.remaining.usedUdpPorts : free.remaining.usedTcpPorts;
}

/** Adds the port that the remedy names to those that are `proposed`. */
function portReason(
  context: FilterContext,
  { port, protocol, container, isContainerPort }: PortRequirement,
  proposed: Set<string>,
): Reason {
  const name = `${port}/${protocol}`;
  const free = nextFreePort(context, port, protocol, proposed);
  const other = free === undefined ? undefined : `${free}/${protocol}`;
  if (other !== undefined) proposed.add(other);
  const holder = portHolder(context, port, protocol);
  return {
    filter: "ports",
    code: "port-in-use",
    message: `Container ${container} needs host port ${name}, which ${holderText(holder)}.`,
    requested: name,
    ...(holder !== undefined && { holder }),
    remedy: portRemedy(other, isContainerPort === true),
  };
}

/** What keeps the port, to follow its name: "is held by task … of service:web". */
export function holderOf(context: FilterContext, port: number, protocol: "tcp" | "udp"): string {
  return holderText(portHolder(context, port, protocol));
}

function holderText(holder: Reason["holder"]): string {
  if (holder === undefined) return "is in use on the instance";
  if (holder.kind === "instance") return "the instance reserves for its system and the container agent";
  return `is held by task ${holder.id}${holder.group === undefined ? "" : ` of ${holder.group}`}`;
}

function portHolder(
  { instance, free }: FilterContext,
  port: number,
  protocol: "tcp" | "udp",
): Reason["holder"] {
  const holder = (instance.tasks ?? []).find(
    (it) =>
      !free.givenBack.includes(it) &&
      it.lastStatus !== "STOPPED" &&
      it.ports.some((held) => held.port === port && held.protocol === protocol),
  );
  if (holder !== undefined) {
    const id = holder.arn.slice(holder.arn.lastIndexOf("/") + 1);
    return { kind: "task", id, ...(holder.group !== undefined && { group: holder.group }) };
  }
  const isReserved = protocol === "tcp" && reservedTcpPorts(osFamilyOf(instance)).has(port);
  return isReserved ? { kind: "instance" } : undefined;
}

function osFamilyOf({ attributes }: FilterContext["instance"]): string {
  return attributes.get("ecs.os-family") ?? attributes.get("ecs.os-type") ?? "";
}

/** In host mode another number is no help alone: the container has to listen there. */
function portRemedy(free: string | undefined, isContainerPort: boolean): string {
  const change = isContainerPort ? "Let the container listen on another port" : "Use another host port";
  return free === undefined ? `${change}.` : `${change}; ${free} is free here.`;
}

/** Ports above are handed out by the system of the instance (the ephemeral range). */
const lastFixedPort = 32_767;

/**
 * The nearest higher port, else the nearest lower one above 1023, that the instance neither uses nor reserves and the
 * task does not ask for, and that is not among those `proposed` already; `undefined` where there is none.
 */
export function nextFreePort(
  context: FilterContext,
  port: number,
  protocol: "tcp" | "udp",
  proposed: ReadonlySet<string> = new Set(),
): number | undefined {
  const taken = used(context, protocol);
  const reserved = reservedTcpPorts(osFamilyOf(context.instance));
  const asked = context.daemon.service.requirements.ports
    .filter((it) => it.protocol === protocol)
    .map((it) => it.port);
  const isFree = (it: number) =>
    !taken.has(it) &&
    !asked.includes(it) &&
    !proposed.has(`${it}/${protocol}`) &&
    !(protocol === "tcp" && reserved.has(it));
  for (let it = port + 1; it <= lastFixedPort; it += 1) if (isFree(it)) return it;
  for (let it = Math.min(port, lastFixedPort); it > 1023; it -= 1) if (isFree(it)) return it;
  return undefined;
}
