// What a managed daemon takes of its instances, where it runs, and what its deployment replaces.

import { admittedTypes } from "../cluster/admittedTypes";
import { registeredMemory } from "../cluster/instanceTypes";
import { requirementsOf } from "../requirements/requirementsOf";
import { asBoolean, asList, asNumber, asObject, asText, type PlainObject } from "../text/plainValue";
import { UnknownValue } from "../text/unknownValue";

import type { ManagedCluster, ManagedInstance, ManagedProvider } from "./managedCluster";

export type ManagedVerdict = "keep" | "replace" | "excluded" | "blocked" | "without" | "unknown";

export interface InstancePreview {
  readonly id: string;
  readonly provider?: string;
  readonly verdict: ManagedVerdict;
  readonly reasons: readonly string[];
}

/** A row of the bill. `isNominal`: what the type has by its name, not what an instance registered. */
export interface TypePreview {
  readonly type: string;
  readonly isNominal: boolean;
  readonly instances: number;
  readonly cpu: number;
  readonly memory: number;
  /** Of this daemon and the other daemons of such instances. */
  readonly taken: { readonly cpu: number; readonly memory: number };
  readonly left: { readonly cpu: number; readonly memory: number };
  /** Percent, one decimal. */
  readonly share: { readonly cpu: number; readonly memory: number };
  readonly fits: boolean;
  /** Requirements of the provider that could not be checked. */
  readonly unchecked: readonly string[];
}

export interface ProviderPreview {
  readonly name: string;
  readonly isKnown: boolean;
  readonly instances: number;
  readonly running: number;
  readonly without: number;
}

export interface Rollout {
  readonly replaced: number;
  readonly drainPercent: number;
  /** How ECS rounds is documented nowhere: both readings. */
  readonly atOnce: { readonly floor: number; readonly ceiling: number };
  readonly serviceTasksMoved: number;
  readonly standaloneTasksStopped: number;
}

export interface ManagedPreview {
  readonly daemon: { readonly name: string; readonly critical: boolean };
  readonly reservation: { readonly cpu: number; readonly memory: number; readonly isExact: boolean };
  readonly providers: readonly ProviderPreview[];
  readonly types: readonly TypePreview[];
  readonly instances: readonly InstancePreview[];
  readonly rollout: Rollout;
}

export interface ManagedSubject {
  /** Input of RegisterDaemonTaskDefinition; placeholders are unknown values. */
  readonly definition: unknown;
  /** Input of CreateDaemon or UpdateDaemon. */
  readonly daemon: PlainObject;
}

/** Default of the guide. */
const usualDrainPercent = 25;

export function previewManaged(subject: ManagedSubject, cluster: ManagedCluster): ManagedPreview {
  const plan = planOf(subject, cluster);
  const instances = cluster.instances.map((it) => previewInstance(it, plan, cluster));
  const chosen = cluster.providers.filter((it) => plan.providers.has(it.name));
  return {
    daemon: { name: plan.name, critical: plan.critical },
    reservation: { cpu: plan.cpu, memory: plan.memory, isExact: plan.isExact },
    providers: [...plan.providers].map((name) => coverageOf(name, plan, cluster)),
    types: billOf(plan, chosen, cluster),
    instances,
    rollout: rolloutOf(plan, instances, cluster),
  };
}

interface Plan {
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
}

