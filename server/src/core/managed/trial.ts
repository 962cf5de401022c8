// What if: other sizes, settings and capacity providers of a managed daemon, which are in no file.

import { asBoolean, asList, asNumber, asObject, asText } from "../text/plainValue";

export interface ManagedTrial {
  /** CPU units and MiB that the daemon reserves. */
  readonly cpu?: number;
  readonly memory?: number;
  readonly critical?: boolean;
  readonly drainPercent?: number;
  /** Names or patterns of instance types, as in excludedInstanceTypes. */
  readonly excludedTypes?: readonly string[];
  /** What one more daemon on the same capacity providers reserves. */
  readonly another?: { readonly cpu: number; readonly memory: number };
  /** Names of the capacity providers in place of those of the file. */
  readonly providers?: readonly string[];
}

export const isTrial = (trial: ManagedTrial): boolean => Object.keys(trial).length > 0;

/** Whether the daemon's tasks are other ones, or elsewhere: then no instance is up to date. */
export function changesTasks({ cpu, memory, critical, another }: ManagedTrial): boolean {
  return [cpu, memory, critical, another].some((it) => it !== undefined);
}

/** Reads what a panel sends; what is not of the right type or out of its range is left out. */
export function readTrial(value: unknown): ManagedTrial {
  const given = asObject(value) ?? {};
  const amount = (it: unknown, most: number) => {
    const found = asNumber(it);
    return found !== undefined && found >= 0 && found <= most ? found : undefined;
  };
  const names = (it: unknown) => {
    const found = asList(it)?.flatMap((one) => asText(one)?.trim() || []);
    return found === undefined || found.length === 0 ? undefined : found;
  };
  const [cpu, memory] = [amount(given.cpu, mostSize), amount(given.memory, mostSize)];
  const critical = asBoolean(given.critical);
  const drainPercent = amount(given.drainPercent, 100);
  const excludedTypes = names(given.excludedTypes);
  const another = asObject(given.another);
  const providers = names(given.providers);
  return {
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory }),
    ...(critical !== undefined && { critical }),
    ...(drainPercent !== undefined && { drainPercent }),
    ...(excludedTypes !== undefined && { excludedTypes }),
    ...(another !== undefined && {
      another: { cpu: amount(another.cpu, mostSize) ?? 0, memory: amount(another.memory, mostSize) ?? 0 },
    }),
    ...(providers !== undefined && { providers }),
  };
}

/** More than any instance has. */
const mostSize = 100_000_000;
