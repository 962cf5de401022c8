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
    remedy: `Use another host port; ${nextFreePort(context, port, protocol)} is free here.`,
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
  const osFamily = instance.attributes.get("ecs.os-family") ?? instance.attributes.get("ecs.os-type") ?? "";
  return protocol === "tcp" && reservedTcpPorts(osFamily).has(port)
    ? "the instance keeps for its system and the container agent"
    : "is in use on the instance";
}

/** The nearest higher port that neither the instance uses nor the task asks for, kept below the dynamic range. */
export function nextFreePort(context: FilterContext, port: number, protocol: "tcp" | "udp"): number | string {
  const taken = used(context, protocol);
  const asked = context.daemon.service.requirements.ports
    .filter((it) => it.protocol === protocol)
    .map((it) => it.port);
  for (let candidate = port + 1; candidate < 32_768; candidate += 1) {
    if (!taken.has(candidate) && !asked.includes(candidate)) return candidate;
  }
  return "a port below 32768";
}
