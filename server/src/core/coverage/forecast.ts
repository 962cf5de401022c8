// What the next container instance of each type has room for: its daemons first, then so many tasks of each service. ECS
// reserves nothing of it.

import type { ContainerInstance } from "../cluster/containerInstance";
import { judgePrepared } from "../scheduler/placeDaemon";
import type { DaemonService, Reason } from "../scheduler/placement";
import { prepareDaemon, wantsInstance } from "../scheduler/preparedDaemon";
import { emptied, withTask } from "./emptyInstance";

export interface ReplicaService {
  readonly service: DaemonService;
  readonly desired: number;
}

export interface ForecastInput {
  /** Those of the cluster, and one of each further type that was asked for. */
  readonly instances: readonly ContainerInstance[];
  readonly daemons: readonly DaemonService[];
  readonly replicas: readonly ReplicaService[];
}

/** CPU units and MiB. */
export interface Amounts {
  readonly cpu: number;
  readonly memory: number;
}

export interface DaemonForecast {
  readonly service: string;
  readonly fits: boolean;
  /** Unknown: a value that decides is not known. */
  readonly verdict: "place" | "blocked" | "unknown";
  /** Why it does not fit, or what is not known. */
  readonly reasons: readonly string[];
}

export interface ServiceForecast {
  readonly service: string;
  /** Tasks that fit beside the daemons. */
  readonly count: number;
  /** What ends first, or why none fits. */
  readonly limit: string;
}

/** Instances of one type that the same daemons want. */
export interface TypeForecast {
  readonly type: string;
  readonly zones: readonly string[];
  /** How many of the cluster are like it. */
  readonly instances: number;
  readonly registered: Amounts;
  readonly daemons: readonly DaemonForecast[];
  /** What the daemons that fit take together, and what they leave. */
  readonly taken: Amounts;
  readonly room: Amounts;
  readonly services: readonly ServiceForecast[];
  /** Services whose tasks, where they come first, leave some daemon without room. */
  readonly races: readonly { readonly service: string; readonly daemons: readonly string[] }[];
}

export interface Forecast {
  readonly types: readonly TypeForecast[];
  /** Replica services that may start before a daemon that their instances want. */
  readonly untied: readonly { readonly service: string; readonly daemons: readonly string[] }[];
}

/** Forecasts every type of the instances; the same input always gives the same forecast. */
export function forecast(input: ForecastInput): Forecast {
  const groups = new Map<string, ContainerInstance[]>();
  for (const it of input.instances) {
    const empty = emptied(it);
    const wanting = input.daemons.map((daemon) => wantsInstance(prepareDaemon(daemon), empty));
    const key = JSON.stringify([typeOf(it), wanting]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [it]);
    else known.push(it);
  }
  const types = [...groups.values()].map((it) => forecastType(it, input));
  types.sort((left, right) => right.instances - left.instances || (left.type < right.type ? -1 : 1));
  return { types, untied: untiedServices(input, [...groups.values()]) };
}

const typeOf = (instance: ContainerInstance): string =>
  instance.attributes.get("ecs.instance-type") ?? "unknown type";

function forecastType(instances: readonly ContainerInstance[], input: ForecastInput): TypeForecast {
  const typical = typicalOf(instances);
  const { daemons, instance } = placeDaemons(emptied(typical), input.daemons);
  const zones = instances.flatMap((it) => it.attributes.get("ecs.availability-zone") ?? []);
  const { cpu, memory } = typical.registered;
  const room = { cpu: instance.remaining.cpu, memory: instance.remaining.memory };
  return {
    type: typeOf(typical),
    zones: [...new Set(zones)].sort(),
    instances: instances.length,
    registered: { cpu, memory },
    daemons,
    taken: { cpu: cpu - room.cpu, memory: memory - room.memory },
    room,
    services: input.replicas.map((it) => ({ service: it.service.name, ...fitting(instance, it.service) })),
    races: input.replicas.flatMap((it) => racesWith(emptied(typical), it, input.daemons, daemons)),
  };
}

