// The resources of container instances as ECS sends them. A cluster has few sizes and few sets of ports: what is equal is
// kept once, and compared without a place for each value. Any other list is left to the reader that reports.

import type { InstanceResources } from "./containerInstance";
import { likeOnes, mixed } from "./likeOnes";
import { asUsedPort, numberMembers } from "./snapshotResources";

/** An item of a list, which may be anything. */
type Item = Readonly<Record<string, unknown>>;

/**
 * A reader of `registeredResources` and `remainingResources`: of a list of CPU, MEMORY and perhaps ports and GPUs, each
 * once and with values of their types. It answers `undefined` for any other value, and mostly the same object for lists
 * that are equal.
 */
export function usualResources(): (list: unknown) => InstanceResources | undefined {
  const all = likeOnes<KnownResources>();
  return (list) => {
    const raw = Array.isArray(list) ? rawResources(list) : undefined;
    if (raw === undefined) return undefined;
    const { cpu, memory, tcp, udp, gpus } = raw;
    const hash = hashOf(hashOf(hashOf(Math.imul(cpu, 31) + memory, tcp), udp), gpus);
    return all(
      hash | 0,
      (it) => isLike(it.raw, raw),
      () => ({ raw, read: readRaw(raw) }),
    ).read;
  };
}

interface KnownResources {
  readonly raw: RawResources;
  /** Absent where a port is none. */
  readonly read: InstanceResources | undefined;
}

interface RawResources {
  readonly cpu: number;
  readonly memory: number;
  readonly tcp: readonly string[];
  readonly udp: readonly string[];
  readonly gpus: readonly string[];
}

function readRaw({ cpu, memory, tcp, udp, gpus }: RawResources): InstanceResources | undefined {
  const [usedTcpPorts, usedUdpPorts] = [portsOf(tcp), portsOf(udp)];
  if (usedTcpPorts === undefined || usedUdpPorts === undefined) return undefined;
  return { cpu, memory, usedTcpPorts, usedUdpPorts, gpus };
}

const isLike = (left: RawResources, right: RawResources): boolean =>
  left.cpu === right.cpu &&
  left.memory === right.memory &&
  areSame(left.tcp, right.tcp) &&
  areSame(left.udp, right.udp) &&
  areSame(left.gpus, right.gpus);

function areSame(left: readonly string[], right: readonly string[]): boolean {
  if (left.length !== right.length) return false;
  for (let index = 0; index < left.length; index += 1) if (left[index] !== right[index]) return false;
  return true;
}

function hashOf(start: number, texts: readonly string[]): number {
  let hash = start;
  for (let index = 0; index < texts.length; index += 1) hash = mixed(hash, texts[index] ?? "");
  return hash;
}

function rawResources(list: readonly unknown[]): RawResources | undefined {
  const cpu = quantityOf(named(list, "CPU"));
  const memory = quantityOf(named(list, "MEMORY"));
  if (cpu === undefined || memory === undefined) return undefined;
  const ports = named(list, "PORTS");
  const udpPorts = named(list, "PORTS_UDP");
  const gpu = named(list, "GPU");
  const others = Number(ports !== undefined) + Number(udpPorts !== undefined) + Number(gpu !== undefined);
  if (list.length !== 2 + others) return undefined;
  const tcp = textsOf(ports);
  const udp = textsOf(udpPorts);
  const gpus = textsOf(gpu);
  if (tcp === undefined || udp === undefined || gpus === undefined) return undefined;
  return { cpu, memory, tcp, udp, gpus };
}

function named(list: readonly unknown[], name: string): Item | undefined {
  for (let index = 0; index < list.length; index += 1) {
    const item = list[index] as Item | null | undefined;
    if (item?.name === name) return item;
  }
  return undefined;
}

function quantityOf(item: Item | undefined): number | undefined {
  const member = numberMembers.get(item?.type);
  const value = member && item?.[member];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

const nothing: readonly string[] = [];

function textsOf(item: Item | undefined): readonly string[] | undefined {
  if (item === undefined) return nothing;
  const list = item.stringSetValue;
  if (typeof item.type !== "string" || !Array.isArray(list)) return undefined;
  for (let index = 0; index < list.length; index += 1) if (typeof list[index] !== "string") return undefined;
  return list;
}

function portsOf(texts: readonly string[]): ReadonlySet<number> | undefined {
  const ports = new Set<number>();
  for (const text of texts) {
    const port = asUsedPort(text);
    if (port === undefined) return undefined;
    ports.add(port);
  }
  return ports;
}
