// What a managed daemon takes of its instances, where it runs, and what its deployment replaces.

import { isTypeLike } from "../cluster/admittedTypes";
import { type Application, applicationOf, billOf, type TypePreview } from "./bill";
import type { ManagedCluster, ManagedInstance, ManagedTask } from "./managedCluster";
import { type ManagedSubject, othersOn, type Plan, planOf } from "./plan";
import type { ManagedTrial } from "./trial";

export type ManagedVerdict = "keep" | "replace" | "excluded" | "blocked" | "without" | "unknown";

export interface InstancePreview {
  readonly id: string;
  readonly provider?: string;
  readonly verdict: ManagedVerdict;
  readonly reasons: readonly string[];
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
  /** How ECS rounds is not documented: both readings. */
  readonly atOnce: { readonly floor: number; readonly ceiling: number };
  readonly serviceTasksMoved: number;
  readonly standaloneTasksStopped: number;
  /** So many are 13 days old or older: ECS drains them at 14 days anyway. Absent where the time is not known. */
  readonly dueAnyway?: number;
}

export interface ManagedPreview {
  readonly daemon: { readonly name: string; readonly critical: boolean };
  readonly reservation: { readonly cpu: number; readonly memory: number; readonly isExact: boolean };
  readonly providers: readonly ProviderPreview[];
  readonly types: readonly TypePreview[];
  /** The service with the most tasks on the instances; the bill counts how many of its tasks have room. */
  readonly application?: Application;
  readonly instances: readonly InstancePreview[];
  readonly rollout: Rollout;
}

/** `trial`: what is tried out, and in no file. `now`: milliseconds since 1970, for the age of instances. */
export function previewManaged(
  subject: ManagedSubject,
  cluster: ManagedCluster,
  trial: ManagedTrial = {},
  now?: number,
): ManagedPreview {
  const plan = planOf(subject, cluster, trial);
  const instances = cluster.instances.map((it) => previewInstance(it, plan, cluster));
  const application = applicationOf(plan, cluster);
  return {
    daemon: { name: plan.name, critical: plan.critical },
    reservation: { cpu: plan.cpu, memory: plan.memory, isExact: plan.isExact },
    providers: [...plan.providers].map((name) => coverageOf(name, plan, cluster)),
    types: billOf(plan, cluster, application),
    ...(application === undefined ? {} : { application }),
    instances,
    rollout: { ...rolloutOf(plan, instances, cluster), ...dueAnyway(instances, cluster, now) },
  };
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
function lackOf(instance: ManagedInstance, plan: Plan): readonly string[] {
  // What takes its place is of another type.
  if (plan.excludedTypes.some((it) => isTypeLike(instance.type ?? "", it))) return [];
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

/** Whether the daemon fits decides how the new instance fares, not whether there is one. */
const replacing: readonly ManagedVerdict[] = ["replace", "blocked", "unknown"];

/** Ids of the instances that a rollout drains and replaces. */
const replacedIds = (previews: readonly InstancePreview[]): ReadonlySet<string> =>
  new Set(previews.filter((it) => replacing.includes(it.verdict)).map((it) => it.id));

/** Tasks on the instances that a rollout replaces. */
function replacedTasks(
  previews: readonly InstancePreview[],
  { instances }: ManagedCluster,
): readonly ManagedTask[] {
  const replaced = replacedIds(previews);
  return instances.filter((it) => replaced.has(it.id)).flatMap((it) => it.tasks);
}

/** Ids of the tasks of services on the instances that a rollout replaces. */
export function movedTaskIds(
  { instances }: Pick<ManagedPreview, "instances">,
  cluster: ManagedCluster,
): readonly string[] {
  return replacedTasks(instances, cluster)
    .filter(isOfService)
    .map((it) => it.id);
}

const isOfService = ({ group }: ManagedTask): boolean => group.startsWith("service:");

function rolloutOf(plan: Plan, previews: readonly InstancePreview[], cluster: ManagedCluster): Rollout {
  const active = cluster.instances.filter(
    (it) => it.status === "ACTIVE" && it.provider !== undefined && plan.providers.has(it.provider),
  );
  const tasks = replacedTasks(previews, cluster);
  const share = (active.length * plan.drainPercent) / 100;
  return {
    replaced: replacedIds(previews).size,
    drainPercent: plan.drainPercent,
    atOnce: { floor: Math.floor(share), ceiling: Math.ceil(share) },
    serviceTasksMoved: tasks.filter(isOfService).length,
    standaloneTasksStopped: tasks.filter((it) => !/^(service|daemon):/.test(it.group)).length,
  };
}

const thirteenDays = 13 * 24 * 60 * 60 * 1000;

function dueAnyway(
  previews: readonly InstancePreview[],
  { instances }: ManagedCluster,
  now: number | undefined,
): Pick<Rollout, "dueAnyway"> {
  const replaced = replacedIds(previews);
  const ages = instances.flatMap(({ id, registeredAt }) =>
    now === undefined || registeredAt === undefined || !replaced.has(id) ? [] : [now - registeredAt],
  );
  return ages.length === 0 ? {} : { dueAnyway: ages.filter((it) => it >= thirteenDays).length };
}
