// What a deployment of a managed daemon rolls out, and where: read from both files, and from what is tried out.

import { requirementsOf } from "../requirements/requirementsOf";
import { asBoolean, asList, asNumber, asObject, asText, type PlainObject } from "../text/plainValue";
import { UnknownValue } from "../text/unknownValue";
import type { ManagedCluster, ManagedInstance } from "./managedCluster";
import { changesTasks, type ManagedTrial } from "./trial";

/** CPU units and MiB. */
export interface Size {
  readonly cpu: number;
  readonly memory: number;
}

export interface ManagedSubject {
  /** Input of RegisterDaemonTaskDefinition; placeholders are unknown values. */
  readonly definition: unknown;
  /** Input of CreateDaemon or UpdateDaemon. */
  readonly daemon: PlainObject;
}

/** Default of the guide. */
const usualDrainPercent = 25;

export interface Plan {
  readonly name: string;
  readonly group: string;
  readonly critical: boolean;
  readonly cpu: number;
  readonly memory: number;
  readonly isExact: boolean;
  readonly providers: ReadonlySet<string>;
  /** `family:revision`; `undefined`: a revision that is registered with this deployment. */
  readonly target: string | undefined;
  readonly drainPercent: number;
  /** What one more daemon on the same capacity providers reserves. */
  readonly another: Size;
  /** Patterns of instance types that are not launched. */
  readonly excludedTypes: readonly string[];
}

export function planOf(
  { definition, daemon }: ManagedSubject,
  cluster: ManagedCluster,
  trial: ManagedTrial,
): Plan {
  const { unknown, ...written } = requirementsOf(definition);
  const arn = asText(daemon.daemonArn);
  const name = asText(daemon.daemonName) ?? arn?.slice(arn.lastIndexOf("/") + 1) ?? "daemon";
  const reference = asText(daemon.daemonTaskDefinitionArn) ?? "";
  const target = /(?:^|\/)([\w-]+:\d+)$/.exec(reference)?.[1];
  return {
    name,
    group: `daemon:${name}`,
    critical: trial.critical ?? asBoolean(daemon.critical) ?? true,
    cpu: trial.cpu ?? written.cpu,
    memory: trial.memory ?? written.memory,
    isExact:
      (trial.cpu !== undefined || unknown?.cpu === undefined) &&
      (trial.memory !== undefined || unknown?.memory === undefined),
    providers: new Set(trial.providers ?? providersOf(daemon, cluster)),
    target: changesTasks(trial) ? undefined : target,
    drainPercent:
      trial.drainPercent ??
      asNumber(asObject(daemon.deploymentConfiguration)?.drainPercent) ??
      usualDrainPercent,
    another: trial.another ?? { cpu: 0, memory: 0 },
    excludedTypes: trial.excludedTypes ?? [],
  };
}

/** Names of the capacity providers; a file without any gets the only one that the cluster has, as a deployment does. */
function providersOf(daemon: PlainObject, { providers }: ManagedCluster): readonly string[] {
  const written = asList(daemon.capacityProviderArns);
  if (written === undefined) return providers.length === 1 ? providers.map((it) => it.name) : [];
  return written.flatMap((it) => {
    const text = asText(it) ?? namedIn(it);
    return text === undefined ? [] : [text.slice(text.lastIndexOf("/") + 1)];
  });
}

/** Region and account are placeholders in many a file; the name behind them counts. */
function namedIn(value: unknown): string | undefined {
  if (!(value instanceof UnknownValue)) return undefined;
  return /:capacity-provider\/([\w-]+)"?$/.exec(value.template)?.[1];
}

/** What other daemons of the instance reserve there, and one that is tried out. */
export function othersOn({ tasks }: ManagedInstance, { group, another }: Plan): Size {
  const others = tasks.filter((it) => it.group.startsWith("daemon:") && it.group !== group);
  const sum = (name: "cpu" | "memory") =>
    others.reduce((total, it) => total + (it[name] ?? 0), another[name]);
  return { cpu: sum("cpu"), memory: sum("memory") };
}