function planOf({ definition, daemon }: ManagedSubject, cluster: ManagedCluster): Plan {
  const { cpu, memory, unknown } = requirementsOf(definition);
  const arn = asText(daemon.daemonArn);
  const name = asText(daemon.daemonName) ?? arn?.slice(arn.lastIndexOf("/") + 1) ?? "daemon";
  const reference = asText(daemon.daemonTaskDefinitionArn) ?? "";
  const target = /(?:^|\/)([\w-]+:\d+)$/.exec(reference)?.[1];
  return {
    name,
    group: `daemon:${name}`,
    critical: asBoolean(daemon.critical) ?? true,
    cpu,
    memory,
    isExact: unknown?.cpu === undefined && unknown?.memory === undefined,
    providers: new Set(providersOf(daemon, cluster)),
    target,
    drainPercent: asNumber(asObject(daemon.deploymentConfiguration)?.drainPercent) ?? usualDrainPercent,
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

function previewInstance(instance: ManagedInstance, plan: Plan, cluster: ManagedCluster): InstancePreview {
  const { id, provider } = instance;
  const decided = verdictOf(instance, plan, cluster);
  return { id, ...(provider === undefined ? {} : { provider }), ...decided };
}

function verdictOf(
  instance: ManagedInstance,
  plan: Plan,
  { providers, instances }: ManagedCluster,
): Pick<InstancePreview, "verdict" | "reasons"> {
  const { provider, status, agentConnected } = instance;
  if (provider === undefined || !providers.some((it) => it.name === provider))
    return { verdict: "excluded", reasons: ["It is not a Managed Instance."] };
  if (!plan.providers.has(provider))
    return { verdict: "excluded", reasons: [`The daemon does not name its capacity provider ${provider}.`] };
  if (status !== "ACTIVE") return { verdict: "excluded", reasons: [`Its status is ${status}.`] };
  const own = instance.tasks.find((it) => it.group === plan.group);
  if (own !== undefined && own.definition === plan.target)
    return { verdict: "keep", reasons: [`It runs ${own.definition}.`] };
  const lacks = lackOf(instance, plan);
  if (lacks.length > 0) return { verdict: "blocked", reasons: lacks };
  if (agentConnected === false) return { verdict: "blocked", reasons: ["Its agent is not connected."] };
  if (!plan.isExact || instance.cpu === undefined || instance.memory === undefined)
    return { verdict: "unknown", reasons: ["Whether the daemon fits is not known."] };
  if (own !== undefined) return { verdict: "replace", reasons: [`It runs ${own.definition}.`] };
  const isDeployed = instances.some((it) =>
    it.tasks.some((one) => one.group === plan.group && one.definition === plan.target),
  );
  if (isDeployed && !plan.critical)
    return { verdict: "without", reasons: ["It runs without the daemon, which is not critical."] };
  return { verdict: "replace", reasons: ["It runs without the daemon."] };
}

/** Other daemons start on a new instance, too, so that what they reserve is not there. */
function othersOn({ tasks }: ManagedInstance, plan: Plan): { readonly cpu: number; readonly memory: number } {
  const others = tasks.filter((it) => it.group.startsWith("daemon:") && it.group !== plan.group);
  const sum = (name: "cpu" | "memory") => others.reduce((total, it) => total + (it[name] ?? 0), 0);
  return { cpu: sum("cpu"), memory: sum("memory") };
}

function lackOf(instance: ManagedInstance, plan: Plan): readonly string[] {
  const others = othersOn(instance, plan);
  return (["cpu", "memory"] as const).flatMap((name) => {
    const registered = instance[name];
    if (registered === undefined || plan[name] + others[name] <= registered) return [];
    const unit = name === "cpu" ? "CPU units" : "MiB";
    const room = Math.max(0, registered - others[name]);
    const fate = plan.critical
      ? "A new instance of this size never becomes active"
      : "A new instance of this size runs without the daemon";
    return [`It has room for ${room} ${unit} and the daemon takes ${plan[name]}. ${fate}.`];
  });
}

function coverageOf(name: string, plan: Plan, { instances, providers }: ManagedCluster): ProviderPreview {
  const active = instances.filter((it) => it.provider === name && it.status === "ACTIVE");
  const running = active.filter((it) => it.tasks.some((one) => one.group === plan.group && one.isRunning));
  return {
    name,
    isKnown: providers.some((it) => it.name === name),
    instances: active.length,
    running: running.length,
    without: active.length - running.length,
  };
}

/** Types that instances have, by what they registered, then those that the providers admit, by what they are sold as. */
function billOf(
  plan: Plan,
  providers: readonly ManagedProvider[],
  { instances }: ManagedCluster,
): readonly TypePreview[] {
  const present = new Map<string, ManagedInstance[]>();
  for (const it of instances) {
    if (it.provider === undefined || it.type === undefined || !plan.providers.has(it.provider)) continue;
    present.set(it.type, [...(present.get(it.type) ?? []), it]);
  }
  const exact = [...present].flatMap(([type, all]) => rowOfPresent(type, all, plan) ?? []);
  const admitted = new Map(
    providers.flatMap((it) => admittedTypes(it.requirements)).map((it) => [it.type.name, it]),
  );
  const nominal = [...admitted.values()]
    .filter(({ type }) => !exact.some((it) => it.type === type.name))
    .map(({ type, unchecked }) =>
      rowOf(plan, {
        type: type.name,
        isNominal: true,
        instances: 0,
        cpu: type.vcpus * 1024,
        memory: registeredMemory(type.memoryGiB),
        others: { cpu: 0, memory: 0 },
        unchecked,
      }),
    );
  return [...exact, ...nominal].sort(
    (left, right) => left.cpu - right.cpu || left.memory - right.memory || (left.type < right.type ? -1 : 1),
  );
}

function rowOfPresent(type: string, all: readonly ManagedInstance[], plan: Plan): TypePreview | undefined {
  // Of several instances the one with the least room counts.
  const rows = all.flatMap((it) =>
    it.cpu === undefined || it.memory === undefined
      ? []
      : [
          rowOf(plan, {
            type,
            isNominal: false,
            instances: all.length,
            cpu: it.cpu,
            memory: it.memory,
            others: othersOn(it, plan),
            unchecked: [],
          }),
        ],
  );
  return rows.sort((left, right) => left.left.memory - right.left.memory)[0];
}

function rowOf(
  plan: Plan,
  {
    others,
    ...row
  }: Pick<TypePreview, "type" | "isNominal" | "instances" | "cpu" | "memory" | "unchecked"> & {
    readonly others: { readonly cpu: number; readonly memory: number };
  },
): TypePreview {
  const taken = { cpu: plan.cpu + others.cpu, memory: plan.memory + others.memory };
  const left = { cpu: row.cpu - taken.cpu, memory: row.memory - taken.memory };
  const percent = (part: number, whole: number) => Math.round((1000 * part) / Math.max(1, whole)) / 10;
  return {
    ...row,
    taken,
    left,
    share: { cpu: percent(taken.cpu, row.cpu), memory: percent(taken.memory, row.memory) },
    fits: left.cpu >= 0 && left.memory >= 0,
  };
}

/** Whether the daemon fits decides how the new instance fares, not whether there is one. */
const replacing: readonly ManagedVerdict[] = ["replace", "blocked", "unknown"];

function rolloutOf(plan: Plan, previews: readonly InstancePreview[], { instances }: ManagedCluster): Rollout {
  const replaced = new Set(previews.filter((it) => replacing.includes(it.verdict)).map((it) => it.id));
  const active = instances.filter(
    (it) => it.status === "ACTIVE" && it.provider !== undefined && plan.providers.has(it.provider),
  );
  const tasks = instances.filter((it) => replaced.has(it.id)).flatMap((it) => it.tasks);
  const share = (active.length * plan.drainPercent) / 100;
  return {
    replaced: replaced.size,
    drainPercent: plan.drainPercent,
    atOnce: { floor: Math.floor(share), ceiling: Math.ceil(share) },
    serviceTasksMoved: tasks.filter((it) => it.group.startsWith("service:")).length,
    standaloneTasksStopped: tasks.filter((it) => !/^(service|daemon):/.test(it.group)).length,
  };
}
