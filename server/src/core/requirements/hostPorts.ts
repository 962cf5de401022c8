// Host ports that the instance must have free, those that a placeholder may ask for included.

import { asNumber, asText, member } from "../text/plainValue";
import { UnknownValue, unknownAt } from "../text/unknownValue";
import { containerName, type DefinitionView } from "./definitionView";
import type { PortRequirement, UnknownPort } from "./requirements";

export interface HostPorts {
  readonly known: readonly PortRequirement[];
  readonly unknown: readonly UnknownPort[];
}

/**
 * Host mode takes the container's port; bridge (and Windows' default) mode a host port that is written and not 0; awsvpc
 * and none take nothing from the instance. A containerPortRange gets host ports that happen to be free.
 */
export function hostPorts(view: DefinitionView): HostPorts {
  const { networkMode: mode, unknownMode } = view;
  const known = new Map<string, PortRequirement>();
  const unknown: UnknownPort[] = [];
  if (unknownMode.length === 0 && (mode === "awsvpc" || mode === "none")) return { known: [], unknown };
  if (view.unknownContainers.length > 0) unknown.push(anyPort(view.unknownContainers));
  view.containers.forEach((container, index) => {
    const name = containerName(container, index);
    const list = member(container, "portMappings");
    const values = unknownAt(container, "portMappings");
    if (values.length > 0) unknown.push(anyPort(values));
    for (const mapping of Array.isArray(list) ? list : []) {
      if (mapping instanceof UnknownValue) continue;
      for (const port of portsOfMapping(mapping, view)) {
        const [protocol] = port.protocols;
        if (port.port === undefined || port.values.length > 0 || protocol === undefined) unknown.push(port);
        else if (!known.has(`${port.port}/${protocol}`))
          known.set(`${port.port}/${protocol}`, {
            port: port.port,
            protocol,
            container: name,
            ...(mode === "host" && { isContainerPort: true }),
          });
      }
    }
  });
  return { known: [...known.values()], unknown: distinct(unknown) };
}

/** Each port once, whatever the number of containers that may ask for it; any port of one protocol is one. */
function distinct(ports: readonly UnknownPort[]): readonly UnknownPort[] {
  const found = new Map<string, UnknownPort>();
  for (const it of ports) {
    const key = `${it.port} ${it.protocols} ${it.certain}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, it);
    else if (known.values.length < mostValues)
      found.set(key, {
        ...known,
        values: [...new Set([...known.values, ...it.values])].slice(0, mostValues),
      });
  }
  return [...found.values()];
}

/** More than a message names. */
const mostValues = 10;

const both = ["tcp", "udp"] as const;
const anyPort = (values: readonly string[]): UnknownPort => ({
  values,
  port: undefined,
  protocols: both,
  certain: false,
});

/** What one port mapping may ask for; a port without placeholders is asked for. */
function portsOfMapping(
  mapping: unknown,
  { networkMode, unknownMode }: DefinitionView,
): readonly UnknownPort[] {
  const unknownProtocol = unknownAt(mapping, "protocol");
  // ECS reads a protocol that it does not know as tcp.
  const written =
    asText(member(asMapping(mapping), "protocol")) === "udp" ? ("udp" as const) : ("tcp" as const);
  const protocols = unknownProtocol.length > 0 ? both : [written];
  const port = (number: number, values: readonly string[]): UnknownPort => ({
    values: [...values, ...unknownProtocol],
    port: number,
    protocols,
    certain: values.length === 0,
  });
  const mayBeHost = unknownMode.length > 0 || networkMode === "host";
  const host = unknownAt(mapping, "hostPort");
  const hostPort = portNumber(member(asMapping(mapping), "hostPort"));
  if (host.length > 0) return [{ values: host, port: undefined, protocols, certain: false }];
  if (hostPort !== undefined) return [port(hostPort, unknownMode)];
  if (!mayBeHost) return [];
  const container = unknownAt(mapping, "containerPort");
  if (container.length > 0)
    return [{ values: [...container, ...unknownMode], port: undefined, protocols, certain: false }];
  const containerPort = portNumber(member(asMapping(mapping), "containerPort"));
  return containerPort === undefined ? [] : [port(containerPort, unknownMode)];
}

function asMapping(mapping: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof mapping === "object" && mapping !== null && !Array.isArray(mapping)
    ? (mapping as Readonly<Record<string, unknown>>)
    : undefined;
}

function portNumber(value: unknown): number | undefined {
  const number = asNumber(value);
  return number !== undefined && Number.isInteger(number) && number > 0 && number <= 65_535
    ? number
    : undefined;
}