/** The one with the median of registered memory: instances of one type differ by what their system keeps. */
function typicalOf(instances: readonly ContainerInstance[]): ContainerInstance {
  const sorted = [...instances].sort(
    (left, right) =>
      left.registered.memory - right.registered.memory || left.registered.cpu - right.registered.cpu,
  );
  const middle = sorted[sorted.length >> 1];
  if (middle === undefined) throw new Error("A group of instances is never empty.");
  return middle;
}

/** Starts each daemon that the instance wants, as far as it fits. */
function placeDaemons(
  empty: ContainerInstance,
  all: readonly DaemonService[],
): { readonly daemons: readonly DaemonForecast[]; readonly instance: ContainerInstance } {
  let instance = empty;
  const daemons: DaemonForecast[] = [];
  for (const daemon of all) {
    // None of its tasks runs yet: a task of its name is one of another service, whose name is not known.
    const { verdict, reasons } = judgePrepared(prepareDaemon(anonymous(daemon)), instance);
    if (verdict !== "place" && verdict !== "blocked" && verdict !== "unknown") continue;
    const fits = verdict === "place";
    const messages = fits ? [] : reasons.map((it) => it.message);
    daemons.push({ service: daemon.name, fits, verdict, reasons: messages });
    if (fits) instance = withTask(instance, daemon);
  }
  return { daemons, instance };
}

/** An instance takes no more tasks of one service than this, however small they are. */
const mostTasks = 1_000;

/** How many tasks of the service fit, and what ends it. */
function fitting(from: ContainerInstance, service: DaemonService): Pick<ServiceForecast, "count" | "limit"> {
  let instance = from;
  for (let count = 0; count < mostTasks; count += 1) {
    const { verdict, reasons } = judgePrepared(prepareDaemon(anonymous(service)), instance);
    if (verdict !== "place") return { count, limit: limitOf(reasons) };
    instance = withTask(instance, service);
  }
  return { count: mostTasks, limit: "more than are counted" };
}

const anonymousOf = new WeakMap<DaemonService, DaemonService>();

/** A task that replaces none that runs is judged without the name of its group. */
function anonymous(service: DaemonService): DaemonService {
  const known = anonymousOf.get(service) ?? { ...service, name: "" };
  anonymousOf.set(service, known);
  return known;
}

function limitOf(reasons: readonly Reason[]): string {
  return [...new Set(reasons.map((it) => it.filter))].join(", ");
}

/** Daemons that fit alone and not once the service has taken what it can. */
function racesWith(
  empty: ContainerInstance,
  { service, desired }: ReplicaService,
  daemons: readonly DaemonService[],
  alone: readonly DaemonForecast[],
): TypeForecast["races"] {
  let instance = empty;
  for (let count = 0; count < Math.min(desired, mostTasks); count += 1) {
    if (judgePrepared(prepareDaemon(anonymous(service)), instance).verdict !== "place") break;
    instance = withTask(instance, service);
  }
  if ((instance.tasks ?? []).length === 0) return [];
  const beside = placeDaemons(instance, daemons).daemons;
  const losers = alone
    .filter((it) => it.fits && beside.some((other) => other.service === it.service && !other.fits))
    .map((it) => it.service);
  return losers.length === 0 ? [] : [{ service: service.name, daemons: losers }];
}

/** A service is tied to a daemon where its tasks start on no instance that lacks the daemon. */
function untiedServices(
  { daemons, replicas }: ForecastInput,
  groups: readonly (readonly ContainerInstance[])[],
): Forecast["untied"] {
  return replicas.flatMap(({ service }) => {
    const names = new Set<string>();
    for (const group of groups) {
      const whole = placeDaemons(emptied(typicalOf(group)), daemons).instance;
      const wants = (instance: ContainerInstance) =>
        wantsInstance(prepareDaemon(anonymous(service)), instance);
      if (wants(whole) !== true) continue;
      for (const { name } of daemons) {
        const taskGroups = (whole.taskGroups ?? []).filter((it) => it !== `service:${name}`);
        if (taskGroups.length === whole.taskGroups?.length) continue;
        if (wants({ ...whole, taskGroups }) === true) names.add(name);
      }
    }
    return names.size === 0 ? [] : [{ service: service.name, daemons: [...names].sort() }];
  });
}
